/* The gaps of a pole: which skills are asked for, who could answer, why nobody does, what
 * to do. */
#include "base/calendar.h"
#include "exchange/action/gap_count.h"
#include "exchange/action/gap_report.h"
#include "exchange/action/ids.h"
#include "exchange/action/mail.h"
#include "exchange/action/need_follow.h"
#include "exchange/action/search_missed.h"
#include "exchange/action/subject.h"
#include "web/page/desk.h"
#include "web/page/gaps_page.h"
#include "web/page/gaps_picture.h"
#include "web/page/gaps_tree.h"
#include "web/page/routes.h"

#include <inttypes.h>

/* Rows; the others are folded. */
enum { GAPS_FIRST = 8, RISKS_FIRST = 5 };

/* Why a cause is one, and what helps. */
static const struct {
    const char *why;
    bool asks_wave, proposes, searches, /* …, and pays for a course */ pays;
} causes[GAP_CAUSES] = {
    [GAP_NONE] = {N_("Live people, with times in common."), true, true, false},
    [GAP_NOBODY] = {N_("Nobody said to know it. Look for someone who does nearly that, "
                       "hold a circle "
                       "without trainer, or pay for a course together."),
                    false, true, true, true},
    [GAP_UNCONFIRMED] = {N_("Cards say so, but nobody confirmed them lately. Give them a "
                            "call: it is the shortest way."),
                         false, true, true},
    [GAP_PAUSING] =
        {N_("Those who know how are pausing. Propose a date after the pause, or "
            "find someone else."),
         false, true, true},
    [GAP_QUOTA] =
        {N_("Those who know how had their contacts of this month. One session for "
            "all who ask costs them less than as many calls."),
         false, true, true},
    [GAP_SILENT] =
        {N_("Those who know how did not answer last time. Give them a call before "
            "you ask again."),
         false, true, true},
    [GAP_ELSEWHERE] = {N_("Nobody in this pole, but live people elsewhere. Ask them."),
                       true, true, false},
    [GAP_NO_TIME] =
        {N_("Live people, but no half-day that suits both sides. Propose two or "
            "three dates."),
         false, true, false},
    [GAP_CROWD] =
        {N_("Many ask for each person who knows how: one session serves them all."), true,
         true, false},
    [GAP_PLANNED] = {N_("A session is coming for all who ask. Talk about it."), false,
                     false, false},
    [GAP_PROPOSED] = {N_("A session is proposed for all who ask, but who would give it "
                         "has not said yes: it is no answer yet. Give a call."),
                      false, false, true}};

static const char *number(struct page *page, int64_t value)
{
    return arena_printf(page->request->arena, "%" PRId64, value);
}

struct linking {
    struct page *page;
    int64_t longest;         /* of all bars: it takes the whole width */
    const char *funding_url; /* NULL: on the whole site */
    bool shows_all;          /* on the whole site: no private need counts there */
    int64_t *shown;          /* skills not only private needs ask for, ascending */
    size_t shown_count;
    size_t rows, linked; /* gaps, which come before the skills at risk; rows so far */
};

static int64_t width(const struct linking *linking, int64_t people)
{
    return linking->longest ? (people * 100 + linking->longest - 1) / linking->longest
                            : 0;
}

static void set_bars(const struct linking *linking, struct tree *entry,
                     const struct gap_row *row)
{
    int64_t live = row->tally.knowing[KNOWS_LIVE], known = gap_known(&row->tally);

    tree_set_int(entry, "_asking_width", width(linking, row->tally.asking));
    tree_set_int(entry, "_live_width", width(linking, live));
    tree_set_int(entry, "_known_width", width(linking, known));
    tree_set_bool(entry, "_has_phantom", known > live);
}

/* The form of a session; of a circle when nobody could give one. NULL: it helps nobody.
 */
static const char *session_url(struct page *page, const struct gap_row *row,
                               const char *url)
{
    if (!causes[row->cause].proposes)
        return NULL;
    return row->cause == GAP_NOBODY
               ? arena_printf(page->request->arena, "%s&format=cercle", url)
               : url;
}

/* The session that all who ask have: the next one for the need that waits longest. NULL:
 * they have none. */
static const char *coming_url(struct page *page, const struct gap_row *row)
{
    int64_t *ids = NULL;
    size_t count = 0;

    if (row->cause != GAP_PLANNED && row->cause != GAP_PROPOSED)
        return NULL;
    if (page->code == ERR_NONE)
        page->code =
            need_sessions(&page->ctx, row->oldest_id, 1, &ids, &count, &page->err);
    return page->code == ERR_NONE && count
               ? page_url(page, "session", number(page, ids[0]))
               : NULL;
}

