/* Sessions proposed for a pole: the planner's answer, each session to propose, adjust or
 * refuse. */
#include "base/url.h"
#include "exchange/action/plan_keep.h"
#include "exchange/action/plan_refuse.h"
#include "exchange/action/session_view.h"
#include "exchange/action/subject.h"
#include "store/people.h"
#include "store/sessions.h"
#include "web/page/desk.h"
#include "web/page/form.h"
#include "web/page/labels.h"
#include "web/page/lists_tree.h"
#include "web/page/plan_calendar.h"
#include "web/page/plan_tree.h"
#include "web/page/routes.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Seconds after which a page looks whether the plan is there. */
#define AGAIN_S "2"

static const char *const reasons[] = {
    [UNSERVED_NO_TEACHER] = N_("nobody live shares it at a level that would do"),
    [UNSERVED_NO_COMMON_TIME] = N_("nobody who knows it is free when they are"),
    [UNSERVED_BELOW_THRESHOLD] = N_("too few could come together"),
    [UNSERVED_NO_ROOM] = N_("no room would do"),
    [UNSERVED_QUOTA] = N_("those who know it give as much as they can"),
    [UNSERVED_WORTH_LESS] = N_("the dates and people serve others better")};

struct planning {
    struct page *page;
    const struct pole_plan *plan;
};

/* The form of a session, filled in with what was planned. */
static const char *propose_url(const struct planning *planning,
                               const struct planned_session *session)
{
    struct page *page = planning->page;
    struct text out;
    const char *url;
    int64_t last = 0;

    text_init(&out, 8192);
    text_printf(&out, "%s&debut=%" PRId64 "&fin=%" PRId64,
                subject_group(session->skill_id)
                    ? page_query_url(page, "session_new", "titre", session->skill)
                    : page_query_url(page, "session_new", "competence",
                                     arena_printf(page->request->arena, "%" PRId64,
                                                  session->skill_id)),
                session->starts_at, session->ends_at);
    for (size_t i = 0; i < session->need_count; i++) {
        int64_t need_id = planning->plan->needs[session->needs[i]].need_id;
        if (need_id != last)
            text_printf(&out, "&besoin=%" PRId64, need_id);
        last = need_id;
    }
    if (session->trainer_id)
        text_printf(&out, "&autre=1&formateur=%" PRId64, session->trainer_id);
    else
        text_add(&out, "&format=cercle");
    if (session->second_id)
        text_printf(&out, "&formateur=%" PRId64, session->second_id);
    text_printf(&out, "&places=%d&niveau=%d", session->seats, session->level);
    if (session->room_id)
        text_printf(&out, "&ou=salle&salle=%" PRId64, session->room_id);
    else
        text_add(&out, "&ou=ailleurs");
    if (!session->room_id && session->commune && *session->commune) {
        text_add(&out, "&commune=");
        url_encode(&out, session->commune);
    }
    url = arena_strdup(page->request->arena, out.bytes);
    text_done(&out);
    return url ? url : "";
}

/* "Ana Perrin, Omar Diallo": who gives it; NULL: nobody yet. */
static err_code name_givers(struct page *page, const struct session *session,
                            const char **names)
{
    struct arena *arena = page->request->arena;
    err_code code = ERR_NONE;

    *names = NULL;
    for (size_t i = 0; code == ERR_NONE && i < session->trainer_count; i++) {
        struct person person;
        code =
            people_get(page->ctx.db, arena, session->trainer_ids[i], &person, &page->err);
        if (code == ERR_NONE)
            *names =
                *names ? arena_printf(arena, "%s, %s", *names, person.name) : person.name;
    }
    return code;
}

/* What became of it once it was accepted: who is waited for, who said yes, where. */
static void set_served(struct page *page, struct tree *entry, int64_t session_id)
{
    const char *id = arena_printf(page->request->arena, "%" PRId64, session_id);
    const char *asked = NULL, *givers = NULL;
    struct session session;
    struct tree *served;
    bool has_place;

    if (page->code == ERR_NONE)
        page->code = sessions_get(page->ctx.db, page->request->arena, session_id,
                                  &session, &page->err);
    if (page->code == ERR_NONE)
        page->code = session_awaited(
            &page->ctx, &session, tr(page_catalogue(page), N_("someone asked by e-mail")),
            &asked, &page->err);
    if (page->code == ERR_NONE)
        page->code = name_givers(page, &session, &givers);
    if (page->code != ERR_NONE)
        return;
    tree_set_url(entry, "session_url", page_url(page, "session", id));
    served = tree_set(entry, "_served", tree_object());
    tree_set_bool(served, "is_confirmed", session.state == SESSION_CONFIRMED);
    tree_set_bool(served, "is_awaited", session_is_awaited(&session));
    tree_set_text(served, "asked", asked);
    tree_set_text(served, "givers", givers);
    has_place =
        session.is_online || session.room_id ||
        (session.place && strcmp(session.place, page->ctx.config->plan_place) != 0);
    tree_set_text(served, "place", has_place ? session.place : NULL);
    tree_set_bool(served, "has_no_place", !has_place);
    tree_set_url(served, "place_url",
                 arena_printf(page->request->arena, "%s#place",
                              page_url(page, "session_change", id)));
}

