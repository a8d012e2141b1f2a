/* The facilitator's Monday page, its ticks and its notebook. */
#include "web/page/desk.h"

#include "exchange/action/card_ask.h"
#include "exchange/action/desk.h"
#include "exchange/action/session_decide.h"
#include "web/page/routes.h"
#include "web/page/session.h"

#include <inttypes.h>
#include <string.h>

enum { ROWS_SHOWN = 6 };

static const struct {
    const char *word, *title, *action, *calm;
} baskets[BASKET_COUNT] = {
    [BASKET_TO_QUALIFY] = {"to_qualify", N_("To qualify"),
                           N_("Say what each is about: a pole, a skill."),
                           N_("Every need has its pole and its skill.")},
    [BASKET_NO_REPLY] = {"no_reply", N_("Without an answer"),
                         N_("Ask other people who know how."),
                         N_("Nobody has been waiting for long.")},
    [BASKET_AT_RISK] =
        {"at_risk", N_("At risk"),
         N_("Try elsewhere: another pole, a circle, a course; or say honestly "
            "that nothing was found."),
         N_("No need is about to be lost.")},
    [BASKET_UNDER_THRESHOLD] = {"under_threshold", N_("Sessions short of people"),
                                N_("Talk about them, prolong once, or decide."),
                                N_("Every session has the people it needs.")},
    [BASKET_SILENT] = {"silent", N_("Silent cards"),
                       N_("Give them a call: a card nobody confirms answers nobody."),
                       N_("Every card has been confirmed.")},
    [BASKET_UNANSWERED] = {"unanswered", N_("Contacts without an answer"),
                           N_("Remind the person, or ask another one."),
                           N_("Everyone who was asked has answered.")},
    [BASKET_ALIKE] = {"alike", N_("Needs that look alike"),
                      N_("Merge them: one session can answer several people."),
                      N_("No two needs look alike.")},
};

const char *desk_url(struct page *page, const char *key, const char *below)
{
    const char *url =
        arena_printf(page->request->arena, "%s%s", page_url(page, "desk", key), below);

    return url ? url : "";
}

static void set_other_poles(struct page *page, struct tree *desk, const struct pole *here)
{
    const struct actor *actor = page->ctx.actor;
    struct tree *others = tree_set(desk, "others", tree_array());

    for (size_t i = 0; i < actor->pole_count; i++) {
        const struct pole *pole = names_pole(page->names, actor->pole_ids[i]);
        struct tree *entry;
        if (!pole || pole == here)
            continue;
        entry = tree_add(others, tree_object());
        tree_set_text(entry, "name", pole->name);
        tree_set_url(entry, "url", page_url(page, "desk", pole->key));
    }
    tree_set_bool(desk, "has_others", tree_size(others) > 0);
}

/* Whether it is the page that is asked for, whose path has no language in front. */
static bool is_current(const struct page *page, const char *url)
{
    size_t length = strlen(url), asked = strlen(page->request->path);

    return length >= asked && strcmp(url + length - asked, page->request->path) == 0;
}

const struct pole *desk_pole(struct page *page)
{
    static const struct {
        const char *url, *is_here, *path; /* is_here: of those in the menu; NULL */
    } below[] = {{"home_url", "is_home", ""},
                 {"seen_url", NULL, "/vu"},
                 {"notes_url", "is_notes", "/carnet"},
                 {"fair_url", "is_fair", "/bourse"},
                 {"act_url", "is_act", "/pour"},
                 {"answer_url", NULL, "/repondre"},
                 {"report_url", "is_report", "/bilan"},
                 {"card_url", NULL, "/fiche"},
                 {"session_url", NULL, "/seance"},
                 {"gaps_url", "is_gaps", "/manques"},
                 {"funding_url", "is_funding", "/financements"},
                 {"plan_url", "is_plan", "/planifier"}};
    const char *key = page->request->part_count ? page->request->parts[0] : "";
    const struct pole *pole = names_pole_key(page->names, key);
    struct tree *entry, *desk;

    page->code = pole ? desk_may(&page->ctx, pole->id, &page->err)
                      : err_set(&page->err, ERR_NOT_FOUND, "there is no such pole");
    if (page->code != ERR_NONE)
        return NULL;
    page->response->is_personal = true;
    entry = tree_set(page->root, "pole", tree_object());
    tree_set_text(entry, "name", pole->name);
    tree_set_url(entry, "url", page_url(page, "pole", pole->key));
    desk = tree_set(page->root, "_desk", tree_object());
    for (size_t i = 0; i < sizeof below / sizeof below[0]; i++) {
        const char *url = desk_url(page, pole->key, below[i].path);
        tree_set_url(desk, below[i].url, url);
        if (below[i].is_here)
            tree_set_bool(desk, below[i].is_here, is_current(page, url));
    }
    set_other_poles(page, desk, pole);
    return pole;
}

