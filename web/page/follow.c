/* The page that follows a need: by a private link, or by who has come in. */
#include "web/page/follow.h"

#include "base/email.h"
#include "exchange/action/act_for.h"
#include "exchange/action/actor.h"
#include "exchange/action/link.h"
#include "store/needs.h"
#include "store/people.h"
#include "store/sessions.h"
#include "web/page/follow_words.h"
#include "web/page/routes.h"

#include <inttypes.h>
#include <string.h>

enum { ASKED_MOST = 60, SESSIONS_MOST = 6, DAY_PART_HOURS = 3 };

/* Who looks at which need, as what. */
struct look {
    struct need need;
    struct link link; /* id 0: who has come in */
    enum need_role role;
    int64_t person_id;
    const char *url; /* of this page, where its forms go */
};

static bool find_by_link(struct page *page, struct look *look)
{
    const char *token = page->request->parts[0];

    page->code = link_read(page->ctx.db, page->request->arena, token, LINK_FOLLOW_NEED,
                           page->ctx.now, &look->link, &page->err);
    if (page->code == ERR_NONE)
        page->code = needs_get(page->ctx.db, page->request->arena, look->link.subject_id,
                               &look->need, &page->err);
    if (page->code != ERR_NONE)
        return false;
    look->person_id = look->link.person_id;
    look->role = need_role(&look->need, look->person_id);
    look->url = page_url(page, "follow", token);
    return true;
}

/* Stated with the address of who has come in, who has not said yet that it was her. */
static bool is_hers_to_confirm(const struct page *page, const struct look *look)
{
    const char *mine = page->visitor.account.email;
    const char *stated = look->need.email && mine
                             ? email_plain(page->request->arena, look->need.email)
                             : NULL;

    return !look->need.person_id && stated && strcmp(stated, mine) == 0;
}

/* Those who came in see their own only. */
static bool find_hers(struct page *page, struct look *look)
{
    look->person_id = page->visitor.actor.person_id;
    page->code = needs_get(page->ctx.db, page->request->arena, page_id(page), &look->need,
                           &page->err);
    if (page->code != ERR_NONE)
        return false;
    look->role =
        look->person_id ? need_role(&look->need, look->person_id) : NEED_ROLE_NONE;
    if (is_hers_to_confirm(page, look)) {
        look->role = NEED_ROLE_AUTHOR;
        look->link.subject_id = look->need.id;
        look->link.email = page->visitor.account.email;
    }
    look->url = page_url(page, "need_follow",
                         arena_printf(page->request->arena, "%" PRId64, look->need.id));
    if (look->role == NEED_ROLE_NONE)
        page->code = actor_must_need(VERB_READ, page->ctx.actor, &look->need, &page->err);
    if (page->code == ERR_NONE && look->role == NEED_ROLE_NONE)
        page->code = err_set(&page->err, ERR_FORBIDDEN, "this need is not hers");
    return page->code == ERR_NONE;
}

static bool find(struct page *page, struct look *look)
{
    *look = (struct look){.link = {.id = 0}};
    return strcmp(page->request->route->name, "need_follow") == 0 ||
                   strcmp(page->request->route->name, "need_follow_do") == 0
               ? find_hers(page, look)
               : find_by_link(page, look);
}

/* Those who were asked, without names until they said yes. */
static void add_asked(struct page *page, const struct look *look)
{
    struct tree *asked = tree_set(page->root, "asked", tree_array());
    struct introduction *made = NULL;
    size_t count = 0;

    page->code =
        introductions_list(page->ctx.db, page->request->arena, INTRODUCTIONS_OF_NEED,
                           look->need.id, ASKED_MOST, &made, &count, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++) {
        struct tree *entry = tree_add(asked, tree_object());
        contact_entry(page, entry, &made[i], true);
        tree_set_url(
            entry, "_url",
            look->role == NEED_ROLE_AUTHOR && made[i].asker_id &&
                    made[i].state == INTRODUCTION_ACCEPTED
                ? page_url(page, "my_contact",
                           arena_printf(page->request->arena, "%" PRId64, made[i].id))
                : NULL);
    }
    tree_set_int(page->root, "asked_total", (int64_t)count);
    tree_set_bool(page->root, "_has_asked", count > 0);
}

static void add_sessions(struct page *page, const struct need *need)
{
    struct tree *sessions = tree_set(page->root, "sessions", tree_array());
    int64_t *ids = NULL;
    size_t count = 0;

    if (page->code == ERR_NONE)
        page->code =
            need_sessions(&page->ctx, need->id, SESSIONS_MOST, &ids, &count, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++) {
        struct session session;
        page->code = sessions_get(page->ctx.db, page->request->arena, ids[i], &session,
                                  &page->err);
        if (page->code == ERR_NONE)
            tree_add(sessions, entry_session(page, &session));
    }
    tree_set_bool(page->root, "_has_sessions", count > 0);
}

static unsigned parts_of(const struct need *need)
{
    unsigned parts = 0;

    for (size_t i = 0; i < need->window_count; i++) {
        int start = need->windows[i].start_min / 60;
        int part = start < 12 ? 0 : start < 18 ? 1 : 2;
        parts |= 1u << ((need->windows[i].weekday - 1) * DAY_PART_HOURS + part);
    }
    return parts;
}

static void add_form(struct page *page, const struct need *need)
{
    static const char *const levels[] = {"", "1", "2", "3", "4"};
    struct need_form form = {.text = need->text,
                             .could_pass_on = need->could_pass_on,
                             .commune = need->commune,
                             .level = levels[need->level],
                             .day_parts = parts_of(need)};

    if (!tree_get(page->root, "form"))
        need_form_show(page, &form);
}

