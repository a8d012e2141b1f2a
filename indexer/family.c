/* The family of a word: what menuisier, menuiserie and menuiser share. */
#include "indexer/family.h"

#include "indexer/lexicon.h"
#include "indexer/words.def"

#include <string.h>

enum { ROUNDS = 2 };

static size_t without(const char *word, size_t length, const char *const *suffixes,
                      size_t count, size_t root_least)
{
    for (size_t i = 0; i < count; i++) {
        size_t suffix = strlen(suffixes[i]);
        if (length >= suffix + root_least &&
            memcmp(word + length - suffix, suffixes[i], suffix) == 0)
            return length - suffix;
    }
    return length;
}

/* How long the word of `length` bytes is without its longest suffix. */
static size_t without_suffix(const char *word, size_t length)
{
    static const char *const suffixes[] = {LIST_SUFFIX};
    static const char *const of_verbs[] = {LIST_SUFFIX_VERB};
    size_t one = without(word, length, suffixes, sizeof suffixes / sizeof suffixes[0],
                         FAMILY_ROOT_LEAST);
    size_t other = without(word, length, of_verbs, sizeof of_verbs / sizeof of_verbs[0],
                           FAMILY_SHORT_LEAST);

    return one < other ? one : other;
}

const char *family_of(struct arena *arena, const char *word, const char *stem)
{
    size_t whole = strlen(stem), length = whole;
    const char *family = lexicon_family(word, strlen(word));

    family = family ? family : lexicon_family(stem, length);

    for (int round = 0; !family && round < ROUNDS; round++) {
        length = without_suffix(stem, length);
        family = lexicon_family(stem, length);
    }
    if (family)
        return family;
    return length == whole ? stem : arena_strndup(arena, stem, length);
}