static void add_deeds(void *of, struct tree *entry, const struct planned_session *session)
{
    const struct planning *planning = of;
    struct page *page = planning->page;
    struct civil day = calendar_civil(session->starts_at, page->ctx.config->zone);
    int64_t group_id = subject_group(session->skill_id);

    tree_set_url(entry, "skill_url",
                 group_id
                     ? page_url(page, "word_group",
                                arena_printf(page->request->arena, "%" PRId64, group_id))
                     : page_url(page, "skill",
                                page_slug(page, session->skill_id, session->skill)));
    tree_set_int(entry, "_refused", session->skill_id);
    if (session->trainer_id) {
        const char *id =
            arena_printf(page->request->arena, "%" PRId64, session->trainer_id);
        tree_set_text(
            entry, "level_name",
            label_level(page_catalogue(page), (enum skill_level)session->trainer_level));
        tree_set_url(entry, "trainer_url", page_url(page, "person", id));
    }
    if (session->second_id)
        tree_set_url(
            entry, "second_url",
            page_url(page, "person",
                     arena_printf(page->request->arena, "%" PRId64, session->second_id)));
    tree_set_url(entry, "propose_url", propose_url(planning, session));
    tree_set_int(entry, "_day", day.year * 10000 + day.month * 100 + day.day);
    tree_set_int(entry, "number", session->position + 1);
    tree_set_bool(entry, "_lacks_room", session->room_id == 0);
    if (form_int(page->request, "accepter", 1, INT32_MAX, 0) == session->position + 1) {
        const char *wrong =
            arena_printf(page->request->arena, "_wrong_lieu-%d", session->position + 1);
        tree_set_text(entry, "_wrong_place",
                      wrong ? tree_text(tree_get(page->root, wrong)) : NULL);
        tree_set_text(entry, "_place", request_form(page->request, "lieu"));
    }
    if (session->session_id)
        set_served(page, entry, session->session_id);
    tree_set_bool(entry, "_has_times_left", session->times_left > 0);
    tree_set_bool(entry, "_has_trainer_left", session->trainer_left > 0);
}

static void name_reasons(struct page *page, const struct pole_plan *plan)
{
    struct tree *words = tree_set(page->root, "reasons", tree_array());

    for (size_t i = UNSERVED_NO_TEACHER; i < sizeof reasons / sizeof reasons[0]; i++) {
        struct tree *entry, *skills = NULL;
        int64_t people = 0;
        for (size_t j = 0; j < plan->need_count; j++) {
            bool is_new = plan->needs[j].reason == (enum unserved_reason)i;
            people += is_new;
            for (size_t k = 0; is_new && k < j; k++)
                is_new = plan->needs[k].reason != (enum unserved_reason)i ||
                         plan->needs[k].skill_id != plan->needs[j].skill_id;
            if (!is_new)
                continue;
            if (!skills) {
                entry = tree_add(words, tree_object());
                tree_set_text(entry, "why", tr(page_catalogue(page), reasons[i]));
                skills = tree_set(entry, "skills", tree_array());
            }
            tree_add_text(skills, plan->needs[j].skill);
        }
        if (skills)
            tree_set_int(entry, "people", people);
    }
}

static void show_figures(struct page *page, const struct pole_plan *plan)
{
    tree_set_bool(page->root, "_has_sessions", plan->session_count > 0);
    tree_set_bool(page->root, "_has_unserved", plan->served < plan->need_count);
    tree_set_int(page->root, "_unserved", (int64_t)(plan->need_count - plan->served));
    tree_set_bool(page->root, "_has_unqualified", plan->unqualified > 0);
    tree_set_bool(page->root, "_is_best", plan->bound <= plan->value * 1.0005 + 1e-9);
    tree_set_int(
        page->root, "_gap_percent",
        plan->value > 0 ? (int64_t)(100 * (plan->bound / plan->value - 1) + 0.999) : 0);
    tree_set_bool(page->root, "_has_refusals", plan->refusals > 0);
    tree_set_bool(page->root, "_has_kept", plan->kept > 0);
}

/* While another plan is being made, the page asks for itself again: it needs no script.
 */
