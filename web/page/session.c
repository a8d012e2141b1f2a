/* A session: its page, and having a place in it. */
#include "web/page/session.h"

#include "exchange/action/session_view.h"
#include "exchange/action/card_see.h"
#include "exchange/action/session_hand.h"
#include "store/people.h"
#include "store/sessions.h"
#include "web/page/confirm.h"
#include "web/page/head.h"
#include "web/page/jsonld.h"
#include "web/page/labels.h"
#include "web/page/routes.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { DATES_TEXT_MOST = 300 };

bool session_read(struct page *page, int64_t id, struct session *session)
{
    page->code =
        sessions_get(page->ctx.db, page->request->arena, id, session, &page->err);
    return page->code == ERR_NONE;
}

const char *session_url(struct page *page, const struct session *session)
{
    return page_url(page, "session", page_slug(page, session->id, session->title));
}

const char *session_route_url(struct page *page, const char *route, int64_t id)
{
    return page_url(page, route, arena_printf(page->request->arena, "%" PRId64, id));
}

const char *session_with(struct page *page, const char *url, const char *name)
{
    return arena_printf(page->request->arena, "%s?%s=1", url, name);
}

size_t session_ticked(const struct request *request, int64_t dates[SESSION_DATES_MOST])
{
    size_t count = 0;
    const char *value;

    for (size_t n = 0; count < SESSION_DATES_MOST &&
                       (value = request_form_nth(request, "dates", n)) != NULL;
         n++)
        dates[count++] = strtoll(value, NULL, 10);
    return count;
}

void session_fill_dates(struct page *page, const struct session *session,
                        int64_t person_id)
{
    struct tree *list = tree_set(page->root, "_dates", tree_array());
    struct session_date_votes votes[SESSION_DATES_MOST];
    int64_t ticked[SESSION_DATES_MOST];
    bool is_posted = page->request->method == METHOD_POST;
    size_t ticked_count = session_ticked(page->request, ticked), count = 0;

    page->code = session_votes(&page->ctx, session, person_id, votes, SESSION_DATES_MOST,
                               &count, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++) {
        struct tree *date = tree_add(list, tree_object());
        bool is_chosen = !person_id || votes[i].is_hers;
        tree_set_text(date, "value",
                      arena_printf(page->request->arena, "%" PRId64, votes[i].starts_at));
        tree_set_int(date, "starts_at", votes[i].starts_at);
        tree_set_int(date, "ends_at", votes[i].ends_at);
        tree_set_int(date, "count", (int64_t)votes[i].count);
        if (is_posted) {
            is_chosen = false;
            for (size_t j = 0; j < ticked_count; j++)
                is_chosen = is_chosen || ticked[j] == votes[i].starts_at;
        }
        tree_set_bool(date, "is_chosen", is_chosen);
    }
    tree_set_bool(page->root, "_has_choice", count > 1);
}

/* Whether who runs the session noted something of it for her. */
static bool is_noted(struct page *page, int64_t session_id, int64_t person_id)
{
    int64_t *ids = NULL;
    size_t count = 0;
    bool is_among = false;

    page->code = session_hand_noted(&page->ctx, session_id, &ids, &count, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++)
        is_among = is_among || ids[i] == person_id;
    return is_among;
}

void session_fill_place(struct page *page, const struct session *session,
                        int64_t person_id, const char *action_url)
{
    const struct registration *hers =
        seats_of(session->registrations, session->registration_count, person_id);
    struct tree *place;

    if (!person_id || !hers || hers->state == REGISTRATION_LEFT) {
        tree_set_text(page->root, "my_place", NULL);
        return;
    }
    place = tree_set(page->root, "my_place", tree_object());
    tree_set_text(place, "state", registration_state_word(hers->state));
    tree_set_bool(place, "_is_seated", hers->state == REGISTRATION_SEATED);
    tree_set_bool(place, "_is_attended", hers->state == REGISTRATION_ATTENDED);
    tree_set_bool(place, "_is_absent", hers->state == REGISTRATION_ABSENT);
    tree_set_bool(place, "_is_waiting",
                  hers->state == REGISTRATION_WAITING && !hers->hold_until);
    tree_set_bool(place, "_is_held", hers->hold_until != 0);
    if (hers->hold_until)
        tree_set_int(place, "hold_until", hers->hold_until);
    tree_set_int(place, "rank",
                 (int64_t)seats_rank(session->registrations, session->registration_count,
                                     person_id));
    tree_set_int(place, "hold_hours", page->ctx.config->waitlist_hold_h);
    if (session->priority_until > page->ctx.now && !hers->need_id)
        tree_set_int(place, "priority_until", session->priority_until);
    tree_set_bool(place, "_is_open", session_is_open(session, page->ctx.now));
    tree_set_url(place, "_action_url", action_url);
    if (hers->state == REGISTRATION_SEATED) {
        tree_set_url(place, "online_url", session->online_url);
        tree_set_text(place, "access", session->access);
    }
    tree_set_bool(place, "is_noted", is_noted(page, session->id, person_id));
    if (page->code == ERR_NONE)
        session_fill_dates(page, session, person_id);
}

