/* The best plan there is, and the proof that there is no better one, for problems of few
 * needs.
 *
 * What the bound exceeds a known plan by is all that a better one may lose. So every
 * session that loses less is listed (bound_list()), and they are put together in all
 * ways, need by need, the dearest first, as long as the losses together stay below it
 * (Baldacci, Christofides and Mingozzi, 2008, do so for vehicle routing). Its weak side:
 * a bound far off lists too many; it gives up then. */
#ifndef EXCHANGE_PLAN_EXACT_H
#define EXCHANGE_PLAN_EXACT_H

#include "exchange/plan/bound.h"
#include "exchange/plan/state.h"

enum { EXACT_NEEDS_MOST = 32 };

/* Proves that the plan of `state` is the best, or replaces it by the best, at the best
 * prices of `bound` so far. False when it gave up: more sessions or ways than it looks
 * at, more than EXACT_NEEDS_MOST needs, or no memory; the plan of `state` is then as good
 * as it was, or better. */
bool exact(struct bound *bound, const struct rows *rows, struct state *state);

#endif