/* The pages of a skill. */
static void link_skill(const struct linking *linking, struct tree *entry,
                       const struct gap_row *row)
{
    struct page *page = linking->page;
    const char *id = number(page, row->skill_id);

    tree_set_url(entry, "url",
                 page_url(page, "skill", page_slug(page, row->skill_id, row->label)));
    tree_set_url(
        entry, "_session_url",
        session_url(page, row, page_query_url(page, "session_new", "competence", id)));
    tree_set_bool(entry, "_is_private",
                  !linking->shows_all && ids_place(linking->shown, linking->shown_count,
                                                   row->skill_id) == IDS_NONE);
}

/* The same of a group of needs in free words (none of them is private): its own page, for
 * who keeps its pole, stands for that of a skill. */
static void link_group(const struct linking *linking, struct tree *entry,
                       const struct gap_row *row)
{
    struct page *page = linking->page;
    const char *id = number(page, subject_group(row->skill_id)),
               *oldest = number(page, row->oldest_id);
    bool is_hers = actor_sees_desk(page->ctx.actor, row->pole_id);

    tree_set_bool(entry, "is_group", true);
    tree_set_url(entry, "url", is_hers ? page_url(page, "word_group", id) : NULL);
    tree_set_url(
        entry, "_session_url",
        session_url(page, row, page_query_url(page, "session_new", "besoin", oldest)));
    tree_set_bool(entry, "_is_private", false);
}

/* Whether the row that comes next is one of those that are not folded. */
static bool is_first(const struct linking *linking)
{
    return linking->linked < linking->rows
               ? linking->linked < GAPS_FIRST
               : linking->linked - linking->rows < RISKS_FIRST;
}

/* Where a row leads, and how long its bars are. */
static void link_row(void *of, struct tree *entry, const struct gap_row *row)
{
    struct linking *linking = of;
    struct page *page = linking->page;
    const struct catalogue *catalogue = page_catalogue(page);
    const char *id = row->oldest_id ? number(page, row->oldest_id) : NULL;
    bool may_ask = linking->funding_url || page->ctx.actor->is_admin; /* her pole */

    tree_set_text(entry, "cause_name", tr(catalogue, gaps_cause_name(row->cause)));
    tree_set_text(entry, "why", tr(catalogue, causes[row->cause].why));
    tree_set_bool(entry, "_is_circle", row->cause == GAP_NOBODY);
    tree_set_bool(entry, "_is_proposed", row->cause == GAP_PROPOSED);
    tree_set_bool(entry, "_has_proposed",
                  row->tally.proposed > 0 && row->cause != GAP_PROPOSED);
    tree_set_bool(entry, "_is_first", is_first(linking));
    linking->linked++;
    tree_set_url(entry, "_coming_url", coming_url(page, row));
    tree_set_url(entry, "_need_url", id ? page_url(page, "need", id) : NULL);
    tree_set_url(entry, "_wave_url",
                 id && may_ask && causes[row->cause].asks_wave
                     ? page_url(page, "need_wave", id)
                     : NULL);
    tree_set_url(entry, "_search_url",
                 causes[row->cause].searches
                     ? page_query_url(page, "results", "q", row->label)
                     : NULL);
    tree_set_url(
        entry, "_funding_url",
        causes[row->cause].pays && linking->funding_url
            ? arena_printf(page->request->arena,
                           "%s?competence=%" PRId64 "&personnes=%" PRId64 "#nouveau",
                           linking->funding_url, row->skill_id, row->tally.asking)
            : NULL);
    if (row->one_id)
        tree_set_url(entry, "person_url",
                     page_url(page, "person", number(page, row->one_id)));
    (subject_group(row->skill_id) ? link_group : link_skill)(linking, entry, row);
    set_bars(linking, entry, row);
}

static int64_t longest_of(const struct gap_report *report)
{
    int64_t longest = 0;

    for (size_t i = 0; i < report->row_count; i++) {
        int64_t known = gap_known(&report->rows[i].tally);
        int64_t asking = report->rows[i].tally.asking;
        longest = asking > longest ? asking : longest;
        longest = known > longest ? known : longest;
    }
    return longest;
}

/* What was searched for in vain, on the whole site: nobody knows in which pole. */
static err_code set_missed(struct page *page)
{
    struct tree *list = tree_set(page->root, "searched", tree_array());
    struct search_miss *missed = NULL;
    size_t count = 0;
    err_code code = search_missed_list(&page->ctx, &missed, &count, &page->err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct tree *entry = tree_add(list, tree_object());
        tree_set_text(entry, "words", missed[i].words);
        tree_set_int(entry, "days", missed[i].days);
        tree_set_int(entry, "last_at", missed[i].last_day * DAY_S + DAY_S / 2);
        tree_set_url(entry, "_need_url",
                     page_query_url(page, "need_new", "texte", missed[i].words));
        tree_set_url(entry, "_search_url",
                     page_query_url(page, "results", "q", missed[i].words));
    }
    tree_set_bool(page->root, "_has_searched", count > 0);
    return code;
}

