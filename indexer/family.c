/* The family of a word: what menuisier, menuiserie and menuiser share. */
#include "indexer/family.h"

#include "indexer/lexicon.h"
#include "indexer/words.def"

#include <pthread.h>
#include <string.h>

enum { ROUNDS = 2 };

/* Suffixes of nouns, then those of verbs, each longest first. */
static const char *const texts[] = {LIST_SUFFIX, LIST_SUFFIX_VERB};
static const char *const of_verbs[] = {LIST_SUFFIX_VERB};
enum {
    SUFFIXES = sizeof texts / sizeof *texts,
    VERBS_AT = SUFFIXES - sizeof of_verbs / sizeof *of_verbs
};
static size_t lengths[SUFFIXES];
static pthread_once_t was_measured = PTHREAD_ONCE_INIT;

static void measure(void)
{
    for (size_t i = 0; i < SUFFIXES; i++)
        lengths[i] = strlen(texts[i]);
}

static size_t without(const char *word, size_t length, size_t from, size_t to,
                      size_t root_least)
{
    for (size_t i = from; i < to; i++)
        if (length >= lengths[i] + root_least &&
            memcmp(word + length - lengths[i], texts[i], lengths[i]) == 0)
            return length - lengths[i];
    return length;
}

/* How long the word of `length` bytes is without its longest suffix. */
static size_t without_suffix(const char *word, size_t length)
{
    size_t one = without(word, length, 0, VERBS_AT, FAMILY_ROOT_LEAST);
    size_t other = without(word, length, VERBS_AT, SUFFIXES, FAMILY_SHORT_LEAST);

    return one < other ? one : other;
}

const char *family_of(struct arena *arena, const char *word, const char *stem)
{
    size_t whole = strlen(stem), length = whole;
    const char *family = lexicon_family(word, strlen(word));

    family = family ? family : lexicon_family(stem, length);
    pthread_once(&was_measured, measure);

    for (int round = 0; !family && round < ROUNDS; round++) {
        length = without_suffix(stem, length);
        family = lexicon_family(stem, length);
    }
    if (family)
        return family;
    return length == whole ? stem : arena_strndup(arena, stem, length);
}
