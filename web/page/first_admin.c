/* The one-time link that makes the first admin: it asks for her address, and the ordinary
 * link to come in goes there. */
#include "web/http/cookie.h"
#include "web/page/form.h"
#include "web/page/routes.h"
#include "web/page/visitor.h"

#include "exchange/action/link.h"
#include "exchange/action/role_grant.h"

/* Looks at the link; the page says so when it is no good. */
static bool look(struct page *page)
{
    struct link link;

    page->code = link_read(page->ctx.db, page->ctx.arena, page->request->parts[0],
                           LINK_FIRST_ADMIN, page->ctx.now, &link, &page->err);
    if (page->code == ERR_NONE && link.used_at)
        page->code = err_set_field(
            &page->err, ERR_NOT_FOUND, "link",
            N_("This link was used already or is too old. Ask for another one."));
    if (page->code != ERR_NOT_FOUND || !page->err.message_id)
        return page->code == ERR_NONE;
    page->code = ERR_NONE;
    page->err = (struct err){0};
    page->response->status = 410;
    tree_set_bool(page->root, "_is_over", true);
    return false;
}

static void set_form(struct page *page)
{
    const char *email = request_form(page->request, "email");

    tree_set_url(page->root, "_action_url",
                 page_url(page, "first_admin_do", page->request->parts[0]));
    tree_set_text(page->root, "_email", email ? email : "");
}

void page_first_admin(void *hall, const struct request *request,
                      struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        look(&page);
        set_form(&page);
    }
    page_close(&page, "first_admin");
}

/* The link to come in is mailed first: an address that gets no more of them for an hour
 * must not cost the one-time link. */
static void make_admin(struct page *page)
{
    char browser[SECRET_TOKEN_TEXT_MAX];
    const struct request *request = page->request;
    const struct config *config = page->ctx.config;
    const char *after = page_url(page, "administration", NULL);
    struct sign_in_request wanted = {.email = request_form(request, "email"),
                                     .browser = browser,
                                     .address = request->address,
                                     .after = after};

    if (!cookie_read(request, config, COOKIE_ASKED, browser))
        secret_token(browser);
    page->code = sign_in_ask(&page->ctx, &wanted, &page->err);
    if (page->code == ERR_NONE)
        page->code =
            role_first_admin(&page->ctx, request->parts[0], wanted.email, &page->err);
    if (page->code != ERR_NONE)
        return;
    cookie_set(request, config, COOKIE_ASKED, browser, SIGN_IN_LINK_S, page->response);
    form_done(page,
              visitor_with_after(request, page_url(page, "sign_in_sent", NULL), after));
}

void page_first_admin_do(void *hall, const struct request *request,
                         struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        if (look(&page)) {
            make_admin(&page);
            form_failed(&page);
        }
        set_form(&page);
    }
    page_close(&page, "first_admin");
}
