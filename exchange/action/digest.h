/* The weekly digest: one mail instead of one an event, none when there is nothing to say. The job
 * is job_digest (jobs.h). Here: what its links do. */
#ifndef EXCHANGE_ACTION_DIGEST_H
#define EXCHANGE_ACTION_DIGEST_H

#include "exchange/action/ctx.h"
#include "exchange/model/need.h"

enum digest_answer { DIGEST_YES, DIGEST_NOT_NOW, DIGEST_NOT_ME, DIGEST_ANSWERS };

/* The need under which a link of a digest stands; changes nothing. ERR_NOT_FOUND as link_read. */
MUST_USE err_code digest_look(struct ctx *ctx, const char *token, struct need *need,
                              struct err *err);
/* Notes her answer, which may change: "not me" for good, "not now" for a month; such a need stands
 * in no digest of hers meanwhile. */
MUST_USE err_code digest_answer(struct ctx *ctx, const char *token,
                                enum digest_answer answer, struct err *err);

#endif
