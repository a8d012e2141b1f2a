/* Proposing a session; answering when one is asked to give it too. */
#include "base/unicode.h"
#include "exchange/action/session_propose.h"
#include "exchange/action/card_see.h"
#include "store/needs.h"
#include "store/people.h"
#include "web/page/routes.h"
#include "web/page/session.h"
#include "web/page/session_form.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { YEAR_S = 366 * DAY_S };

/* "formateur", people: by their names, as the field takes them. */
static void prefill_trainers(struct page *page, struct session_form *form)
{
    struct arena *arena = page->request->arena;
    const char *id;

    for (size_t i = 0; i < PROPOSE_TRAINERS_MOST &&
                       (id = request_query_nth(page->request, "formateur", i)) != NULL;
         i++) {
        struct person person;
        struct err missing = {0};
        if (people_get(page->ctx.db, arena, strtoll(id, NULL, 10), &person, &missing) ==
                ERR_NONE &&
            card_is_shown(&page->ctx, &person))
            form->trainers = form->trainers ? arena_printf(arena, "%s, %s",
                                                           form->trainers, person.name)
                                            : person.name;
    }
}

/* "debut" and "fin", seconds since 1970, as someone would have typed them. */
static void prefill_date(struct page *page, struct when_typed *date)
{
    const struct request *request = page->request;
    const char *from = request_query(request, "debut"),
               *to = request_query(request, "fin");
    int64_t starts_at = from ? strtoll(from, NULL, 10) : 0;
    int64_t ends_at = to ? strtoll(to, NULL, 10) : 0;
    struct zone zone = page->ctx.config->zone;
    struct civil start, end;

    if (starts_at <= page->ctx.now || ends_at <= starts_at ||
        starts_at > page->ctx.now + YEAR_S)
        return;
    start = calendar_civil(starts_at, zone);
    end = calendar_civil(ends_at, zone);
    *date = (struct when_typed){
        .day = arena_printf(request->arena, "%d", start.day),
        .month = arena_printf(request->arena, "%d", start.month),
        .year = arena_printf(request->arena, "%d", start.year),
        .from = arena_printf(request->arena, "%dh%02d", start.hour, start.minute),
        .to = arena_printf(request->arena, "%dh%02d", end.hour, end.minute)};
}

/* What the needs and the skill of the address say. */
static void prefill(struct page *page, struct session_form *form)
{
    const struct request *request = page->request;
    const char *id, *skill = request_query(request, "competence");
    int64_t skill_id = skill ? strtoll(skill, NULL, 10) : 0, pole_id = 0;

    form->title = request_query(request, "titre");
    while (form->need_count < PROPOSE_NEEDS_MOST &&
           (id = request_query_nth(request, "besoin", form->need_count)) != NULL)
        form->need_ids[form->need_count++] = strtoll(id, NULL, 10);
    for (size_t i = 0; i < form->need_count; i++) {
        struct err missing = {0};
        struct need need;
        if (needs_get(page->ctx.db, request->arena, form->need_ids[i], &need, &missing) !=
                ERR_NONE ||
            need.is_private)
            continue;
        if (!skill && !form->title && unicode_length(need.text) <= PROPOSE_TITLE_MOST)
            form->title = need.text;
        skill_id = skill_id ? skill_id : need.skill_id;
        pole_id = pole_id ? pole_id : need.pole_id;
    }
    if (skill_id) {
        struct tree *holder = tree_set(page->root, "_from", tree_object());
        entry_skill_link(page, holder, skill_id);
        form->skill = arena_strdup(
            request->arena, tree_text(tree_get(tree_get(holder, "skill"), "name")));
        form->title = form->title ? form->title : form->skill;
    }
    if (names_pole(page->names, pole_id))
        form->pole = names_pole(page->names, pole_id)->key;
    prefill_trainers(page, form);
    form->is_for_others = request_query(request, "autre") != NULL;
    form->format = request_query(request, "format");
    form->commune = request_query(request, "commune");
    form->level = request_query(request, "niveau");
    form->seats = request_query(request, "places");
    form->where = request_query(request, "ou");
    form->room = request_query(request, "salle");
    prefill_date(page, &form->dates[0]);
}

void page_session_new(void *hall, const struct request *request,
                      struct response *response)
{
    struct session_form form = {.need_count = 0};
    struct page page;

    if (page_open(&page, hall, request, response)) {
        prefill(&page, &form);
        if (page.code == ERR_NONE)
            session_form_show(&page, &form, PROPOSE_DATES,
                              page_url(&page, "session_propose", NULL));
    }
    page_close(&page, "session_new");
}

void page_session_propose(void *hall, const struct request *request,
                          struct response *response)
{
    struct session_mistakes *mistakes = arena_alloc(request->arena, sizeof *mistakes);
    struct session_form form;
    struct page page;
    int64_t id = 0;

    if (page_open(&page, hall, request, response)) {
        session_form_typed(request, &form);
        page.code = mistakes ? session_propose(&page.ctx, &form, mistakes, &id, &page.err)
                             : err_set(&page.err, ERR_MEMORY, "no room for a form");
        if (page.code == ERR_NONE) {
            form_done(&page, session_with(&page, session_route_url(&page, "session", id),
                                          "proposee"));
        } else if (mistakes && mistakes->count) {
            session_form_wrong(&page, mistakes);
            session_form_show(&page, &form, PROPOSE_DATES,
                              page_url(&page, "session_propose", NULL));
        }
    }
    page_close(&page, "session_new");
}

/* The link asks someone to give a session too. */
static bool read_asked(struct page *page, struct link *link, struct session *session)
{
    page->code = session_link_read(&page->ctx, page->request->parts[0],
                                   LINK_SESSION_PROPOSAL, link, &page->err);
    if (page->code != ERR_NONE || !session_read(page, link->subject_id, session))
        return false;
    session_fill(page, session);
    tree_set_bool(page->root, "_is_answered", link->used_at != 0);
    tree_set_bool(page->root, "_asks_name", link->person_id == 0);
    tree_set_url(page->root, "_action_url",
                 page_url(page, "cotrainer_do", page->request->parts[0]));
    return page->code == ERR_NONE;
}

void page_cotrainer(void *hall, const struct request *request, struct response *response)
{
    struct session session;
    struct link link;
    struct page page;

    if (page_open(&page, hall, request, response)) {
        read_asked(&page, &link, &session);
        form_failed(&page);
    }
    page_close(&page, "cotrainer");
}

void page_cotrainer_do(void *hall, const struct request *request,
                       struct response *response)
{
    const char *answer = request_form(request, "reponse");
    struct session session;
    struct link link;
    struct page page;
    int64_t id = 0;

    if (page_open(&page, hall, request, response)) {
        if (read_asked(&page, &link, &session))
            page.code = session_join_trainers(
                &page.ctx, request->parts[0], request_form(request, "nom"),
                answer && strcmp(answer, "oui") == 0, &id, &page.err);
        if (page.code == ERR_NONE)
            form_done(&page, page_url(&page, "cotrainer", request->parts[0]));
        form_failed(&page);
    }
    page_close(&page, "cotrainer");
}