static err_code read_report(struct page *page, int64_t pole_id, struct gap_report *report)
{
    err_code code = gap_report_make(&page->ctx, pole_id, false, report, &page->err);

    if (code == ERR_NONE)
        gaps_name_columns(report, page->names, tr(page_catalogue(page), N_("Elsewhere")));
    return code;
}

static void set_folded(struct tree *root, const struct gap_report *report)
{
    tree_set_bool(root, "_is_folded", report->row_count > GAPS_FIRST);
    tree_set_int(root, "_folded", (int64_t)report->row_count - GAPS_FIRST);
    tree_set_bool(root, "_are_risks_folded", report->risk_count > RISKS_FIRST);
    tree_set_int(root, "_risks_folded", (int64_t)report->risk_count - RISKS_FIRST);
}

void gaps_fill(struct page *page, int64_t pole_id, const char *funding_url)
{
    struct tree *root = page->root;
    struct gap_report report;
    struct linking linking = {
        .page = page, .funding_url = funding_url, .shows_all = !pole_id};

    page->code = read_report(page, pole_id, &report);
    if (page->code == ERR_NONE && pole_id)
        page->code = gap_shown(&page->ctx, page->request->arena, pole_id, &linking.shown,
                               &linking.shown_count, &page->err);
    if (page->code == ERR_NONE) {
        const struct gaps_more more = {.add = link_row, .of = &linking};
        linking.longest = longest_of(&report);
        linking.rows = report.row_count;
        gaps_tree_set(root, &report, page->ctx.now, &more);
        gaps_map_set(root, page->request->arena, &report);
        gaps_trend_set(root, page->request->arena, &report.trend);
        tree_set_bool(root, "_has_needs", report.needs > 0);
        tree_set_bool(root, "_has_gaps", report.row_count > 0);
        tree_set_bool(root, "_has_shown", linking.shown_count > 0);
        tree_set_bool(root, "_has_risks", report.risk_count > 0);
        tree_set_bool(root, "_has_unqualified", report.unqualified > 0);
        tree_set_int(root, "_shown", (int64_t)report.row_count);
        tree_set_bool(root, "_is_cut", report.total > report.row_count);
        set_folded(root, &report);
        page->code = set_missed(page);
    }
}

void gaps_answer_csv(struct page *page, int64_t pole_id, const char *key)
{
    struct response *response = page->response;
    struct gap_report report;

    page->code = read_report(page, pole_id, &report);
    if (page->code != ERR_NONE)
        return;
    response->content_type = "text/csv; charset=utf-8";
    response_header(response, "Content-Disposition",
                    arena_printf(page->request->arena,
                                 "attachment; filename=\"%s-%s.csv\"", key, "manques"));
    text_add(&response->body, "\xef\xbb\xbf");
    gaps_tree_csv(&response->body, page->request->arena, &report, page->ctx.now,
                  page_catalogue(page));
}

static void fill_desk(struct page *page, const struct pole *pole)
{
    tree_set_url(page->root, "csv_url", desk_url(page, pole->key, "/manques/csv"));
    tree_set_url(page->root, "poster_url", desk_url(page, pole->key, "/manques/affiche"));
    tree_set_url(page->root, "_plan_url", desk_url(page, pole->key, "/planifier"));
    tree_set_url(page->root, "all_url", page_url(page, "gaps", NULL));
    gaps_fill(page, pole->id, desk_url(page, pole->key, "/financements"));
}

void page_desk_gaps(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    const struct pole *pole;

    if (page_open(&page, hall, request, response) && (pole = desk_pole(&page)) != NULL)
        fill_desk(&page, pole);
    page_close(&page, "desk_gaps");
}

void page_desk_poster(void *hall, const struct request *request,
                      struct response *response)
{
    struct page page;
    const struct pole *pole;

    if (page_open(&page, hall, request, response) && (pole = desk_pole(&page)) != NULL) {
        fill_desk(&page, pole);
        tree_set_text(page.root, "_address",
                      site_url(request->arena, page.ctx.config, request->lang,
                               "/poles/%s", pole->key));
    }
    page_close(&page, "desk_poster");
}

void page_desk_gaps_csv(void *hall, const struct request *request,
                        struct response *response)
{
    struct page page;
    const struct pole *pole;

    if (page_open(&page, hall, request, response) && (pole = desk_pole(&page)) != NULL)
        gaps_answer_csv(&page, pole->id, pole->key);
    page_close(&page, NULL);
}
