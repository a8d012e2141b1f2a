/* What who runs a session notes for people who phone or have no e-mail: a seat, the dates
 * that suit, a seat given back. Each is traced in the audit with the person and the pole,
 * by the verbs of exchange/action/act_for.h, and shown on her registration. */
#ifndef EXCHANGE_ACTION_SESSION_HAND_H
#define EXCHANGE_ACTION_SESSION_HAND_H

#include "exchange/action/ctx.h"

struct hand_note {
    int64_t session_id;
    int64_t person_id;        /* of who has a place; 0 where she is named */
    const char *name, *email; /* as typed; the address may be NULL or empty */
    const int64_t *dates;     /* that suit her, among those offered */
    size_t date_count;
};

/* All three: ERR_FORBIDDEN unless the actor may run the session, ERR_CONFLICT
 * (message_id, field "session") when it has begun, is over or cancelled, or she has no
 * place to change. */

/* A seat, or a place on the waitlist: for the card of that address or name in the pole of
 * the session, else for a new hidden one. ERR_INVALID on "nom", "courriel" or "dates";
 * ERR_CONFLICT on "nom" when several could be meant or she has her place already. */
MUST_USE err_code session_hand_register(struct ctx *ctx, const struct hand_note *note,
                                        struct err *err);
/* ERR_INVALID on "session" when none of the dates is offered. */
MUST_USE err_code session_hand_dates(struct ctx *ctx, const struct hand_note *note,
                                     struct err *err);
MUST_USE err_code session_hand_leave(struct ctx *ctx, const struct hand_note *note,
                                     struct err *err);

/* Of those registered, the people for whom something was noted so. */
MUST_USE err_code session_hand_noted(struct ctx *ctx, int64_t session_id, int64_t **ids,
                                     size_t *count, struct err *err);

#endif