static void add_name(struct page *page, const struct look *look)
{
    bool wants = false;

    tree_set_bool(page->root, "_is_unconfirmed", !look->need.person_id);
    if (look->need.person_id || !look->link.email || page->code != ERR_NONE)
        return;
    page->code = need_wants_name(&page->ctx, look->link.email, &wants, &page->err);
    tree_set_bool(page->root, "_wants_name", wants);
}

/* Whether a facilitator wrote it down for her. */
static void set_noted(struct page *page, const struct look *look)
{
    int64_t at = 0;

    if (look->person_id && page->code == ERR_NONE)
        page->code =
            act_noted(&page->ctx,
                      look->role == NEED_ROLE_AUTHOR ? ACT_STATE_NEED : ACT_SUPPORT_NEED,
                      "need", look->need.id, look->person_id, &at, &page->err);
    tree_set_bool(page->root, "_is_noted", at != 0);
}

static void show(struct page *page, const struct look *look)
{
    const struct need *need = &look->need;
    struct need_step step = need_next_step(page->ctx.config, need, page->ctx.now);
    struct tree *entry = tree_set(page->root, "need", entry_need(page, need));
    const char *words;

    tree_set_text(entry, "state_text", follow_state(page, need));
    if (step.kind != NEED_STEP_NONE) {
        tree_set_int(entry, "next_step_at", step.at);
        tree_set_text(entry, "next_step", follow_next(page, need));
    }
    follow_median(page, entry, need->pole_id);
    entry_skill_link(page, entry, need->skill_id);
    tree_set_url(page->root, "_action_url", look->url);
    tree_set_bool(page->root, "_is_author", look->role == NEED_ROLE_AUTHOR);
    tree_set_bool(page->root, "_is_supporter", look->role == NEED_ROLE_SUPPORTER);
    tree_set_bool(page->root, "_is_left", look->role == NEED_ROLE_NONE);
    tree_set_bool(page->root, "_is_open", step.kind != NEED_STEP_NONE);
    tree_set_bool(page->root, "_may_keep",
                  need_may_keep(page->ctx.config, need) &&
                      (need->followed >= 2 || step.kind == NEED_STEP_NONE));
    words = need_support_words(need, look->person_id);
    tree_set_text(page->root, "_words", words ? words : "");
    set_noted(page, look);
    tree_set_url(page->root, "search_url",
                 page_query_url(page, "results", "q", need->text));
    tree_set_text(page->root, "_done", follow_done(page));
    add_asked(page, look);
    add_sessions(page, need);
    if (look->role == NEED_ROLE_AUTHOR)
        add_name(page, look);
    add_form(page, need);
}

/* A link that is no good is said in words, as everywhere. */
static const char *template_of(struct page *page)
{
    return !tree_get(page->root, "need") && form_failed(page) ? "confirm" : "follow";
}

void page_follow(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct look look;

    if (page_open(&page, hall, request, response) && find(&page, &look))
        show(&page, &look);
    page_close(&page, template_of(&page));
}

static bool amend(struct page *page, const struct look *look)
{
    const struct need_form form = need_form_of(page->request);
    struct need_mistakes mistakes = {.count = 0};

    page->code = need_amend(&page->ctx, look->need.id, &form, &mistakes, &page->err);
    if (!mistakes.count)
        return false;
    page->code = ERR_NONE;
    page->err = (struct err){0};
    page->response->status = 422;
    tree_set_bool(page->root, "_is_amending", true);
    need_form_show(page, &form);
    need_form_mistakes(page, &mistakes);
    return true;
}

/* What an author may do. True when the form is shown again with its mistakes. */
static bool do_author(struct page *page, const struct look *look, const char *act)
{
    const struct request *request = page->request;

    if (strcmp(act, "modifier") == 0)
        return amend(page, look);
    if (strcmp(act, "confirmer") == 0 && look->link.email)
        page->code = need_confirm(&page->ctx, &look->link, request_form(request, "nom"),
                                  &page->err);
    else if (strcmp(act, "retirer") == 0)
        page->code = need_end(&page->ctx, look->need.id, NEED_WITHDRAWN, &page->err);
    else if (strcmp(act, "regle") == 0)
        page->code = need_end(&page->ctx, look->need.id, request_form(request, "comment"),
                              &page->err);
    else if (strcmp(act, "prolonger") == 0)
        page->code = need_keep(&page->ctx, look->need.id, &page->err);
    else
        page->code = err_set(&page->err, ERR_INVALID, "nothing is called that");
    return false;
}

static void do_supporter(struct page *page, const struct look *look, const char *act)
{
    if (strcmp(act, "mots") == 0)
        page->code = need_support_amend(&page->ctx, look->need.id, look->person_id,
                                        request_form(page->request, "mots"), &page->err);
    else if (strcmp(act, "quitter") == 0)
        page->code =
            need_support_leave(&page->ctx, look->need.id, look->person_id, &page->err);
    else
        page->code = err_set(&page->err, ERR_FORBIDDEN, "only its author may do that");
}

void page_follow_do(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct look look;
    bool is_shown = false;

    if (page_open(&page, hall, request, response) && find(&page, &look)) {
        const char *act = request_form(request, "geste");
        act = act ? act : "";
        if (look.role == NEED_ROLE_AUTHOR)
            is_shown = do_author(&page, &look, act);
        else
            do_supporter(&page, &look, act);
        if (page.code == ERR_NONE && !is_shown)
            form_done(&page, arena_printf(request->arena, "%s?fait=%s", look.url, act));
        else if (is_shown || form_failed(&page))
            show(&page, &look);
    }
    page_close(&page, template_of(&page));
}
