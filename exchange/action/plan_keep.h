/* The last plan of a pole is kept until the next one: it is asked for on a page, made by
 * the job "plans" (jobs.h), and looked at as often as one likes. */
#ifndef EXCHANGE_ACTION_PLAN_KEEP_H
#define EXCHANGE_ACTION_PLAN_KEEP_H

#include "exchange/action/plan_pole.h"
#include "exchange/action/session_propose.h"

struct plan_state {
    int64_t made_at; /* 0: none was ever made, the plan is empty */
    int weeks;       /* of the last one asked for */
    bool is_making;  /* another one was asked for and is not there yet */
    bool is_failed;  /* that one could not be made */
    bool is_weekly;  /* nobody asked for it */
};

/* A plan over so many weeks (1 to PLAN_WEEKS_MOST) is asked for: it is there a moment
 * later. ERR_FORBIDDEN when it is not her pole. */
MUST_USE err_code plan_ask(struct ctx *ctx, int64_t pole_id, int weeks, struct err *err);
/* The plan as it was made, with the names of today; of each session which one serves it
 * by now. ERR_FORBIDDEN when it is not her pole. */
MUST_USE err_code plan_look(struct ctx *ctx, int64_t pole_id, struct plan_state *state,
                            struct pole_plan *plan, struct err *err);
/* The session at `position` of the plan made at `made_at` is proposed (plan_propose.h),
 * at `place` when the plan has no room for it; when one serves it already, that is
 * *session_id and nothing happens. ERR_CONFLICT when the plan is another one by now. */
MUST_USE err_code plan_accept(struct ctx *ctx, int64_t pole_id, int64_t made_at,
                              int position, const char *place,
                              struct session_mistakes *mistakes, int64_t *session_id,
                              struct err *err);

#endif
