/* All who ask in a pole, or on the whole site, and how the last twelve months went there:
 * counted from the records. */
#ifndef EXCHANGE_ACTION_GAP_TOTAL_H
#define EXCHANGE_ACTION_GAP_TOTAL_H

#include "exchange/action/ctx.h"
#include "exchange/model/gap_count.h"

/* `pole_id` 0: the whole site. Needs no actor. */
MUST_USE err_code gap_total_count(struct ctx *ctx, int64_t pole_id, struct gap_total *out,
                                  struct err *err);

#endif
