/* How much more often than by chance two words share a line. */
#include "indexer/learn/learner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    SEEN_LEAST = 2,     /* times a word stands in lines, to be learnt */
    WORDS_MOST = 40000, /* the most frequent ones */
    PAIRS_MOST = 48 << 20
};
static const double SMOOTHING = 0.75;

struct frequent {
    uint32_t word, seen;
};

static int by_seen(const void *a, const void *b)
{
    const struct frequent *x = a, *y = b;

    if (x->seen != y->seen)
        return x->seen > y->seen ? -1 : 1;
    return x->word < y->word ? -1 : x->word > y->word;
}

err_code learn_choose(const struct learner *learner, uint32_t **words, size_t *count,
                      struct err *err)
{
    struct frequent *all = calloc(learner->word_count + 1, sizeof *all);
    size_t used = 0;

    for (size_t i = 0; all && i < learner->word_count; i++)
        if (learner->seen[i] >= SEEN_LEAST && learner->only[i] == LEARN_SEVERAL)
            all[used++] = (struct frequent){(uint32_t)i, learner->seen[i]};
    if (all)
        qsort(all, used, sizeof *all, by_seen);
    used = used < WORDS_MOST ? used : WORDS_MOST;
    *words = all ? malloc((used + 1) * sizeof **words) : NULL;
    for (size_t i = 0; *words && i < used; i++)
        (*words)[i] = all[i].word;
    free(all);
    *count = used;
    return *words ? ERR_NONE : err_set(err, ERR_MEMORY, "no memory for learning");
}

/* Lines as words with counts, and for each word the lines it stands in. */
struct lines {
    struct term {
        uint32_t word, count;
    } * terms;
    size_t *ends;  /* of each line, in terms */
    float *shares; /* 1 / (words of the line - 1) */
    size_t count;
    uint32_t *of_word; /* lines of each word, one after another */
    size_t *from;      /* size + 1 of them */
    double *sums;      /* of each word: all its pairs */
};

