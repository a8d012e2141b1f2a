/* Afterwards: was it useful, could she show it now? A yes proposes the skill for her
 * card; it is added only when she confirms that. */
#ifndef EXCHANGE_ACTION_SESSION_FEEDBACK_H
#define EXCHANGE_ACTION_SESSION_FEEDBACK_H

#include "exchange/action/ctx.h"
#include "store/links.h"

/* By a link of LINK_FEEDBACK. `useful` is 1 (no) to 4 (very). ERR_INVALID on field
 * "useful" or "words". Saying it again takes the place of what she said. */
MUST_USE err_code session_answer(struct ctx *ctx, const struct link *link, int useful,
                                 bool could_show, const char *words, struct err *err);
/* The skill of the session stands on her card, shared, at the level of the session (else
 * 2); her card stays hidden or shown as it was. Nothing happens when it is there already.
 * ERR_CONFLICT (message_id) when the session has no skill or she did not say that she
 * could show it. */
MUST_USE err_code session_add_skill(struct ctx *ctx, const struct link *link,
                                    struct err *err);

/* What people said, for those who gave it: without names. */
struct session_opinion {
    int useful; /* 0 unsaid, 1 to 4 */
    bool could_show;
    const char *words; /* NULL when none */
};
MUST_USE err_code session_opinions(struct ctx *ctx, int64_t session_id,
                                   struct session_opinion **out, size_t *count,
                                   struct err *err);
/* Whether she said that she could show it. */
MUST_USE err_code session_could_show(struct ctx *ctx, int64_t session_id,
                                     int64_t person_id, bool *has_said, bool *could,
                                     struct err *err);

#endif
