/* From the words and filters of a search to its candidates, by BM25. */
#ifndef INDEXER_FIND_H
#define INDEXER_FIND_H

#include "config/config.h"
#include "indexer/facets.h"
#include "indexer/meaning.h"
#include "indexer/near.h"
#include "indexer/sweep.h"

struct finding {
    struct arena *arena;
    const struct query_request *request;
    const struct meaning *meaning;
    char letter[2];                /* of the kind, as a string */
    const struct near_label *near; /* of people: who has one of these is a candidate */
    size_t near_count;
    const struct config *config;
    int64_t until_ms; /* of the monotonic clock: then the rarest words alone are asked */
    struct sweep *sweep; /* NULL: Xapian alone */
    struct err *err;
};

/* The best candidates, more than are asked for. */
MUST_USE err_code find_candidates(struct finding *finding, struct engine *engine,
                                  struct engine_result *out);
/* When more than *count have enough of the query's own words to be near, in the index as
 * it was made: how many, and what they have in common. Else, and without lists, both stay
 * as they are. */
MUST_USE err_code find_count(struct finding *finding, struct facets *facets,
                             int64_t *count);

#endif
