/* Changing a session after it was proposed or confirmed. */
#include "exchange/action/session_change.h"
#include "exchange/action/actor.h"
#include "exchange/action/session_merge.h"
#include "exchange/action/session_was.h"
#include "store/people.h"
#include "web/page/routes.h"
#include "web/page/session.h"
#include "web/page/session_form.h"

#include <inttypes.h>

/* The session of the address, when its visitor may run it and it may be changed. */
static bool read_hers(struct page *page, struct session *session)
{
    if (!session_read(page, page_id(page), session))
        return false;
    page->code = actor_must(VERB_RUN_SESSION,
                            actor_who_session(&page->visitor.actor, session), &page->err);
    if (page->code == ERR_NONE && !session_is_open(session, page->ctx.now))
        page->code = err_set_field(&page->err, ERR_CONFLICT, "session",
                                   N_("This session has begun, is over or cancelled: "
                                      "nothing of it is changed any more."));
    return page->code == ERR_NONE;
}

/* Those who give it and may be taken out: all but who made it. */
static void set_others(struct page *page, const struct session *session,
                       const struct session_form *form)
{
    struct tree *list = tree_set(page->root, "_others", tree_array());

    for (size_t i = 0; page->code == ERR_NONE && i < session->trainer_count; i++) {
        struct person person;
        struct tree *entry;
        if (session->trainer_ids[i] == session->created_by)
            continue;
        page->code = people_get(page->ctx.db, page->request->arena,
                                session->trainer_ids[i], &person, &page->err);
        if (page->code != ERR_NONE)
            return;
        entry = tree_add(list, tree_object());
        tree_set_text(
            entry, "value",
            arena_printf(page->request->arena, "%" PRId64, session->trainer_ids[i]));
        tree_set_text(entry, "name", person.name);
        for (size_t j = 0; j < form->without_count; j++)
            if (form->without[j] == session->trainer_ids[i])
                tree_set_bool(entry, "is_out", true);
    }
    tree_set_bool(page->root, "_has_others", tree_size(list) > 0);
}

static void show(struct page *page, const struct session *session,
                 const struct session_form *form, const struct session_form *stands)
{
    bool has_people = false;

    session_form_show(page, form, session->state == SESSION_PROPOSED ? PROPOSE_DATES : 1,
                      session_route_url(page, "session_change_do", session->id));
    tree_set(page->root, "session", entry_session(page, session));
    tree_set_int(page->root, "taken", (int64_t)session_seats_taken(session));
    tree_set_int(page->root, "participant_count", (int64_t)session->registration_count);
    tree_set_bool(page->root, "_is_decided", session->state != SESSION_PROPOSED);
    tree_set_bool(page->root, "_is_changing", true);
    for (size_t i = 0; i < session->registration_count; i++)
        has_people = has_people || session->registrations[i].state != REGISTRATION_LEFT;
    tree_set_bool(page->root, "_is_skill_kept", has_people);
    set_others(page, session, form);
    tree_set_text(page->root, "_stamp", session_stamp(page->request->arena, stands));
    tree_set_url(page->root, "run_url",
                 session_route_url(page, "session_run", session->id));
}

/* A part as it stands now, in a line. */
static const char *stands_text(struct page *page, unsigned part,
                               const struct session_form *stands)
{
    struct arena *arena = page->request->arena;
    const char *text = "";

    switch (part) {
    case PART_DATES:
        for (int i = 0; i < PROPOSE_DATES && stands->dates[i].day; i++)
            text = arena_printf(arena, "%s%s%s/%s/%s %s–%s", text, i ? ", " : "",
                                stands->dates[i].day, stands->dates[i].month,
                                stands->dates[i].year, stands->dates[i].from,
                                stands->dates[i].to);
        return text;
    case PART_PLACE:
        return tree_text(tree_get(tree_get(page->root, "session"), "place"));
    case PART_DECISION:
        return stands->decide.day
                   ? arena_printf(arena, "%s/%s/%s", stands->decide.day,
                                  stands->decide.month, stands->decide.year)
                   : NULL;
    case PART_SKILL:
        return stands->skill;
    case PART_TITLE:
        return stands->title;
    case PART_ABOUT:
        return stands->about;
    case PART_SEATS:
        return stands->seats;
    case PART_THRESHOLD:
        return stands->threshold;
    default:
        return NULL;
    }
}

/* What somebody else changed while she did: each part, as it stands, and whether her own
 * words are kept in its place. */
static void show_meanwhile(struct page *page, unsigned theirs, unsigned both,
                           const struct session_form *stands)
{
    static const char *const names[] = {N_("Title"),
                                        N_("What happens, what to bring (optional)"),
                                        N_("When?"),
                                        N_("Where?"),
                                        N_("Seats"),
                                        N_("Takes place from"),
                                        N_("Day of the decision (optional)"),
                                        N_("Level"),
                                        N_("How?"),
                                        N_("Pole"),
                                        N_("Skill")};
    struct tree *list = tree_set(page->root, "_meanwhile", tree_array());

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct tree *entry;
        if (!(theirs & (1U << i)))
            continue;
        entry = tree_add(list, tree_object());
        tree_set_text(entry, "name", tr(page_catalogue(page), names[i]));
        tree_set_text(entry, "stands", stands_text(page, 1U << i, stands));
        tree_set_bool(entry, "is_hers", both & (1U << i));
    }
    tree_set_bool(page->root, "_is_meanwhile", tree_size(list) > 0);
}

/* The form again, with what she typed; what she left as it was is as it stands now. */
static void show_again(struct page *page, int64_t id, struct session_form *form)
{
    struct arena *arena = page->request->arena;
    struct session_was was;
    struct session session;
    unsigned theirs, both;

    if (!session_read(page, id, &session))
        return;
    page->code = session_was_fill(&page->ctx, &session, &was, &page->err);
    if (page->code != ERR_NONE)
        return;
    theirs = session_meanwhile(arena, form, &was.form);
    both = theirs ? session_merge(arena, form, &was.form) : 0;
    show(page, &session, form, &was.form);
    show_meanwhile(page, theirs, both, &was.form);
}

void page_session_change(void *hall, const struct request *request,
                         struct response *response)
{
    struct session_was was;
    struct session session;
    struct page page;

    if (page_open(&page, hall, request, response) && read_hers(&page, &session)) {
        page.code = session_was_fill(&page.ctx, &session, &was, &page.err);
        if (page.code == ERR_NONE)
            show(&page, &session, &was.form, &was.form);
    }
    form_failed(&page);
    page_close(&page, "session_change");
}

void page_session_change_do(void *hall, const struct request *request,
                            struct response *response)
{
    struct session_mistakes *mistakes = arena_alloc(request->arena, sizeof *mistakes);
    struct session_form form;
    struct session session;
    struct page page;
    bool changed = false;

    if (page_open(&page, hall, request, response) && read_hers(&page, &session)) {
        session_form_typed(request, &form);
        page.code = mistakes ? session_change(&page.ctx, session.id, &form, mistakes,
                                              &changed, &page.err)
                             : err_set(&page.err, ERR_MEMORY, "no room for a form");
        if (page.code == ERR_NONE) {
            form_done(&page,
                      session_with(&page,
                                   session_route_url(&page, "session_run", session.id),
                                   changed ? "fait" : "inchangee"));
        } else if (mistakes && mistakes->count) {
            session_form_wrong(&page, mistakes);
            show_again(&page, session.id, &form);
        }
    }
    form_failed(&page);
    page_close(&page, "session_change");
}
