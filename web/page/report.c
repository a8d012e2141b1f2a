/* The report of the site: coarse for everybody, whole for who keeps a pole or a
 * structure. */
#include "web/page/report_tree.h"

#include "base/calendar.h"
#include "exchange/model/policy.h"
#include "web/page/page.h"
#include "web/page/routes.h"

static const char *const addresses[][2] = {{"report_all", "report_all_csv"},
                                           {"report", "report_csv"}};

static const char *span_url(struct page *page, const char *route, int year, int month)
{
    return page_query_url(page, route, "de",
                          month
                              ? arena_printf(page->request->arena, "%d-%02d", year, month)
                              : arena_printf(page->request->arena, "%d", year));
}

static void link_spans(struct page *page, const struct report *report)
{
    const char *here = addresses[report->is_public][0];
    int this_year = calendar_civil(page->ctx.now, page->ctx.config->zone).year;
    struct tree *months = tree_set(page->root, "_spans", tree_array());

    for (int month = 1; month <= 12; month++) {
        int64_t at = report_month(&page->ctx, report->year, month);
        struct tree *entry = at <= page->ctx.now ? tree_add(months, tree_object()) : NULL;
        if (!entry)
            break;
        tree_set_int(entry, "at", at + DAY_S / 2);
        tree_set_bool(entry, "is_here", month == report->month);
        tree_set_url(entry, "url", span_url(page, here, report->year, month));
    }
    tree_set_url(page->root, "_year_url",
                 report->month ? span_url(page, here, report->year, 0) : NULL);
    tree_set_bool(page->root, "_is_month", report->month != 0);
    if (report->month)
        tree_set_int(page->root, "at",
                     report_month(&page->ctx, report->year, report->month) + DAY_S / 2);
    tree_set_int(page->root, "_before", report->year - 1);
    tree_set_int(page->root, "_after", report->year + 1);
    tree_set_url(page->root, "_before_url", span_url(page, here, report->year - 1, 0));
    tree_set_url(page->root, "_after_url",
                 report->year < this_year ? span_url(page, here, report->year + 1, 0)
                                          : NULL);
    tree_set_url(
        page->root, "csv_url",
        span_url(page, addresses[report->is_public][1], report->year, report->month));
}

/* The other report, when she may see it. */
static void link_other(struct page *page, const struct report *report)
{
    bool may = policy_may(VERB_SEE_REPORT, actor_who_anywhere(&page->visitor.actor));

    tree_set_url(page->root, "_other_url",
                 may ? span_url(page, addresses[!report->is_public][0], report->year,
                                report->month)
                     : NULL);
}

static bool read_report(struct page *page, struct report *report)
{
    (void)report_span(&page->ctx, request_query(page->request, "de"), report);
    page->response->is_personal =
        !report->is_public || page->visitor.actor.account_id != 0;
    page->code = report_make(&page->ctx, report, &page->err);
    return page->code == ERR_NONE;
}

static void answer(void *hall, const struct request *request, struct response *response,
                   bool is_public)
{
    struct page page;
    struct report report = {.is_public = is_public};

    if (page_open(&page, hall, request, response) && read_report(&page, &report)) {
        report_tree_set(page.root, &page.ctx, &report, page.names, page_catalogue(&page));
        tree_set_bool(page.root, "_has_months", report.counts[REPORT_BY_MONTH] > 0);
        tree_set_bool(page.root, "_has_any", report.counts[REPORT_BY_POLE] > 0);
        link_spans(&page, &report);
        link_other(&page, &report);
    }
    page_close(&page, "report");
}

static void answer_csv(void *hall, const struct request *request,
                       struct response *response, bool is_public)
{
    struct page page;
    struct report report = {.is_public = is_public};

    if (page_open(&page, hall, request, response) && read_report(&page, &report)) {
        response->content_type = "text/csv; charset=utf-8";
        response_header(response, "Content-Disposition",
                        "attachment; filename=\"bilan.csv\"");
        text_add(&response->body, "\xef\xbb\xbf");
        report_tree_csv(&response->body, &page.ctx, &report, page.names,
                        page_catalogue(&page));
    }
    page_close(&page, NULL);
}

void page_report(void *hall, const struct request *request, struct response *response)
{
    answer(hall, request, response, true);
}

void page_report_csv(void *hall, const struct request *request, struct response *response)
{
    answer_csv(hall, request, response, true);
}

void page_report_all(void *hall, const struct request *request, struct response *response)
{
    answer(hall, request, response, false);
}

void page_report_all_csv(void *hall, const struct request *request,
                         struct response *response)
{
    answer_csv(hall, request, response, false);
}
