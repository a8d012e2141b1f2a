/* A plan by linear programming and diving.
 *
 * Sessions are columns of a linear program (lp.h), made where its prices ask for them
 * (column generation: Gilmore and Gomory, 1961); its prices, given to bound_evaluate(),
 * prove the bound. Then the sessions it takes whole, or else the one it takes most of,
 * are taken for good, and it is solved again with new sessions, until nothing is left to
 * take (Sadykov and others, Primal Heuristics for Branch and Price, 2019). What is left
 * is filled by state_complete(). The same problem and options give the same plan unless a
 * deadline cuts it short. GLPK works inside: for child processes. */
#ifndef EXCHANGE_PLAN_DIVE_H
#define EXCHANGE_PLAN_DIVE_H

#include "exchange/plan/plan.h"

struct dive_options {
    int steps;     /* of subgradients first: their sessions are the first columns */
    int rounds;    /* new sessions asked for after each taking, so many times at most */
    double known;  /* value of a plan that is known, 0: none */
    double blur;   /* 0 to 1: what is taken most is blurred by so much */
    uint64_t seed; /* of the blur and the filling */
    int64_t deadline_ms;                        /* of clock_monotonic_ms(), 0: none */
    void (*on_bound)(void *self, double bound); /* NULL; told before the first taking */
    void *self;
};

struct dive_result {
    struct plan plan; /* in the caller's arena */
    double bound;     /* no plan of the problem is worth more */
};

/* ERR_MEMORY; ERR_INVALID when the problem is odd (seats_most). */
MUST_USE err_code dive(struct arena *arena, const struct plan_problem *problem,
                       const struct dive_options *options, struct dive_result *out,
                       struct err *err);

#endif
