/* A plan by the prices of the bound: sessions that its evaluations choose again and again
 * are held for good, a few at a time; prices move on over what they leave, until nothing
 * is left to hold. For problems too large for a program of the whole (dive.h); uses no
 * library. The same problem and prices give the same plan. */
#ifndef EXCHANGE_PLAN_SETTLE_H
#define EXCHANGE_PLAN_SETTLE_H

#include "exchange/plan/bound.h"
#include "exchange/plan/state.h"

/* Fills `state` (empty before). `bound` is joint, its prices near their best; it is
 * released afterwards. `deadline_ms` of clock_monotonic_ms(), 0: none: what is left then
 * is filled by state_complete() alone. ERR_MEMORY. */
MUST_USE err_code settle(struct bound *bound, const struct rows *rows,
                         struct state *state, int64_t deadline_ms, struct err *err);

#endif
