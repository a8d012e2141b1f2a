/* Figures of a pole, month by month: a table and the same as CSV, without names. */
#include "base/calendar.h"
#include "base/csv.h"
#include "exchange/action/desk.h"
#include "exchange/action/gap_report.h"
#include "web/page/desk.h"
#include "web/page/routes.h"

#include <inttypes.h>
#include <stdlib.h>

enum { MONTHS = 12, YEAR_LEAST = 2000, YEAR_MOST = 2100 };

static int64_t month_start(const struct page *page, int year, int month)
{
    struct civil civil = {
        .year = year + month / MONTHS, .month = month % MONTHS + 1, .day = 1};
    int64_t at = 0;

    (void)calendar_instant(civil, page->ctx.config->zone, &at);
    return at;
}

static int this_year(const struct page *page)
{
    return calendar_civil(page->ctx.now, page->ctx.config->zone).year;
}

static int year_asked(const struct page *page)
{
    const char *asked = request_query(page->request, "annee");
    char *end = NULL;
    long year = asked ? strtol(asked, &end, 10) : 0;

    return asked && *asked && !*end && year >= YEAR_LEAST && year <= YEAR_MOST
               ? (int)year
               : this_year(page);
}

/* The months begun so far of a year, then the year. */
static err_code read_figures(struct page *page, const struct pole *pole, int year,
                             struct pole_figures figures[MONTHS + 1], int *months)
{
    err_code code = ERR_NONE;

    *months = 0;
    for (int month = 0; code == ERR_NONE && month < MONTHS; month++) {
        if (month_start(page, year, month) > page->ctx.now)
            break;
        code = desk_month(&page->ctx, pole->id, month_start(page, year, month),
                          month_start(page, year, month + 1), &figures[(*months)++],
                          &page->err);
    }
    return code == ERR_NONE
               ? desk_month(&page->ctx, pole->id, month_start(page, year, 0),
                            month_start(page, year, MONTHS), &figures[MONTHS], &page->err)
               : code;
}

static int64_t uptake(const struct pole_figures *figures)
{
    return figures->needs
               ? (figures->answered * 100 + figures->needs / 2) / figures->needs
               : 0;
}

static void set_figures(struct tree *entry, const struct pole_figures *figures)
{
    tree_set_int(entry, "needs", figures->needs);
    tree_set_int(entry, "people", figures->people);
    tree_set_bool(entry, "has_wait", figures->answered > 0);
    tree_set_int(entry, "wait_days", (figures->median_wait_s + DAY_S / 2) / DAY_S);
    tree_set_bool(entry, "has_needs", figures->needs > 0);
    tree_set_int(entry, "uptake", uptake(figures));
    tree_set_int(entry, "met", figures->met);
    tree_set_int(entry, "given_up", figures->given_up);
    tree_set_bool(entry, "_has_contacts", figures->contacts > 0);
    tree_set_int(entry, "contacts", figures->contacts);
    tree_set_int(entry, "accepted", figures->accepted);
    tree_set_int(entry, "sessions", figures->sessions);
    tree_set_int(entry, "attended", figures->attended);
}

/* How many skills are asked for today, and nobody live answers. */
static err_code set_gaps(struct page *page, const struct pole *pole)
{
    struct gap_report report;
    err_code code = gap_report_make(&page->ctx, pole->id, false, &report, &page->err);

    if (code == ERR_NONE) {
        tree_set_int(page->root, "gap_total", (int64_t)report.total);
        tree_set_int(page->root, "gap_open", report.by_heat[gap_heat(GAP_NOBODY)]);
    }
    return code;
}

void page_desk_report(void *hall, const struct request *request,
                      struct response *response)
{
    struct page page;
    const struct pole *pole = NULL;
    struct pole_figures figures[MONTHS + 1] = {0};
    int months = 0;