static const char *need_url(struct page *page, const char *route, int64_t id)
{
    return page_url(page, route, arena_printf(page->request->arena, "%" PRId64, id));
}

/* The deeds with what each will do: which date it would be fixed to, until when it can be
 * put off. */
static void set_session_deeds(struct page *page, struct tree *entry,
                              const struct basket_row *row)
{
    struct session session;
    int64_t until;

    tree_set_int(entry, "days_left", (row->at - page->ctx.now) / DAY_S);
    if (!session_read(page, row->id, &session))
        return;
    until = session_prolonged_to(&session, page->ctx.now);
    tree_set_bool(entry, "may_confirm",
                  session.state == SESSION_PROPOSED && row->number > 0 &&
                      session_first_at(&session) > page->ctx.now);
    tree_set_bool(entry, "may_prolong", until != 0);
    if (until)
        tree_set_int(entry, "until", until);
    tree_set_url(entry, "_run_url",
                 page_url(page, "session_run",
                          arena_printf(page->request->arena, "%" PRId64, row->id)));
}

/* What is decided from, and where one does it. */
static void set_row(struct page *page, struct tree *entry, enum basket basket,
                    const struct basket_row *row)
{
    const char *title = row->title ? row->title : "";
    const char *slug = page_slug(page, row->id, title);

    tree_set_int(entry, "id", row->id);
    tree_set_text(entry, "title", title);
    tree_set_text(entry, "other", row->other);
    tree_set_int(entry, "at", row->at);
    tree_set_int(entry, "days", (page->ctx.now - row->at) / DAY_S);
    tree_set_int(entry, "number", row->number);
    tree_set_int(entry, "most", row->most);
    switch (basket) {
    case BASKET_TO_QUALIFY:
    case BASKET_NO_REPLY:
    case BASKET_AT_RISK:
        tree_set_bool(entry, "_is_need", true);
        tree_set_bool(entry, "_is_waiting", basket != BASKET_TO_QUALIFY);
        tree_set_bool(entry, "_has_no_pole", !row->link_id);
        tree_set_url(entry, "url", page_url(page, "need", slug));
        tree_set_url(entry, "qualify_url", need_url(page, "need_qualify", row->id));
        tree_set_url(entry, "wave_url", need_url(page, "need_wave", row->id));
        tree_set_url(entry, "search_url", page_query_url(page, "results", "q", title));
        break;
    case BASKET_UNDER_THRESHOLD:
        tree_set_bool(entry, "_is_session", true);
        set_session_deeds(page, entry, row);
        tree_set_url(entry, "url", page_url(page, "session", slug));
        break;
    case BASKET_SILENT:
        tree_set_bool(entry, "_is_card", true);
        tree_set_bool(entry, "is_invited", row->number != 0);
        tree_set_bool(entry, "was_confirmed", row->link_id != 0);
        tree_set_bool(entry, "may_ask",
                      row->most >= 0 && row->most + CARD_ASK_AGAIN_S <= page->ctx.now);
        tree_set_bool(entry, "_has_no_address", row->most < 0);
        if (row->most > 0 && row->most + CARD_ASK_AGAIN_S > page->ctx.now)
            tree_set_int(entry, "asked_at", row->most);
        tree_set_url(entry, "url", page_url(page, "person", slug));
        break;
    default:
        tree_set_bool(entry, "_is_contact", true);
        tree_set_url(entry, "url",
                     row->link_id ? need_url(page, "need", row->link_id) : NULL);
    }
}

