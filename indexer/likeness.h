/* What a text is about, by what was learnt: to compare it with others. */
#ifndef INDEXER_LIKENESS_H
#define INDEXER_LIKENESS_H

#include "indexer/align.h"
#include "indexer/model.h"
#include "indexer/search.h"

/* The vector of the words that carry meaning. False when nothing was learnt, the site
 * does without vectors, or no word is known. */
bool search_vector(struct search *search, struct arena *arena,
                   const struct tokens *tokens, int8_t out[MODEL_DIMENSIONS]);

/* Ready to compare labels with the words of a need; NULL when that is switched off or
 * there is no memory. Only when something was learnt. */
struct align *search_align(struct search *search, const struct meaning *meaning,
                           const struct vocabulary *vocabulary);

#endif
