/* Sections of /moi: my needs with their next step, my supports, who asked me, whom I
 * asked. */
#include "exchange/action/actor.h"
#include "store/needs.h"
#include "store/people.h"
#include "web/page/follow.h"

#include <inttypes.h>

enum { NEEDS_MOST = 50, CONTACTS_MOST = 30 };

static void add_need(struct page *page, struct tree *entries, const struct need *need)
{
    struct tree *entry = tree_add(entries, entry_need(page, need));
    struct need_step step = need_next_step(page->ctx.config, need, page->ctx.now);

    tree_set_text(entry, "_state_text", follow_state(page, need));
    tree_set_bool(entry, "_is_unconfirmed", !need->person_id);
    if (step.kind != NEED_STEP_NONE) {
        tree_set_int(entry, "_next_step_at", step.at);
        tree_set_text(entry, "_next_step", follow_next(page, need));
    }
    tree_set_url(entry, "url",
                 page_url(page, "need_follow",
                          arena_printf(page->request->arena, "%" PRId64, need->id)));
}

/* Hers; and those stated with her address, which she has not said to be hers. */
static err_code add_needs(struct page *page)
{
    struct tree *entries = tree_set(page->root, "needs", tree_array());
    struct need *stated = NULL;
    int64_t *ids = NULL;
    size_t count = 0, stated_count = 0;
    err_code code =
        needs_of_email(page->ctx.db, page->request->arena, page->visitor.account.email,
                       NEEDS_MOST, &stated, &stated_count, &page->err);

    for (size_t i = 0; code == ERR_NONE && i < stated_count; i++)
        if (!stated[i].person_id && need_is_open(stated[i].state))
            add_need(page, entries, &stated[i]);
    if (code == ERR_NONE && page->visitor.actor.person_id)
        code = need_ids_of(&page->ctx, page->visitor.actor.person_id, NEEDS_MOST, &ids,
                           &count, &page->err);
    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct need need;
        code = needs_get(page->ctx.db, page->request->arena, ids[i], &need, &page->err);
        if (code == ERR_NONE)
            add_need(page, entries, &need);
    }
    tree_set_bool(page->root, "_has_needs", tree_size(entries) > 0);
    return code;
}

static err_code add_supports(struct page *page)
{
    struct tree *entries = tree_set(page->root, "_supports", tree_array());
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code = need_ids_supported(&page->ctx, page->visitor.actor.person_id,
                                       NEEDS_MOST, &ids, &count, &page->err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct need need;
        code = needs_get(page->ctx.db, page->request->arena, ids[i], &need, &page->err);
        if (code == ERR_NONE)
            add_need(page, entries, &need);
    }
    tree_set_bool(page->root, "_has_supports", count > 0);
    return code;
}

static err_code add_contacts(struct page *page, const char *name, bool is_asker)
{
    struct tree *entries = tree_set(page->root, name, tree_array());
    struct introduction *made = NULL;
    size_t count = 0;
    err_code code = introductions_list(
        page->ctx.db, page->request->arena,
        is_asker ? INTRODUCTIONS_OF_ASKER : INTRODUCTIONS_OF_RESOURCE,
        page->visitor.actor.person_id, CONTACTS_MOST, &made, &count, &page->err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct tree *entry = tree_add(entries, tree_object());
        struct need need;
        contact_entry(page, entry, &made[i], is_asker);
        tree_set_text(entry, "words", made[i].words);
        if (made[i].need_id && needs_get(page->ctx.db, page->request->arena,
                                         made[i].need_id, &need, NULL) == ERR_NONE)
            tree_set_text(entry, "words", made[i].words ? made[i].words : need.text);
        tree_set_url(
            entry, "url",
            page_url(page, "my_contact",
                     arena_printf(page->request->arena, "%" PRId64, made[i].id)));
    }
    tree_set_bool(page->root, arena_printf(page->request->arena, "_has%s", name),
                  count > 0);
    return code;
}

err_code me_exchange(struct page *page)
{
    err_code code = add_needs(page);

    if (code != ERR_NONE || !page->visitor.actor.person_id)
        return code;
    code = add_supports(page);
    if (code == ERR_NONE)
        code = add_contacts(page, "_asked_me", false);
    if (code == ERR_NONE)
        code = add_contacts(page, "_i_asked", true);
    return code;
}
