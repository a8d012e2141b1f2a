/* Running a session: who comes, the decision, words to all, the attendance sheet. */
#include "exchange/action/session_change.h"
#include "exchange/action/session_decide.h"
#include "exchange/action/session_feedback.h"
#include "exchange/action/session_hand.h"
#include "store/people.h"
#include "web/page/routes.h"
#include "web/page/session.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { PEOPLE_MOST = 1000 };

/* The session of the address, when its visitor may run it. */
static bool read_hers(struct page *page, struct session *session)
{
    if (!session_read(page, page_id(page), session))
        return false;
    page->code = actor_must(VERB_RUN_SESSION,
                            actor_who_session(&page->visitor.actor, session), &page->err);
    return page->code == ERR_NONE;
}

static bool is_noted(const int64_t *ids, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id)
            return true;
    return false;
}

/* Which of the dates offered suit her, to tick for her. */
static void set_dates(struct page *page, const struct session *session, int64_t person_id,
                      struct tree *entry)
{
    struct session_date_votes votes[SESSION_DATES_MOST];
    struct tree *list = tree_set(entry, "_hers", tree_array());
    size_t count = 0, ticked = 0;

    page->code = session_votes(&page->ctx, session, person_id, votes, SESSION_DATES_MOST,
                               &count, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++)
        ticked += votes[i].is_hers;
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++) {
        struct tree *date = tree_add(list, tree_object());
        tree_set_text(date, "value",
                      arena_printf(page->request->arena, "%" PRId64, votes[i].starts_at));
        tree_set_int(date, "starts_at", votes[i].starts_at);
        tree_set_int(date, "ends_at", votes[i].ends_at);
        tree_set_bool(date, "is_hers", votes[i].is_hers || !ticked);
    }
    tree_set_bool(entry, "_chooses", count > 1);
}

/* `participants`: with a seat, then `waiting`, each by name; never an address. */
static void set_people(struct page *page, const struct session *session)
{
    struct tree *seated = tree_set(page->root, "participants", tree_array());
    struct tree *waiting = tree_set(page->root, "waiting", tree_array());
    bool is_open = session_is_open(session, page->ctx.now);
    int64_t *noted = NULL;
    size_t noted_count = 0;

    page->code =
        session_hand_noted(&page->ctx, session->id, &noted, &noted_count, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < session->registration_count; i++) {
        const struct registration *one = &session->registrations[i];
        bool waits = one->state == REGISTRATION_WAITING;
        struct person person;
        struct tree *entry;
        if (one->state == REGISTRATION_LEFT)
            continue;
        page->code = people_get(page->ctx.db, page->request->arena, one->person_id,
                                &person, &page->err);
        if (page->code != ERR_NONE)
            return;
        entry = tree_add(waits ? waiting : seated, tree_object());
        tree_set_text(entry, "name", person.name);
        tree_set_text(entry, "_value",
                      arena_printf(page->request->arena, "%" PRId64, person.id));
        tree_set_text(entry, "state", registration_state_word(one->state));
        tree_set_bool(entry, "_is_absent", one->state == REGISTRATION_ABSENT);
        tree_set_bool(entry, "_was_there", one->state == REGISTRATION_ATTENDED);
        tree_set_bool(entry, "_asked", one->need_id != 0);
        tree_set_bool(entry, "is_noted", is_noted(noted, noted_count, person.id));
        tree_set_bool(entry, "_may_leave", is_open);
        if (one->hold_until)
            tree_set_int(entry, "hold_until", one->hold_until);
        if (is_open)
            set_dates(page, session, person.id, entry);
    }
    tree_set_int(page->root, "participant_count", (int64_t)tree_size(seated));
    tree_set_int(page->root, "waiting_count", (int64_t)tree_size(waiting));
    tree_set_bool(page->root, "_has_people", tree_size(seated) > 0);
    tree_set_bool(page->root, "_has_waiting", tree_size(waiting) > 0);
}

static void set_opinions(struct page *page, const struct session *session)
{
    static const char *const words[] = {"", N_("not useful"), N_("a little useful"),
                                        N_("useful"), N_("very useful")};
    struct tree *list = tree_set(page->root, "opinions", tree_array());
    struct session_opinion *opinions = NULL;
    size_t count = 0;

    page->code = session_opinions(&page->ctx, session->id, &opinions, &count, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++) {
        struct tree *entry = tree_add(list, tree_object());
        int useful =
            opinions[i].useful >= 0 && opinions[i].useful <= 4 ? opinions[i].useful : 0;
        tree_set_text(entry, "useful", tr(page_catalogue(page), words[useful]));
        tree_set_text(entry, "words", opinions[i].words);
        tree_set_bool(entry, "could_show", opinions[i].could_show);
    }
    tree_set_bool(page->root, "_has_opinions", count > 0);
}