static void set_pair(struct page *page, struct tree *entry, const struct need_pair *pair)
{
    tree_set_int(entry, "id", pair->newer->id);
    tree_set_text(entry, "title", pair->newer->text);
    tree_set_int(entry, "number", pair->newer->people);
    tree_set_url(entry, "url", need_url(page, "need", pair->newer->id));
    tree_set_int(entry, "older_id", pair->older->id);
    tree_set_text(entry, "older", pair->older->text);
    tree_set_int(entry, "older_number", pair->older->people);
    tree_set_url(entry, "older_url", need_url(page, "need", pair->older->id));
    tree_set_bool(entry, "_is_pair", true);
    tree_set_url(entry, "merge_url", need_url(page, "need_merge", pair->newer->id));
}

static void set_basket(struct page *page, struct tree *list, enum basket basket,
                       const struct basket_view *view)
{
    const struct catalogue *catalogue = page_catalogue(page);
    struct tree *entry = tree_add(list, tree_object());
    struct tree *shown = tree_set(entry, "rows", tree_array());
    struct tree *more = tree_set(entry, "more_rows", tree_array());
    struct tree *seen = tree_set(entry, "seen_rows", tree_array());
    int64_t fresh = view->total - view->seen;

    tree_set_text(entry, "name", baskets[basket].word);
    tree_set_int(entry, "_number", basket);
    tree_set_url(entry, "_here_url",
                 arena_printf(page->request->arena, "#panier-%d", (int)basket));
    tree_set_text(entry, "title", tr(catalogue, baskets[basket].title));
    tree_set_text(entry, "action", tr(catalogue, baskets[basket].action));
    tree_set_text(entry, "calm", tr(catalogue, baskets[basket].calm));
    tree_set_int(entry, "count", view->total);
    tree_set_int(entry, "seen", view->seen);
    tree_set_bool(entry, "_is_empty", view->total == 0);
    tree_set_bool(entry, "_is_done", view->total > 0 && fresh == 0);
    for (size_t i = 0; i < view->count; i++) {
        bool is_seen = (int64_t)i >= fresh;
        struct tree *row = tree_add(is_seen          ? seen
                                    : i < ROWS_SHOWN ? shown
                                                     : more,
                                    tree_object());
        if (basket == BASKET_ALIKE)
            set_pair(page, row, &view->pairs[i]);
        else
            set_row(page, row, basket, &view->rows[i]);
        tree_set_bool(row, "is_seen", is_seen);
        tree_set_int(row, "_basket", basket);
    }
    tree_set_int(entry, "_more", fresh - (int64_t)ROWS_SHOWN);
    tree_set_bool(entry, "_has_more", tree_size(more) > 0);
    tree_set_bool(entry, "_has_seen", tree_size(seen) > 0);
    tree_set_bool(entry, "_is_cut", view->total > (int64_t)view->count);
}

static void set_state(struct page *page, const struct desk *desk)
{
    struct tree *state = tree_set(page->root, "state", tree_object());

    tree_set_int(state, "open_needs", desk->state.open_needs);
    tree_set_int(state, "live_people", desk->state.live_people);
    tree_set_bool(state, "has_wait", desk->state.answered > 0);
    tree_set_int(state, "wait_days", (desk->state.median_wait_s + DAY_S / 2) / DAY_S);
    tree_set_bool(state, "has_action", desk->state.last_action != 0);
    if (desk->state.last_action)
        tree_set_int(state, "last_action_at", desk->state.last_action);
    tree_set_bool(state, "is_quiet", desk->is_quiet);
    tree_set_int(state, "quiet_days", desk->quiet_days);
}

/* What came of the last wave: how many people were asked. */
static void set_asked(struct page *page)
{
    const char *asked = request_query(page->request, "vague");

    if (!asked || *asked < '0' || *asked > '9')
        return;
    tree_set_int(page->root, "asked", *asked - '0');
    tree_set_bool(page->root, "_has_asked", *asked != '0');
    tree_set_bool(page->root, "_has_asked_nobody", *asked == '0');
}

