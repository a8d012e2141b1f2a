/* Stems by libstemmer, after French feminine endings became masculine ones. */
#ifndef INDEXER_STEM_H
#define INDEXER_STEM_H

#include "base/arena.h"

struct stemmer;

/* This thread's, for "fr" or "en"; freed with the thread. NULL when out of memory. */
struct stemmer *stemmer_of_thread(const char *lang);

/* The stem of a folded word, in the arena; NULL when it is full. Words of fewer than four
 * letters, and those with a digit, are their own stems. */
const char *stemmer_stem(struct stemmer *stemmer, struct arena *arena, const char *word);

#endif
