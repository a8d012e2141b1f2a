/* The problem made ready for solving: what may be taught (a skill at a level), who could
 * come to it, who could give it. Made once, never changed; shared by threads. */
#ifndef EXCHANGE_PLAN_TOPICS_H
#define EXCHANGE_PLAN_TOPICS_H

#include "exchange/plan/problem.h"

struct topic_fit {
    int need;
    double gain; /* with a trainer, before the way */
};

struct topic {
    int skill, level;
    struct topic_fit *fits; /* best first */
    size_t fit_count;
    int *teachers; /* people who share it at a level that allows it, with a quota */
    size_t teacher_count;
    bool has_circle; /* nobody could ever give it: it may be held without a trainer */
};

struct topics {
    const struct plan_problem *problem;
    struct topic *items;
    size_t count;
    /* topics of a need: of_need[first_of_need[n]] … up to first_of_need[n + 1] */
    int *first_of_need, *of_need;
    int *first_of_person, *of_person; /* topics a person may give */
    /* dates that overlap a date, itself among them */
    int *first_clash, *clash;
    bool is_one_language; /* everyone shares one: nobody has to be asked */
};

/* Everything lives in `arena`. ERR_MEMORY when it is full. */
MUST_USE err_code topics_make(struct arena *arena, const struct plan_problem *problem,
                              struct topics *out, struct err *err);

#endif