/* People who give it: their card when it is shown, else their name, unless they never
 * came here themselves. */
static void add_trainers(struct page *page, const struct session *session,
                         struct tree *entry)
{
    struct tree *trainers = tree_set(entry, "trainers", tree_array());
    struct tree *names = tree_set(entry, "others_who_show", tree_array());
    struct person *people =
        arena_array(page->request->arena, session->trainer_count + 1, sizeof *people);
    size_t used = 0;

    if (!people)
        page->code = err_set(&page->err, ERR_MEMORY, "no room for those who show");
    for (size_t i = 0; page->code == ERR_NONE && i < session->trainer_count; i++) {
        page->code = people_get(page->ctx.db, page->request->arena,
                                session->trainer_ids[i], &people[used], &page->err);
        if (page->code == ERR_NONE && card_is_shown(&page->ctx, &people[used]))
            tree_add(trainers, entry_person(page, &people[used++]));
        else if (page->code == ERR_NONE && card_is_named(&people[used]))
            tree_add_text(names, people[used].name);
    }
    if (page->code == ERR_NONE)
        jsonld_session(page, session, people, used);
    tree_set_bool(entry, "_has_trainers", session->trainer_count > 0);
    tree_set_bool(entry, "_has_cards", tree_size(trainers) > 0);
    tree_set_bool(entry, "is_circle", session->format == FORMAT_CIRCLE);
}

/* What its visitor may do: register unless she gives it, see her place, run it. */
static void add_actions(struct page *page, const struct session *session)
{
    const struct actor *actor = &page->visitor.actor;
    const struct request *request = page->request;
    const char *name = request_form(request, "nom"),
               *email = request_form(request, "email");
    bool may_register;

    session_fill_place(page, session, actor->person_id,
                       session_route_url(page, "session_mine", session->id));
    may_register = session_is_open(session, page->ctx.now) &&
                   !tree_is_object(tree_get(page->root, "my_place")) &&
                   !(actor->person_id && session_has_trainer(session, actor->person_id));
    tree_set_bool(page->root, "_may_register", may_register);
    if (may_register)
        session_fill_dates(page, session, 0);
    tree_set_bool(page->root, "_asks_name", !actor->person_id);
    tree_set_bool(page->root, "_asks_email", !actor->account_id);
    tree_set_text(page->root, "_name", name ? name : "");
    tree_set_text(page->root, "_email", email ? email : "");
    tree_set_url(page->root, "_register_url",
                 session_route_url(page, "session_register", session->id));
    if (actor->account_id &&
        policy_may(VERB_RUN_SESSION, actor_who_session(actor, session)))
        tree_set_url(page->root, "_run_url",
                     session_route_url(page, "session_run", session->id));
    tree_set_bool(page->root, "_may_note", session_is_open(session, page->ctx.now));
    tree_set_bool(page->root, "_is_new", request_query(request, "proposee") != NULL);
    tree_set_bool(page->root, "_is_left", request_query(request, "quittee") != NULL);
}

/* Nobody gives it yet; by name, for who may run it, who was asked. */
static void set_awaited(struct page *page, const struct session *session,
                        struct tree *entry)
{
    const char *names = NULL;

    if (page->code == ERR_NONE && page->ctx.actor->account_id &&
        policy_may(VERB_RUN_SESSION, actor_who_session(page->ctx.actor, session)))
        page->code = session_awaited(
            &page->ctx, session, tr(page_catalogue(page), N_("someone asked by e-mail")),
            &names, &page->err);
    tree_set_bool(entry, "_is_awaited", session_is_awaited(session));
    tree_set_text(entry, "_asked", names);
}

