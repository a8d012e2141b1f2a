/* Mails that wait to leave: written with what they tell of, sent by a worker (web/mail),
 * each at least once. What is done with one is noted inside a writer's job. */
#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include "store/driver.h"

struct outbox_mail {
    int64_t id;
    const char *recipient;
    const char *template; /* "sign_in" */
    const char *content;  /* its values, a JSON object with "lang"; forgotten once sent */
    int64_t created_at, tries;
};

enum { OUTBOX_TRIES_MOST = 10 };

/* `id` is set. */
MUST_USE err_code outbox_add(struct db *db, struct outbox_mail *mail, int64_t now,
                             struct err *err);
/* The next one to send at `now`; *has_one false when there is none. */
MUST_USE err_code outbox_next(struct db *db, struct arena *arena, int64_t now,
                              struct outbox_mail *out, bool *has_one, struct err *err);
MUST_USE err_code outbox_sent(struct db *db, int64_t id, int64_t now, struct err *err);
/* Inside a writer's job: what left a month ago goes; the caller notes the change. */
MUST_USE err_code outbox_forget(struct db *db, int64_t now, struct err *err);
MUST_USE err_code outbox_failed(struct db *db, int64_t id, int64_t again_at,
                                const char *reason, int64_t now, struct err *err);

#endif
