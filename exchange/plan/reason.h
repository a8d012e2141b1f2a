/* Why a need is left unserved by a plan. */
#ifndef EXCHANGE_PLAN_REASON_H
#define EXCHANGE_PLAN_REASON_H

#include "exchange/plan/solve.h"
#include "exchange/plan/topics.h"

/* One for each need, in `arena`. Rules are looked at one after another, the others kept:
 * who could teach it at all; whether one of them is there when she is; whether enough
 * others could come on such a date; whether a room would do then; whether a trainer has a
 * session left to give. */
MUST_USE err_code reasons_find(struct arena *arena, const struct topics *topics,
                               const struct plan *plan, enum unserved_reason **out,
                               struct err *err);

#endif
