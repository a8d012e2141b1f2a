/* What was planned becomes a session that is proposed, by the ordinary rules: who would
 * give it is asked first, those it serves hear of it once she agrees. */
#ifndef EXCHANGE_ACTION_PLAN_PROPOSE_H
#define EXCHANGE_ACTION_PLAN_PROPOSE_H

#include "exchange/action/plan_pole.h"
#include "exchange/action/session_propose.h"

/* In the name of ctx->actor, as session_propose does it, when the plan has no room for it
 * at `place`; NULL or empty: to be found. ERR_CONFLICT when another session serves one of
 * its needs by now; else as session_propose. */
MUST_USE err_code plan_propose(struct ctx *ctx, const struct pole_plan *plan,
                               const struct planned_session *planned, const char *place,
                               struct session_mistakes *mistakes, int64_t *session_id,
                               struct err *err);

/* How many of the sessions of a plan of that pole were proposed from a command, noted in
 * the audit. */
MUST_USE err_code plan_propose_note(struct ctx *ctx, int64_t pole_id, size_t count,
                                    struct err *err);

#endif
