/* The gaps of a pole: which skills are asked for, who could answer, why nobody does, what
 * to do. */
#include "exchange/action/gap_report.h"
#include "web/page/desk.h"
#include "web/page/gaps_tree.h"
#include "web/page/routes.h"

#include <inttypes.h>

/* What a cause is called, why it is one, and what helps. */
static const struct {
    const char *name, *why;
    bool asks_wave, proposes, searches;
} causes[GAP_CAUSES] = {
    [GAP_NONE] = {N_("Served"), N_("Live people, with times in common."), true, true,
                  false},
    [GAP_NOBODY] = {N_("Nobody"),
                    N_("Nobody said to know it. Look for someone who does nearly that, "
                       "hold a circle "
                       "without trainer, or pay for a course together."),
                    false, true, true},
    [GAP_UNCONFIRMED] = {N_("Unconfirmed cards"),
                         N_("Cards say so, but nobody confirmed them lately. Give them a "
                            "call: it is the shortest way."),
                         false, true, true},
    [GAP_PAUSING] =
        {N_("All pausing"),
         N_("Those who know how are pausing. Propose a date after the pause, or "
            "find someone else."),
         false, true, true},
    [GAP_QUOTA] =
        {N_("All at their quota"),
         N_("Those who know how had their contacts of this month. One session for "
            "all who ask costs them less than as many calls."),
         false, true, true},
    [GAP_SILENT] =
        {N_("Silent last time"),
         N_("Those who know how did not answer last time. Give them a call before "
            "you ask again."),
         false, true, true},
    [GAP_ELSEWHERE] = {N_("In another pole"),
                       N_("Nobody in this pole, but live people elsewhere. Ask them."),
                       true, true, false},
    [GAP_NO_TIME] =
        {N_("No time in common"),
         N_("Live people, but no half-day that suits both sides. Propose two or "
            "three dates."),
         false, true, false},
    [GAP_CROWD] = {
        N_("Enough for a session"),
        N_("Many ask for each person who knows how: one session serves them all."), true,
        true, false}};

static void name_columns(struct page *page, struct gap_report *report)
{
    for (size_t i = 0; i < report->column_count; i++) {
        const struct structure *structure =
            names_structure(page->names, report->columns[i].id);
        report->columns[i].name =
            structure ? structure->name : tr(page_catalogue(page), N_("Elsewhere"));
    }
}

static const char *number(struct page *page, int64_t value)
{
    return arena_printf(page->request->arena, "%" PRId64, value);
}

struct linking {
    struct page *page;
    int64_t longest; /* of all bars: it takes the whole width */
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

/* Where a row leads, and how long its bars are. */
static void link_row(void *of, struct tree *entry, const struct gap_row *row)
{
    const struct linking *linking = of;
    struct page *page = linking->page;
    const struct catalogue *catalogue = page_catalogue(page);
    const char *id = row->oldest_id ? number(page, row->oldest_id) : NULL;

    tree_set_text(entry, "cause_name", tr(catalogue, causes[row->cause].name));
    tree_set_text(entry, "why", tr(catalogue, causes[row->cause].why));
    tree_set_url(entry, "url",
                 page_url(page, "skill", page_slug(page, row->skill_id, row->label)));
    tree_set_url(entry, "_need_url", id ? page_url(page, "need", id) : NULL);
    tree_set_url(entry, "_wave_url",
                 id && causes[row->cause].asks_wave ? page_url(page, "need_wave", id)
                                                    : NULL);
    tree_set_url(entry, "_session_url",
                 causes[row->cause].proposes
                     ? page_query_url(page, "session_new", "competence",
                                      number(page, row->skill_id))
                     : NULL);
    tree_set_url(entry, "_search_url",
                 causes[row->cause].searches
                     ? page_query_url(page, "results", "q", row->label)
                     : NULL);
    if (row->one_id)
        tree_set_url(entry, "person_url",
                     page_url(page, "person", number(page, row->one_id)));
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

/* The report of the pole of the address; false when there is none to show. */
static bool read_report(struct page *page, const struct pole **pole,
                        struct gap_report *report)
{
    *pole = desk_pole(page);
    if (!*pole)
        return false;
    page->code = gap_report_make(&page->ctx, (*pole)->id, report, &page->err);
    if (page->code == ERR_NONE)
        name_columns(page, report);
    return page->code == ERR_NONE;
}

void page_desk_gaps(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    const struct pole *pole;
    struct gap_report report;

    if (page_open(&page, hall, request, response) && read_report(&page, &pole, &report)) {
        struct linking linking = {.page = &page, .longest = longest_of(&report)};
        const struct gaps_more more = {.add = link_row, .of = &linking};
        gaps_tree_set(page.root, &report, page.ctx.now, &more);
        tree_set_bool(page.root, "_has_needs", report.needs > 0);
        tree_set_bool(page.root, "_has_gaps", report.row_count > 0);
        tree_set_bool(page.root, "_has_risks", report.risk_count > 0);
        tree_set_bool(page.root, "_has_unqualified", report.unqualified > 0);
        tree_set_int(page.root, "_shown", (int64_t)report.row_count);
        tree_set_bool(page.root, "_is_cut", report.total > report.row_count);
        tree_set_url(page.root, "csv_url", desk_url(&page, pole->key, "/manques/csv"));
    }
    page_close(&page, "desk_gaps");
}

void page_desk_gaps_csv(void *hall, const struct request *request,
                        struct response *response)
{
    struct page page;
    const struct pole *pole;
    struct gap_report report;

    if (page_open(&page, hall, request, response) && read_report(&page, &pole, &report)) {
        response->content_type = "text/csv; charset=utf-8";
        response_header(response, "Content-Disposition",
                        arena_printf(request->arena, "attachment; filename=\"%s-%s.csv\"",
                                     pole->key, "manques"));
        text_add(&response->body, "\xef\xbb\xbf");
        gaps_tree_csv(&response->body, request->arena, &report, page.ctx.now,
                      page_catalogue(&page));
    }
    page_close(&page, NULL);
}
