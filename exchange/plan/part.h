/* A part of a problem: some sessions of a plan stay as they are, and what they leave
 * (needs, dates of people and rooms, quotas) is a problem of its own, so that everything
 * that solves problems solves parts too. */
#ifndef EXCHANGE_PLAN_PART_H
#define EXCHANGE_PLAN_PART_H

#include "exchange/plan/plan.h"

struct part {
    struct plan_problem
        problem; /* people, needs and rooms that have nothing to do are left out */
    const int *person_of, *need_of, *room_of; /* of the part: of the whole */
};

/* The part left when the sessions of `plan` that are not `is_released` stay. Needs that
 * are not served count only while is_wanted (NULL: all). In `arena`; `problem` must
 * outlive it. ERR_MEMORY. */
MUST_USE err_code part_make(struct arena *arena, const struct plan_problem *problem,
                            const struct plan *plan, const bool *is_released,
                            const bool *is_wanted, struct part *out, struct err *err);
/* The sessions that stayed and those of the part's plan, as a plan of the whole. */
MUST_USE err_code part_join(struct arena *arena, const struct plan_problem *problem,
                            const struct plan *plan, const bool *is_released,
                            const struct part *part, const struct plan *of_part,
                            struct plan *out, struct err *err);

#endif
