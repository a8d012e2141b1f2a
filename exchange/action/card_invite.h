/* Inviting people to confirm, correct or decline the cards their structure filled in for them. A
 * card stays a draft, which nobody else sees, until she answers; who stays silent is erased 30 days
 * later (a job of exchange/action/erase.h reads the dates set here). */
#ifndef EXCHANGE_ACTION_CARD_INVITE_H
#define EXCHANGE_ACTION_CARD_INVITE_H

#include "exchange/action/ctx.h"
#include "exchange/model/person.h"

enum {
    CARD_LINK_S = 30 * 24 * 3600,   /* the link of an invitation is good this long */
    CARD_REMIND_S = 10 * 24 * 3600, /* silent for so long: one reminder */
    CARD_INVITE_MOST = 1000         /* people in one call */
};

/* Why card_invite would not write to someone; INVITE_DUE when it would. */
enum invite_state {
    INVITE_DUE,
    INVITE_NO_ADDRESS,
    INVITE_NOT_DRAFT, /* published or withdrawn: there is nothing to confirm */
    INVITE_LEFT,      /* was invited already */
    INVITE_DECLINED   /* she wants no card */
};
enum invite_state card_invite_state(const struct person *person);

/* Inside a writer's job, to someone with an address: the invitation with its link (once more), and
 * « Toujours d’actualité ? ». Neither notes that it left. */
MUST_USE err_code card_mail_invite(struct db *db, struct arena *arena, struct ctx *ctx,
                                   const struct person *person, bool is_reminder,
                                   struct err *err);
MUST_USE err_code card_mail_confirm(struct db *db, struct arena *arena, struct ctx *ctx,
                                    const struct person *person, struct err *err);

/* Mails a link (LINK_CARD, subject the person) to those of `ids` who are INVITE_DUE, sets their
 * invited_at and notes the audit; the others are left out without a word. *invited is how many
 * mails were queued. ERR_FORBIDDEN, and nobody is written to, when ctx->actor may not invite one of
 * them (INVITE_CARD); ctx->actor NULL (a command) may. ERR_NOT_FOUND when one is nobody's id,
 * ERR_LIMIT when they are more than CARD_INVITE_MOST. */
MUST_USE err_code card_invite(struct ctx *ctx, const int64_t *ids, size_t count,
                              size_t *invited, struct err *err);

#endif
