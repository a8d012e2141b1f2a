/* The ranking formula: one place, one commented sum. */
#ifndef INDEXER_RANK_H
#define INDEXER_RANK_H

#include "indexer/card.h"

struct rank_query {
    const char *const *stems; /* of the words that carry meaning */
    size_t count;
    const struct config *config;
    int64_t now;
    bool has_rotation;
};

/* The score of a card whose BM25 was `text_0to1` of the best. 0 when it must not be shown.
 * *freshness is where a person's card stands. */
double rank_score(const struct rank_query *query, const struct card *card,
                  double text_0to1, enum freshness *freshness);

#endif
