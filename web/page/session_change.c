/* Changing a session after it was proposed or confirmed. */
#include "exchange/action/session_change.h"
#include "exchange/action/actor.h"
#include "exchange/action/session_was.h"
#include "web/page/routes.h"
#include "web/page/session.h"
#include "web/page/session_form.h"

/* The session of the address, when its visitor may run it and it may be changed. */
static bool read_hers(struct page *page, struct session *session)
{
    if (!session_read(page, page_id(page), session))
        return false;
    page->code = actor_must(VERB_RUN_SESSION,
                            actor_who_session(&page->visitor.actor, session), &page->err);
    if (page->code == ERR_NONE && !session_may_change(session, page->ctx.now))
        page->code = err_set_field(&page->err, ERR_CONFLICT, "session",
                                   N_("This session has begun, is over or cancelled: "
                                      "nothing of it is changed any more."));
    return page->code == ERR_NONE;
}

static void show(struct page *page, const struct session *session,
                 const struct session_form *form)
{
    session_form_show(page, form, session->state == SESSION_PROPOSED ? PROPOSE_DATES : 1,
                      session_route_url(page, "session_change_do", session->id));
    tree_set(page->root, "session", entry_session(page, session));
    tree_set_int(page->root, "taken", (int64_t)session_seats_taken(session));
    tree_set_int(page->root, "participant_count", (int64_t)session->registration_count);
    tree_set_bool(page->root, "_is_decided", session->state != SESSION_PROPOSED);
    tree_set_bool(page->root, "_is_changing", true);
    tree_set_url(page->root, "run_url",
                 session_route_url(page, "session_run", session->id));
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
            show(&page, &session, &was.form);
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
            show(&page, &session, &form);
        }
    }
    form_failed(&page);
    page_close(&page, "session_change");
}
