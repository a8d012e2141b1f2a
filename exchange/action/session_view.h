/* What pages about a session read beyond its record. */
#ifndef EXCHANGE_ACTION_SESSION_VIEW_H
#define EXCHANGE_ACTION_SESSION_VIEW_H

#include "exchange/action/session_register.h"

/* One of the dates offered, and how many it suits. */
struct session_date_votes {
    int64_t starts_at, ends_at;
    size_t count;
    bool is_hers; /* it suits the person asked about */
};

/* The dates offered, at most `most`, or the one that is fixed; only people who still have
 * a place are counted. */
MUST_USE err_code session_votes(struct ctx *ctx, const struct session *session,
                                int64_t person_id, struct session_date_votes *out,
                                size_t most, size_t *count, struct err *err);

/* The link of that token and purpose to a session; ERR_NOT_FOUND (message_id) as
 * link_read. */
MUST_USE err_code session_link_read(struct ctx *ctx, const char *token,
                                    enum link_purpose purpose, struct link *out,
                                    struct err *err);

/* Nobody gives it, and it needs somebody. */
bool session_is_awaited(const struct session *session);
/* Who was asked to give it and has not answered: names in one text, NULL when nobody is.
 * Names are for those who may run it. */
MUST_USE err_code session_awaited(struct ctx *ctx, const struct session *session,
                                  const char *nameless, const char **names,
                                  struct err *err);

/* Sessions she has a place in, or gives: latest first, 50 at most. */
MUST_USE err_code sessions_hers(struct ctx *ctx, int64_t person_id, bool is_giving,
                                struct session **out, size_t *count, struct err *err);

#endif
