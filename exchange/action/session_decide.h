/* What is decided about a session: its date, whether it takes place, where, who came. */
#ifndef EXCHANGE_ACTION_SESSION_DECIDE_H
#define EXCHANGE_ACTION_SESSION_DECIDE_H

#include "exchange/action/session_register.h"

/* Every one: ERR_FORBIDDEN unless the actor may run the session, ERR_CONFLICT
 * (message_id, field "session") when it is not in a state for it. */

/* It takes place at that date (0: the one that suits most, the first of equals). Everyone
 * who has a seat gets the date; the others are told. */
MUST_USE err_code session_confirm(struct ctx *ctx, int64_t session_id, int64_t starts_at,
                                  struct err *err);
/* The decision is put off, once: by half of what is left between it and the first date,
 * three days at most. Everyone is told. ERR_CONFLICT (field "session") the second time.
 */
MUST_USE err_code session_prolong(struct ctx *ctx, int64_t session_id, struct err *err);
/* When it would be decided then; 0 when it cannot be put off (any more). */
int64_t session_prolonged_to(const struct session *session, int64_t now);
/* It does not take place; its needs are given back and everyone is told, with `words`
 * (may be NULL) of who cancels. */
MUST_USE err_code session_cancel(struct ctx *ctx, int64_t session_id, const char *words,
                                 struct err *err);
/* Words of the actor to each who has a seat or waits, without any address; `name` makes
 * her a person when she is none yet, else it may be NULL. ERR_INVALID on field "words" or
 * "name", ERR_LIMIT past five a day. *told is to how many. */
MUST_USE err_code session_write_all(struct ctx *ctx, int64_t session_id,
                                    const char *words, const char *name, size_t *told,
                                    struct err *err);
/* Who came: those of `person_ids` were there, the others with a seat were not. From the
 * beginning of the session on. It is held then; needs of those who came are met, the
 * others given back. */
MUST_USE err_code session_tick(struct ctx *ctx, int64_t session_id,
                               const int64_t *person_ids, size_t count, struct err *err);

/* Inside a writer's job: it does not take place, for `reason` (a stable word of
 * session.reason); needs are given back and everyone is told. ERR_CONFLICT when it is
 * over. */
MUST_USE err_code session_call_off(struct db *db, const struct ctx *ctx,
                                   struct session *session, const char *reason,
                                   const char *words, struct err *err);
/* Inside a writer's job, when nobody ticked who came: everyone seated has come, the needs
 * follow. Nothing happens when somebody ticked meanwhile. */
MUST_USE err_code session_presume(struct db *db, const struct ctx *ctx,
                                  int64_t session_id, struct err *err);

/* Inside a writer's job, at the go/no-go date: confirmed when enough people have a seat,
 * else prolonged once, else cancelled. */
MUST_USE err_code session_decide(struct db *db, const struct ctx *ctx, int64_t session_id,
                                 struct err *err);

#endif