void session_fill(struct page *page, const struct session *session)
{
    struct tree *entry = tree_set(page->root, "session", entry_session(page, session));

    add_trainers(page, session, entry);
    page_canonical(page, tree_text(tree_get(entry, "url")));
    tree_set_url(
        entry, "calendar_url",
        page_url(page, "session_calendar", page_slug(page, session->id, session->title)));
    entry_skill_link(page, entry, session->skill_id);
    tree_set_text(entry, "level_name", label_level(page_catalogue(page), session->level));
    label_formats(page_catalogue(page), session->format,
                  tree_set(entry, "formats", tree_array()));
    tree_set_bool(entry, "_has_formats", session->format != 0 || session->is_online);
    tree_set_bool(entry, "is_online", session->is_online);
    if (session->decide_at && session->state == SESSION_PROPOSED)
        tree_set_int(entry, "decide_at", session->decide_at);
    tree_set_text(entry, "access", session->access);
    set_awaited(page, session, entry);
    tree_set_bool(entry, "_is_cancelled", session->state == SESSION_CANCELLED);
    tree_set_bool(entry, "_is_held", session->state == SESSION_HELD);
    tree_set_bool(entry, "_is_confirmed", session->state == SESSION_CONFIRMED);
    if (session->priority_until > page->ctx.now && session->state == SESSION_PROPOSED)
        tree_set_int(entry, "priority_until", session->priority_until);
    if (page->code == ERR_NONE)
        add_actions(page, session);
}

void page_session(void *hall, const struct request *request, struct response *response)
{
    struct session session;
    struct page page;

    if (page_open(&page, hall, request, response) &&
        session_read(&page, page_id(&page), &session))
        session_fill(&page, &session);
    page_close(&page, "session");
}

/* "1798000000 1798100000": what a link keeps. */
static const char *dates_text(struct page *page, const int64_t *dates, size_t count)
{
    const char *all = "";

    for (size_t i = 0; all && i < count; i++)
        all = arena_printf(page->request->arena, "%s%s%" PRId64, all, i ? " " : "",
                           dates[i]);
    return all;
}

static size_t read_dates(const char *text, int64_t dates[SESSION_DATES_MOST])
{
    size_t count = 0;
    char *end;

    while (text && *text && count < SESSION_DATES_MOST) {
        dates[count] = strtoll(text, &end, 10);
        if (end == text)
            break;
        count++;
        text = end;
    }
    return count;
}

/* Someone who has not come in: a link by mail does it. What can be told wrong now is told
 * now. */
static void ask_by_mail(struct page *page, const struct session *session,
                        const int64_t *dates, size_t count)
{
    const char *name = request_form(page->request, "nom");
    const struct confirm_value values[] = {{"name", name},
                                           {"dates", dates_text(page, dates, count)}};

    if (!name || !*name)
        page->code =
            err_set_field(&page->err, ERR_INVALID, "name",
                          N_("Write your first and last name: 200 characters at most."));
    else if (count == 0 && !session_fixed(session))
        page->code = err_set_field(&page->err, ERR_INVALID, "dates",
                                   N_("Tick at least one date that suits you."));
    else
        confirm_ask(page, "register", session->id, request_form(page->request, "email"),
                    session->title, values, sizeof values / sizeof values[0]);
}

void page_session_register(void *hall, const struct request *request,
                           struct response *response)
{
    int64_t dates[SESSION_DATES_MOST];
    struct session_place place = {.rank = 0};
    struct session session;
    struct page page;

    if (page_open(&page, hall, request, response) &&
        session_read(&page, page_id(&page), &session)) {
        struct session_wish wish = {.session_id = session.id,
                                    .email = page.visitor.actor.email,
                                    .name = request_form(request, "nom"),
                                    .dates = dates,
                                    .date_count = session_ticked(request, dates)};
        if (!page.visitor.actor.account_id) {
            ask_by_mail(&page, &session, dates, wish.date_count);
        } else {
            page.code = session_register(&page.ctx, &wish, &place, &page.err);
            if (page.code == ERR_NONE)
                form_done(&page, session_url(&page, &session));
        }
        if (form_failed(&page))
            session_fill(&page, &session);
    }
    page_close(&page, "session");
}

