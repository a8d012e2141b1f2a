/* Words of the language, by Hunspell. */
#include "indexer/dictionary.h"

#include "base/map.h"
#include "base/unicode.h"

#include <hunspell/hunspell.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { WORD_BYTES_MOST = 64, LINE_BYTES_MOST = 512, SAID_KEPT = 4096 };

static const struct {
    const char *affixes, *words;
} files[] = {{"/usr/share/hunspell/fr.aff", "/usr/share/hunspell/fr.dic"},
             {"/usr/share/hunspell/en_US.aff", "/usr/share/hunspell/en_US.dic"}};

enum { DICTIONARIES = sizeof files / sizeof files[0] };

/* Kept until the process ends. */
static struct dictionary {
    bool was_tried;
    Hunhandle *hunspell; /* knows every form, with its accents */
    struct map folded;   /* the entries themselves, without accents */
    uint64_t
        said[SAID_KEPT]; /* words that were asked for: key << 1 | whether it is one */
} dictionaries[DICTIONARIES];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* Hunspell has a state */

/* The key of a folded word, 0 for one that is too long. */
static uint64_t folded_key(const char *word, size_t length)
{
    char folded[WORD_BYTES_MOST + 8];
    size_t at = 0, used = 0;

    while (at < length && used < WORD_BYTES_MOST) {
        int step;
        int32_t point = unicode_at(word + at, &step);
        used += (size_t)unicode_fold_point(point, folded + used);
        at += (size_t)step;
    }
    return at < length || used == 0 ? 0 : map_key(folded, used);
}

/* Lines "word/FLAGS"; the first is their number. */
static void read_entries(const char *path, struct map *out)
{
    FILE *file = fopen(path, "r");
    char line[LINE_BYTES_MOST];

    while (file && fgets(line, sizeof line, file)) {
        size_t length = strcspn(line, "/\t\r\n");
        uint64_t key = unicode_is_valid(line, length) ? folded_key(line, length) : 0;
        if (key && !map_at(out, key))
            break; /* out of memory: fewer words are known */
    }
    if (file)
        fclose(file);
}

static struct dictionary *open_once(int which)
{
    struct dictionary *dictionary = &dictionaries[which];

    if (!dictionary->was_tried && access(files[which].words, R_OK) == 0 &&
        access(files[which].affixes, R_OK) == 0) {
        dictionary->hunspell = Hunspell_create(files[which].affixes, files[which].words);
        read_entries(files[which].words, &dictionary->folded);
    }
    dictionary->was_tried = true;
    return dictionary;
}

/* Hunspell takes its time over what it does not know. */
static bool look_up(struct dictionary *dictionary, const char *word, size_t length)
{
    uint64_t key = map_key(word, length);
    uint64_t *said = &dictionary->said[key % SAID_KEPT];

    if (*said >> 1 != key << 1 >> 1)
        *said = key << 1 |
                ((dictionary->hunspell && Hunspell_spell(dictionary->hunspell, word)) ||
                 map_find(&dictionary->folded, folded_key(word, length)));
    return *said & 1;
}

bool dictionary_has(const char *word, const char *lang)
{
    size_t length = strlen(word);
    bool is_word;

    if (length == 0 || length > WORD_BYTES_MOST || !unicode_is_valid(word, length))
        return false;
    pthread_mutex_lock(&lock);
    is_word = look_up(open_once(strcmp(lang, "en") == 0), word, length);
    pthread_mutex_unlock(&lock);
    return is_word;
}
