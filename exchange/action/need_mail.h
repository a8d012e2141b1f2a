/* The mails about a need: to its author, to those who share it. Each is queued inside the writer's
 * job that does what it tells, with a link to the page that follows the need. */
#ifndef EXCHANGE_ACTION_NEED_MAIL_H
#define EXCHANGE_ACTION_NEED_MAIL_H

#include "exchange/action/reach.h"

enum { FOLLOW_LINK_AFTER_S = 60 * 24 * 3600 }; /* the link is good this long after the need */

/* Where someone's link to follow that need leads. */
MUST_USE err_code need_follow_url(struct db *db, struct arena *arena,
                                  const struct config *config, const struct need *need,
                                  const struct reach *to, int64_t now, const char **url,
                                  struct err *err);

/* It is published: the link, and what happens next. */
MUST_USE err_code need_mail_stated(struct db *db, struct arena *arena,
                                   const struct config *config, const struct need *need,
                                   const struct reach *author, int64_t now,
                                   struct err *err);
/* Someone shares it: the link to her support. */
MUST_USE err_code need_mail_supported(struct db *db, struct arena *arena,
                                      const struct config *config,
                                      const struct need *need, const struct reach *to,
                                      int64_t now, struct err *err);

/* `head`, which it was merged into, is met, and it with it. */
MUST_USE err_code need_mail_settled(struct db *db, struct arena *arena,
                                    const struct config *config, const struct need *need,
                                    const struct reach *to, const struct need *head,
                                    int64_t now, struct err *err);

/* A follow-up, honestly. */
struct need_news {
    const char *template; /* "need_followed", "need_at_risk", "need_closed" */
    int step;             /* 1 to 4 */
    int asked;            /* people asked just now */
    int asked_total;      /* and since it was stated */
    bool is_reaching_nobody; /* qualified, and nobody could be asked */
    const char *pole;     /* its name; NULL when it has none yet */
};
/* To the author, when she can be reached. */
MUST_USE err_code need_mail_news(struct db *db, struct arena *arena,
                                 const struct config *config, const struct need *need,
                                 const struct reach *to, const struct need_news *news,
                                 int64_t now, struct err *err);

#endif
