/* The date of a session, chosen among those offered. Inside a writer's job. */
#ifndef EXCHANGE_ACTION_SESSION_DATE_H
#define EXCHANGE_ACTION_SESSION_DATE_H

#include "exchange/action/session_register.h"

/* Bits of enum reminder: those a mail that leaves now makes needless, with the session
 * that near. */
unsigned session_reminded_by(const struct ctx *ctx, int64_t starts_at);
bool session_is_offered(const struct session *session, int64_t starts_at);
/* The date at which most of those seated come, the first of equals, and how many; 0 when
 * all are past. */
MUST_USE err_code session_best_date(struct db *db, const struct ctx *ctx,
                                    const struct session *session, int64_t *best,
                                    size_t *come, struct err *err);
/* Saves the session as its seats and dates are now: seats that are free are offered. When
 * `only_at` is not 0, those whom that date does not suit have a place no longer, as
 * below. */
MUST_USE err_code session_reseat(struct db *db, const struct ctx *ctx,
                                 struct session *session, int64_t only_at,
                                 struct err *err);
/* It takes place at that date, which is offered, and no other: the others are dropped.
 * Whom it does not suit is told; their place goes to who waits, and the needs that nobody
 * comes for any more are open again. Saves the session. */
MUST_USE err_code session_fix_date(struct db *db, const struct ctx *ctx,
                                   struct session *session, int64_t starts_at,
                                   struct err *err);

#endif
