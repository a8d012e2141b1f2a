/* The mails of introductions. Each is queued inside the writer's job that does what it
 * tells. */
#ifndef EXCHANGE_ACTION_INTRODUCTION_MAIL_H
#define EXCHANGE_ACTION_INTRODUCTION_MAIL_H

#include "config/config.h"
#include "exchange/model/introduction.h"
#include "exchange/model/need.h"
#include "store/driver.h"

struct telling {
    struct db *db;
    struct arena *arena;
    const struct config *config;
    const struct introduction *introduction;
    const struct need *need; /* NULL when there is none */
    int64_t now;
};

/* To the resource person: what she is asked, and the link that answers. */
MUST_USE err_code introduction_mail_asked(const struct telling *telling, struct err *err);
/* To both: she said yes. */
MUST_USE err_code introduction_mail_accepted(const struct telling *telling,
                                             struct err *err);
/* To the asker, of what she asked for herself: no, or no answer; and what else she can
 * do. */
MUST_USE err_code introduction_mail_declined(const struct telling *telling,
                                             struct err *err);
/* To the other one: what `from_id` wrote. */
MUST_USE err_code introduction_mail_message(const struct telling *telling,
                                            int64_t from_id, const char *words,
                                            struct err *err);

#endif
