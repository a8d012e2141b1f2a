/* A plan made better part by part: it starts from a dive (dive.h) on the whole or from
 * one that is known; then, again and again, some sessions that have to do with
 * each other are given up and what they leave is solved by a dive as a problem of its own
 * (large neighbourhood search: Shaw, 1998). When nothing makes it better for long,
 * another dive on the whole begins anew; what is told of never gets worse. GLPK works
 * inside: for child processes (child.h). */
#ifndef EXCHANGE_PLAN_IMPROVE_H
#define EXCHANGE_PLAN_IMPROVE_H

#include "exchange/plan/plan.h"

struct improve_options {
    const struct plan *start; /* NULL: a dive on the whole */
    bool is_second; /* another one beside does the same: it dives at once, without cuts,
                       proves nothing, and has other luck */
    int64_t deadline_ms; /* of clock_monotonic_ms(), 0: none */
    int64_t
        parts; /* solved at most; without a deadline the same seed gives the same plan */
    uint64_t seed;
    /* Told of each better plan and bound (INFINITY: none); false ends it. */
    bool (*report)(void *self, const struct plan *plan, double bound);
    void *self;
};

MUST_USE err_code improve(const struct plan_problem *problem,
                          const struct improve_options *options, struct err *err);

#endif
