/* Filling in a card: one's own, by a link from a mail, or that of someone of one's
 * structure. */
#include "web/page/card.h"
#include "web/page/card_form.h"
#include "web/page/form.h"
#include "web/page/routes.h"

#include "exchange/action/card_invite.h"

#include <inttypes.h>
#include <string.h>

enum { LINES_EMPTY = 1, LINES_MORE = 3 };

/* Which card the address means. False: page->code says why there is none. */
static bool open_card(struct card_editing *editing)
{
    struct page *page = editing->page;
    enum verb verb = (enum verb)page->request->route->verb;

    editing->empty_lines = LINES_EMPTY;
    if (verb == VERB_USE_LINK)
        editing->access.token = page->request->parts[0];
    else if (verb == VERB_EDIT_CARD)
        editing->access.person_id = page_id(page);
    if (verb == VERB_EDIT_CARD && !editing->access.person_id)
        page->code = err_set(&page->err, ERR_NOT_FOUND, "there is no such card");
    else
        page->code = card_read_for(&page->ctx, &editing->access, &editing->person,
                                   &editing->is_hers, &page->err);
    return page->code == ERR_NONE;
}

/* What stands around the form; `is_published` as the records have it. */
static void set_around(struct card_editing *editing, bool is_published)
{
    struct page *page = editing->page;
    const char *id =
        arena_printf(page->request->arena, "%" PRId64, editing->access.person_id);

    tree_set_url(page->root, "_action_url",
                 editing->access.token
                     ? page_url(page, "card_link_save", editing->access.token)
                 : editing->access.person_id ? page_url(page, "person_card_save", id)
                                             : page_url(page, "my_card_save", NULL));
    tree_set_bool(page->root, "_is_published", is_published);
    tree_set_bool(page->root, "_is_hers", editing->is_hers);
    tree_set_bool(page->root, "_needs_paper",
                  !editing->is_hers && !is_published && !editing->person.declined_at);
    tree_set_bool(page->root, "_may_hide",
                  !editing->is_hers && editing->person.id && is_published);
    if (editing->access.person_id)
        tree_set_url(page->root, "_state_url", page_url(page, "person_card_do", id));
    tree_set_bool(page->root, "_may_invite",
                  !editing->is_hers && card_invite_state(&editing->person) == INVITE_DUE);
    if (!editing->is_hers && editing->person.state == CARD_DRAFT &&
        editing->person.invited_at)
        tree_set_int(page->root, "invited_at", editing->person.invited_at);
    if (editing->access.token)
        tree_set_url(page->root, "_back_url",
                     page_url(page, "card_link", editing->access.token));
    tree_set_bool(page->root, "_is_saved", request_query(page->request, "fait") != NULL);
}

void page_card_edit(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct card_editing editing = {.page = &page};

    if (page_open(&page, hall, request, response) && open_card(&editing)) {
        card_form_of_person(&editing);
        set_around(&editing, editing.person.state == CARD_PUBLISHED);
        card_form_show(&editing, NULL);
    }
    form_failed(&page);
    page_close(&page, "card_edit");
}

static const char *done_url(struct card_editing *editing)
{
    struct page *page = editing->page;
    struct arena *arena = page->request->arena;

    if (editing->access.token)
        return arena_printf(arena, "%s?fait=1",
                            page_url(page, "card_link", editing->access.token));
    if (editing->access.person_id)
        return arena_printf(arena, "%s?fait=1",
                            card_edit_url(page, NULL, editing->access.person_id));
    return arena_printf(arena, "%s#fiche", page_url(page, "me", NULL));
}

static void save(struct card_editing *editing, bool is_publishing)
{
    struct page *page = editing->page;

    page->code =
        card_save(&page->ctx, &editing->access, &editing->person, editing->form.version,
                  is_publishing ? CARD_AND_PUBLISH : CARD_KEEP,
                  request_form(page->request, "accord") != NULL, &page->err);
    if (page->code == ERR_NONE)
        form_done(page, done_url(editing));
}

/* The card as others will see it, above the form. */
static void preview(struct card_editing *editing)
{
    struct page *page = editing->page;

    tree_set_bool(page->root, "_is_preview", true);
    tree_set(page->root, "person", entry_card(page, &editing->person));
}

static void tell_mistakes(struct card_editing *editing,
                          const struct card_mistakes *mistakes)
{
    for (size_t i = 0; i < mistakes->count; i++)
        form_mistake(editing->page, mistakes->items[i].field,
                     mistakes->items[i].message_id);
    if (editing->has_odd_language)
        form_mistake(editing->page, "languages",
                     N_("Write the languages by their names, with commas between them."));
    editing->page->response->status = 422;
}

/* After a conflict, sending the form again puts what she wrote in place. */
static void follow_version(struct card_editing *editing)
{
    struct page *page = editing->page;
    struct person now;
    bool is_hers;
    struct err err = {0};

    if (page->response->status == 409 &&
        card_read_for(&page->ctx, &editing->access, &now, &is_hers, &err) == ERR_NONE)
        editing->form.version = now.version;
}

/* Does what the button says. */
static void answer(struct card_editing *editing, struct card_mistakes *mistakes)
{
    struct page *page = editing->page;
    const char *wanted = request_form(page->request, "faire");
    bool is_line = wanted && strcmp(wanted, "ligne") == 0;

    page->code =
        card_fill(&page->ctx, &editing->form, &editing->person, mistakes, &page->err);
    if (page->code == ERR_INVALID || (page->code == ERR_NONE && is_line)) {
        page->code = ERR_NONE;
        page->err = (struct err){0};
    }
    if (page->code != ERR_NONE)
        return;
    if (is_line) {
        mistakes->count = 0;
        editing->empty_lines = LINES_MORE;
    } else if (mistakes->count || editing->has_odd_language) {
        tell_mistakes(editing, mistakes);
    } else if (wanted && strcmp(wanted, "apercu") == 0) {
        preview(editing);
    } else {
        save(editing, wanted && strcmp(wanted, "publier") == 0);
    }
}

void page_card_save(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct card_editing editing = {.page = &page};
    struct card_mistakes mistakes = {.count = 0};
    bool was_published;

    if (page_open(&page, hall, request, response) && open_card(&editing)) {
        was_published = editing.person.state == CARD_PUBLISHED;
        card_form_read(&editing);
        answer(&editing, &mistakes);
        form_failed(&page);
        follow_version(&editing);
        set_around(&editing, was_published);
        card_form_show(&editing, &mistakes);
    }
    form_failed(&page);
    page_close(&page, "card_edit");
}
