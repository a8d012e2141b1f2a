/* Other words for those of a need, as they were learnt. */
#ifndef INDEXER_RELATE_H
#define INDEXER_RELATE_H

#include "indexer/meaning.h"
#include "indexer/model.h"

/* Fills meaning->related: synonyms, then words that stand for hers in terms of near meaning,
 * as far as these stages are on. */
void relate_words(struct meaning *meaning, const struct model *model,
                  const struct vocabulary *vocabulary, const struct config *config);
/* The vector of the words; false when none is known. */
bool relate_vector(const struct meaning *meaning, const struct model *model,
                   struct arena *arena, int8_t out[MODEL_DIMENSIONS]);

#endif
