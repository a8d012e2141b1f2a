/* The words of one kind of document. */
#include "indexer/vocabulary.h"

#include "base/map.h"
#include "base/text.h"
#include "base/unicode.h"
#include "indexer/entry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    LARGE_LEAST = 1000, /* documents: fewer are read in about a millisecond */
    LAG_PART = 20,      /* of a large index's documents may have changed */
    WORDS_BYTES_MOST = 1 << 28
};

struct vocabulary {
    char letter;
    int64_t documents, applied;     /* of all kinds, and the last change, when read */
    double population;              /* of this kind */
    const struct vocabulary *other; /* rarity is told over both; NULL: none */
    struct map frequencies;
    struct text pool; /* exact words, each ended by a NUL; empty until one is corrected */
    struct spelled *words;
    size_t count, capacity;
    bool failed;
};

static bool read_family(void *state, const char *term, int64_t frequency)
{
    struct vocabulary *vocabulary = state;
    uint64_t *known = map_at(&vocabulary->frequencies, (uint64_t)entry_word(term) + 1);

    if (known)
        *known += (uint64_t)frequency;
    else
        vocabulary->failed = true;
    return known != NULL;
}

err_code vocabulary_new(struct vocabulary **out, struct engine *engine, char letter,
                        struct err *err)
{
    struct vocabulary *vocabulary = calloc(1, sizeof *vocabulary);
    const char kind[] = {'K', letter, '\0'}, families[] = {'F', letter, '\0'};
    int64_t population = 0;
    err_code code;

    if (!vocabulary)
        return err_set(err, ERR_MEMORY, "no memory for the vocabulary");
    vocabulary->letter = letter;
    text_init(&vocabulary->pool, WORDS_BYTES_MOST);
    map_init(&vocabulary->frequencies);
    code = engine_size(engine, &vocabulary->documents, err);
    if (code == ERR_NONE)
        code = engine_applied(engine, &vocabulary->applied, err);
    if (code == ERR_NONE)
        code = engine_frequency(engine, kind, &population, err);
    if (code == ERR_NONE)
        code = engine_terms(engine, families, read_family, vocabulary, err);
    if (code == ERR_NONE && vocabulary->failed)
        code = err_set(err, ERR_MEMORY, "no memory for the vocabulary");
    if (code != ERR_NONE) {
        vocabulary_free(vocabulary);
        return code;
    }
    vocabulary->population = (double)population;
    *out = vocabulary;
    return ERR_NONE;
}

void vocabulary_free(struct vocabulary *vocabulary)
{
    if (!vocabulary)
        return;
    map_done(&vocabulary->frequencies);
    text_done(&vocabulary->pool);
    free(vocabulary->words);
    free(vocabulary);
}

bool vocabulary_may_lag(int64_t documents, int64_t changes)
{
    return changes <= (documents < LARGE_LEAST ? 0 : documents / LAG_PART);
}

err_code vocabulary_is_current(const struct vocabulary *vocabulary, struct engine *engine,
                               bool *is, struct err *err)
{
    int64_t documents = 0, applied = 0;
    err_code code = engine_size(engine, &documents, err);

    if (code == ERR_NONE)
        code = engine_applied(engine, &applied, err);
    if (code != ERR_NONE)
        return code;
    *is = vocabulary_may_lag(vocabulary->documents,
                             llabs(documents - vocabulary->documents)) &&
          vocabulary_may_lag(vocabulary->documents, llabs(applied - vocabulary->applied));
    return ERR_NONE;
}

void vocabulary_lean(struct vocabulary *vocabulary, const struct vocabulary *other)
{
    vocabulary->other = other;
}

static double frequency_of(const struct vocabulary *vocabulary, uint32_t word)
{
    const uint64_t *frequency = map_find(&vocabulary->frequencies, (uint64_t)word + 1);

    return frequency ? (double)*frequency : 0;
}

double vocabulary_rarity(const struct vocabulary *vocabulary, uint32_t word)
{
    const struct vocabulary *other = vocabulary->other;
    double population = vocabulary->population + (other ? other->population : 0);
    double n = frequency_of(vocabulary, word) + (other ? frequency_of(other, word) : 0);

    return log(1 + fmax(population - n + 0.5, 0.5) / (n + 0.5));
}

bool vocabulary_has(const struct vocabulary *vocabulary, uint32_t word)
{
    return map_find(&vocabulary->frequencies, (uint64_t)word + 1) != NULL;
}

static bool read_word(void *state, const char *term, int64_t frequency)
{
    struct vocabulary *vocabulary = state;
    struct spelled spelled;

    if (!spelled_of(term, (uint32_t)vocabulary->pool.length, (uint32_t)frequency,
                    &spelled))
        return true;
    if (vocabulary->count == vocabulary->capacity) {
        size_t capacity = vocabulary->capacity ? 2 * vocabulary->capacity : 4096;
        struct spelled *grown = realloc(vocabulary->words, capacity * sizeof *grown);
        vocabulary->failed = !grown;
        if (!grown)
            return false;
        vocabulary->words = grown;
        vocabulary->capacity = capacity;
    }
    vocabulary->words[vocabulary->count++] = spelled;
    vocabulary->failed = !text_add_bytes(&vocabulary->pool, term, spelled.length + 1);
    return !vocabulary->failed;
}

static err_code read_words(struct vocabulary *vocabulary, struct engine *engine,
                           struct err *err)
{
    const char prefix[] = {'E', vocabulary->letter, '\0'};
    err_code code;

    if (vocabulary->count)
        return ERR_NONE;
    code = engine_terms(engine, prefix, read_word, vocabulary, err);
    return code == ERR_NONE && vocabulary->failed
               ? err_set(err, ERR_MEMORY, "no memory for the vocabulary")
               : code;
}

static const char *nearest(const struct vocabulary *vocabulary,
                           const struct mistyped *word)
{
    const struct spelling spelling = {.words = vocabulary->words,
                                      .count = vocabulary->count,
                                      .pool = vocabulary->pool.bytes,
                                      .pool_length = vocabulary->pool.length};

    return spelling_nearest(&spelling, word);
}

err_code vocabulary_correct(struct vocabulary *vocabulary, struct engine *engine,
                            struct arena *arena, const struct mistyped *word,
                            const char **out, struct err *err)
{
    const char *best, *term;
    int64_t frequency = 0;
    err_code code;

    *out = NULL;
    code = read_words(vocabulary, engine, err);
    best = code == ERR_NONE ? nearest(vocabulary, word) : NULL;
    if (!best)
        return code;
    term = arena_printf(arena, "E%c%s", vocabulary->letter, best);
    if (!term)
        return err_set(err, ERR_MEMORY, "no room for a correction");
    code = engine_frequency(engine, term, &frequency, err);
    if (code == ERR_NONE && frequency > 0)
        *out = arena_strdup(arena, best);
    return code;
}
