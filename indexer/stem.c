/* Stems by libstemmer, after French feminine endings became masculine ones. */
#include "indexer/stem.h"

#include "base/map.h"
#include "indexer/words.def"

#include <libstemmer.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_MOST = 64, STEMMED_LEAST = 4, ROOT_LEAST = 3, KEPT_WORDS = 4096 };

struct stemmer {
    struct sb_stemmer *handle;
    bool is_french;
    struct stem_kept *kept; /* KEPT_WORDS of them, by hash; NULL: none yet */
};

/* A thread's stemmers: French, English. */
enum { LANGUAGES = 2 };

static pthread_once_t was_made = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static bool has_key;

static void free_all(void *all)
{
    struct stemmer *stemmers = all;

    for (int i = 0; i < LANGUAGES; i++) {
        if (stemmers[i].handle)
            sb_stemmer_delete(stemmers[i].handle);
        free(stemmers[i].kept);
    }
    free(stemmers);
}

static void make_key(void)
{
    has_key = pthread_key_create(&key, free_all) == 0;
}

struct stemmer *stemmer_of_thread(const char *lang)
{
    int which = strcmp(lang, "en") == 0;
    struct stemmer *stemmers;

    pthread_once(&was_made, make_key);
    stemmers = has_key ? pthread_getspecific(key) : NULL;
    if (!stemmers && has_key) {
        stemmers = calloc(LANGUAGES, sizeof *stemmers);
        if (!stemmers || pthread_setspecific(key, stemmers) != 0) {
            free(stemmers);
            return NULL;
        }
    }
    if (!stemmers)
        return NULL;
    if (!stemmers[which].handle) {
        stemmers[which].is_french = which == 0;
        stemmers[which].handle = sb_stemmer_new(which ? "english" : "french", "UTF_8");
    }
    return stemmers[which].handle ? &stemmers[which] : NULL;
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

static size_t place_of(const char *exact)
{
    uint64_t hash = map_key(exact, strlen(exact));

    return (size_t)((hash ^ hash >> 32) % KEPT_WORDS);
}

const struct stem_kept *stemmer_kept(const struct stemmer *stemmer, const char *exact)
{
    const struct stem_kept *kept =
        stemmer->kept ? &stemmer->kept[place_of(exact)] : NULL;

    return kept && strcmp(kept->exact, exact) == 0 ? kept : NULL;
}

void stemmer_keep(struct stemmer *stemmer, const char *exact, const char *stem,
                  const char *family)
{
    struct stem_kept *kept;

    if (strlen(exact) > STEM_KEPT_MOST || strlen(stem) > STEM_KEPT_MOST ||
        strlen(family) > STEM_KEPT_MOST)
        return;
    if (!stemmer->kept)
        stemmer->kept = calloc(KEPT_WORDS, sizeof *stemmer->kept);
    if (!stemmer->kept)
        return;
    kept = &stemmer->kept[place_of(exact)];
    memcpy(kept->exact, exact, strlen(exact) + 1);
    memcpy(kept->stem, stem, strlen(stem) + 1);
    memcpy(kept->family, family, strlen(family) + 1);
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
