/* What was learnt from texts, mapped. */
#include "indexer/model.h"

#include "base/map.h"
#include "base/mapped.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#if defined __GNUC__ && !defined __clang__
#pragma GCC optimize("O3") /* loops over vectors: several numbers at a time */
#endif

enum { ALIGNMENT = 8 };

struct model {
    struct mapped file;
    const unsigned char *bytes; /* of the file */
    size_t length;
    struct model_head head;
    const uint64_t *words;
    const float *weights, *first;
    const int8_t *vectors;
    const struct model_synonym *synonyms;
    const struct model_concept *concepts;
    const struct model_kin *kin, *calls;
    const struct model_said *said;
    const struct model_situation *situations;
    const struct model_name *names;
    const struct spelled *spelled;
    const char *texts;
};

uint64_t model_checksum(const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    uint64_t sum = 0x9e3779b97f4a7c15u;

    for (size_t i = 0; i + ALIGNMENT <= length; i += ALIGNMENT) {
        uint64_t word;
        memcpy(&word, at + i, sizeof word);
        sum = (sum ^ word) * 0x100000001b3u;
        sum ^= sum >> 29;
    }
    return sum;
}

uint64_t model_word_key(const struct token *token)
{
    return map_key(token->stem, strlen(token->stem));
}

uint64_t model_label_key(const struct tokens *tokens)
{
    uint64_t key = 0;

    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->items[i];
        if (!token->is_stop && !token->is_joined)
            key =
                key * 0x9e3779b97f4a7c15u + map_key(token->family, strlen(token->family));
    }
    return key;
}

static size_t aligned(size_t length)
{
    return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* Takes the next part of the file; false when it is not all there. */
static bool take(const struct model *model, size_t *at, const void **out, uint64_t count,
                 size_t size)
{
    uint64_t bytes = count * size;

    if (bytes > model->length - *at)
        return false;
    *out = model->bytes + *at;
    *at += aligned((size_t)bytes);
    return *at <= model->length;
}

static bool take_parts(struct model *model)
{
    const struct model_head *head = &model->head;
    size_t at = sizeof *head;
    const void *parts[13];

    if (!take(model, &at, &parts[0], head->word_count, sizeof *model->words) ||
        !take(model, &at, &parts[1], head->word_count, sizeof *model->weights) ||
        !take(model, &at, &parts[2], head->word_count, MODEL_DIMENSIONS) ||
        !take(model, &at, &parts[3], MODEL_DIMENSIONS, sizeof *model->first) ||
        !take(model, &at, &parts[4], head->synonym_count, sizeof *model->synonyms) ||
        !take(model, &at, &parts[5], head->concept_count, sizeof *model->concepts) ||
        !take(model, &at, &parts[6], head->kin_count, sizeof *model->kin) ||
        !take(model, &at, &parts[7], head->call_count, sizeof *model->calls) ||
        !take(model, &at, &parts[8], head->said_count, sizeof *model->said) ||
        !take(model, &at, &parts[9], head->situation_count, sizeof *model->situations) ||
        !take(model, &at, &parts[10], head->name_count, sizeof *model->names) ||
        !take(model, &at, &parts[11], head->spelled_count, sizeof *model->spelled) ||
        !take(model, &at, &parts[12], head->text_length, 1) || !head->text_length ||
        ((const char *)parts[12])[head->text_length - 1] != '\0' ||
        head->french_count > head->situation_count)
        return false;
    model->words = parts[0];
    model->weights = parts[1];
    model->vectors = parts[2];
    model->first = parts[3];
    model->synonyms = parts[4];
    model->concepts = parts[5];
    model->kin = parts[6];
    model->calls = parts[7];
    model->said = parts[8];
    model->situations = parts[9];
    model->names = parts[10];
    model->spelled = parts[11];
    model->texts = parts[12];
    return true;
}

/* The file whose checksum held last: one that is opened again and again (by who writes
 * the index, at each commit) is summed up once. */
static _Atomic uint64_t sound;

static bool is_sound(const struct model *model)
{
    const size_t summed = offsetof(struct model_head, length);

    if (model->file.identity == sound)
        return true;
    if (model_checksum(model->bytes + summed, model->length - summed) !=
        model->head.checksum)
        return false;
    sound = model->file.identity;
    return true;
}

static err_code check(struct model *model, const char *path, struct err *err)
{
    const struct model_head *head = &model->head;

    if (model->length < sizeof *head ||
        memcmp(model->bytes, MODEL_MAGIC, sizeof head->magic) != 0)
        return err_set(err, ERR_STORE, "%s: no model of this version", path);
    memcpy(&model->head, model->bytes, sizeof *head);
    if (head->length != model->length || model->length % ALIGNMENT ||
        head->dimensions != MODEL_DIMENSIONS || !is_sound(model))
        return err_set(err, ERR_STORE, "%s: damaged", path);
    return take_parts(model) ? ERR_NONE : err_set(err, ERR_STORE, "%s: damaged", path);
}

static err_code map(struct model *model, const char *path, struct err *err)
{
    err_code code = mapped_open(&model->file, path, err);

    model->bytes = model->file.bytes;
    model->length = model->file.length;
    return code == ERR_NONE ? check(model, path, err) : code;
}

err_code model_open(struct model **out, const char *path, struct err *err)
{
    struct model *model = calloc(1, sizeof *model);
    err_code code = model ? map(model, path, err)
                          : err_set(err, ERR_MEMORY, "no memory for what was learnt");

    if (code != ERR_NONE)
        model_close(model);
    else
        *out = model;
    return code;
}

void model_close(struct model *model)
{
    if (!model)
        return;
    mapped_close(&model->file);
    free(model);
}

uint32_t model_mark(const struct model *model)
{
    return (uint32_t)(model->head.checksum >> 32) | 1u;
}

size_t model_word_count(const struct model *model)
{
    return model->head.word_count;
}

static bool find_word(const struct model *model, uint64_t key, size_t *out)
{
    size_t from = 0, to = model->head.word_count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (model->words[middle] == key) {
            *out = middle;
            return true;
        }
        if (model->words[middle] < key)
            from = middle + 1;
        else
            to = middle;
    }
    return false;
}

