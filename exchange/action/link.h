/* Links that act without an account: made for one purpose and one subject, found by their
 * token. The token leaves in a mail and is stored nowhere else but, until that mail has
 * left, in the outbox. */
#ifndef EXCHANGE_ACTION_LINK_H
#define EXCHANGE_ACTION_LINK_H

#include "base/secret.h"
#include "exchange/action/ctx.h"
#include "store/links.h"

/* Inside a writer's job: stores `link` (its id is set) and gives the token of its
 * address. */
MUST_USE err_code link_make(struct db *db, struct link *link,
                            char token[SECRET_TOKEN_TEXT_MAX], struct err *err);

/* The link with that token, made for `purpose` and within its time; used or not.
 * ERR_NOT_FOUND (message_id set) otherwise, whatever the reason. Changes nothing. Works
 * inside a writer's job too, with its own connection. */
MUST_USE err_code link_read(struct db *db, struct arena *arena, const char *token,
                            enum link_purpose purpose, int64_t now, struct link *out,
                            struct err *err);
/* Inside a writer's job: link_read, and uses it up; ERR_NOT_FOUND when it was used
 * already. */
MUST_USE err_code link_use(struct db *db, struct arena *arena, const char *token,
                           enum link_purpose purpose, int64_t now, struct link *out,
                           struct err *err);

/* writer_do, and in the same transaction the link ctx->link_id is used up: `job` is done
 * once, however often its button is pressed. ERR_NOT_FOUND as link_use when it was used
 * meanwhile. Without a link it is writer_do. */
MUST_USE err_code link_do(struct ctx *ctx, write_job job, void *argument,
                          struct err *err);

#endif
