/* Needs that ask for about the same thing. */
#ifndef EXCHANGE_ACTION_NEED_ALIKE_H
#define EXCHANGE_ACTION_NEED_ALIKE_H

#include "exchange/action/ctx.h"
#include "store/need_groups.h"

enum { ALIKE_LOOKED_AT = 300, ALIKE_MOST = 12 };

struct need_pair {
    const struct need_words *older, *newer;
    double likeness; /* 0 to 1 */
};

/* Pairs of open needs of a pole that look alike, the likest first, each newer need in one pair at
 * most; among the first ALIKE_LOOKED_AT needs. Two are alike when they share their skill, or enough
 * of the words that carry meaning. */
MUST_USE err_code needs_alike(struct ctx *ctx, int64_t pole_id, size_t most,
                              struct need_pair **out, size_t *count, struct err *err);
/* The open needs of its pole that look like this one, the likest first. */
MUST_USE err_code needs_like(struct ctx *ctx, const struct need *need, size_t most,
                             struct need_words **out, size_t *count, struct err *err);

#endif
