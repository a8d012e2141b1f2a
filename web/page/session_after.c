/* After a session: the two questions, by the link of a mail; her sessions on her own
 * page. */
#include "exchange/action/session_feedback.h"
#include "web/page/me_sessions.h"
#include "web/page/routes.h"
#include "web/page/session.h"

#include <string.h>

static bool read_link(struct page *page, struct link *link, struct session *session)
{
    bool has_said = false, could = false;

    page->code = session_link_read(&page->ctx, page->request->parts[0], LINK_FEEDBACK,
                                   link, &page->err);
    if (page->code != ERR_NONE || !session_read(page, link->subject_id, session))
        return false;
    page->code = session_could_show(&page->ctx, session->id, link->person_id, &has_said,
                                    &could, &page->err);
    if (page->code != ERR_NONE)
        return false;
    tree_set(page->root, "session", entry_session(page, session));
    entry_skill_link(page, page->root, session->skill_id);
    tree_set_bool(page->root, "_is_asked", true);
    tree_set_bool(page->root, "_has_said", has_said);
    tree_set_bool(page->root, "_proposes_skill",
                  could && session->skill_id != 0 &&
                      request_query(page->request, "ajoutee") == NULL);
    tree_set_bool(page->root, "_is_added",
                  request_query(page->request, "ajoutee") != NULL);
    tree_set_url(page->root, "_action_url",
                 page_url(page, "feedback_do", page->request->parts[0]));
    return true;
}

static void set_choices(struct page *page)
{
    static const char *const labels[] = {N_("No"), N_("A little"), N_("Yes"),
                                         N_("Very much")};
    struct tree *list = tree_set(page->root, "_useful", tree_array());
    int64_t chosen = form_int(page->request, "utile", 1, 4, 0);
    const char *words = request_form(page->request, "mots");

    for (int i = 0; i < 4; i++) {
        struct tree *choice = tree_add(list, tree_object());
        tree_set_text(choice, "value", arena_printf(page->request->arena, "%d", i + 1));
        tree_set_text(choice, "label", tr(page_catalogue(page), labels[i]));
        tree_set_bool(choice, "is_chosen", chosen == i + 1);
    }
    tree_set_text(page->root, "_words", words ? words : "");
}

void page_feedback(void *hall, const struct request *request, struct response *response)
{
    struct session session;
    struct link link;
    struct page page;

    if (page_open(&page, hall, request, response)) {
        read_link(&page, &link, &session);
        form_failed(&page);
        set_choices(&page);
    }
    page_close(&page, "feedback");
}

void page_feedback_do(void *hall, const struct request *request,
                      struct response *response)
{
    const char *what = request_form(request, "geste"),
               *could = request_form(request, "montrer");
    bool is_adding = what && strcmp(what, "ajouter") == 0;
    struct session session;
    struct link link;
    struct page page;

    if (page_open(&page, hall, request, response)) {
        if (read_link(&page, &link, &session)) {
            const char *url = page_url(&page, "feedback", request->parts[0]);
            bool is_odd = !is_adding && form_is_other(&page, "montrer", "oui non ",
                                                      "could", N_("Choose yes or no."));
            page.code = is_odd ? ERR_NONE
                        : is_adding
                            ? session_add_skill(&page.ctx, &link, &page.err)
                            : session_answer(&page.ctx, &link,
                                             (int)form_int(request, "utile", 1, 4, 0),
                                             could && strcmp(could, "oui") == 0,
                                             request_form(request, "mots"), &page.err);
            if (page.code == ERR_NONE && !is_odd)
                form_done(&page, is_adding ? session_with(&page, url, "ajoutee") : url);
        }
        form_failed(&page);
        set_choices(&page);
    }
    page_close(&page, "feedback");
}

static void add_list(struct page *page, const char *coming_key, const char *past_key,
                     bool is_giving)
{
    struct tree *coming = tree_set(page->root, coming_key, tree_array());
    struct tree *past = tree_set(page->root, past_key, tree_array());
    int64_t person_id = page->visitor.actor.person_id;
    struct session *sessions = NULL;
    size_t count = 0;

    if (page->code != ERR_NONE || !person_id)
        return;
    page->code =
        sessions_hers(&page->ctx, person_id, is_giving, &sessions, &count, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++) {
        const struct registration *hers = seats_of(
            sessions[i].registrations, sessions[i].registration_count, person_id);
        bool is_past = session_last_at(&sessions[i]) <= page->ctx.now ||
                       sessions[i].state >= SESSION_HELD;
        struct tree *entry =
            tree_add(is_past ? past : coming, entry_session(page, &sessions[i]));
        tree_set_text(entry, "my_state",
                      hers ? registration_state_word(hers->state) : NULL);
        tree_set_bool(entry, "_is_waiting", hers && hers->state == REGISTRATION_WAITING);
        tree_set_bool(entry, "_is_cancelled", sessions[i].state == SESSION_CANCELLED);
        if (is_giving)
            tree_set_url(entry, "_run_url",
                         session_route_url(page, "session_run", sessions[i].id));
    }
}

err_code me_sessions(struct page *page)
{
    add_list(page, "my_sessions", "my_past_sessions", false);
    add_list(page, "given_sessions", "given_past_sessions", true);
    tree_set_bool(page->root, "_has_sessions",
                  tree_size(tree_get(page->root, "my_sessions")) +
                          tree_size(tree_get(page->root, "my_past_sessions")) >
                      0);
    tree_set_bool(page->root, "_has_past_sessions",
                  tree_size(tree_get(page->root, "my_past_sessions")) > 0);
    tree_set_bool(page->root, "_gives",
                  tree_size(tree_get(page->root, "given_sessions")) +
                          tree_size(tree_get(page->root, "given_past_sessions")) >
                      0);
    tree_set_bool(page->root, "_has_past_given",
                  tree_size(tree_get(page->root, "given_past_sessions")) > 0);
    return page->code;
}
