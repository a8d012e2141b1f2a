/* How much a resource person is asked. */
#include "exchange/action/card_use.h"

#include "store/cards.h"

err_code card_contacts_this_month(struct ctx *ctx, int64_t person_id, int64_t *count,
                                  struct err *err)
{
    struct civil today = calendar_civil(ctx->now, ctx->config->zone);
    const struct civil first = {.year = today.year, .month = today.month, .day = 1};
    int64_t since = ctx->now;

    if (!calendar_instant(first, ctx->config->zone, &since))
        return err_set(err, ERR_INVALID, "the month has no beginning");
    return cards_contacts(ctx->db, person_id, since, count, err);
}
