/* « Demander à cette personne »: a first contact, relayed. */
#include "exchange/action/actor.h"
#include "exchange/action/card_see.h"
#include "store/needs.h"
#include "store/people.h"
#include "web/page/follow.h"
#include "web/page/routes.h"

#include <inttypes.h>
#include <string.h>

enum { NEXT_MOST = 3, CANDIDATES = 20, NEEDS_MOST = 10 };

static bool find(struct page *page, struct person *person)
{
    if (page->code == ERR_NONE)
        page->code = people_get(page->ctx.db, page->request->arena, page_id(page), person,
                                &page->err);
    if (page->code == ERR_NONE && !card_is_shown(&page->ctx, person))
        page->code = err_set(&page->err, ERR_NOT_FOUND, "this card is not shown");
    return page->code == ERR_NONE;
}

/* What she would be asked for: the words of the search, else the first skill she shares.
 */
static const char *wanted(const struct page *page, const struct person *person)
{
    const char *query = request_query(page->request, "q");

    for (size_t i = 0; !query && i < person->skill_count; i++)
        if (person->skills[i].is_shared)
            query = person->skills[i].label;
    return query && *query ? query : person->headline;
}

/* Who knows the same and can be asked now. */
static void add_next(struct page *page, const struct person *person)
{
    struct tree *next = tree_set(page->root, "next", tree_array());
    struct query_request request = {.kind = KIND_PERSON,
                                    .text = wanted(page, person),
                                    .lang = page->request->lang,
                                    .limit = CANDIDATES,
                                    .now = page->ctx.now};
    struct query_answer found = {.count = 0};

    if (request.text && page->ctx.search)
        page->code = search_query(page->ctx.search, page->request->arena, &request,
                                  &found, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < found.count; i++) {
        struct person one;
        enum askable askable = ASKABLE_UNREACHABLE;
        if (found.hits[i].is_far || found.hits[i].id == person->id ||
            tree_size(next) >= NEXT_MOST ||
            people_get(page->ctx.db, page->request->arena, found.hits[i].id, &one,
                       NULL) != ERR_NONE ||
            !card_is_shown(&page->ctx, &one))
            continue;
        page->code = introduction_askable(&page->ctx, &one, &askable, &page->err);
        if (askable == ASKABLE)
            tree_add(next, entry_person(page, &one));
    }
    tree_set_bool(page->root, "_has_next", tree_size(next) > 0);
}

/* Her open needs, one of which the contact may be about. */
static void add_needs(struct page *page)
{
    struct tree *needs = tree_set(page->root, "needs", tree_array());
    int64_t *ids = NULL;
    size_t count = 0;

    if (page->visitor.actor.person_id)
        page->code = need_ids_of(&page->ctx, page->visitor.actor.person_id, NEEDS_MOST,
                                 &ids, &count, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++) {
        struct need need;
        page->code =
            needs_get(page->ctx.db, page->request->arena, ids[i], &need, &page->err);
        if (page->code == ERR_NONE && need_is_open(need.state))
            tree_add(needs, entry_need(page, &need));
    }
    tree_set_bool(page->root, "_has_needs", tree_size(needs) > 0);
}

static void set_refusal(struct page *page, enum askable askable)
{
    static const char *const sentences[] = {
        NULL, N_("This person is taking a break. Ask someone else."),
        N_("This person has as many contacts this month as she or he can take."),
        N_("This person cannot be reached by this site at the moment."),
        N_("This is your own card.")};

    tree_set_text(page->root, "refusal",
                  sentences[askable] ? tr(page_catalogue(page), sentences[askable])
                                     : NULL);
}

static void show(struct page *page, const struct person *person)
{
    const struct request *request = page->request;
    enum askable askable = ASKABLE;
    const char *words = request_form(request, "mots"),
               *name = request_form(request, "nom");

    tree_set(page->root, "person", entry_person(page, person));
    page->code = introduction_askable(&page->ctx, person, &askable, &page->err);
    set_refusal(page, askable);
    tree_set_bool(page->root, "_may_ask", askable == ASKABLE);
    tree_set_text(page->root, "_words", words ? words : "");
    tree_set_text(page->root, "_name", name ? name : "");
    tree_set_bool(page->root, "_shows", request_form(request, "montrer") != NULL);
    tree_set_bool(page->root, "_wants_name", !page->visitor.actor.person_id);
    tree_set_int(page->root, "days", page->ctx.config->introduction_days);
    tree_set_url(page->root, "publish_url", page_url(page, "need_new", NULL));
    tree_set_url(page->root, "_action_url",
                 page_url(page, "contact_ask", request->parts[0]));
    if (page->code == ERR_NONE)
        add_needs(page);
    if (page->code == ERR_NONE && askable != ASKABLE)
        add_next(page, person);
}

void page_contact_ask(void *hall, const struct request *request,
                      struct response *response)
{
    struct page page;
    struct person person;

    if (page_open(&page, hall, request, response) && find(&page, &person))
        show(&page, &person);
    page_close(&page, "contact_ask");
}

/* The asking itself; the form again with its mistakes. */
static void ask(struct page *page, const struct person *person)
{
    const struct request *request = page->request;
    const struct introduction_ask ask = {
        .resource_id = person->id,
        .need_id = form_int(request, "besoin", 1, INT64_MAX, 0),
        .words = request_form(request, "mots"),
        .name = request_form(request, "nom"),
        .shows = request_form(request, "montrer") != NULL};
    int64_t id = 0;

    page->code = introduction_ask(&page->ctx, &ask, &id, &page->err);
    if (page->code == ERR_NONE)
        form_done(page,
                  arena_printf(request->arena, "%s?fait=1",
                               page_url(page, "my_contact",
                                        arena_printf(request->arena, "%" PRId64, id))));
    else if (form_failed(page))
        show(page, person);
}

void page_contact_ask_post(void *hall, const struct request *request,
                           struct response *response)
{
    struct page page;
    struct person person;

    if (page_open(&page, hall, request, response) && find(&page, &person)) {
        if (form_is_odd(&page, "besoin", 1, INT64_MAX, "need",
                        N_("Choose one of your needs, or none.")))
            show(&page, &person);
        else
            ask(&page, &person);
    }
    page_close(&page, "contact_ask");
}
