/* The problem of the planner: who needs what, who can teach it, when and where. Plain
 * values, no I/O, no clock; indices into the arrays below everywhere, -1 for none.
 *
 * A plan is a set of sessions. A session is on one skill at one level, on one date, in
 * one room, given by one trainer or by nobody (a circle), for some needs; one of these
 * may be that of a second trainer. Rules that no plan breaks (exchange/plan/check.h
 * verifies them independently of the solver):
 *  - a need is served once at most, by a session whose skill is its own or near it, whose
 * level is at most one from its own, on a date it can come, in a place its person can
 * reach;
 *  - threshold ≤ needs of a session ≤ seats of the room and seats_most;
 *  - nobody is in two places at dates that overlap, whether she teaches or learns;
 *  - a trainer shares the skill at one level above the session's (level 4 teaches 3 and
 * 4), is there on that date, speaks a language with each learner, and gives no more than
 * her quota;
 *  - a circle is held only on what nobody with a quota could give at that level;
 *  - a second trainer comes to give a skill that somebody else gives, so as to give it
 * alone next time: hers is a need like others (she has a seat and counts), but served
 * only by that very skill, not in a circle, one in a session at most, and no level is too
 * low for her;
 *  - a room is used once at a time, is open, has what the skill takes, and has no step
 * where somebody needs none. What a plan is worth is said in problem_gain() and
 * plan_value() (exchange/plan/plan.h). */
#ifndef EXCHANGE_PLAN_PROBLEM_H
#define EXCHANGE_PLAN_PROBLEM_H

#include "base/arena.h"

#include <stdint.h>

struct plan_date {
    int64_t starts_at, ends_at;
};

struct plan_near {
    int skill;
    double closeness; /* in (0, 1) */
};

struct plan_skill {
    uint64_t equipment;           /* bits a room must have */
    const struct plan_near *near; /* of other skills that serve a need of this one */
    size_t near_count;
};

struct plan_share {
    int skill;
    int level; /* 1 to 4 */
};

/* What somebody gave in the plan before. */
struct plan_given {
    int skill, date;
};

struct plan_person {
    int commune;
    uint64_t languages;    /* bits */
    const uint64_t *dates; /* bit set: when she can */
    bool needs_step_free;
    int quota; /* sessions she may give over the whole plan */
    int load;  /* sessions she gave lately: the next ones cost more */
    const struct plan_share *shares;
    size_t share_count;
    const struct plan_given *given;
    size_t given_count;
};

struct plan_need {
    int person;
    int skill;
    int level;             /* wanted, of a second trainer known, 1 to 4 */
    double value;          /* of serving it: urgency, waiting, reciprocity; above 0 */
    const uint64_t *dates; /* bit set: its person's, up to its deadline */
    int kept;              /* its date in the plan before, counted from 1; 0: none */
    bool is_second; /* its person would give it too; one need of a skill at most is so */
};

struct plan_room {
    int commune; /* -1: online, no travel */
    int capacity;
    uint64_t equipment;
    bool is_step_free;
    const uint64_t *dates; /* bit set: open and not booked */
};

struct plan_weights {
    double travel_hour; /* cost of an hour on the way, of learners and trainers */
    double session;     /* cost of holding a session at all */
    double empty_seat;  /* cost of each person fewer than `comfortable` */
    double load; /* cost of a trainer's k-th session: load × (those of late + k − 1) */
    double circle;    /* part of a need's value that a circle without trainer serves */
    double level_off; /* part that a session one level off serves */
    double stay;      /* gain of a need, and of a trainer and skill, on the date it had */
};

struct plan_problem {
    const struct plan_date *dates;
    size_t date_count;
    const struct plan_skill *skills;
    size_t skill_count;
    const struct plan_person *people;
    size_t person_count;
    const struct plan_need *needs;
    size_t need_count;
    const struct plan_room *rooms;
    size_t room_count;
    size_t commune_count;
    const float *travel_min; /* commune × commune */
    double travel_most_min;  /* nobody goes farther */
    int threshold, seats_most, comfortable;
    struct plan_weights weights;
};

enum { PLAN_LEVELS = 4 };

static inline bool plan_has_date(const uint64_t *dates, int date)
{
    return dates[date / 64] >> (date % 64) & 1;
}

/* How close a session's skill is to what a need wants: 1, the closeness of near skills,
 * or 0. */
double problem_closeness(const struct plan_problem *problem, int wanted, int skill);
/* The same of one need: who would give a skill next comes to that very skill. */
double problem_nearness(const struct plan_problem *problem, const struct plan_need *need,
                        int skill);
/* The way to a room in minutes, 0 online; below 0 when it is too far. */
double problem_way_min(const struct plan_problem *problem, int commune, int room);
/* Whether a person can get into that room: near enough, without a step where she needs
 * none. */
bool problem_may_enter(const struct plan_problem *problem, int person, int room);
/* How many levels a session of that level is off what a need wants (2 or more: it cannot
 * serve it); none is too low for who would give it next. */
int problem_levels_off(const struct plan_need *need, int level);
/* What a need could gain from a skill at a level, wherever, whenever and by whom it is
 * held; 0: nothing. */
double problem_fit(const struct plan_problem *problem, const struct plan_need *need,
                   int skill, int level);
/* What serving a need adds in a session of that skill and level, on that date, given in
 * that room by a trainer or not; without the limits of dates and seats. 0 or less: not to
 * be served there (-1: the rules forbid it). */
double problem_gain(const struct plan_problem *problem, int need, int skill, int level,
                    int date, int room, bool is_circle);
/* What it adds that a need is served, or that a person gives that skill, on the date that
 * the plan before had for it: weights.stay or 0. */
double problem_need_stays(const struct plan_problem *problem, int need, int date);
double problem_trainer_stays(const struct plan_problem *problem, int person, int skill,
                             int date);
/* Whether a person may give a session of that skill at that level. */
bool problem_can_teach(const struct plan_problem *problem, int person, int skill,
                       int level);
bool problem_dates_clash(const struct plan_problem *problem, int a, int b);

#endif
