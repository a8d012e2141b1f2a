/* Having a seat: registering, leaving, taking the seat held for one, choosing among the
 * dates. Each is one job of the one writer, so that no seat is given twice. */
#ifndef EXCHANGE_ACTION_SESSION_REGISTER_H
#define EXCHANGE_ACTION_SESSION_REGISTER_H

#include "exchange/action/session_mail.h"
#include "exchange/model/seats.h"

struct session_wish {
    int64_t session_id;
    const char *email, *name; /* lower case; the name of who has no card yet, else NULL */
    const int64_t *dates;     /* that suit her, among those offered */
    size_t date_count;
};

struct session_place {
    int64_t person_id;
    struct registration registration;
    size_t rank; /* on the waitlist, from 1; 0 when she does not wait */
    char
        token[SECRET_TOKEN_TEXT_MAX]; /* of a link to her place; only after registering */
};

/* ERR_CONFLICT (message_id, field "session") when it is over or cancelled; ERR_INVALID on
 * field "name" when she is new and gives none, on "dates" when several are offered and
 * none suits her. Registering again changes her dates only. */
MUST_USE err_code session_register(struct ctx *ctx, const struct session_wish *wish,
                                   struct session_place *place, struct err *err);
/* ERR_CONFLICT (message_id) when she has no place. */
MUST_USE err_code session_leave(struct ctx *ctx, int64_t session_id, int64_t person_id,
                                struct err *err);
/* ERR_CONFLICT (message_id) when no seat is held for her any more. */
MUST_USE err_code session_take_seat(struct ctx *ctx, int64_t session_id,
                                    int64_t person_id, struct err *err);
/* Other dates suit her. */
MUST_USE err_code session_choose_dates(struct ctx *ctx, int64_t session_id,
                                       int64_t person_id, const int64_t *dates,
                                       size_t count, struct err *err);

/* Inside a writer's job: what time brings to the seats of a session, with its mails. */
MUST_USE err_code session_seats_turn(struct db *db, const struct ctx *ctx,
                                     int64_t session_id, struct err *err);

/* Inside a writer's job: the session, while one may still have or leave a seat;
 * ERR_CONFLICT (message_id, field "session") otherwise. */
MUST_USE err_code session_read_open(struct db *db, const struct ctx *ctx,
                                    int64_t session_id, struct session *session,
                                    struct err *err);
/* Inside a writer's job: those of the dates that are offered suit her; nothing is asked
 * where there is no choice. ERR_INVALID (message_id, field "dates") when there is, and
 * none is ticked; ERR_CONFLICT (message_id) when she gives the session. */
MUST_USE err_code session_suit(struct db *db, const struct ctx *ctx,
                               const struct session *session, int64_t person_id,
                               const int64_t *dates, size_t count, struct err *err);

/* Inside a writer's job, for actions that change registrations: the seating of a session,
 * with room for one more and without who gives it by now; then saves it with the session
 * and tells everyone what became of her. */
MUST_USE err_code session_seating(const struct ctx *ctx, const struct session *session,
                                  struct seating *out, struct err *err);
MUST_USE err_code session_seating_save(struct db *db, const struct ctx *ctx,
                                       struct session *session,
                                       const struct seating *seating, struct err *err);

#endif
