/* The desk of a structure: its people, drafts included, by what has become of their
 * cards; inviting them, adding one by hand. */
#include "web/page/structure_desk.h"

#include "base/url.h"
#include "web/http/route.h"
#include "web/page/form.h"
#include "web/page/routes.h"

#include "exchange/action/card_invite.h"
#include "exchange/action/person_add.h"
#include "store/desk_people.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_A_PAGE = 30, TYPED_BYTES_MOST = 200 };

static const struct {
    const char *word, *title, *label;
} states[DESK_STATE_COUNT] = {
    [DESK_DRAFT] = {"brouillons", N_("Drafts"), N_("draft, not invited yet")},
    [DESK_INVITED] = {"invitees", N_("Invited, silent"), N_("invited, no answer yet")},
    [DESK_CONFIRMED] = {"confirmees", N_("Confirmed"), N_("confirmed")},
    [DESK_STALE] = {"a-actualiser", N_("To be confirmed again"),
                    N_("shown, to be confirmed")},
    [DESK_DECLINED] = {"refusees", N_("Declined"), N_("wants no card")},
    [DESK_HIDDEN] = {"masquees", N_("Hidden"), N_("hidden")}};

const struct structure *structure_desk_open(struct page *page, enum verb verb)
{
    const struct structure *found = NULL;
    struct tree *entry;

    for (size_t i = 0; i < page->names->structure_count; i++)
        if (strcmp(page->names->structures[i].key, page->request->parts[0]) == 0)
            found = &page->names->structures[i];
    page->code =
        found ? actor_must(verb, actor_who(page->ctx.actor, 0, 0, found->id), &page->err)
              : err_set(&page->err, ERR_NOT_FOUND, "there is no such structure");
    if (page->code != ERR_NONE)
        return NULL;
    entry = tree_set(page->root, "structure", tree_object());
    tree_set_text(entry, "name", found->name);
    tree_set_url(entry, "url", page_url(page, "structure", found->key));
    tree_set_url(page->root, "_desk_url", page_url(page, "structure_desk", found->key));
    return found;
}

/* -1 when it is none of ours: all of them. */
static int state_asked(const struct page *page)
{
    const char *word = request_query(page->request, "etat");

    for (int i = 0; word && i < DESK_STATE_COUNT; i++)
        if (strcmp(states[i].word, word) == 0)
            return i;
    return -1;
}

/* The address of the list in that state (below 0: all), with what was typed. */
static const char *list_url(struct page *page, const struct structure *structure,
                            int state, const char *typed)
{
    const char *url = page_url(page, "structure_desk", structure->key);
    struct text encoded;

    text_init(&encoded, 3 * TYPED_BYTES_MOST + 1);
    url_encode(&encoded, typed ? typed : "");
    if (!text_failed(&encoded) && encoded.length)
        url = arena_printf(page->request->arena, "%s?q=%s", url, encoded.bytes);
    text_done(&encoded);
    if (url && state >= 0)
        url = arena_printf(page->request->arena, "%s%cetat=%s", url,
                           strchr(url, '?') ? '&' : '?', states[state].word);
    return url ? url : "";
}

static void add_person(struct page *page, struct tree *people,
                       const struct desk_person *person)
{
    struct tree *entry = tree_add(people, tree_object());
    const char *id = arena_printf(page->request->arena, "%" PRId64, person->id);
    const char *edit_url = id ? page_url(page, "person_card", id) : NULL;
    const int64_t at[DESK_STATE_COUNT] = {person->created_at,   person->invited_at,
                                          person->confirmed_at, person->confirmed_at,
                                          person->declined_at,  0};

    tree_set_int(entry, "id", person->id);
    tree_set_text(entry, "name", person->name);
    tree_set_text(entry, "email", person->email);
    tree_set_text(entry, "state", states[person->state].word);
    tree_set_text(entry, "state_name",
                  tr(page_catalogue(page), states[person->state].label));
    if (at[person->state])
        tree_set_int(entry, "at", at[person->state]);
    tree_set_bool(entry, "is_due", person->state == DESK_DRAFT && person->email);
    tree_set_bool(entry, "is_stale", person->state == DESK_STALE);
    tree_set_url(
        entry, "url",
        edit_url ? edit_url
                 : page_url(page, "person", page_slug(page, person->id, person->name)));
}