static void fill(struct page *page, const struct session *session)
{
    static const char *const fields[][2] = {{"mots", "_words"},
                                            {"de", "_from"},
                                            {"nom", "_hand_name"},
                                            {"courriel", "_hand_email"}};
    bool is_coming = session_first_at(session) > page->ctx.now;

    session_fill(page, session);
    if (page->code == ERR_NONE)
        session_fill_dates(page, session, 0);
    if (page->code == ERR_NONE)
        set_people(page, session);
    if (page->code == ERR_NONE)
        set_opinions(page, session);
    tree_set_bool(page->root, "_may_confirm",
                  session->state == SESSION_PROPOSED && is_coming);
    tree_set_bool(page->root, "_may_cancel", session->state < SESSION_HELD);
    tree_set_bool(page->root, "_may_tick",
                  session->state != SESSION_PROPOSED &&
                      session->state != SESSION_CANCELLED);
    tree_set_bool(page->root, "_ticks_now",
                  session->state == SESSION_CONFIRMED && !is_coming);
    tree_set_bool(page->root, "_is_prolonged", session->is_prolonged);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        const char *typed = request_form(page->request, fields[i][0]);
        tree_set_text(page->root, fields[i][1], typed ? typed : "");
    }
    tree_set_url(page->root, "_action_url",
                 session_route_url(page, "session_run_do", session->id));
    tree_set_url(page->root, "sheet_url",
                 session_route_url(page, "session_sheet", session->id));
    if (session_is_open(session, page->ctx.now))
        tree_set_url(page->root, "change_url",
                     session_route_url(page, "session_change", session->id));
    tree_set_bool(page->root, "_is_done", request_query(page->request, "fait") != NULL);
    tree_set_bool(page->root, "_is_unchanged",
                  request_query(page->request, "inchangee") != NULL);
}

void page_session_run(void *hall, const struct request *request,
                      struct response *response)
{
    struct session session;
    struct page page;

    if (page_open(&page, hall, request, response) && read_hers(&page, &session))
        fill(&page, &session);
    page_close(&page, "session_run");
}

/* What is noted for someone; false when `what` is none of it. */
static bool act_by_hand(struct page *page, int64_t session_id, const char *what)
{
    const struct request *request = page->request;
    int64_t dates[SESSION_DATES_MOST];
    const struct hand_note note = {.session_id = session_id,
                                   .person_id =
                                       form_int(request, "personne", 1, INT64_MAX, 0),
                                   .name = request_form(request, "nom"),
                                   .email = request_form(request, "courriel"),
                                   .dates = dates,
                                   .date_count = session_ticked(request, dates)};

    if (strcmp(what, "inscrire") == 0)
        page->code = session_hand_register(&page->ctx, &note, &page->err);
    else if (strcmp(what, "dates") == 0)
        page->code = session_hand_dates(&page->ctx, &note, &page->err);
    else if (strcmp(what, "retirer") == 0)
        page->code = session_hand_leave(&page->ctx, &note, &page->err);
    else
        return false;
    return true;
}

static void act(struct page *page, const struct session *session)
{
    const struct request *request = page->request;
    const char *what = request_form(request, "geste");
    const char *words = request_form(request, "mots");
    size_t told = 0;

    what = what ? what : "";
    if (strcmp(what, "confirmer") == 0)
        page->code =
            session_confirm(&page->ctx, session->id,
                            form_int(request, "date", 0, INT64_MAX, 0), &page->err);
    else if (strcmp(what, "annuler") == 0)
        page->code = session_cancel(&page->ctx, session->id, words, &page->err);
    else if (strcmp(what, "ecrire") == 0)
        page->code = session_write_all(&page->ctx, session->id, words,
                                       request_form(request, "de"), &told, &page->err);
    else if (!act_by_hand(page, session->id, what))
        page->code =
            err_set(&page->err, ERR_INVALID,
                    "geste is confirmer, annuler, ecrire, inscrire, dates or retirer");
}

void page_session_run_do(void *hall, const struct request *request,
                         struct response *response)
{
    struct session session;
    struct page page;

    if (page_open(&page, hall, request, response) && read_hers(&page, &session)) {
        act(&page, &session);
        if (page.code == ERR_NONE)
            form_done(&page,
                      session_with(&page,
                                   session_route_url(&page, "session_run", session.id),
                                   "fait"));
        else if (form_failed(&page))
            fill(&page, &session);
    }
    page_close(&page, "session_run");
}

static void fill_sheet(struct page *page, const struct session *session)
{
    session_fill(page, session);
    if (page->code == ERR_NONE)
        set_people(page, session);
    tree_set_bool(page->root, "_may_tick",
                  session->state != SESSION_PROPOSED &&
                      session->state != SESSION_CANCELLED &&
                      session_first_at(session) <= page->ctx.now);
    tree_set_bool(page->root, "_is_ticked", session->state == SESSION_HELD);
    tree_set_bool(page->root, "_is_done", request_query(page->request, "fait") != NULL);
    tree_set_url(page->root, "_action_url",
                 session_route_url(page, "session_tick", session->id));
    tree_set_url(page->root, "run_url",
                 session_route_url(page, "session_run", session->id));
}

void page_session_sheet(void *hall, const struct request *request,
                        struct response *response)
{
    struct session session;
    struct page page;

    if (page_open(&page, hall, request, response) && read_hers(&page, &session))
        fill_sheet(&page, &session);
    page_close(&page, "session_sheet");
}

void page_session_tick(void *hall, const struct request *request,
                       struct response *response)
{
    int64_t *ids = arena_array(request->arena, PEOPLE_MOST, sizeof *ids);
    struct session session;
    const char *value;
    struct page page;
    size_t count = 0;

    while (ids && count < PEOPLE_MOST &&
           (value = request_form_nth(request, "present", count)) != NULL)
        ids[count++] = strtoll(value, NULL, 10);
    if (page_open(&page, hall, request, response) && read_hers(&page, &session)) {
        page.code = ids ? session_tick(&page.ctx, session.id, ids, count, &page.err)
                        : err_set(&page.err, ERR_MEMORY, "no room for those who came");
        if (page.code == ERR_NONE)
            form_done(&page,
                      session_with(&page,
                                   session_route_url(&page, "session_sheet", session.id),
                                   "fait"));
        else if (form_failed(&page))
            fill_sheet(&page, &session);
    }
    page_close(&page, "session_sheet");
}
