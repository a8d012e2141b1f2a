/* What its author and those who share it do about a need: confirm, amend, withdraw, "it
 * is settled", keep it open; « moi aussi », leave. Whether it is hers is for the caller:
 * a link made for her, or need_role(). */
#ifndef EXCHANGE_ACTION_NEED_FOLLOW_H
#define EXCHANGE_ACTION_NEED_FOLLOW_H

#include "exchange/action/ctx.h"
#include "exchange/action/need_post.h"
#include "exchange/action/need_step.h"
#include "store/links.h"

enum { SUPPORT_WORDS_MOST = 500, MEDIAN_LEAST = 5, MEDIAN_DAYS = 365 };

enum need_role { NEED_ROLE_NONE, NEED_ROLE_AUTHOR, NEED_ROLE_SUPPORTER };
/* What person `person_id` is to it; with 0, who holds a link made before she had a name
 * is its author. */
enum need_role need_role(const struct need *need, int64_t person_id);
/* The words of her support; NULL when she wrote none. */
const char *need_support_words(const struct need *need, int64_t person_id);

/* The need becomes that of the person of the link's address, whom `name` makes when she
 * is new. ERR_INVALID on "name" when one is needed; ERR_LIMIT on "etat" when she has as
 * many as can be followed. */
MUST_USE err_code need_confirm(struct ctx *ctx, const struct link *link, const char *name,
                               struct err *err);
/* Whether need_confirm would want a name: nobody bears that address yet. */
MUST_USE err_code need_wants_name(struct ctx *ctx, const char *email, bool *wants,
                                  struct err *err);

/* ERR_INVALID with mistakes listed; ERR_CONFLICT when it is closed. */
MUST_USE err_code need_amend(struct ctx *ctx, int64_t need_id,
                             const struct need_form *form, struct need_mistakes *mistakes,
                             struct err *err);
/* Closes it: `reason` NEED_WITHDRAWN (given up) or one of NEED_MET_… (met). What was
 * asked for it is withdrawn. Needs merged into it are met with it, or go on without it
 * (need_parts.h). ERR_CONFLICT when it is closed already; ERR_INVALID on "how" for
 * another reason. */
MUST_USE err_code need_end(struct ctx *ctx, int64_t need_id, const char *reason,
                           struct err *err);
/* Keeps it open for another life, once; opens it again when it was closed for want of an
 * answer. ERR_CONFLICT when it cannot be. */
MUST_USE err_code need_keep(struct ctx *ctx, int64_t need_id, struct err *err);

/* « Moi aussi » of the person with that address; supports of one's own need or twice
 * change nothing but the words. A mail brings her link; *url (may be NULL) is that
 * address, for whom has just proven hers. ERR_INVALID on "words" or "name"; ERR_CONFLICT
 * when the need is closed. */
MUST_USE err_code need_support(struct ctx *ctx, int64_t need_id, const char *email,
                               const char *name, const char *words, const char **url,
                               struct err *err);
/* Her words from now on; NULL or "": none. */
MUST_USE err_code need_support_amend(struct ctx *ctx, int64_t need_id, int64_t person_id,
                                     const char *words, struct err *err);
MUST_USE err_code need_support_leave(struct ctx *ctx, int64_t need_id, int64_t person_id,
                                     struct err *err);

/* The median wait of a pole for a first answer, in days (at least 1), over the last 12
 * months; 0 when fewer than MEDIAN_LEAST needs were answered. */
MUST_USE err_code need_median_days(struct ctx *ctx, int64_t pole_id, int64_t *days,
                                   struct err *err);

/* Ids for pages, latest first: a person's needs, those she
 * supports; the coming sessions on a need, soonest first. */
MUST_USE err_code need_ids_of(struct ctx *ctx, int64_t person_id, size_t most,
                              int64_t **ids, size_t *count, struct err *err);
MUST_USE err_code need_ids_supported(struct ctx *ctx, int64_t person_id, size_t most,
                                     int64_t **ids, size_t *count, struct err *err);
MUST_USE err_code need_sessions(struct ctx *ctx, int64_t need_id, size_t most,
                                int64_t **ids, size_t *count, struct err *err);

#endif
