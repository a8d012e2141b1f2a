/* How much a resource person is asked. */
#ifndef EXCHANGE_ACTION_CARD_USE_H
#define EXCHANGE_ACTION_CARD_USE_H

#include "exchange/action/ctx.h"

/* First contacts she was asked for since the first of the month (of the site's zone), whoever
 * asked and from whichever structure. */
MUST_USE err_code card_contacts_this_month(struct ctx *ctx, int64_t person_id,
                                           int64_t *count, struct err *err);

#endif
