/* Adding up the lists of a query's words, window by window. Who cannot be among the best
 * any more is passed over: a document that stands in none but the lists that together
 * count too little is not looked at, and of the others only those whose sum can still
 * suffice are looked up in these lists (MaxScore: Turtle and Flood, Information
 * Processing and Management 31(6), 1995). */
#ifndef INDEXER_MAXSCORE_H
#define INDEXER_MAXSCORE_H

#include "base/arena.h"
#include "indexer/lists.h"

enum {
    MAXSCORE_SUM_MOST = 65000, /* of all parts of all words: room for rounding up */
    MAXSCORE_SCALE = 1 << 16
};

struct maxscore_word {
    const struct lists_term *term;
    double weight;
    uint64_t at;
    struct lists_window next;
    bool has_next;
    uint32_t base;  /* what having the word counts, from 1 */
    uint32_t scale; /* what a part counts more, in parts of MAXSCORE_SCALE */
};

/* What a part of a word counts, at least 1: who has a word has a sum. */
static inline unsigned maxscore_value(const struct maxscore_word *word, unsigned part)
{
    return word->base + word->scale * part / MAXSCORE_SCALE;
}

struct maxscore {
    const struct lists *lists;
    struct maxscore_word *words; /* `count`, whose terms and weights are set */
    size_t count;
    bool is_flat;               /* having a word counts all of its weight */
    double weight;              /* of all words: what MAXSCORE_SUM_MOST stands for */
    uint16_t *sums;             /* LISTS_WINDOW, zeros between two searches */
    uint16_t *places;           /* room for LISTS_WINDOW + 1 */
    struct maxscore_word **now; /* room for the words of one window */
};

/* Goes to the start of all lists. */
void maxscore_start(struct maxscore *maxscore);
/* The next window in which some word stands; UINT32_MAX when there is none. */
uint32_t maxscore_window(const struct maxscore *maxscore);
/* Adds up that window and goes behind it. `least` is the least sum that is wanted, from 1
 * (all that match). Returns how many documents of the window have it: their places stand
 * in `places` in order, what each has in `sums` by its place; to be forgotten then. */
size_t maxscore_add(struct maxscore *maxscore, uint32_t window, unsigned least);
void maxscore_forget(struct maxscore *maxscore);

#endif