static int by_word(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

/* The chosen words of a line, sorted and counted, at the end of lines->terms. */
static void read_line(const struct learner *learner, const uint32_t *places, size_t from,
                      size_t to, uint32_t *scratch, struct lines *lines)
{
    size_t used = 0, at = lines->count ? lines->ends[lines->count - 1] : 0;

    for (size_t i = from; i < to; i++)
        if (places[learner->tokens[i]])
            scratch[used++] = places[learner->tokens[i]] - 1;
    if (used < 2)
        return;
    qsort(scratch, used, sizeof *scratch, by_word);
    for (size_t i = 0; i < used; i++) {
        if (i && scratch[i] == scratch[i - 1])
            lines->terms[at - 1].count++;
        else
            lines->terms[at++] = (struct term){scratch[i], 1};
    }
    lines->shares[lines->count] = 1.0f / (float)(used - 1);
    lines->ends[lines->count++] = at;
}

static void lines_done(struct lines *lines)
{
    free(lines->terms);
    free(lines->ends);
    free(lines->shares);
    free(lines->of_word);
    free(lines->from);
    free(lines->sums);
}

/* Which lines each word stands in, and the sum of its pairs. */
static void turn_lines(struct lines *lines, size_t size)
{
    size_t total = lines->count ? lines->ends[lines->count - 1] : 0;

    for (size_t i = 0; i < total; i++)
        lines->from[lines->terms[i].word + 1]++;
    for (size_t i = 0; i < size; i++)
        lines->from[i + 1] += lines->from[i];
    for (size_t line = 0, i = 0; line < lines->count; line++) {
        double words = round(1 / (double)lines->shares[line]) + 1;
        for (; i < lines->ends[line]; i++) {
            const struct term *term = &lines->terms[i];
            lines->of_word[lines->from[term->word]++] = (uint32_t)line;
            lines->sums[term->word] +=
                term->count * (words - term->count) * (double)lines->shares[line];
        }
    }
    memmove(lines->from + 1, lines->from, size * sizeof *lines->from);
    lines->from[0] = 0;
}

static err_code read_lines(const struct learner *learner, const uint32_t *words,
                           size_t size, struct lines *out, struct err *err)
{
    uint32_t *places = calloc(learner->word_count + 1, sizeof *places);
    uint32_t *scratch = malloc((learner->token_count + 1) * sizeof *scratch);
    size_t tokens = learner->token_count + 1, count = learner->line_count + 1;

    *out = (struct lines){.terms = malloc(tokens * sizeof *out->terms),
                          .ends = malloc(count * sizeof *out->ends),
                          .shares = malloc(count * sizeof *out->shares),
                          .of_word = malloc(tokens * sizeof *out->of_word),
                          .from = calloc(size + 2, sizeof *out->from),
                          .sums = calloc(size + 1, sizeof *out->sums)};
    if (places && scratch && out->terms && out->ends && out->shares && out->of_word &&
        out->from && out->sums) {
        for (size_t i = 0; i < size; i++)
            places[words[i]] = (uint32_t)i + 1;
        for (size_t i = 0; i < learner->line_count; i++)
            read_line(learner, places, i ? learner->ends[i - 1] : 0, learner->ends[i],
                      scratch, out);
        turn_lines(out, size);
        free(places);
        free(scratch);
        return ERR_NONE;
    }
    free(places);
    free(scratch);
    return err_set(err, ERR_MEMORY, "no memory for learning");
}

/* Adds up what a word shares with each other one, in `shared` (0 before). */
static void share(const struct lines *lines, size_t word, float *shared)
{
    for (size_t i = lines->from[word]; i < lines->from[word + 1]; i++) {
        uint32_t line = lines->of_word[i];
        size_t from = line ? lines->ends[line - 1] : 0, to = lines->ends[line];
        float weight = 0;
        for (size_t j = from; j < to && weight == 0; j++)
            if (lines->terms[j].word == word)
                weight = (float)lines->terms[j].count * lines->shares[line];
        for (size_t j = from; j < to; j++)
            shared[lines->terms[j].word] += weight * (float)lines->terms[j].count;
    }
    shared[word] = 0;
}

static bool add_pair(struct pairs *pairs, size_t column, double value)
{
    if (pairs->count == pairs->capacity) {
        size_t same = pairs->capacity;
        uint32_t *columns =
            learn_grow(pairs->columns, pairs->count, &same, sizeof *columns);
        float *values;
        if (!columns)
            return false;
        pairs->columns = columns;
        same = pairs->capacity;
        values = learn_grow(pairs->values, pairs->count, &same, sizeof *values);
        if (!values)
            return false;
        pairs->values = values;
        pairs->capacity = same;
    }
    pairs->columns[pairs->count] = (uint32_t)column;
    pairs->values[pairs->count++] = (float)value;
    return true;
}

/* log(P(a, b) / (P(a) P'(b))), with P'(b) ~ P(b)^SMOOTHING, where it is above 0. */
static bool add_row(const struct lines *lines, struct pairs *pairs, size_t word,
                    const double *chances, float *shared)
{
    double own = lines->sums[word];
    bool has_room = true;

    share(lines, word, shared);
    for (size_t i = 0; i < pairs->size; i++) {
        if (shared[i] > 0 && has_room) {
            double value = log((double)shared[i] / (own * chances[i]));
            if (value > 0 && pairs->count < PAIRS_MOST)
                has_room = add_pair(pairs, i, value);
        }
        shared[i] = 0;
    }
    pairs->from[word + 1] = pairs->count;
    return has_room;
}

err_code pairs_count(const struct learner *learner, const uint32_t *words, size_t count,
                     struct pairs *out, struct err *err)
{
    struct lines lines;
    double *chances = calloc(count + 1, sizeof *chances), all = 0;
    float *shared = calloc(count + 1, sizeof *shared);
    err_code code = read_lines(learner, words, count, &lines, err);
    bool has_room = chances && shared;

    *out = (struct pairs){.size = count, .from = calloc(count + 2, sizeof *out->from)};
    has_room = has_room && out->from;
    for (size_t i = 0; code == ERR_NONE && has_room && i < count; i++)
        all += chances[i] = pow(lines.sums[i], SMOOTHING);
    for (size_t i = 0; code == ERR_NONE && has_room && i < count; i++)
        chances[i] /= all;
    if (learner->progress)
        progress_start(learner->progress, "pairs", count);
    for (size_t i = 0; code == ERR_NONE && has_room && i < count; i++) {
        has_room = add_row(&lines, out, i, chances, shared);
        if (learner->progress)
            progress_show(learner->progress, i);
    }
    lines_done(&lines);
    free(chances);
    free(shared);
    if (code == ERR_NONE && !has_room)
        code = err_set(err, ERR_MEMORY, "no memory for learning");
    return code;
}

void pairs_done(struct pairs *pairs)
{
    free(pairs->from);
    free(pairs->columns);
    free(pairs->values);
    *pairs = (struct pairs){0};
}
