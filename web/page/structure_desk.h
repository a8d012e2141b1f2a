/* What the pages of a structure's desk share. */
#ifndef WEB_PAGE_STRUCTURE_DESK_H
#define WEB_PAGE_STRUCTURE_DESK_H

#include "web/page/page.h"

/* The structure of the address, when who looks may do `verb` there; NULL otherwise, page->code says
 * why. Sets `structure` (name, url) and the address of its desk, _desk_url. */
const struct structure *structure_desk_open(struct page *page, enum verb verb);

#endif