static void show_state(struct page *page, const struct plan_state *state)
{
    tree_set_int(page->root, "weeks", state->weeks);
    tree_set_int(page->root, "_weeks_most", PLAN_WEEKS_MOST);
    tree_set_bool(page->root, "is_making", state->is_making);
    tree_set_bool(page->root, "is_failed", state->is_failed);
    tree_set_bool(page->root, "is_weekly", state->is_weekly);
    tree_set_bool(page->root, "_is_planned", state->made_at != 0);
    if (state->made_at)
        tree_set_int(page->root, "made_at", state->made_at);
    if (state->is_making)
        response_header(page->response, "Refresh", AGAIN_S);
}

static void show_plan(struct page *page, const struct pole *pole)
{
    struct planning planning = {.page = page};
    const struct plan_more more = {.add = add_deeds, .of = &planning};
    struct plan_state state;
    struct pole_plan plan;

    page->code = plan_look(&page->ctx, pole->id, &state, &plan, &page->err);
    if (page->code != ERR_NONE)
        return;
    show_state(page, &state);
    tree_set_bool(page->root, "_is_proposed",
                  request_query(page->request, "proposee") != NULL);
    if (!state.made_at)
        return;
    planning.plan = &plan;
    plan_tree_set(page->root, &plan, &more);
    plan_calendar_set(page->root, &plan, page->ctx.config->zone, page_catalogue(page));
    name_reasons(page, &plan);
    show_figures(page, &plan);
    tree_set_url(page->root, "_sessions_url",
                 page_query_url(page, "sessions", list_name(LIST_POLE), pole->key));
}

void page_desk_plan(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    const struct pole *pole = NULL;

    if (page_open(&page, hall, request, response))
        pole = desk_pole(&page);
    if (pole)
        show_plan(&page, pole);
    page_close(&page, "desk_plan");
}

/* One session of the plan becomes a proposal. */
static void accept(struct page *page, const struct pole *pole, int position)
{
    struct session_mistakes *mistakes =
        arena_alloc(page->request->arena, sizeof *mistakes);
    int64_t made_at = form_int(page->request, "vu", 0, INT64_MAX, 0), id = 0;

    page->code = mistakes ? plan_accept(&page->ctx, pole->id, made_at, position,
                                        request_form(page->request, "lieu"), mistakes,
                                        &id, &page->err)
                          : err_set(&page->err, ERR_MEMORY, "no room for a proposal");
    if (page->code != ERR_NONE && mistakes && mistakes->count) {
        bool is_place = strcmp(mistakes->items[0].field, "place") == 0;
        page->err = mistakes->items[0];
        /* where it stands on this page */
        snprintf(page->err.field, sizeof page->err.field, "%s-%d",
                 is_place ? "lieu" : "seance", position + 1);
    }
    if (page->code == ERR_NONE)
        form_done(page,
                  arena_printf(page->request->arena, "%s?proposee=1#seance-%d",
                               desk_url(page, pole->key, "/planifier"), position + 1));
    else if (form_failed(page))
        show_plan(page, pole);
}

static void ask_anew(struct page *page, const struct pole *pole)
{
    const struct request *request = page->request;
    int weeks = (int)form_int(request, "semaines", 1, PLAN_WEEKS_MOST, PLAN_WEEKS);
    const struct plan_refusal refusal = {
        .skill_id = form_int(request, "savoir", -INT64_MAX, INT64_MAX, 0),
        .person_id = form_int(request, "personne", 1, INT64_MAX, 0),
        .day = form_int(request, "jour", 1, INT64_MAX, 0)};

    if (form_is_odd(page, "semaines", 1, PLAN_WEEKS_MOST, "semaines",
                    N_("Write over how many weeks: 1 to 26."))) {
        show_plan(page, pole);
        tree_set_text(page->root, "weeks", request_form(request, "semaines"));
        return;
    }
    if (form_int(request, "rien", 0, 1, 0))
        page->code = plan_refuse_nothing(&page->ctx, pole->id, &page->err);
    else if (!form_int(request, "calculer", 0, 1, 0))
        page->code = plan_refuse(&page->ctx, pole->id, &refusal, weeks, &page->err);
    if (page->code == ERR_NONE)
        page->code = plan_ask(&page->ctx, pole->id, weeks, &page->err);
    if (page->code == ERR_NONE)
        form_done(page, desk_url(page, pole->key, "/planifier"));
}

void page_desk_plan_do(void *hall, const struct request *request,
                       struct response *response)
{
    struct page page;
    const struct pole *pole = NULL;
    int accepted = 0;

    if (page_open(&page, hall, request, response))
        pole = desk_pole(&page);
    if (pole) {
        accepted = (int)form_int(request, "accepter", 1, INT32_MAX, 0);
        if (accepted)
            accept(&page, pole, accepted - 1);
        else
            ask_anew(&page, pole);
    }
    page_close(&page, "desk_plan");
}
