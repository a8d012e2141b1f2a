/* The weekly digest: one mail instead of one an event, none when there is nothing to say.
 * The job is job_digest (jobs.h). Here: what its links do. */
#ifndef EXCHANGE_ACTION_DIGEST_H
#define EXCHANGE_ACTION_DIGEST_H

#include "exchange/action/ctx.h"
#include "exchange/model/need.h"

enum digest_answer {
    DIGEST_YES,
    DIGEST_NOT_NOW,
    DIGEST_NOT_ME,
    DIGEST_SOMEONE, /* suggests someone */
    DIGEST_ANSWERS
};
struct digest_said {
    enum digest_answer answer;
    const char *words;     /* of a yes, relayed; NULL when none */
    const char *suggested; /* of DIGEST_SOMEONE: whom */
};

/* The need under which a link of a digest stands; changes nothing. ERR_NOT_FOUND as
 * link_read. */
MUST_USE err_code digest_look(struct ctx *ctx, const char *token, struct need *need,
                              struct err *err);
/* Her answer, which may change but for a yes. A yes is a contact, accepted: the author
 * and she hear of it, and *url is the page where they go on (in ctx->arena; NULL
 * otherwise). Someone she suggests is told to the author. "Not me" is for good, "not now"
 * for a month: such a need stands in no digest of hers meanwhile, and nobody is told.
 * ERR_INVALID on "words" or "suggested", else as introduction_offer. */
MUST_USE err_code digest_answer(struct ctx *ctx, const char *token,
                                const struct digest_said *said, const char **url,
                                struct err *err);

#endif
