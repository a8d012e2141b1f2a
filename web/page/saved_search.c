/* Her saved searches: their list, one more, one less. */
#include "web/page/filters.h"
#include "web/page/form.h"
#include "web/page/routes.h"

#include "exchange/action/saved_search.h"

#include <inttypes.h>

static err_code add_searches(struct page *page)
{
    struct tree *entries = tree_set(page->root, "searches", tree_array());
    struct saved_search *list = NULL;
    struct narrowing filters;
    size_t count = 0;
    err_code code =
        saved_searches_list(page->ctx.db, page->request->arena,
                            page->visitor.account.email, &list, &count, &page->err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct tree *entry = tree_add(entries, tree_object());
        const char *id = arena_printf(page->request->arena, "%" PRId64, list[i].id);
        tree_set_int(entry, "id", list[i].id);
        tree_set_text(entry, "words", list[i].words);
        tree_set_int(entry, "created_at", list[i].created_at);
        narrow_read(page->request->arena, list[i].filters, &filters);
        filters_list(page, &filters, tree_set(entry, "filters", tree_array()));
        tree_set_bool(entry, "_has_filters", filters.count > 0);
        tree_set_url(entry, "url",
                     filters_url(page, list[i].words, &filters, NARROW_MOST));
        tree_set_url(entry, "_drop_url", page_url(page, "search_drop", id));
    }
    tree_set_bool(page->root, "_has_searches", count > 0);
    tree_set_url(page->root, "_mails_url", page_url(page, "mails", NULL));
    return code;
}

void page_searches(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response))
        page.code = add_searches(&page);
    page_close(&page, "saved_searches");
}

void page_search_keep(void *hall, const struct request *request,
                      struct response *response)
{
    struct narrowing filters;
    struct page page;

    if (page_open(&page, hall, request, response)) {
        filters_read(request, request_form_nth, &filters);
        page.code =
            saved_search_keep(&page.ctx, request_form(request, "q"), &filters, &page.err);
        if (page.code == ERR_NONE)
            form_done(&page, page_url(&page, "searches", NULL));
        else if (form_failed(&page))
            page.code = add_searches(&page);
    }
    page_close(&page, "saved_searches");
}

void page_search_drop(void *hall, const struct request *request,
                      struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        page.code = saved_search_drop(&page.ctx, page_id(&page), &page.err);
        if (page.code == ERR_NONE)
            form_done(&page, page_url(&page, "searches", NULL));
    }
    page_close(&page, "saved_searches");
}
