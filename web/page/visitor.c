/* Who looks at a page. */
#include "web/page/visitor.h"

#include "web/http/cookie.h"

#include <string.h>

/* Makes the form's token from the cookie's, which pages never show. */
static const char FORM_KEY[] = "etabli: token of forms";

bool visitor_read(struct page *page, struct visitor *visitor)
{
    char cookie[SECRET_TOKEN_TEXT_MAX];
    struct err missing = {0};
    err_code code;

    *visitor = (struct visitor){.signed_in = 0};
    if (!cookie_read(page->request, page->ctx.config, COOKIE_SIGNED_IN, cookie))
        return true;
    code =
        sign_in_who(&page->ctx, cookie, &visitor->account, &visitor->signed_in, &missing);
    if (code == ERR_NOT_FOUND) {
        visitor->signed_in = 0;
        return true;
    }
    if (code != ERR_NONE) {
        page->code = err_set(&page->err, code, "%s", missing.text);
        return false;
    }
    secret_hash(cookie, strlen(cookie), FORM_KEY, visitor->form_token);
    tree_set_text(page->root, "_form_token", visitor->form_token);
    return true;
}

bool visitor_needed(struct page *page, struct visitor *visitor)
{
    if (!visitor_read(page, visitor))
        return false;
    if (visitor->signed_in)
        return true;
    page->response->status = 303;
    page->response->location = page_url(page, "sign_in", NULL);
    return false;
}

bool visitor_form(struct page *page, const struct visitor *visitor)
{
    const char *token = request_form(page->request, "jeton");

    if (token && secret_equal(token, visitor->form_token))
        return true;
    page->code = err_set(&page->err, ERR_FORBIDDEN, "the form is not of this browser");
    return false;
}
