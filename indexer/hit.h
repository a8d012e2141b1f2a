/* From a card that was found to a hit with its reasons. */
#ifndef INDEXER_HIT_H
#define INDEXER_HIT_H

#include "indexer/card.h"
#include "indexer/mark.h"

struct hit_query {
    struct mark_query mark;
    const char *const *typed; /* the word as typed, for each stem */
};

/* Fills *out; it lives in `arena` and in the card. */
MUST_USE err_code hit_make(struct arena *arena, const struct hit_query *query,
                           const struct card *card, struct hit *out, struct err *err);

#endif
