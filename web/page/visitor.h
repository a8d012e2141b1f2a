/* Who looks at a page. */
#ifndef WEB_PAGE_VISITOR_H
#define WEB_PAGE_VISITOR_H

#include "base/secret.h"
#include "exchange/action/sign_in.h"
#include "web/page/page.h"

struct visitor {
    struct account account;
    int64_t signed_in; /* which of her browsers; 0: nobody has come in */
    char form_token[SECRET_HASH_TEXT_MAX]; /* stands in her forms */
};

/* The cookies. */
#define COOKIE_SIGNED_IN "etabli"
#define COOKIE_ASKED "etabli-demande"

/* Reads the cookie; visitor->signed_in is 0 when nobody has come in. False when the page
 * cannot go on (page->code says why). The page is open. */
bool visitor_read(struct page *page, struct visitor *visitor);
/* As visitor_read; sends who has not come in to the sign-in page: then false, and
 * page->code is ERR_NONE with a 303. */
bool visitor_needed(struct page *page, struct visitor *visitor);
/* Whether the form was one of hers (its hidden field "jeton"); false sets a 403. */
bool visitor_form(struct page *page, const struct visitor *visitor);

#endif