/* What was done from a row, in its own words. */
static void set_deed(struct page *page)
{
    static const char *const deeds[][2] = {
        {"fiche",
         N_("The mail has left. It is noted; the next one to this person can leave in "
            "a week.")},
        {"confirmer", N_("The session takes place: everyone is told the date.")},
        {"prolonger", N_("The decision is put off: everyone is told until when.")},
        {"annuler",
         N_("The session is cancelled: everyone is told, and the needs are given "
            "back.")}};
    const char *deed = request_query(page->request, "geste");

    for (size_t i = 0; deed && i < sizeof deeds / sizeof deeds[0]; i++)
        if (strcmp(deed, deeds[i][0]) == 0)
            tree_set_text(page->root, "_deed", tr(page_catalogue(page), deeds[i][1]));
}

void desk_fill(struct page *page, const struct pole *pole)
{
    struct desk desk;
    struct tree *list;

    page->code = desk_read(&page->ctx, pole->id, &desk, &page->err);
    if (page->code != ERR_NONE)
        return;
    list = tree_set(page->root, "baskets", tree_array());
    set_state(page, &desk);
    tree_set_int(page->root, "planned", desk.planned);
    tree_set_bool(page->root, "_has_planned", desk.planned > 0);
    for (int i = 0; i < BASKET_COUNT; i++)
        set_basket(page, list, (enum basket)i, &desk.baskets[i]);
    tree_set_bool(page->root, "_is_done", request_query(page->request, "fait") != NULL);
    set_asked(page);
    set_deed(page);
}

void page_desk(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    const struct pole *pole = NULL;

    if (page_open(&page, hall, request, response))
        pole = desk_pole(&page);
    if (pole)
        desk_fill(&page, pole);
    page_close(&page, "desk");
}

void page_desk_seen(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    const struct pole *pole = NULL;

    if (page_open(&page, hall, request, response))
        pole = desk_pole(&page);
    if (pole) {
        int64_t basket = form_int(request, "panier", 0, BASKET_COUNT - 1, -1);
        int64_t subject = form_int(request, "sujet", 1, INT64_MAX, 0);
        page.code = basket < 0 || !subject
                        ? err_set(&page.err, ERR_INVALID, "there is no such row")
                        : desk_set_seen(&page.ctx, pole->id, (enum basket)basket, subject,
                                        form_int(request, "vu", 0, 1, 1) == 1, &page.err);
        if (page.code == ERR_NONE)
            form_done(&page, arena_printf(request->arena, "%s#panier-%" PRId64,
                                          desk_url(&page, pole->key, ""), basket));
    }
    page_close(&page, "desk");
}

static err_code set_notes(struct page *page, const struct pole *pole)
{
    struct tree *list = tree_set(page->root, "notes", tree_array());
    struct pole_note *notes = NULL;
    size_t count = 0;
    err_code code = desk_notes(page->ctx.db, page->request->arena, pole->id, NOTES_MOST,
                               &notes, &count, &page->err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct tree *entry = tree_add(list, tree_object());
        tree_set_int(entry, "at", notes[i].at);
        tree_set_text(entry, "author", notes[i].author);
        tree_set_text(entry, "text", notes[i].text);
    }
    tree_set_bool(page->root, "_has_notes", count > 0);
    return code;
}

void page_desk_notes(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    const struct pole *pole = NULL;

    if (page_open(&page, hall, request, response))
        pole = desk_pole(&page);
    if (pole)
        page.code = set_notes(&page, pole);
    page_close(&page, "desk_notes");
}

void page_desk_note(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    const struct pole *pole = NULL;

    if (page_open(&page, hall, request, response))
        pole = desk_pole(&page);
    if (pole) {
        const char *text = request_form(request, "texte");
        page.code = desk_note(&page.ctx, pole->id, text, &page.err);
        if (page.code == ERR_NONE) {
            form_done(&page, desk_url(&page, pole->key, "/carnet"));
        } else if (form_failed(&page)) {
            tree_set_text(page.root, "_text", text);
            page.code = set_notes(&page, pole);
        }
    }
    page_close(&page, "desk_notes");
}
