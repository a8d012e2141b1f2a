/* Paying together for a training that nobody can give. Whoever keeps the pole opens a
 * file with a cost, the people it needs and a deadline; people promise to come and an
 * amount, managers an amount of their structure. On the deadline it is all or nothing:
 * who asks in the pole for its skill is told by mail when it opens, and on the deadline
 * everybody who promised, and no promise binds when it fell. No money
 * passes here. */
#ifndef EXCHANGE_ACTION_FUNDING_H
#define EXCHANGE_ACTION_FUNDING_H

#include "exchange/action/ctx.h"
#include "exchange/model/when.h"
#include "store/fundings.h"

enum { FUNDING_DAYS_MOST = 365 };

/* As typed; NULL is empty. */
struct funding_form {
    const char *title, *cost, *least;
    const char *hours; /* may be empty */
    struct when_typed deadline;
    int64_t skill_id; /* 0: none; or a group (exchange/action/subject.h) */
};
/* ERR_INVALID (message_id) on "title", "cost", "least", "hours" or "deadline";
 * ERR_FORBIDDEN unless she keeps the pole. */
MUST_USE err_code funding_start(struct ctx *ctx, int64_t pole_id,
                                const struct funding_form *form, int64_t *id,
                                struct err *err);
/* `structure_id` 0: for herself. ERR_INVALID on "amount"; ERR_CONFLICT once it ended;
 * ERR_FORBIDDEN unless she has a name, or manages that structure. */
MUST_USE err_code funding_promise(struct ctx *ctx, int64_t id, int64_t structure_id,
                                  const char *amount, bool comes, struct err *err);

#endif
