/* What a link from a mail about one's card shows: what a structure wrote, to publish,
 * correct or decline; later whether it is still right. Looking changes nothing. */
#include "web/page/card.h"
#include "web/page/form.h"
#include "web/page/routes.h"

#include "exchange/action/card.h"
#include "exchange/action/card_invite.h"

#include <string.h>

static void set_stage(struct page *page, const struct person *person)
{
    const struct config *config = page->ctx.config;
    enum freshness freshness =
        person_freshness(person, page->ctx.now, (int)config->to_confirm_months,
                         (int)config->sinks_months, (int)config->hidden_months);
    bool is_published = person->state == CARD_PUBLISHED;
    const char *stage = person->declined_at           ? "declined"
                        : person->state == CARD_DRAFT ? "draft"
                        : !is_published               ? "withdrawn"
                        : freshness == FRESH          ? "published"
                                                      : "to_confirm";
    const char *key = arena_printf(page->request->arena, "_is_%s", stage);

    tree_set_text(page->root, "stage", stage);
    if (key)
        tree_set_bool(page->root, key, true);
    tree_set_bool(page->root, "_is_expired", is_published && freshness == EXPIRED);
}

static void show(struct page *page)
{
    const char *token = page->request->parts[0];
    const struct card_access access = {.token = token};
    const struct structure *structure;
    struct person person;
    bool is_hers, has_other = false;

    if (page->code == ERR_NONE)
        page->code = card_read_for(&page->ctx, &access, &person, &is_hers, &page->err);
    if (page->code != ERR_NONE)
        return;
    structure = names_structure(page->names, person.structure_id);
    tree_set(page->root, "person", entry_card(page, &person));
    tree_set_text(page->root, "structure_name", structure ? structure->name : NULL);
    set_stage(page, &person);
    tree_set_url(page->root, "_action_url", page_url(page, "card_link_do", token));
    tree_set_url(page->root, "edit_url", card_edit_url(page, token, 0));
    tree_set_bool(page->root, "_is_just_done",
                  request_query(page->request, "fait") != NULL);
    page->code = card_has_other(&page->ctx, &person, &has_other, &page->err);
    tree_set_bool(page->root, "_has_other", has_other);
}

void page_card_link(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response))
        show(&page);
    form_failed(&page);
    page_close(&page, "card_link");
}

static bool read_deed(const struct request *request, enum card_deed *deed)
{
    static const struct {
        const char *word;
        enum card_deed deed;
    } deeds[] = {{"publier", CARD_PUBLISH},
                 {"confirmer", CARD_CONFIRM},
                 {"retirer", CARD_WITHDRAW},
                 {"refuser", CARD_DECLINE}};
    const char *word = request_form(request, "faire");

    for (size_t i = 0; word && i < sizeof deeds / sizeof deeds[0]; i++)
        if (strcmp(deeds[i].word, word) == 0) {
            *deed = deeds[i].deed;
            return true;
        }
    return false;
}

/* Does it and goes to `url`; the deed is a button of the form. */
static void act(struct page *page, const struct card_access *access, const char *url)
{
    enum card_deed deed;

    if (!read_deed(page->request, &deed))
        page->code = err_set(&page->err, ERR_INVALID, "the form asks for nothing known");
    else
        page->code = card_do(&page->ctx, access, deed,
                             request_form(page->request, "accord") != NULL, &page->err);
    if (page->code == ERR_NONE)
        form_done(page, url);
}

void page_card_link_do(void *hall, const struct request *request,
                       struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        const struct card_access access = {.token = request->parts[0]};
        act(&page, &access,
            arena_printf(request->arena, "%s?fait=1",
                         page_url(&page, "card_link", request->parts[0])));
    }
    if (form_failed(&page) && response->status != 410)
        show(&page);
    page_close(&page, "card_link");
}

void page_my_card_do(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response))
        act(&page, &(const struct card_access){0},
            arena_printf(request->arena, "%s#fiche", page_url(&page, "me", NULL)));
    form_failed(&page);
    page_close(&page, "card_link");
}

static void invite(struct page *page, int64_t id)
{
    size_t invited = 0;

    page->code = card_invite(&page->ctx, &id, 1, &invited, &page->err);
    if (page->code == ERR_NONE)
        form_done(page, arena_printf(page->request->arena, "%s?invite=%zu",
                                     card_edit_url(page, NULL, id), invited));
}

void page_person_card_do(void *hall, const struct request *request,
                         struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        const struct card_access access = {.person_id = page_id(&page)};
        const char *wanted = request_form(request, "faire");
        if (access.person_id && wanted && strcmp(wanted, "inviter") == 0)
            invite(&page, access.person_id);
        else if (access.person_id)
            act(&page, &access, card_edit_url(&page, NULL, access.person_id));
        else
            page.code = err_set(&page.err, ERR_NOT_FOUND, "there is no such card");
    }
    form_failed(&page);
    page_close(&page, "card_link");
}
