/* Which words of one text come out as which of another: counted over many pairs of texts
 * that mean about the same. */
#ifndef INDEXER_LEARN_TRANSLATE_H
#define INDEXER_LEARN_TRANSLATE_H

#include "base/map.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TERM_WORDS_MOST = 24 };

/* The words of one text, each once. */
struct term {
    uint32_t words[TERM_WORDS_MOST]; /* entry_word of families */
    size_t count;
};
bool term_has(const struct term *term, uint32_t word);

struct chance;
struct translation {
    struct map numbers; /* (from << 32 | to): 1 + its number */
    struct map sums;    /* of `from`: what its pairs count together, as bits of a float */
    uint64_t *keys;     /* of the pairs, by number */
    float *likely;      /* how likely `from` comes out as `to`, by number */
    float *seen;
    size_t pairs, pairs_room;
    struct chance *chances;
    size_t count, room, groups;
};
void translation_init(struct translation *translation);
void translation_done(struct translation *translation);
/* A pair of texts: the words of one that the other lacks, against those that it has.
 * False without room. */
bool translation_add(struct translation *translation, const struct term *from,
                     const struct term *to, float weight);
/* Fills `likely`. `unseen` keeps a word that was met once from being sure. False without
 * room. */
bool translation_learn(struct translation *translation, int rounds, float unseen);

#endif
