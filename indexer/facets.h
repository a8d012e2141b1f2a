/* Counting what the found documents have in common, from the forward index. */
#ifndef INDEXER_FACETS_H
#define INDEXER_FACETS_H

#include "indexer/forward.h"
#include "indexer/lists.h"
#include "indexer/search.h"

struct facets;
/* NULL when out of memory. */
struct facets *facets_new(struct forward *forward);
void facets_free(struct facets *facets); /* accepts NULL */
/* So many documents have the value whose key item stands at `place`. */
void facets_add(struct facets *facets, enum lists_value which, uint64_t place,
                uint64_t count);
void facets_add_level(struct facets *facets, unsigned level, uint64_t count);
/* One document more. */
void facets_count(struct facets *facets, uint32_t docid);
/* "pole", "structure", "commune" and "level", most frequent first, in `arena`. */
MUST_USE err_code facets_read(const struct facets *facets, struct arena *arena,
                              struct facet **out, size_t *count, struct err *err);

#endif
