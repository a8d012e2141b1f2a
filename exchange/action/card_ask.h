/* A facilitator asks someone of her pole by mail about a card that fell silent. The mails are those
 * that the site sends by itself (card_confirm.c, card_invite.c), sooner. */
#ifndef EXCHANGE_ACTION_CARD_ASK_H
#define EXCHANGE_ACTION_CARD_ASK_H

#include "exchange/action/ctx.h"

enum { CARD_ASK_AGAIN_S = 7 * 24 * 3600 }; /* nobody is asked twice within this, by whomever */

/* « Toujours d’actualité ? » to someone whose published card is to confirm; the invitation once
 * more to someone who was invited and did not answer. Noted in the audit of the pole.
 * ERR_FORBIDDEN unless ctx->actor keeps the pole; ERR_NOT_FOUND when the card is not of that pole;
 * ERR_CONFLICT (field "fiche") when there is nothing to ask, no address, or she was asked within
 * CARD_ASK_AGAIN_S. */
MUST_USE err_code card_ask(struct ctx *ctx, int64_t pole_id, int64_t person_id,
                           struct err *err);

#endif
