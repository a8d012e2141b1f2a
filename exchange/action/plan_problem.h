/* The problem of a pole, made from its records. */
#ifndef EXCHANGE_ACTION_PLAN_PROBLEM_H
#define EXCHANGE_ACTION_PLAN_PROBLEM_H

#include "exchange/action/plan_pole.h"
#include "exchange/model/room.h"
#include "store/gaps.h"

struct trainer {
    struct person person;
    int left; /* contacts she still takes this month */
    int at;   /* place among the people of the problem */
};

struct pole_problem {
    struct ctx *ctx;
    const struct plan_wish *wish;
    struct plan_problem problem;
    int64_t *skill_ids; /* ascending; a skill of the problem is a place here */
    size_t skill_count;
    struct planned_need *needs;
    size_t need_count;
    int64_t unqualified;
    struct trainer *trainers;
    size_t trainer_count;
    int64_t *person_ids; /* of the people of the problem; negative: unknown ones */
    size_t person_count;
    struct room
        *rooms; /* real ones, then a place to be found in each of some communes (id 0) */
    size_t room_count;
    const char **communes; /* [0] is "" : unknown */
    size_t commune_count;
};

/* Everything lives in ctx->arena. */
MUST_USE err_code plan_problem_read(struct ctx *ctx, const struct plan_wish *wish,
                                    struct pole_problem *out, struct err *err);

/* Parts of it (plan_dates.c): the half-days of the horizon; which of them suit. */
MUST_USE err_code plan_dates_make(struct pole_problem *problem, struct err *err);
/* Bits of the half-days in `parts` (exchange/model/week.h; 0: all), from `from` on and
 * before `until` (0: no end). NULL when out of memory. */
uint64_t *plan_dates_of(const struct pole_problem *problem, unsigned parts, int64_t from,
                        int64_t until);
MUST_USE err_code plan_rooms_read(struct pole_problem *problem, struct err *err);
/* The number of a commune, by its folded name; 0: unknown. */
int plan_commune(struct pole_problem *problem, const char *name);

#endif
