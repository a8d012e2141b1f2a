/* Stems by libstemmer, after French feminine endings became masculine ones. */
#include "indexer/stem.h"

#include "indexer/words.def"

#include <libstemmer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_MOST = 64, STEMMED_LEAST = 4, ROOT_LEAST = 3 };

struct stemmer {
    struct sb_stemmer *handle;
    bool is_french;
};

struct stemmer *stemmer_new(const char *lang)
{
    struct stemmer *stemmer = calloc(1, sizeof *stemmer);

    if (!stemmer)
        return NULL;
    stemmer->is_french = strcmp(lang, "en") != 0;
    stemmer->handle = sb_stemmer_new(stemmer->is_french ? "french" : "english", "UTF_8");
    if (!stemmer->handle) {
        free(stemmer);
        return NULL;
    }
    return stemmer;
}

void stemmer_free(struct stemmer *stemmer)
{
    if (!stemmer)
        return;
    sb_stemmer_delete(stemmer->handle);
    free(stemmer);
}

static void to_masculine(char *word)
{
    static const struct {
        const char *feminine, *masculine;
    } endings[] = {LIST_GENDER};
    size_t length = strlen(word);

    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t ending = strlen(endings[i].feminine);
        if (length < ending + ROOT_LEAST ||
            strcmp(word + length - ending, endings[i].feminine) != 0)
            continue;
        memcpy(word + length - ending, endings[i].masculine,
               strlen(endings[i].masculine) + 1);
        return;
    }
}

const char *stemmer_stem(struct stemmer *stemmer, struct arena *arena, const char *word)
{
    char changed[WORD_MOST + 1];
    size_t length = strlen(word);
    const sb_symbol *stem;

    if (length < STEMMED_LEAST || length > WORD_MOST || strpbrk(word, "0123456789"))
        return word;
    memcpy(changed, word, length + 1);
    if (stemmer->is_french)
        to_masculine(changed);
    stem = sb_stemmer_stem(stemmer->handle, (const sb_symbol *)changed,
                           (int)strlen(changed));
    if (!stem)
        return word;
    return arena_strndup(arena, (const char *)stem,
                         (size_t)sb_stemmer_length(stemmer->handle));
}
