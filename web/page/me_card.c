/* « Ma fiche » of one's own page: where it stands, one click to confirm, a pause, the
 * quota. */
#include "web/page/card.h"
#include "web/page/form.h"
#include "web/page/routes.h"

#include "exchange/action/card.h"
#include "exchange/action/card_see.h"
#include "exchange/action/card_suggest.h"
#include "exchange/action/introduction.h"

#include <string.h>

static void set_state(struct page *page, struct tree *card, const struct person *person)
{
    bool is_published = person->state == CARD_PUBLISHED;
    bool is_shown = card_is_shown(&page->ctx, person);

    bool is_empty = !person->headline && !person->about && !person->skill_count;

    tree_set_bool(card, "_is_empty", is_empty);
    tree_set_text(card, "state", card_state_word(person->state));
    tree_set_bool(card, "_is_draft", person->state == CARD_DRAFT);
    tree_set_bool(card, "_is_withdrawn", person->state == CARD_HIDDEN);
    tree_set_bool(card, "_is_published", is_published);
    tree_set_bool(card, "_is_expired", is_published && !is_shown);
    tree_set_bool(card, "_is_for_members", person->visibility == VISIBLE_MEMBERS);
    tree_set_bool(card, "_is_for_structure", person->visibility == VISIBLE_STRUCTURE);
    if (person->pause_until > page->ctx.now)
        tree_set_int(card, "pause_until", person->pause_until);
    if (!is_shown)
        tree_set_url(card, "url", NULL);
}

/* Skills that her own words name and her card does not. */
static err_code add_suggestions(struct page *page, struct tree *card,
                                const struct person *person)
{
    struct tree *entries = tree_set(card, "suggestions", tree_array());
    struct card_suggestion found[CARD_SUGGESTIONS_MOST];
    size_t count = 0;
    err_code code = card_suggest(&page->ctx, person, found, &count, &page->err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct tree *entry = tree_add(entries, tree_object());
        tree_set_int(entry, "id", found[i].skill_id);
        tree_set_text(entry, "label", found[i].label);
        tree_set_int(entry, "percent", (int64_t)(100 * found[i].confidence));
    }
    tree_set_bool(card, "_has_suggestions", count > 0);
    tree_set_url(card, "_suggest_url", page_url(page, "my_card_skill", NULL));
    return code;
}

void page_my_card_skill(void *hall, const struct request *request,
                        struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        page.code = card_suggest_take(
            &page.ctx, form_int(request, "competence", 1, INT64_MAX, 0), &page.err);
        if (page.code == ERR_NONE)
            form_done(&page, arena_printf(request->arena, "%s#fiche",
                                          page_url(&page, "me", NULL)));
    }
    form_failed(&page);
    page_close(&page, "card_link");
}

err_code me_card(struct page *page)
{
    const struct card_access own = {0};
    struct tree *card = tree_set(page->root, "_card", tree_object());
    struct person person;
    bool is_hers;
    int64_t quota = 0, used = 0;
    err_code code = card_read_for(&page->ctx, &own, &person, &is_hers, &page->err);

    tree_set_url(card, "edit_url", card_edit_url(page, NULL, 0));
    if (code == ERR_CONFLICT && page->err.message_id) {
        tree_set_text(card, "trouble", tr(page_catalogue(page), page->err.message_id));
        page->err = (struct err){0};
        return ERR_NONE;
    }
    if (code == ERR_NONE && person.id)
        code = introduction_quota(page->ctx.db, page->ctx.config, &person, page->ctx.now,
                                  &quota, &used, &page->err);
    if (code != ERR_NONE || !person.id)
        return code;
    card = tree_set(page->root, "_card", entry_person(page, &person));
    tree_set_bool(card, "_is_there", true);
    tree_set_url(card, "edit_url", card_edit_url(page, NULL, 0));
    tree_set_url(card, "_state_url", page_url(page, "my_card_do", NULL));
    tree_set_int(card, "used", used);
    tree_set_int(card, "quota", quota);
    set_state(page, card, &person);
    return add_suggestions(page, card, &person);
}
