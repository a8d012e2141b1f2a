/* From what was given to the model file. */
#include "base/file.h"
#include "indexer/learn/learner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MODEL_BYTES_MOST = 512 << 20, SAMPLE_MOST = 5000 };
static const double TELLING = 0.001; /* a word of this frequency counts half */

struct writing {
    struct learner *learner;
    uint32_t *words; /* chosen, most frequent first; then in order of key */
    size_t count;
    float *vectors, *weights; /* by place among `words` */
    float first[MODEL_DIMENSIONS];
    uint32_t *order; /* places in `words`, in order of key */
};

static void weigh(struct writing *writing)
{
    const struct learner *learner = writing->learner;

    for (size_t i = 0; i < writing->count; i++) {
        double part =
            (double)learner->seen[writing->words[i]] / (double)learner->token_count;
        writing->weights[i] = (float)(TELLING / (TELLING + part));
    }
}

/* The vector of a line of the learner, unit length; false when it has none. */
static bool line_vector(const struct writing *writing, const uint32_t *places,
                        size_t line, float *out)
{
    const struct learner *learner = writing->learner;
    size_t from = line ? learner->ends[line - 1] : 0;
    float sum = 0;

    memset(out, 0, MODEL_DIMENSIONS * sizeof *out);
    for (size_t i = from; i < learner->ends[line]; i++) {
        uint32_t place = places[learner->tokens[i]];
        const float *vector;
        if (!place)
            continue;
        vector = writing->vectors + (size_t)(place - 1) * MODEL_DIMENSIONS;
        for (int j = 0; j < MODEL_DIMENSIONS; j++)
            out[j] += writing->weights[place - 1] * vector[j];
    }
    for (int j = 0; j < MODEL_DIMENSIONS; j++)
        sum += out[j] * out[j];
    if (!(sum > 0))
        return false;
    for (int j = 0; j < MODEL_DIMENSIONS; j++)
        out[j] /= sqrtf(sum);
    return true;
}

/* What all texts share, from some of the lines. */
static err_code find_first(struct writing *writing, struct err *err)
{
    const struct learner *learner = writing->learner;
    uint32_t *places = calloc(learner->word_count + 1, sizeof *places);
    float *rows = malloc((size_t)SAMPLE_MOST * MODEL_DIMENSIONS * sizeof *rows);
    size_t step = learner->line_count / SAMPLE_MOST + 1, used = 0;
    err_code code = ERR_NONE;

    if (!places || !rows)
        code = err_set(err, ERR_MEMORY, "no memory for learning");
    for (size_t i = 0; places && i < writing->count; i++)
        places[writing->words[i]] = (uint32_t)i + 1;
    for (size_t line = 0;
         code == ERR_NONE && line < learner->line_count && used < SAMPLE_MOST;
         line += step)
        used += line_vector(writing, places, line, rows + used * MODEL_DIMENSIONS);
    if (code == ERR_NONE)
        code = vectors_first(rows, used, writing->first, err);
    free(places);
    free(rows);
    return code;
}

static err_code learn_vectors(struct writing *writing, struct learnt *out,
                              struct err *err)
{
    struct pairs pairs = {0};
    err_code code = learn_choose(writing->learner, &writing->words, &writing->count, err);

    if (code != ERR_NONE)
        return code;
    if (writing->count < LEARN_WORDS_LEAST) {
        writing->count = 0;
        return ERR_NONE;
    }
    writing->weights = malloc(writing->count * sizeof *writing->weights);
    if (!writing->weights)
        return err_set(err, ERR_MEMORY, "no memory for learning");
    weigh(writing);
    code = pairs_count(writing->learner, writing->words, writing->count, &pairs, err);
    out->pairs = pairs.count;
    if (code == ERR_NONE)
        code = vectors_make(&pairs, writing->learner->progress, &writing->vectors, err);
    pairs_done(&pairs);
    return code == ERR_NONE ? find_first(writing, err) : code;
}

static int by_key_of(const void *a, const void *b, void *state)
{
    const struct writing *writing = state;
    uint64_t x = writing->learner->keys[writing->words[*(const uint32_t *)a]];
    uint64_t y = writing->learner->keys[writing->words[*(const uint32_t *)b]];

    return x < y ? -1 : x > y;
}

static void pad(struct text *out)
{
    static const char zeros[8];

    text_add_bytes(out, zeros, (0u - out->length) % sizeof zeros);
}

static void add_words(const struct writing *writing, struct text *out)
{
    for (size_t i = 0; i < writing->count; i++)
        text_add_bytes(
            out, (const char *)&writing->learner->keys[writing->words[writing->order[i]]],
            sizeof(uint64_t));
    for (size_t i = 0; i < writing->count; i++)
        text_add_bytes(out, (const char *)&writing->weights[writing->order[i]],
                       sizeof(float));
    pad(out);
    for (size_t i = 0; i < writing->count; i++) {
        const float *vector =
            writing->vectors + (size_t)writing->order[i] * MODEL_DIMENSIONS;
        int8_t bytes[MODEL_DIMENSIONS];
        for (int j = 0; j < MODEL_DIMENSIONS; j++)
            bytes[j] = (int8_t)fmaxf(-127, fminf(127, roundf(vector[j] * MODEL_SCALE)));
        text_add_bytes(out, (const char *)bytes, sizeof bytes);
    }
    pad(out);
    text_add_bytes(out, (const char *)writing->first, sizeof writing->first);
    pad(out);
}