static void add_tab(struct page *page, struct tree *tabs, const char *title,
                    int64_t count, bool is_here, const char *url)
{
    struct tree *tab = tree_add(tabs, tree_object());

    tree_set_text(tab, "title", tr(page_catalogue(page), title));
    tree_set_int(tab, "count", count);
    tree_set_bool(tab, "is_here", is_here);
    tree_set_url(tab, "url", url);
}

static void set_tabs(struct page *page, const struct structure *structure, int state,
                     const char *typed, const int64_t counts[DESK_STATE_COUNT])
{
    struct tree *tabs = tree_set(page->root, "states", tree_array());
    int64_t total = 0;

    for (int i = 0; i < DESK_STATE_COUNT; i++)
        total += counts[i];
    add_tab(page, tabs, N_("Everyone"), total, state < 0,
            list_url(page, structure, -1, typed));
    for (int i = 0; i < DESK_STATE_COUNT; i++)
        add_tab(page, tabs, states[i].title, counts[i], state == i,
                list_url(page, structure, i, typed));
    page_pages(page, list_url(page, structure, state, typed),
               state < 0 ? total : counts[state], page_number(page), ROWS_A_PAGE);
}

static void set_forms(struct page *page, const struct structure *structure)
{
    const char *name = request_form(page->request, "nom"),
               *email = request_form(page->request, "email"),
               *commune = request_form(page->request, "commune");

    tree_set_url(page->root, "_invite_url",
                 page_url(page, "structure_invite", structure->key));
    tree_set_url(page->root, "_add_url", page_url(page, "structure_add", structure->key));
    tree_set_url(page->root, "_import_url",
                 page_url(page, "structure_import", structure->key));
    tree_set_url(page->root, "_rooms_url", page_url(page, "rooms", structure->key));
    tree_set_text(page->root, "_name", name ? name : "");
    tree_set_text(page->root, "_email", email ? email : "");
    tree_set_text(page->root, "_commune", commune ? commune : "");
}

static err_code add_people(struct page *page, const struct structure *structure)
{
    const struct config *config = page->ctx.config;
    const char *typed = request_query(page->request, "q");
    struct desk_filter filter = {
        .structure_id = structure->id,
        .state = state_asked(page),
        .typed = typed && strlen(typed) <= TYPED_BYTES_MOST ? typed : NULL,
        .stale_since = person_shown_since(page->ctx.now, config->to_confirm_months),
        .offset = (page_number(page) - 1) * ROWS_A_PAGE,
        .most = ROWS_A_PAGE};
    struct tree *people = tree_set(page->root, "people", tree_array());
    int64_t counts[DESK_STATE_COUNT], *drafts = NULL;
    struct desk_person *found = NULL;
    size_t count = 0, draft_count = 0;
    err_code code =
        desk_counts(page->ctx.db, page->request->arena, &filter, counts, &page->err);

    if (code == ERR_NONE)
        code = desk_people(page->ctx.db, page->request->arena, &filter, &found, &count,
                           &page->err);
    if (code == ERR_NONE)
        code = desk_drafts(page->ctx.db, page->request->arena, structure->id,
                           CARD_INVITE_MOST, &drafts, &draft_count, &page->err);
    if (code != ERR_NONE)
        return code;
    for (size_t i = 0; i < count; i++)
        add_person(page, people, &found[i]);
    tree_set_bool(page->root, "_has_people", count > 0);
    tree_set_text(page->root, "_typed", filter.typed ? filter.typed : "");
    tree_set_text(page->root, "_state_word",
                  filter.state >= 0 ? states[filter.state].word : NULL);
    tree_set_int(page->root, "due_total", (int64_t)draft_count);
    tree_set_bool(page->root, "_has_due", draft_count > 0);
    set_tabs(page, structure, filter.state, filter.typed, counts);
    return ERR_NONE;
}

static void show(struct page *page, const struct structure *structure)
{
    const char *invited = request_query(page->request, "invitees"),
               *added = request_query(page->request, "ajoutee");

    if (invited) {
        tree_set_int(page->root, "_invited", strtoll(invited, NULL, 10));
        tree_set_bool(page->root, "_has_invited", true);
    }
    tree_set_bool(page->root, "_has_added", added != NULL);
    set_forms(page, structure);
    page->code = add_people(page, structure);
}

