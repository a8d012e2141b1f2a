/* What several plans hold, put together anew: the best choice among all their sessions
 * (as tours are merged by Cook and Seymour, 2003). GLPK works inside: for child
 * processes. */
#ifndef EXCHANGE_PLAN_MERGE_H
#define EXCHANGE_PLAN_MERGE_H

#include "exchange/plan/plan.h"

struct merge;

/* `arena` and `problem` outlive it. ERR_MEMORY. */
MUST_USE err_code merge_new(struct merge **out, struct arena *arena,
                            const struct plan_problem *problem, struct err *err);
void merge_free(struct merge *merge); /* accepts NULL */

/* Remembers the sessions of a plan that keeps the rules; those seen before go, and all
 * once MERGE_MOST are there. */
enum { MERGE_MOST = 4000 };
void merge_add(struct merge *merge, const struct plan *plan);
/* The best plan of sessions of the plans added, found at `nodes` places and in `time_ms`
 * at most, and what fits beside them. Without sessions when it found none, and when
 * nothing was added since the last choice. ERR_MEMORY. */
MUST_USE err_code merge_choose(struct merge *merge, struct arena *arena, int nodes,
                               int time_ms, uint64_t seed, struct plan *out,
                               struct err *err);

#endif
