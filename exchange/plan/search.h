/* Better and better plans: a greedy start, then ruin and recreate with simulated
 * annealing (Schrimpf and others, Record Breaking Optimization Results Using the Ruin and
 * Recreate Principle, 2000). The same seed and number of rounds give the same plan. */
#ifndef EXCHANGE_PLAN_SEARCH_H
#define EXCHANGE_PLAN_SEARCH_H

#include "exchange/plan/state.h"

struct search_limits {
    int64_t rounds;      /* at most */
    int64_t deadline_ms; /* of clock_monotonic_ms(); 0: rounds alone */
    double
        warmth; /* first temperature as a part of the value of a session; .1 is usual */
};

struct search_result {
    double value;
    int64_t rounds;
};

/* Leaves the best plan that was seen in `state`. `progress` may be NULL: called now and
 * then with the best value so far; false stops the search. */
MUST_USE err_code search_plan(struct state *state, const struct search_limits *limits,
                              bool (*progress)(void *self, double value), void *self,
                              struct search_result *out, struct err *err);

#endif