static int concepts_by_key(const void *a, const void *b)
{
    const struct model_concept *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->text < y->text ? -1 : x->text > y->text;
}

static void add_situations(const struct learner *learner, struct text *out)
{
    text_add_bytes(out, (const char *)learner->calls,
                   learner->call_count * sizeof *learner->calls);
    pad(out);
    text_add_bytes(out, (const char *)learner->said,
                   learner->said_count * sizeof *learner->said);
    pad(out);
    text_add_bytes(out, (const char *)learner->situation_rows,
                   learner->situation_count * sizeof *learner->situation_rows);
    pad(out);
    text_add_bytes(out, (const char *)learner->names,
                   learner->name_count * sizeof *learner->names);
    pad(out);
    text_add_bytes(out, (const char *)learner->spelled,
                   learner->spelled_count * sizeof *learner->spelled);
    pad(out);
}

static err_code write_file(struct writing *writing, const char *path, struct err *err)
{
    const size_t summed = offsetof(struct model_head, length);
    struct learner *learner = writing->learner;
    struct model_head head = {.magic = MODEL_MAGIC,
                              .dimensions = MODEL_DIMENSIONS,
                              .word_count = (uint32_t)writing->count,
                              .synonym_count = (uint32_t)learner->synonym_count,
                              .concept_count = (uint32_t)learner->concept_count,
                              .kin_count = (uint32_t)learner->kin_count,
                              .call_count = (uint32_t)learner->call_count,
                              .said_count = (uint32_t)learner->said_count,
                              .situation_count = (uint32_t)learner->situation_count,
                              .french_count = (uint32_t)learner->french_count,
                              .name_count = (uint32_t)learner->name_count,
                              .spelled_count = (uint32_t)learner->spelled_count,
                              .text_length = learner->texts.length};
    struct text out;
    err_code code;

    if (learner->concepts)
        qsort(learner->concepts, learner->concept_count, sizeof *learner->concepts,
              concepts_by_key);
    text_init(&out, MODEL_BYTES_MOST);
    text_add_bytes(&out, (const char *)&head, sizeof head);
    add_words(writing, &out);
    text_add_bytes(&out, (const char *)learner->synonyms,
                   learner->synonym_count * sizeof *learner->synonyms);
    pad(&out);
    text_add_bytes(&out, (const char *)learner->concepts,
                   learner->concept_count * sizeof *learner->concepts);
    pad(&out);
    text_add_bytes(&out, (const char *)learner->kin,
                   learner->kin_count * sizeof *learner->kin);
    pad(&out);
    add_situations(learner, &out);
    text_add_bytes(&out, learner->texts.bytes, learner->texts.length);
    pad(&out);
    if (text_failed(&out) || text_failed(&learner->texts))
        code = err_set(err, ERR_MEMORY, "no memory for learning");
    else {
        head.length = out.length;
        memcpy(out.bytes, &head, sizeof head);
        head.checksum = model_checksum(out.bytes + summed, out.length - summed);
        memcpy(out.bytes, &head, sizeof head);
        code = file_write(path, out.bytes, out.length, err);
    }
    text_done(&out);
    return code;
}

err_code learner_write(struct learner *learner, const char *path, struct learnt *out,
                       struct err *err)
{
    struct writing writing = {.learner = learner};
    err_code code = learn_finish_synonyms(learner, err);

    *out = (struct learnt){.lines = learner->line_count};
    if (code == ERR_NONE)
        code = learn_finish_kin(learner, err);
    if (code == ERR_NONE)
        code = learn_finish_situations(learner, err);
    if (code == ERR_NONE)
        code = learn_vectors(&writing, out, err);
    if (code == ERR_NONE) {
        writing.order = malloc((writing.count + 1) * sizeof *writing.order);
        if (!writing.order)
            code = err_set(err, ERR_MEMORY, "no memory for learning");
    }
    if (code == ERR_NONE) {
        for (size_t i = 0; i < writing.count; i++)
            writing.order[i] = (uint32_t)i;
        qsort_r(writing.order, writing.count, sizeof *writing.order, by_key_of, &writing);
        code = write_file(&writing, path, err);
    }
    out->words = writing.count;
    out->synonyms = learner->synonym_count;
    out->concepts = learner->concept_count;
    out->kin = learner->kin_count;
    out->situations = learner->situation_count;
    free(writing.words);
    free(writing.weights);
    free(writing.vectors);
    free(writing.order);
    return code;
}