    if (page_open(&page, hall, request, response))
        pole = desk_pole(&page);
    if (pole) {
        int year = year_asked(&page);
        const char *here = desk_url(&page, pole->key, "/bilan");
        struct tree *list = tree_set(page.root, "months", tree_array());
        page.code = read_figures(&page, pole, year, figures, &months);
        if (page.code == ERR_NONE)
            page.code = set_gaps(&page, pole);
        for (int i = 0; i < months; i++) {
            struct tree *entry = tree_add(list, tree_object());
            tree_set_int(entry, "at", month_start(&page, year, i) + 12 * HOUR_S);
            set_figures(entry, &figures[i]);
        }
        set_figures(tree_set(page.root, "total", tree_object()), &figures[MONTHS]);
        tree_set_int(page.root, "year", year);
        tree_set_url(page.root, "csv_url",
                     arena_printf(request->arena, "%s/csv?annee=%d", here, year));
        tree_set_url(page.root, "before_url",
                     arena_printf(request->arena, "%s?annee=%d", here, year - 1));
        tree_set_int(page.root, "_before", year - 1);
        tree_set_url(page.root, "after_url",
                     year < this_year(&page)
                         ? arena_printf(request->arena, "%s?annee=%d", here, year + 1)
                         : NULL);
        tree_set_int(page.root, "_after", year + 1);
    }
    page_close(&page, "desk_report");
}

static void csv_number(struct page *page, int64_t number)
{
    csv_cell_by(&page->response->body, catalogue_delimiter(page_catalogue(page)), false,
                arena_printf(page->request->arena, "%" PRId64, number));
}

static void csv_line(struct page *page, const char *name,
                     const struct pole_figures *figures)
{
    csv_cell_by(&page->response->body, catalogue_delimiter(page_catalogue(page)), true,
                name);
    csv_number(page, figures->needs);
    csv_number(page, figures->people);
    csv_cell_by(&page->response->body, catalogue_delimiter(page_catalogue(page)), false,
                figures->answered
                    ? arena_printf(page->request->arena, "%" PRId64,
                                   (figures->median_wait_s + DAY_S / 2) / DAY_S)
                    : "");
    csv_number(page, uptake(figures));
    csv_number(page, figures->met);
    csv_number(page, figures->given_up);
    csv_number(page, figures->contacts);
    csv_number(page, figures->accepted);
    csv_number(page, figures->sessions);
    csv_number(page, figures->attended);
    csv_end(&page->response->body);
}

void page_desk_report_csv(void *hall, const struct request *request,
                          struct response *response)
{
    static const char *const columns[] = {N_("month"),
                                          N_("needs stated"),
                                          N_("distinct people"),
                                          N_("median wait (days)"),
                                          N_("uptake (%)"),
                                          N_("needs met"),
                                          N_("needs given up"),
                                          N_("contacts asked"),
                                          N_("contacts accepted"),
                                          N_("sessions held"),
                                          N_("people who came")};
    struct page page;
    const struct pole *pole = NULL;
    struct pole_figures figures[MONTHS + 1] = {0};
    int months = 0, year = 0;

    if (page_open(&page, hall, request, response))
        pole = desk_pole(&page);
    if (pole) {
        year = year_asked(&page);
        page.code = read_figures(&page, pole, year, figures, &months);
    }
    if (!pole || page.code != ERR_NONE) {
        page_close(&page, NULL);
        return;
    }
    response->content_type = "text/csv; charset=utf-8";
    response_header(response, "Content-Disposition",
                    arena_printf(request->arena, "attachment; filename=\"%s-%d.csv\"",
                                 pole->key, year));
    text_add(&response->body, "\xef\xbb\xbf");
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        csv_cell_by(&response->body, catalogue_delimiter(page_catalogue(&page)), i == 0,
                    tr(page_catalogue(&page), columns[i]));
    csv_end(&response->body);
    for (int i = 0; i < months; i++)
        csv_line(&page, arena_printf(request->arena, "%d-%02d", year, i + 1),
                 &figures[i]);
    csv_line(&page, arena_printf(request->arena, "%d", year), &figures[MONTHS]);
    page_close(&page, NULL);
}
