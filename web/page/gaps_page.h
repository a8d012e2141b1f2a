/* What the pages of gaps share, of a pole and of the whole site. */
#ifndef WEB_PAGE_GAPS_PAGE_H
#define WEB_PAGE_GAPS_PAGE_H

#include "web/page/form.h"

/* Sets all there is to tell of the gaps of a pole (0: of the whole site, without a
 * `funding_url`). page->code says what failed. */
void gaps_fill(struct page *page, int64_t pole_id, const char *funding_url);
/* Answers with the same as CSV, in a file named after `key`. */
void gaps_answer_csv(struct page *page, int64_t pole_id, const char *key);

#endif
