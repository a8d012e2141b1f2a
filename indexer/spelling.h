/* Which of many known words a mistyped one most likely stands for: by mistakes (a swap
 * counts one) and by sound. */
#ifndef INDEXER_SPELLING_H
#define INDEXER_SPELLING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SPELLING_LEAST = 4 /* letters: shorter ones are not corrected */ };

/* A known word, laid out as in the learnt file. */
struct spelled {
    uint32_t at;        /* of the folded word in a pool, ended by a NUL */
    uint32_t frequency; /* how often it is used */
    uint32_t letters;   /* a bit for each letter it has */
    uint32_t length;    /* in bytes, SPELLING_LEAST to 255 */
};
/* False when the word is none that can be meant: too short or long, or with a digit. */
bool spelled_of(const char *word, uint32_t at, uint32_t frequency, struct spelled *out);

struct spelling {
    const struct spelled *words;
    size_t count;
    const char *pool; /* ends with a NUL */
    size_t pool_length;
};

/* What is enough for a word to be meant. */
enum spelling_care {
    SPELLING_FREE,   /* one mistake in 4 to 8 letters and two when either has more, or the
                        same sound */
    SPELLING_STRICT, /* one mistake behind the first of 9 letters or more, or the same
                        sound: of many words some stand near anything */
    SPELLING_SOUND   /* the same sound alone */
};
struct mistyped {
    const char *folded;
    const char *heard; /* what it sounds like, folded ("parker" of "parké") */
    enum spelling_care care;
};
/* NULL when no word is near enough, or what was typed is too short or has a digit
 * ("permis b1"). Borrowed from the pool. */
const char *spelling_nearest(const struct spelling *spelling,
                             const struct mistyped *mistyped);
/* What a word as it was typed sounds like, given how it is folded, in `out`: an é at its
 * end is heard, which no folded letter tells. */
void spelling_heard(const char *typed, const char *folded, char *out, size_t size);

#endif
