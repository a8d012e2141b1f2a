/* Her own page: her needs, the browsers she came in with, the way out. */
#include "web/page/card.h"
#include "web/http/cookie.h"
#include "web/page/follow.h"
#include "web/page/me_roles.h"
#include "web/page/me_sessions.h"
#include "web/page/routes.h"
#include "web/page/visitor.h"

#include <inttypes.h>
#include <string.h>

/* A browser as people call it, from what it says of itself; that itself when it is none
 * we know. */
static const char *browser_name(struct arena *arena, const char *agent)
{
    static const char *const browsers[][2] = {{"Firefox/", "Firefox"},
                                              {"Edg/", "Edge"},
                                              {"OPR/", "Opera"},
                                              {"Chrome/", "Chrome"},
                                              {"Safari/", "Safari"}};
    static const char *const systems[][2] = {
        {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},
        {"Windows", "Windows"}, {"Macintosh", "Mac"}, {"Linux", "Linux"}};
    const char *browser = NULL, *system = NULL;

    for (size_t i = 0; !browser && i < sizeof browsers / sizeof browsers[0]; i++)
        browser = strstr(agent, browsers[i][0]) ? browsers[i][1] : NULL;
    for (size_t i = 0; !system && i < sizeof systems / sizeof systems[0]; i++)
        system = strstr(agent, systems[i][0]) ? systems[i][1] : NULL;
    if (!browser)
        return agent;
    return system ? arena_printf(arena, "%s, %s", browser, system) : browser;
}

static err_code add_browsers(struct page *page)
{
    const struct visitor *visitor = &page->visitor;
    struct arena *arena = page->request->arena;
    struct tree *entries = tree_set(page->root, "browsers", tree_array());
    struct signed_in *browsers = NULL;
    size_t count = 0;
    err_code code = signed_in_list(page->ctx.db, arena, visitor->account.id,
                                   page->ctx.now, &browsers, &count, &page->err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct tree *entry = tree_add(entries, tree_object());
        const char *id = arena_printf(arena, "%" PRId64, browsers[i].id);
        tree_set_int(entry, "id", browsers[i].id);
        tree_set_text(entry, "device",
                      *browsers[i].device
                          ? browser_name(arena, browsers[i].device)
                          : tr(page_catalogue(page), N_("unknown browser")));
        tree_set_int(entry, "seen_at", browsers[i].seen_at);
        tree_set_bool(entry, "is_this", browsers[i].id == visitor->signed_in);
        tree_set_url(entry, "_end_url", page_url(page, "sign_in_end", id));
    }
    return code;
}

void page_me(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        tree_set_text(page.root, "email", page.visitor.account.email);
        tree_set_url(page.root, "_out_url", page_url(&page, "sign_out", NULL));
        if (page.code == ERR_NONE)
            page.code = me_sessions(&page);
        me_roles(&page);
        tree_set_url(page.root, "_searches_url", page_url(&page, "searches", NULL));
        tree_set_url(page.root, "_mails_url", page_url(&page, "mails", NULL));
        page.code = me_exchange(&page);
        tree_set_url(page.root, "_data_url", page_url(&page, "my_data", NULL));
        tree_set_url(page.root, "_erase_url", page_url(&page, "erase_me", NULL));
        if (page.code == ERR_NONE)
            page.code = me_card(&page);
        if (page.code == ERR_NONE)
            page.code = add_browsers(&page);
    }
    page_close(&page, "me");
}

/* Ends one of her browsers; this one when `id` is 0. */
static void end(struct page *page, int64_t id)
{
    const struct visitor *visitor = &page->visitor;

    page->code = sign_in_end(&page->ctx, visitor->account.id,
                             id ? id : visitor->signed_in, &page->err);
    if (page->code != ERR_NONE)
        return;
    page->response->status = 303;
    page->response->location = page_url(page, "me", NULL);
    if (!id || id == visitor->signed_in) {
        cookie_set(page->request, page->ctx.config, COOKIE_SIGNED_IN, "", 0,
                   page->response);
        page->response->location = page_url(page, "home", NULL);
    }
}

void page_sign_in_end(void *hall, const struct request *request,
                      struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        int64_t id = page_id(&page);
        if (id)
            end(&page, id);
        else
            page.code = err_set(&page.err, ERR_NOT_FOUND, "there is no such browser");
    }
    page_close(&page, "me");
}

void page_sign_out(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response))
        end(&page, 0);
    page_close(&page, "me");
}
