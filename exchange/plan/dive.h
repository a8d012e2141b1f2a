/* A plan by linear programming, cuts, choosing and diving.
 *
 * Sessions are columns of a linear program (lp.h), made where its prices ask for them
 * (column generation: Gilmore and Gomory, 1961); its prices, given to bound_evaluate(),
 * prove the bound, and what no plan does is cut off (cuts.h). Then GLPK chooses among the
 * columns there are, whole. When that comes to no end, a second plan is made by a dive:
 * the sessions the program takes whole, or else the one it takes most of, are taken for
 * good, and it is solved again with new sessions, until nothing is left to take (Sadykov
 * and others, Primal Heuristics for Branch and Price, 2019). What is left is filled by
 * state_complete(), and the better plan is the answer. The same problem and options give
 * the same plan unless a deadline cuts it short. GLPK works inside: for child processes.
 */
#ifndef EXCHANGE_PLAN_DIVE_H
#define EXCHANGE_PLAN_DIVE_H

#include "exchange/plan/plan.h"

struct dive_options {
    int steps;     /* of subgradients first: their sessions are the first columns */
    int cuts;      /* times that cuts are looked for, at most */
    int nodes;     /* of choosing among the columns whole, at most; 0: only a dive */
    int choose_ms; /* the same, when there is a deadline */
    int rounds;    /* new sessions asked for after each taking, so many times at most */
    double blur;   /* 0 to 1: what is taken most is blurred by so much */
    uint64_t seed; /* of the blur and the filling */
    int64_t deadline_ms;                        /* of clock_monotonic_ms(), 0: none */
    void (*on_bound)(void *self, double bound); /* NULL; told of each lower one */
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

/* The same with its program kept, so that more can be asked of it. `arena` and what
 * `options` points to outlive it. */
struct diver;
MUST_USE err_code diver_new(struct diver **out, struct arena *arena,
                            const struct plan_problem *problem,
                            const struct dive_options *options, struct err *err);
void diver_free(struct diver *diver); /* accepts NULL */
MUST_USE err_code diver_find(struct diver *diver, struct arena *arena,
                             struct dive_result *out, struct err *err);
/* After diver_find: another plan, by a dive among the sessions there are, blurred by so
 * much. The diver's luck goes on, so that each is likely to be another one. */
MUST_USE err_code diver_again(struct diver *diver, struct arena *arena, double blur,
                              struct plan *out, struct err *err);
/* After diver_find: looks for all sessions that a plan worth more than out->plan could
 * hold, and when they are not too many for the best choice among them, `nodes` and
 * `choose_ms` at most: out->plan and out->bound are better then. */
MUST_USE err_code diver_prove(struct diver *diver, struct arena *arena, int nodes,
                              int choose_ms, struct dive_result *out, struct err *err);

#endif
