/* Planning sessions for a pole: its open needs, who could teach them, the half-days to
 * come and the rooms become a problem of the planner (exchange/plan); its plan comes back
 * in names. */
#ifndef EXCHANGE_ACTION_PLAN_POLE_H
#define EXCHANGE_ACTION_PLAN_POLE_H

#include "exchange/action/ctx.h"
#include "exchange/plan/solve.h"

enum {
    PLAN_WEEKS = 6, /* of the horizon, unless said otherwise */
    PLAN_WEEKS_MOST = 26,
    PLAN_FIRST_DAY = 10, /* people need that long to hear of a session and to decide */
    PLAN_MEMORY_MOST = 512 << 20
};

struct plan_wish {
    int64_t pole_id; /* 0: all needs of the site */
    int weeks;
    int64_t time_ms; /* 0: by rounds */
    int64_t rounds;
    uint64_t seed;
    bool is_alone; /* as of solve.h */
};

/* Who wants what: a person of the problem's needs. */
struct planned_need {
    int64_t need_id, person_id;
    int64_t skill_id; /* or a group of needs in free words (subject.h) */
    int64_t created_at;
    const char *skill;           /* in the language of ctx */
    const char *name;            /* of who asks; NULL when she gave none */
    enum unserved_reason reason; /* UNSERVED_NOT when she is served */
};

struct planned_session {
    int64_t skill_id;  /* or a group, as above */
    const char *skill; /* its name in the language of ctx */
    int level;         /* 1 to 4 */
    int seats;         /* as many as the room and the rules of planning allow */
    int64_t starts_at, ends_at;
    int64_t room_id; /* 0: a place is to be found in `commune` */
    const char *room, *commune;
    int64_t trainer_id; /* 0: a circle without trainer */
    const char *trainer;
    int trainer_level; /* what she says she knows of it, 1 to 4 */
    int trainer_left;  /* contacts she still takes this month */
    int64_t second_id; /* who gives it with her, to give it alone next time; 0: nobody */
    const char *second;
    const int *needs; /* places in pole_plan.needs */
    size_t need_count;
    int times_left;     /* other half-days that would suit the trainer and all who come */
    int position;       /* of a plan that is kept: how it is named (plan_keep.h) */
    int64_t session_id; /* of a plan that is kept: what serves it by now; 0: nothing */
};

struct pole_plan {
    struct planned_session *sessions; /* by date */
    size_t session_count;
    struct planned_need *needs;
    size_t need_count; /* those that have a skill or a group */
    size_t served;
    int64_t unqualified; /* open needs with neither: not planned for */
    int64_t kept;    /* requests that a session proposed or confirmed serves already */
    size_t refusals; /* remembered */
    size_t trainer_count, room_count, date_count;
    double value, bound; /* as the planner tells them; no plan is worth more than bound */
};

/* ERR_MEMORY, or what reading and solving say. Nothing is written. */
MUST_USE err_code plan_pole(struct ctx *ctx, const struct plan_wish *wish,
                            struct pole_plan *out, struct err *err);

#endif
