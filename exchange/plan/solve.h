/* The planner whole: search and bound side by side, then the reasons why some needs are
 * left. */
#ifndef EXCHANGE_PLAN_SOLVE_H
#define EXCHANGE_PLAN_SOLVE_H

#include "exchange/plan/plan.h"

enum unserved_reason {
    UNSERVED_NOT,             /* it is served */
    UNSERVED_NO_TEACHER,      /* nobody shares the skill at a level that would do */
    UNSERVED_NO_COMMON_TIME,  /* nobody who could teach it is there when she is */
    UNSERVED_BELOW_THRESHOLD, /* too few could come together on any such date */
    UNSERVED_NO_ROOM,         /* enough could, but no room would do */
    UNSERVED_QUOTA,     /* all who could teach it give as many sessions as they take */
    UNSERVED_WORTH_LESS /* seats, dates or trainers serve others better */
};

struct solve_options {
    int64_t time_ms; /* of searching and bounding; 0: rounds alone */
    int64_t rounds;  /* of the search at most; 0: by time */
    uint64_t seed;
    bool is_alone; /* no process of its own: for a server with threads */
    bool (*progress)(void *self, double value,
                     double bound); /* may be NULL; false stops */
    void *self;
};

struct solution {
    struct plan plan;
    double bound; /* no plan is worth more */
    int64_t rounds, bound_steps;
    enum unserved_reason *reasons; /* of each need */
};

/* The best plan found and the bound, in `arena`. The plan has passed plan_check():
 * ERR_INVALID with its words would be our own mistake, and no plan is given then. By
 * rounds alone the same problem and seed give the same plan. ERR_INVALID when the problem
 * is odd (seats_most), ERR_MEMORY. */
MUST_USE err_code solve(struct arena *arena, const struct plan_problem *problem,
                        const struct solve_options *options, struct solution *out,
                        struct err *err);

const char *unserved_word(enum unserved_reason reason); /* "no_teacher", … */

#endif
