/* Other words for those of a need: synonyms that were learnt. */
#ifndef INDEXER_RELATE_H
#define INDEXER_RELATE_H

#include "indexer/meaning.h"
#include "indexer/model.h"

/* Fills meaning->related. */
void relate_words(struct meaning *meaning, const struct model *model,
                  const struct vocabulary *vocabulary);
/* The vector of the words; false when none is known. */
bool relate_vector(const struct meaning *meaning, const struct model *model,
                   struct arena *arena, int8_t out[MODEL_DIMENSIONS]);

#endif
