/* « Moi aussi »: from a need's page, at once for who has come in, else by a link. */
#include "exchange/action/actor.h"
#include "store/needs.h"
#include "web/page/confirm.h"
#include "web/page/follow.h"
#include "web/page/routes.h"

#include <inttypes.h>

void follow_median(struct page *page, struct tree *object, int64_t pole_id)
{
    int64_t days = 0;

    if (page->code != ERR_NONE)
        return;
    page->code = need_median_days(&page->ctx, pole_id, &days, &page->err);
    if (days)
        tree_set_int(object, "_median_days", days);
}

static const char *need_part_url(struct page *page, const char *route, int64_t id)
{
    return page_url(page, route, arena_printf(page->request->arena, "%" PRId64, id));
}

void follow_need_part(struct page *page, struct tree *entry, const struct need *need)
{
    const struct actor *actor = &page->visitor.actor;
    enum need_role role =
        actor->person_id ? need_role(need, actor->person_id) : NEED_ROLE_NONE;
    bool is_open = need_is_open(need->state) && need->expires_at > page->ctx.now;

    tree_set_url(entry, "_follow_url",
                 role != NEED_ROLE_NONE ? need_part_url(page, "need_follow", need->id)
                                        : NULL);
    tree_set_bool(entry, "_may_support",
                  is_open && role == NEED_ROLE_NONE && !need->is_private &&
                      !need->merged_into);
    tree_set_url(entry, "_support_url", need_part_url(page, "need_support", need->id));
    tree_set_bool(page->root, "_wants_email", !actor->account_id);
    tree_set_bool(page->root, "_wants_name", !actor->person_id);
    tree_set_bool(page->root, "_is_mailed", need->email != NULL);
    follow_median(page, entry, need->pole_id);
}

static void keep_values(struct page *page)
{
    static const char *const names[][2] = {
        {"mots", "_words"}, {"nom", "_name"}, {"email", "_email"}};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        tree_set_text(page->root, names[i][1],
                      request_form(page->request, names[i][0])
                          ? request_form(page->request, names[i][0])
                          : "");
}

static void show(struct page *page, const struct need *need)
{
    struct tree *entry = tree_set(page->root, "need", entry_need(page, need));

    follow_need_part(page, entry, need);
    keep_values(page);
}

static bool find(struct page *page, struct need *need)
{
    if (page->code == ERR_NONE)
        page->code = needs_get(page->ctx.db, page->request->arena, page_id(page), need,
                               &page->err);
    if (page->code == ERR_NONE)
        page->code =
            actor_must_need(VERB_SUPPORT_NEED, page->ctx.actor, need, &page->err);
    return page->code == ERR_NONE;
}

void page_need_support(void *hall, const struct request *request,
                       struct response *response)
{
    struct page page;
    struct need need;

    if (page_open(&page, hall, request, response) && find(&page, &need))
        show(&page, &need);
    page_close(&page, "support");
}

/* A visitor: her name and her words wait with the link. */
static void ask_visitor(struct page *page, const struct need *need)
{
    const struct request *request = page->request;
    const char *name = request_form(request, "nom");
    const struct confirm_value values[] = {{"nom", name},
                                           {"mots", request_form(request, "mots")}};

    if (!name || !*name)
        page->code =
            err_set_field(&page->err, ERR_INVALID, "name",
                          N_("Write your first and last name: 200 characters at most."));
    else
        confirm_ask(page, "support", need->id, request_form(request, "email"), need->text,
                    values, 2);
}

void page_need_support_post(void *hall, const struct request *request,
                            struct response *response)
{
    struct page page;
    struct need need;

    if (page_open(&page, hall, request, response) && find(&page, &need)) {
        if (page.visitor.account.id)
            page.code = need_support(&page.ctx, need.id, page.visitor.account.email,
                                     request_form(request, "nom"),
                                     request_form(request, "mots"), NULL, &page.err);
        else
            ask_visitor(&page, &need);
        if (page.code == ERR_NONE && page.visitor.account.id)
            form_done(&page, need_part_url(&page, "need_follow", need.id));
        else if (form_failed(&page))
            show(&page, &need);
    }
    page_close(&page, "support");
}

void support_confirmed(struct page *page, const struct link *link,
                       const struct tree *values)
{
    const char *url = NULL;

    page->code = need_support(&page->ctx, link->subject_id, link->email,
                              tree_text(tree_get(values, "nom")),
                              tree_text(tree_get(values, "mots")), &url, &page->err);
    if (page->code == ERR_NONE)
        form_done(page, url ? url : need_part_url(page, "need", link->subject_id));
}
