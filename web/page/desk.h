/* What the pages of a facilitator share. */
#ifndef WEB_PAGE_DESK_H
#define WEB_PAGE_DESK_H

#include "exchange/action/desk.h"
#include "web/page/form.h"

/* The pole of the address (`{key}`), when it is hers to keep: sets `pole`, `_desk` (addresses of
 * its pages). NULL: page->code says why. Call after page_open. */
const struct pole *desk_pole(struct page *page);
/* Fills the Monday page of a pole that is hers. page->code says what failed. */
void desk_fill(struct page *page, const struct pole *pole);
/* A page below the desk: "" the desk itself, "/carnet", … */
const char *desk_url(struct page *page, const char *key, const char *below);

/* On the page of a need: what it is part of and holds, who noted it, and the way to its desk for
 * its facilitators. False (ERR_NOT_FOUND) when it is private and not for her. */
bool desk_need_part(struct page *page, struct tree *entry, const struct need *need);

#endif
