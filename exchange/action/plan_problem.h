/* The problem of a pole, made from its records. */
#ifndef EXCHANGE_ACTION_PLAN_PROBLEM_H
#define EXCHANGE_ACTION_PLAN_PROBLEM_H

#include "exchange/action/plan_pole.h"
#include "exchange/model/room.h"
#include "store/gaps.h"
#include "store/plan_keep.h"
#include "store/plans.h"

enum { PLAN_WITHOUT_MOST = 200 }; /* refusals remembered at once */

/* What was refused: a skill, a person for all skills, a day (year × 10000 + month × 100 +
 * day). */
struct plan_without {
    int64_t skill_ids[PLAN_WITHOUT_MOST], person_ids[PLAN_WITHOUT_MOST],
        days[PLAN_WITHOUT_MOST];
    size_t skill_count, person_count, day_count;
};

struct trainer {
    struct person person;
    int left; /* contacts she still takes this month */
    int at;   /* place among the people of the problem */
};

/* Who would give a skill (a place in skill_ids) with somebody, to give it alone next. */
struct second {
    int64_t person_id;
    size_t skill;
    int level;
};

struct pole_problem {
    struct ctx *ctx;
    const struct plan_wish *wish;
    struct plan_without without;
    struct kept_plan before; /* what was planned last for that pole; maybe nothing */
    struct plan_problem problem;
    int64_t *skill_ids; /* ascending; a skill of the problem is a place here */
    size_t skill_count;
    struct planned_need *needs;
    size_t need_count;
    int64_t unqualified, kept;
    size_t *teachers; /* of each skill: live people who share it */
    struct trainer *trainers;
    int64_t *trainer_ids; /* ascending */
    size_t trainer_count;
    struct second *seconds; /* their needs stand after `needs` in the problem */
    size_t second_count;
    int64_t *person_ids; /* of the people of the problem, ascending; negative: unknown */
    unsigned *parts;     /* of each: half-days (exchange/model/week.h), 0: all */
    int64_t *pauses;     /* of each: until when */
    size_t person_count;
    struct plan_busy *busy;
    size_t busy_count;
    struct room
        *rooms; /* real ones, then a place to be found in each of some communes (id 0) */
    size_t room_count;
    const char **communes; /* [0] is "" : unknown */
    size_t commune_count;
};

/* Everything lives in ctx->arena. */
MUST_USE err_code plan_problem_read(struct ctx *ctx, const struct plan_wish *wish,
                                    struct pole_problem *out, struct err *err);

/* Parts of it, in this order (plan_needs.c, plan_people.c): what is asked; who could
 * teach it, and all people; the needs themselves. */
MUST_USE err_code plan_asks_read(struct pole_problem *problem, struct err *err);
MUST_USE err_code plan_people_read(struct pole_problem *problem, struct err *err);
MUST_USE err_code plan_needs_set(struct pole_problem *problem, struct err *err);
/* The half-day of the horizon that begins then, counted from 1; 0: none. */
int plan_date_at(const struct pole_problem *problem, int64_t starts_at);
/* NULL: she could teach nothing that is asked. */
const struct trainer *plan_trainer_of(const struct pole_problem *problem,
                                      int64_t person_id);
/* Takes away the half-days when the person of that place is in a session already. */
void plan_dates_less(const struct pole_problem *problem, size_t at, uint64_t *dates);

/* Part of it, within the people (plan_second.c). */
MUST_USE err_code plan_seconds_read(struct pole_problem *problem, struct err *err);

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
