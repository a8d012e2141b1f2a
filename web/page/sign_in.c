/* Coming in: the address, the link of the mail, the six digits. */
#include "web/http/cookie.h"
#include "web/page/routes.h"
#include "web/page/visitor.h"

#include <string.h>

/* What was wrong, in words beside the field; the page is shown again with `status`. */
static void set_mistake(struct page *page, const struct err *mistake, int status)
{
    tree_set_text(page->root, "mistake", tr(page_catalogue(page), mistake->message_id));
    page->code = ERR_NONE;
    page->err = (struct err){0};
    page->response->status = status;
}

/* A mistake that has words for the visitor; anything else is an error page. */
static bool is_told(const struct page *page)
{
    return page->code != ERR_NONE && page->err.message_id != NULL;
}

/* After coming in: where she wanted to go, else her own page. */
static const char *where_to(struct page *page)
{
    const char *after = visitor_after(page->request);

    return after ? after : page_url(page, "me", NULL);
}

static void set_form(struct page *page, const char *email)
{
    tree_set_url(page->root, "_action_url", page_url(page, "sign_in_ask", NULL));
    tree_set_text(page->root, "_email", email ? email : "");
    tree_set_text(page->root, "_after", visitor_after(page->request));
}

void page_sign_in(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        set_form(&page, NULL);
        if (page.visitor.signed_in) {
            response->status = 303;
            response->location = where_to(&page);
        }
    }
    page_close(&page, "sign_in");
}

void page_sign_in_ask(void *hall, const struct request *request,
                      struct response *response)
{
    struct page page;
    char browser[SECRET_TOKEN_TEXT_MAX];
    struct sign_in_request wanted = {.email = request_form(request, "email"),
                                     .browser = browser,
                                     .address = request->address,
                                     .after = visitor_after(request)};

    if (page_open(&page, hall, request, response)) {
        if (!cookie_read(request, page.ctx.config, COOKIE_ASKED, browser))
            secret_token(browser);
        page.code = sign_in_ask(&page.ctx, &wanted, &page.err);
        if (page.code == ERR_NONE) {
            cookie_set(request, page.ctx.config, COOKIE_ASKED, browser, SIGN_IN_LINK_S,
                       response);
            response->status = 303;
            response->location = visitor_with_after(
                request, page_url(&page, "sign_in_sent", NULL), wanted.after);
        } else if (is_told(&page)) {
            set_mistake(&page, &page.err, page.code == ERR_LIMIT ? 429 : 422);
            set_form(&page, wanted.email);
        }
    }
    page_close(&page, "sign_in");
}

/* Where the mail is, while the site is only tried. */
static void set_sent(struct page *page)
{
    const char *after = visitor_after(page->request);

    tree_set_text(page->root, "_after", after);
    tree_set_url(page->root, "_action_url", page_url(page, "sign_in_code", NULL));
    tree_set_url(
        page->root, "_again_url",
        visitor_with_after(page->request, page_url(page, "sign_in", NULL), after));
    tree_set_bool(page->root, "_is_folder",
                  strcmp(page->ctx.config->mail_mode, "dir") == 0);
    tree_set_bool(page->root, "_is_off", strcmp(page->ctx.config->mail_mode, "off") == 0);
}

void page_sign_in_sent(void *hall, const struct request *request,
                       struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response))
        set_sent(&page);
    page_close(&page, "sign_in_code");
}

/* Comes in, and goes to her own page. */
static void come_in(struct page *page, const char *token, const char *code)
{
    const struct request *request = page->request;
    const struct config *config = page->ctx.config;
    char browser[SECRET_TOKEN_TEXT_MAX], cookie[SECRET_TOKEN_TEXT_MAX];
    bool has_browser = cookie_read(request, config, COOKIE_ASKED, browser);

    page->code = sign_in_use(&page->ctx, token, code, has_browser ? browser : NULL,
                             request->agent, cookie, &page->err);
    if (page->code != ERR_NONE)
        return;
    cookie_set(request, config, COOKIE_SIGNED_IN, cookie, SIGN_IN_STAYS_S,
               page->response);
    cookie_set(request, config, COOKIE_ASKED, browser, 0, page->response);
    page->response->status = 303;
    page->response->location = where_to(page);
}

void page_sign_in_code(void *hall, const struct request *request,
                       struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        come_in(&page, NULL, request_form(request, "code"));
        set_sent(&page);
        if (is_told(&page))
            set_mistake(&page, &page.err, page.code == ERR_LIMIT ? 429 : 422);
    }
    page_close(&page, "sign_in_code");
}

static void set_link(struct page *page)
{
    tree_set_text(page->root, "_after", visitor_after(page->request));
    tree_set_url(page->root, "_action_url",
                 page_url(page, "sign_in_open", page->request->parts[0]));
    tree_set_url(page->root, "_again_url", page_url(page, "sign_in", NULL));
    if (is_told(page))
        set_mistake(page, &page->err, page->code == ERR_NOT_FOUND ? 410 : 422);
}

/* Looking at a link changes nothing: programs that read mail open every link. */
void page_sign_in_link(void *hall, const struct request *request,
                       struct response *response)
{
    struct page page;
    char browser[SECRET_TOKEN_TEXT_MAX];

    if (page_open(&page, hall, request, response)) {
        bool has_browser = cookie_read(request, page.ctx.config, COOKIE_ASKED, browser);
        page.code = sign_in_look(&page.ctx, request->parts[0],
                                 has_browser ? browser : NULL, &page.err);
        set_link(&page);
    }
    page_close(&page, "sign_in_link");
}

void page_sign_in_open(void *hall, const struct request *request,
                       struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        come_in(&page, request->parts[0], NULL);
        set_link(&page);
    }
    page_close(&page, "sign_in_link");
}
