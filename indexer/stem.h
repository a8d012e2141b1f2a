/* Stems by libstemmer, after French feminine endings became masculine ones. */
#ifndef INDEXER_STEM_H
#define INDEXER_STEM_H

#include "base/arena.h"

struct stemmer;

/* "fr" or "en"; NULL when out of memory. For one thread at a time. */
struct stemmer *stemmer_new(const char *lang);
void stemmer_free(struct stemmer *stemmer);

/* The stem of a folded word, in the arena; NULL when it is full. Words of fewer than four
 * letters, and those with a digit, are their own stems. */
const char *stemmer_stem(struct stemmer *stemmer, struct arena *arena, const char *word);

#endif
