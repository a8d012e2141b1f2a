/* Who sees whose card: the one place that decides, for pages, lists, feeds and the site map. The
 * index decides the same by itself (struct query_request, is_member) and never holds a card shown
 * to a structure only. */
#ifndef EXCHANGE_ACTION_CARD_SEE_H
#define EXCHANGE_ACTION_CARD_SEE_H

#include "exchange/action/ctx.h"
#include "store/people.h"

/* Whether ctx->actor (NULL or nobody: anyone) sees the card's page: it is published, not older than
 * cards are shown, and public; or for members and she has come in; or for the structure and she is
 * of it, manages it, keeps one of the person's poles, is admin, or it is hers. */
bool card_is_shown(const struct ctx *ctx, const struct person *person);

/* Whether her name may stand where she gives a session, her card shown or not: she came here
 * herself, and did not decline. A draft never did. */
bool card_is_named(const struct person *person);

/* The same for people_list(); its shown_since is the age. */
struct people_viewer card_viewer(const struct ctx *ctx);

#endif
