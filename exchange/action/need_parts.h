/* What becomes of the needs merged into one that ends. Everything runs inside the
 * writer's job that ends it, so that a group never ends by halves. */
#ifndef EXCHANGE_ACTION_NEED_PARTS_H
#define EXCHANGE_ACTION_NEED_PARTS_H

#include "config/config.h"
#include "exchange/model/need.h"
#include "store/driver.h"

enum { NEED_PARTS_MOST = 500 }; /* merged into one; those past it keep their state */

/* The open needs merged into `head` become what `head` became, for the same reason and at
 * the same time; what was asked for them is withdrawn. *parts are those that changed: who
 * calls tells their authors. */
MUST_USE err_code need_parts_close(struct db *db, struct arena *arena,
                                   const struct need *head, int64_t now,
                                   struct need **parts, size_t *count, struct err *err);
/* need_parts_close, and a mail to each author: the need hers was grouped with is settled,
 * hers with it, and how to keep it open when it is not. For a head that is met. */
MUST_USE err_code need_parts_settle(struct db *db, struct arena *arena,
                                    const struct config *config, const struct need *head,
                                    int64_t now, struct err *err);
/* `head` is withdrawn by its author alone: the oldest open need merged into it stands in
 * its place, for the others and in the sessions to come. Nothing changes when there is
 * none. */
MUST_USE err_code need_parts_pass_on(struct db *db, struct arena *arena,
                                     const struct need *head, int64_t now,
                                     struct err *err);

#endif