uint32_t model_word(const struct model *model, const struct token *token)
{
    size_t word;

    return find_word(model, model_word_key(token), &word) ? (uint32_t)word + 1 : 0;
}

const int8_t *model_word_vector(const struct model *model, uint32_t number)
{
    return number ? model->vectors + (size_t)(number - 1) * MODEL_DIMENSIONS : NULL;
}

void model_add(const struct model *model, struct model_sum *sum,
               const struct tokens *tokens, float times)
{
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->items[i];
        size_t word;
        if (token->is_stop || token->is_joined ||
            !find_word(model, model_word_key(token), &word))
            continue;
        const int8_t *vector = model->vectors + word * MODEL_DIMENSIONS;
        float weight = model->weights[word] * times / MODEL_SCALE;
        for (int j = 0; j < MODEL_DIMENSIONS; j++)
            sum->values[j] += weight * vector[j];
        sum->known++;
    }
}

static float dot(const float *a, const float *b)
{
    float sum = 0;

    for (int i = 0; i < MODEL_DIMENSIONS; i++)
        sum += a[i] * b[i];
    return sum;
}

static bool to_unit(float *values)
{
    float length = sqrtf(dot(values, values));

    if (!(length > 1e-6f))
        return false;
    for (int i = 0; i < MODEL_DIMENSIONS; i++)
        values[i] /= length;
    return true;
}

bool model_vector(const struct model *model, struct model_sum *sum,
                  int8_t out[MODEL_DIMENSIONS])
{
    float shared;

    memset(out, 0, MODEL_DIMENSIONS);
    if (!sum->known || !to_unit(sum->values))
        return false;
    shared = dot(sum->values, model->first);
    for (int i = 0; i < MODEL_DIMENSIONS; i++)
        sum->values[i] -= shared * model->first[i];
    if (!to_unit(sum->values))
        return false;
    for (int i = 0; i < MODEL_DIMENSIONS; i++) {
        float value = roundf(sum->values[i] * MODEL_SCALE);
        out[i] = (int8_t)fmaxf(-127, fminf(127, value));
    }
    return true;
}

