/* Why something was found, in sentences a neighbour would say. */
#ifndef WEB_PAGE_WHY_H
#define WEB_PAGE_WHY_H

#include "web/page/page.h"

/* Sets in `entry`: `why`, sentences as plain text, and `_why`, the same in pieces with
 * what matched marked. Skills that a sentence tells are noted in `is_told`
 * (hit->skill_count entries, all false before). */
void why_tell(struct page *page, struct tree *entry, const struct hit *hit,
              bool *is_told);

#endif
