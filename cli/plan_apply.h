/* etabli plan --apply-as-proposals: the sessions of a plan become proposals. */
#ifndef CLI_PLAN_APPLY_H
#define CLI_PLAN_APPLY_H

#include "exchange/action/names.h"
#include "exchange/action/plan_pole.h"

/* In the name of the account with the address `as`, or of who keeps the pole when it is
 * NULL. *ids: of each session of the plan what it became, 0 when it could not be
 * proposed (why is on standard error); *failed counts these. ERR_NOT_FOUND when nobody
 * can act, ERR_FORBIDDEN when she may not. */
MUST_USE err_code plan_apply(struct ctx *ctx, const struct pole *pole, const char *as,
                             const struct pole_plan *plan, int64_t **ids, size_t *failed,
                             struct err *err);

#endif