double model_cosine(const int8_t *a, const int8_t *b)
{
    int sum = 0;

    for (int i = 0; i < MODEL_DIMENSIONS; i++)
        sum += a[i] * b[i];
    return (double)sum / ((double)MODEL_SCALE * MODEL_SCALE);
}

/* The first of the sorted items, each `size` bytes and starting with its key, whose key
 * is not less. */
static size_t first_of(const void *items, size_t count, size_t size, uint64_t key)
{
    size_t from = 0, to = count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        uint64_t here;
        memcpy(&here, (const char *)items + middle * size, sizeof here);
        if (here < key)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

const struct model_synonym *model_synonyms(const struct model *model, uint64_t key,
                                           size_t *count)
{
    size_t from = first_of(model->synonyms, model->head.synonym_count,
                           sizeof *model->synonyms, key);
    size_t to = from;

    while (to < model->head.synonym_count && model->synonyms[to].key == key)
        to++;
    *count = to - from;
    return model->synonyms + from;
}

const struct model_concept *model_concept(const struct model *model, uint64_t key)
{
    size_t at = first_of(model->concepts, model->head.concept_count,
                         sizeof *model->concepts, key);
    const struct model_concept *found = NULL;

    for (; key && at < model->head.concept_count && model->concepts[at].key == key; at++)
        if (!found || (model->concepts[at].is_preferred && !found->is_preferred))
            found = &model->concepts[at];
    return found;
}

/* The first of the sorted items, each `size` bytes and starting with its word, whose word
 * is `word`; *count of them. */
static const void *of_word(const void *items, size_t all, size_t size, uint32_t word,
                           size_t *count)
{
    const char *at = items;
    size_t from = 0, to = all;
    uint32_t here;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        memcpy(&here, at + middle * size, sizeof here);
        if (here < word)
            from = middle + 1;
        else
            to = middle;
    }
    for (; to < all; to++) {
        memcpy(&here, at + to * size, sizeof here);
        if (here != word)
            break;
    }
    *count = to - from;
    return at + from * size;
}

const struct model_kin *model_kin(const struct model *model, uint32_t word, size_t *count)
{
    return of_word(model->kin, model->head.kin_count, sizeof *model->kin, word, count);
}

uint32_t model_said_key(uint32_t word, bool is_english)
{
    static const uint32_t APART = 0x9e3779b9;
    uint32_t key = is_english ? word ^ APART : word;

    return key ? key : APART;
}

const struct model_kin *model_calls(const struct model *model, uint32_t word,
                                    size_t *count)
{
    return of_word(model->calls, model->head.call_count, sizeof *model->calls, word,
                   count);
}

const struct model_said *model_said(const struct model *model, uint32_t word,
                                    size_t *count)
{
    return of_word(model->said, model->head.said_count, sizeof *model->said, word, count);
}

bool model_is_said(const struct model *model, uint32_t word, bool is_english)
{
    size_t count;

    (void)model_said(model, model_said_key(word, is_english), &count);
    return count > 0;
}

size_t model_situations(const struct model *model, bool is_english, size_t *count)
{
    size_t french = model->head.french_count;

    *count = is_english ? model->head.situation_count - french : french;
    return is_english ? french : 0;
}

const struct model_name *model_names(const struct model *model, uint32_t situation,
                                     size_t *count)
{
    const struct model_situation *row =
        situation < model->head.situation_count ? &model->situations[situation] : NULL;

    *count = 0;
    if (!row || row->from > model->head.name_count ||
        row->count > model->head.name_count - row->from)
        return NULL;
    *count = row->count;
    return model->names + row->from;
}

double model_said_rarity(size_t all, size_t with)
{
    return log(((double)all + 1) / ((double)with + 0.5));
}

struct spelling model_spelling(const struct model *model)
{
    return (struct spelling){.words = model->spelled,
                             .count = model->head.spelled_count,
                             .pool = model->texts,
                             .pool_length = model->head.text_length};
}

const char *model_text(const struct model *model, uint32_t text)
{
    return text < model->head.text_length ? model->texts + text : "";
}