void confirm_register(struct page *page, const struct link *link,
                      const struct tree *values)
{
    int64_t dates[SESSION_DATES_MOST];
    struct session_place place = {.rank = 0};
    const struct session_wish wish = {
        .session_id = link->subject_id,
        .email = link->email,
        .name = tree_text(tree_get(values, "name")),
        .dates = dates,
        .date_count = read_dates(tree_text(tree_get(values, "dates")), dates)};

    page->code = session_register(&page->ctx, &wish, &place, &page->err);
    if (page->code == ERR_NONE)
        form_done(page, page_url(page, "place", place.token));
}

/* What the buttons beside her place do. */
static void act(struct page *page, int64_t session_id, int64_t person_id,
                const char *email)
{
    const char *what = request_form(page->request, "geste");
    int64_t dates[SESSION_DATES_MOST];

    if (what && strcmp(what, "inscrire") == 0 && email) {
        struct session_place place = {.rank = 0};
        const struct session_wish wish = {.session_id = session_id,
                                          .email = email,
                                          .dates = dates,
                                          .date_count =
                                              session_ticked(page->request, dates)};
        page->code = session_register(&page->ctx, &wish, &place, &page->err);
    } else if (what && strcmp(what, "quitter") == 0)
        page->code = session_leave(&page->ctx, session_id, person_id, &page->err);
    else if (what && strcmp(what, "prendre") == 0)
        page->code = session_take_seat(&page->ctx, session_id, person_id, &page->err);
    else if (what && strcmp(what, "dates") == 0)
        page->code =
            session_choose_dates(&page->ctx, session_id, person_id, dates,
                                 session_ticked(page->request, dates), &page->err);
    else
        page->code =
            err_set(&page->err, ERR_INVALID, "geste is quitter, prendre or dates");
}

void page_session_mine(void *hall, const struct request *request,
                       struct response *response)
{
    struct session session;
    struct page page;

    if (page_open(&page, hall, request, response) &&
        session_read(&page, page_id(&page), &session)) {
        act(&page, session.id, page.visitor.actor.person_id, NULL);
        if (page.code == ERR_NONE)
            form_done(&page, session_url(&page, &session));
        else if (form_failed(&page))
            session_fill(&page, &session);
    }
    page_close(&page, "session");
}

/* The session and the person of a link to a place. */
static bool read_place(struct page *page, struct link *link, struct session *session)
{
    page->code = session_link_read(&page->ctx, page->request->parts[0], LINK_SESSION,
                                   link, &page->err);
    return page->code == ERR_NONE && session_read(page, link->subject_id, session);
}

static void fill_linked(struct page *page, const struct session *session,
                        const struct link *link)
{
    session_fill(page, session);
    session_fill_place(page, session, link->person_id,
                       page_url(page, "place_do", page->request->parts[0]));
    /* who was told of the session registers by her link, without a word more */
    tree_set_bool(page->root, "_may_register",
                  session_is_open(session, page->ctx.now) &&
                      !tree_is_object(tree_get(page->root, "my_place")));
    if (tree_is_true(tree_get(page->root, "_may_register")))
        session_fill_dates(page, session, 0);
    tree_set_bool(page->root, "_asks_name", false);
    tree_set_bool(page->root, "_asks_email", false);
    tree_set_bool(page->root, "_by_link", true);
    tree_set_url(page->root, "_register_url",
                 page_url(page, "place_do", page->request->parts[0]));
}

void page_place(void *hall, const struct request *request, struct response *response)
{
    struct session session;
    struct link link;
    struct page page;

    if (page_open(&page, hall, request, response)) {
        if (read_place(&page, &link, &session))
            fill_linked(&page, &session, &link);
        form_failed(&page);
    }
    page_close(&page, "place");
}

void page_place_do(void *hall, const struct request *request, struct response *response)
{
    struct session session;
    struct link link;
    struct page page;

    if (page_open(&page, hall, request, response)) {
        if (read_place(&page, &link, &session)) {
            act(&page, session.id, link.person_id, link.email);
            if (page.code == ERR_NONE)
                form_done(&page, page_url(&page, "place", request->parts[0]));
            else if (form_failed(&page))
                fill_linked(&page, &session, &link);
        }
        form_failed(&page);
    }
    page_close(&page, "place");
}
