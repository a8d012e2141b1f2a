/* The family of a word: what menuisier, menuiserie and menuiser share. */
#include "indexer/family.h"

#include "indexer/words.def"

#include <string.h>

enum { ROUNDS = 2 };

/* The family of an irregular root, NULL when it is regular. */
static const char *irregular(const char *word, size_t length)
{
    static const struct {
        const char *root, *family;
    } roots[] = {LIST_ROOT};

    for (size_t i = 0; i < sizeof roots / sizeof roots[0]; i++)
        if (strncmp(roots[i].root, word, length) == 0 && !roots[i].root[length])
            return roots[i].family;
    return NULL;
}

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
    const char *family = irregular(word, strlen(word));

    family = family ? family : irregular(stem, length);

    for (int round = 0; !family && round < ROUNDS; round++) {
        length = without_suffix(stem, length);
        family = irregular(stem, length);
    }
    if (family)
        return family;
    return length == whole ? stem : arena_strndup(arena, stem, length);
}
