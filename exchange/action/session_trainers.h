/* Who is asked to give a session too: named in a form, asked by mail, shown once she says
 * yes (session_join_trainers). */
#ifndef EXCHANGE_ACTION_SESSION_TRAINERS_H
#define EXCHANGE_ACTION_SESSION_TRAINERS_H

#include "exchange/action/session_propose.h"

struct trainer_asked {
    int64_t person_id; /* 0: only the address is known */
    const char *email; /* NULL: that of the person */
};

struct trainers_asked {
    struct trainer_asked items[PROPOSE_TRAINERS_MOST];
    size_t count;
};

/* Whom the field names: by address, or by a name that only one published card bears.
 * Mistakes are on field "trainers". */
MUST_USE err_code session_trainers_find(struct ctx *ctx, const char *typed,
                                        struct trainers_asked *asked,
                                        struct session_mistakes *mistakes,
                                        struct err *err);
/* Inside a writer's job: one mail each, in the name of `from`; not to who gives it
 * already. ERR_LIMIT on "trainers" when one of them was asked five times within the hour,
 * by whomever. */
MUST_USE err_code session_trainers_ask(struct db *db, const struct ctx *ctx,
                                       const struct session *session,
                                       const struct trainers_asked *asked,
                                       const char *from, bool is_alone, struct err *err);

#endif
