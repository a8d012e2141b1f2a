/* A plan: the answer of the planner. Plain values. */
#ifndef EXCHANGE_PLAN_PLAN_H
#define EXCHANGE_PLAN_PLAN_H

#include "exchange/plan/problem.h"

enum { PLAN_TRAINERS_MOST = 2 };

struct plan_session {
    int skill, level, date, room;
    int trainers[PLAN_TRAINERS_MOST]; /* -1: none; both: a circle */
    int *needs;
    size_t need_count;
};

struct plan {
    struct plan_session *sessions;
    size_t session_count;
    double value; /* as plan_value() says */
};

/* What a plan is worth: the gains of its needs, less, for each session, weights.session,
 * the way of its trainers (less what it adds that they stay), empty_seat for each person
 * below `comfortable`, and, for each trainer, load. */
double plan_value(const struct plan_problem *problem, const struct plan *plan);

/* Verifies every rule of problem.h and that plan->value is what plan_value() says (to
 * 1e-6 of it), by a way of its own that shares nothing with the solver but problem.h.
 * ERR_INVALID names the rule and the session that breaks it. */
MUST_USE err_code plan_check(const struct plan_problem *problem, const struct plan *plan,
                             struct err *err);

/* A copy in `arena`. ERR_MEMORY. */
MUST_USE err_code plan_copy(struct arena *arena, const struct plan *plan,
                            struct plan *out, struct err *err);

#endif
