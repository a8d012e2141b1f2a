/* Who looks at a page, and whether it is for her. */
#ifndef WEB_PAGE_VISITOR_H
#define WEB_PAGE_VISITOR_H

#include "web/page/page.h"

/* The cookies. */
#define COOKIE_SIGNED_IN "etabli"
#define COOKIE_ASKED "etabli-demande"

/* Both are called by page_open. Reads the cookie into page->visitor; signed_in is 0 when nobody
 * has come in. False when the page cannot go on (page->code says why). */
bool visitor_read(struct page *page);
/* By the verb of the route. False: page->code, or a 303 to the sign-in page. */
bool visitor_let_in(struct page *page);

/* The parameter "suite": where she wanted to go, a path of this site; NULL when there is none
 * or it is none. From the query, else the form. */
const char *visitor_after(const struct request *request);
/* `url` with that parameter added when there is one. */
const char *visitor_with_after(const struct request *request, const char *url,
                               const char *after);

#endif
