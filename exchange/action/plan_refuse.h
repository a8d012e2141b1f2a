/* Refusing part of a plan: the next ones of the pole do without it, up to the end of
 * their horizon. */
#ifndef EXCHANGE_ACTION_PLAN_REFUSE_H
#define EXCHANGE_ACTION_PLAN_REFUSE_H

#include "exchange/action/ctx.h"
#include "store/plans.h"

/* ERR_FORBIDDEN when it is not her pole; ERR_INVALID when nothing, or more than one
 * thing, is refused, or the day is none; ERR_NOT_FOUND when there is no such skill or
 * person. */
MUST_USE err_code plan_refuse(struct ctx *ctx, int64_t pole_id,
                              const struct plan_refusal *refusal, int weeks,
                              struct err *err);
/* Everything may be planned again. */
MUST_USE err_code plan_refuse_nothing(struct ctx *ctx, int64_t pole_id, struct err *err);

#endif
