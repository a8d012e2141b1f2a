/* improve() in a process of its own, with limits of time and memory: GLPK may end or
 * swell it, the plan is not lost. Each better plan comes through a pipe. */
#ifndef EXCHANGE_PLAN_CHILD_H
#define EXCHANGE_PLAN_CHILD_H

#include "exchange/plan/plan.h"

struct child;

struct child_limits {
    int64_t deadline_ms; /* of clock_monotonic_ms(), 0: none */
    int64_t parts;       /* as of improve.h */
    uint64_t seed;
    const struct plan *start; /* as of improve.h */
    bool is_second;           /* as of improve.h */
};

/* Starts it. ERR_LIMIT when the system gives no process or pipe; ERR_MEMORY. Built
 * without GLPK it is over at once. */
MUST_USE err_code child_start(struct child **out, const struct plan_problem *problem,
                              const struct child_limits *limits, struct err *err);
/* Ends it when it still runs; accepts NULL. */
void child_free(struct child *child);

/* Waits up to `wait_ms` (-1: to its end) for something better. True when *plan and *bound
 * are newer than at the last call; the plan is valid until the next one that is true, and
 * not to be believed without plan_check(). Its plans never get worse. */
bool child_read(struct child *child, int wait_ms, struct plan *plan, double *bound);
/* Whether nothing more comes from it. */
bool child_is_over(const struct child *child);

#endif