void page_structure_desk(void *hall, const struct request *request,
                         struct response *response)
{
    struct page page;
    const struct structure *structure;

    if (page_open(&page, hall, request, response) &&
        (structure = structure_desk_open(&page, VERB_SEE_STRUCTURE_DESK)))
        show(&page, structure);
    page_close(&page, "structure_desk");
}

/* Those ticked; the one of a button; or every draft. Only people of this structure. */
static err_code read_wanted(struct page *page, const struct structure *structure,
                            int64_t **ids, size_t *count)
{
    const struct request *request = page->request;
    int64_t *drafts = NULL, *list, one = form_int(request, "seule", 1, INT64_MAX, 0);
    size_t draft_count = 0;
    bool is_all = request_form(request, "toutes") != NULL;
    err_code code = desk_drafts(page->ctx.db, request->arena, structure->id,
                                CARD_INVITE_MOST, &drafts, &draft_count, &page->err);

    list = arena_array(request->arena, draft_count + 1, sizeof *list);
    if (code != ERR_NONE || !list)
        return code != ERR_NONE ? code
                                : err_set(&page->err, ERR_MEMORY, "no room for people");
    *count = 0;
    for (size_t i = 0; i < draft_count; i++) {
        const char *id = arena_printf(request->arena, "%" PRId64, drafts[i]), *ticked;
        bool is_wanted = is_all || drafts[i] == one;
        for (size_t n = 0; id && !one && !is_wanted &&
                           (ticked = request_form_nth(request, "personne", n));
             n++)
            is_wanted = strcmp(ticked, id) == 0;
        if (is_wanted)
            list[(*count)++] = drafts[i];
    }
    *ids = list;
    return ERR_NONE;
}

static void invite(struct page *page, const struct structure *structure)
{
    int64_t *ids = NULL;
    size_t count = 0, invited = 0;

    page->code = read_wanted(page, structure, &ids, &count);
    if (page->code == ERR_NONE && !count)
        page->code =
            err_set_field(&page->err, ERR_INVALID, "people",
                          N_("Tick whom to invite: drafts with an e-mail address."));
    if (page->code == ERR_NONE)
        page->code = card_invite(&page->ctx, ids, count, &invited, &page->err);
    if (page->code == ERR_NONE)
        form_done(page, arena_printf(page->request->arena, "%s?invitees=%zu",
                                     page_url(page, "structure_desk", structure->key),
                                     invited));
    else if (form_failed(page))
        show(page, structure);
}

void page_structure_invite(void *hall, const struct request *request,
                           struct response *response)
{
    struct page page;
    const struct structure *structure;

    if (page_open(&page, hall, request, response) &&
        (structure = structure_desk_open(&page, VERB_INVITE_CARD)))
        invite(&page, structure);
    page_close(&page, "structure_desk");
}

/* To her card, to fill it in, when there is a page for that. */
static void add(struct page *page, const struct structure *structure)
{
    const struct request *request = page->request;
    const struct person_form form = {.name = request_form(request, "nom"),
                                     .email = request_form(request, "email"),
                                     .commune = request_form(request, "commune")};
    int64_t id = 0;

    page->code = person_add(&page->ctx, structure->id, &form, &id, &page->err);
    if (page->code == ERR_NONE) {
        const char *part = arena_printf(request->arena, "%" PRId64, id);
        const char *url = part ? page_url(page, "person_card", part) : NULL;
        form_done(page, url ? url
                            : arena_printf(
                                  request->arena, "%s?ajoutee=%" PRId64,
                                  page_url(page, "structure_desk", structure->key), id));
    } else if (form_failed(page)) {
        tree_set_bool(page->root, "_is_adding", true);
        show(page, structure);
    }
}

void page_structure_add(void *hall, const struct request *request,
                        struct response *response)
{
    struct page page;
    const struct structure *structure;

    if (page_open(&page, hall, request, response) &&
        (structure = structure_desk_open(&page, VERB_ADD_PEOPLE)))
        add(&page, structure);
    page_close(&page, "structure_desk");
}
