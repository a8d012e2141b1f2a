/* Which labels of the thesaurus mean about the same as a text: a scan over their vectors.
 */
#ifndef INDEXER_NEAR_H
#define INDEXER_NEAR_H

#include "indexer/engine.h"
#include "indexer/forward.h"
#include "indexer/model.h"

/* The vectors of all thesaurus entries, one after another. Kept while the index stays
 * about as large; belongs to one thread. */
struct near_labels;
/* `mark` is that of the model in use: vectors of another are left out. */
MUST_USE err_code near_new(struct near_labels **out, struct engine *engine,
                           const struct forward *forward, uint32_t mark, struct err *err);
void near_free(struct near_labels *labels); /* accepts NULL */
/* True while the index has about as many rows as when it was read. */
bool near_is_current(const struct near_labels *labels, const struct forward *forward);

struct near_label {
    uint32_t docid;
    uint32_t skill_id;
    float cosine;
};
/* The nearest, best first, at most `most`, none below `least`; returns how many. */
size_t near_find(const struct near_labels *labels, const int8_t *vector, float least,
                 struct near_label *out, size_t most);

#endif
