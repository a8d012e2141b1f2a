/* How well the words of a label answer those of a need, one by one.
 *
 * Each word takes the best of the other side: the same family counts 1, another word the
 * square of the cosine of their learnt vectors, or how far they stand for each other in terms
 * of near meaning to the power of .15. So "entretenir un cycle" answers
 * "réparer un vélo" although no word is the same, and a label of much else does not.
 * Belongs to one thread. */
#ifndef INDEXER_ALIGN_H
#define INDEXER_ALIGN_H

#include "indexer/entry.h"
#include "indexer/meaning.h"
#include "indexer/model.h"

struct align;
/* With `has_kin` terms of near meaning count. Keeps what it has read of labels as long as it
 * lives; borrows the model. NULL when there is no memory. */
struct align *align_new(const struct model *model, bool has_kin);
void align_free(struct align *align); /* accepts NULL */

/* The words that labels are compared with from now on. */
void align_need(struct align *align, const struct meaning *meaning,
                const struct vocabulary *vocabulary);
/* 0 to 1: how much of either side the other answers, words by their rarity. */
double align_label(struct align *align, const struct entry_label *label);

#endif
