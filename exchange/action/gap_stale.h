/* What of the kept counts must be counted anew, in the terms of the counts. */
#ifndef EXCHANGE_ACTION_GAP_STALE_H
#define EXCHANGE_ACTION_GAP_STALE_H

#include "exchange/action/ctx.h"
#include "store/gap_counts.h"

/* A number for the settings that the counts depend on; never 0. */
int64_t gap_rules_number(const struct config *config);
/* The skills whose counts must be made anew, first of their names, ascending. */
MUST_USE err_code gap_stale_skills(struct ctx *ctx, struct arena *arena,
                                   const struct gap_stale *stale, int64_t **out,
                                   size_t *count, struct err *err);
/* The totals of the stale poles and of the whole site, of every pole when all is stale;
 * none when no pole is. */
MUST_USE err_code gap_stale_totals(struct ctx *ctx, struct arena *arena,
                                   const struct gap_stale *stale, struct gap_total **out,
                                   size_t *count, struct err *err);

#endif
