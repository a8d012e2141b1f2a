/* The words of one kind of document. */
#include "indexer/vocabulary.h"

#include "base/map.h"
#include "base/text.h"
#include "base/unicode.h"
#include "indexer/entry.h"
#include "indexer/sound.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORD_LEAST = 4,          /* shorter ones are not corrected */
    LONG_LEAST = 9,          /* from here two mistakes are allowed */
    SOUND_DISTANCE_MOST = 3, /* mistakes that leave the sound as it is */
    LARGE_LEAST = 1000,      /* documents: fewer are read in about a millisecond */
    LAG_PART = 20,           /* of a large index's documents may have changed */
    WORDS_BYTES_MOST = 1 << 28
};

struct known_word {
    uint32_t at, frequency, letters; /* in `pool`; a bit for each letter it has */
    uint8_t length;
};

struct vocabulary {
    char letter;
    int64_t documents, applied; /* of all kinds, and the last change, when read */
    double population;          /* of this kind */
    struct map frequencies;
    struct text pool; /* exact words, each ended by a NUL; empty until one is corrected */
    struct known_word *words;
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

double vocabulary_rarity(const struct vocabulary *vocabulary, uint32_t word)
{
    const uint64_t *frequency = map_find(&vocabulary->frequencies, (uint64_t)word + 1);
    double n = frequency ? (double)*frequency : 0;

    return log(1 + fmax(vocabulary->population - n + 0.5, 0.5) / (n + 0.5));
}

bool vocabulary_has(const struct vocabulary *vocabulary, uint32_t word)
{
    return map_find(&vocabulary->frequencies, (uint64_t)word + 1) != NULL;
}

static uint32_t letters_of(const char *word)
{
    uint32_t letters = 0;

    for (; *word; word++)
        letters |= 1u << ((unsigned char)*word & 31);
    return letters;
}

static bool read_word(void *state, const char *term, int64_t frequency)
{
    struct vocabulary *vocabulary = state;
    size_t length = strlen(term);

    if (length < WORD_LEAST || length > UINT8_MAX || strpbrk(term, "0123456789"))
        return true;
    if (vocabulary->count == vocabulary->capacity) {
        size_t capacity = vocabulary->capacity ? 2 * vocabulary->capacity : 4096;
        struct known_word *grown = realloc(vocabulary->words, capacity * sizeof *grown);
        vocabulary->failed = !grown;
        if (!grown)
            return false;
        vocabulary->words = grown;
        vocabulary->capacity = capacity;
    }
    vocabulary->words[vocabulary->count++] =
        (struct known_word){.at = (uint32_t)vocabulary->pool.length,
                            .frequency = (uint32_t)frequency,
                            .letters = letters_of(term),
                            .length = (uint8_t)length};
    vocabulary->failed = !text_add_bytes(&vocabulary->pool, term, length + 1);
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

/* How far a known word is from what was typed; INFINITY when too far to be meant. Fewer
 * mistakes first, then the same sound, the same first letter, and how often it is used.
 */
static double farness(const char *typed, size_t length, const char *sound,
                      const struct known_word *known, const char *word)
{
    char other[SOUND_MOST];
    /* letters that were left out made a long word short: "carlage" */
    size_t longer = known->length > length ? known->length : length;
    int mistakes_most = longer >= (size_t)LONG_LEAST ? 2 : 1;
    int distance = unicode_distance(typed, word, SOUND_DISTANCE_MOST);
    bool is_alike;

    if (distance > SOUND_DISTANCE_MOST)
        return INFINITY;
    sound_of(word, other);
    is_alike = strcmp(sound, other) == 0;
    if (distance > mistakes_most && !is_alike)
        return INFINITY;
    return distance - (is_alike ? 1.5 : 0) + (typed[0] != word[0] ? 0.75 : 0) -
           0.05 * log(1 + known->frequency);
}

static const char *nearest(const struct vocabulary *vocabulary, const char *typed)
{
    char sound[SOUND_MOST];
    size_t length = strlen(typed);
    uint32_t letters = letters_of(typed);
    const char *best = NULL;
    double best_farness = INFINITY;

    sound_of(typed, sound);
    for (size_t i = 0; i < vocabulary->count; i++) {
        const struct known_word *known = &vocabulary->words[i];
        const char *word = vocabulary->pool.bytes + known->at;
        double farness_0up;
        if (known->length > length + SOUND_DISTANCE_MOST ||
            (size_t)known->length + SOUND_DISTANCE_MOST < length ||
            __builtin_popcount(known->letters ^ letters) > 2 * SOUND_DISTANCE_MOST)
            continue;
        farness_0up = farness(typed, length, sound, known, word);
        if (farness_0up < best_farness) {
            best_farness = farness_0up;
            best = word;
        }
    }
    return best;
}

err_code vocabulary_correct(struct vocabulary *vocabulary, struct engine *engine,
                            struct arena *arena, const char *word, const char **out,
                            struct err *err)
{
    const char *best, *term;
    int64_t frequency = 0;
    err_code code;

    *out = NULL;
    if (strlen(word) < WORD_LEAST || strpbrk(word, "0123456789"))
        return ERR_NONE;
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
