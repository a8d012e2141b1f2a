/* The candidates of a search in the order in which they are shown. */
#ifndef INDEXER_RERANK_H
#define INDEXER_RERANK_H

#include "indexer/engine.h"
#include "indexer/rank.h"
#include "indexer/search.h"

struct scored {
    struct entry entry;
    uint32_t docid;
    struct rank_result rank;
    bool is_last; /* far: after all that are not */
    int place;    /* order.h */
};

/* Scores the candidates into `out`, which has room for all of them, and puts the best
 * first; those that must not be shown go. Returns how many are left. */
size_t rerank(struct arena *arena, const struct query_request *request,
              const struct rank_query *rank, const struct engine_result *result,
              struct scored *out);

#endif
