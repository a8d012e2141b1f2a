/* The report of the site. */
#include "exchange/action/report.h"

#include "base/calendar.h"
#include "store/reports.h"

#include <stdlib.h>
#include <string.h>

enum { MONTHS = 12, MAKE_ARENA_MAX = 256 << 20 };

int64_t report_month(const struct ctx *ctx, int year, int month)
{
    struct civil civil = {.year = month > MONTHS ? year + 1 : year,
                          .month = month > MONTHS ? 1 : month,
                          .day = 1};
    int64_t at = 0;

    (void)calendar_instant(civil, ctx->config->zone, &at);
    return at;
}

bool report_span(const struct ctx *ctx, const char *typed, struct report *out)
{
    static const char digits[] = "0123456789";
    size_t length = typed ? strlen(typed) : 0;
    long year, month;

    out->year = calendar_civil(ctx->now, ctx->config->zone).year;
    out->month = 0;
    if (!typed)
        return true;
    if (strspn(typed, digits) != 4 || (length != 4 && (length != 7 || typed[4] != '-' ||
                                                       strspn(typed + 5, digits) != 2)))
        return false;
    year = strtol(typed, NULL, 10);
    month = length == 4 ? 0 : strtol(typed + 5, NULL, 10);
    if (year < REPORT_YEAR_LEAST || year > REPORT_YEAR_MOST || month > MONTHS ||
        (length != 4 && month < 1))
        return false;
    out->year = (int)year;
    out->month = (int)month;
    return true;
}

static err_code read_events(struct ctx *ctx, struct arena *arena,
                            const struct report *report, struct report_event **out,
                            size_t *count, struct err *err)
{
    int64_t from = report_month(ctx, report->year, report->month ? report->month : 1);
    int64_t to =
        report_month(ctx, report->year, report->month ? report->month + 1 : MONTHS + 1);
    struct report_event *asks = NULL, *sessions = NULL, *all;
    size_t ask_count = 0, session_count = 0;
    err_code code = reports_asks(ctx->db, arena, from, to, &asks, &ask_count, err);

    if (code == ERR_NONE)
        code = reports_sessions(ctx->db, arena, from, to, &sessions, &session_count, err);
    all = arena_array(arena, ask_count + session_count + 1, sizeof *all);
    if (code == ERR_NONE && !all)
        code = err_set(err, ERR_MEMORY, "no room for a report");
    if (code != ERR_NONE)
        return code;
    if (ask_count)
        memcpy(all, asks, ask_count * sizeof *all);
    if (session_count)
        memcpy(all + ask_count, sessions, session_count * sizeof *all);
    *count = ask_count + session_count;
    for (size_t i = 0; i < *count; i++)
        all[i].month = calendar_civil(all[i].at, ctx->config->zone).month;
    *out = all;
    return ERR_NONE;
}

/* The events, with the gaps of today when it goes on. */
static err_code with_gaps(struct ctx *ctx, struct arena *arena,
                          const struct report *report, enum report_by by,
                          struct report_event **events, size_t *count, struct err *err)
{
    struct report_event *gaps = NULL, *all;
    size_t gap_count = 0;
    err_code code = ERR_NONE;

    if (!report->has_gaps || (by != REPORT_BY_POLE && by != REPORT_BY_STRUCTURE))
        return ERR_NONE;
    code = reports_gaps(ctx->db, arena, by, &gaps, &gap_count, err);
    if (code != ERR_NONE)
        return code;
    all = arena_array(arena, *count + gap_count + 1, sizeof *all);
    if (!all)
        return err_set(err, ERR_MEMORY, "no room for a report");
    if (*count)
        memcpy(all, *events, *count * sizeof *all);
    if (gap_count)
        memcpy(all + *count, gaps, gap_count * sizeof *all);
    *events = all;
    *count += gap_count;
    return ERR_NONE;
}

static err_code count_by(struct ctx *ctx, struct arena *arena, struct report *report,
                         enum report_by by, struct report_event *events, size_t count,
                         struct err *err)
{
    err_code code = with_gaps(ctx, arena, report, by, &events, &count, err);
    struct report_row *rows = arena_array(arena, count + 1, sizeof *rows);
    int64_t *waits = arena_array(arena, count + 1, sizeof *waits);
    size_t used;

    if (code != ERR_NONE)
        return code;
    if (!rows || !waits)
        return err_set(err, ERR_MEMORY, "no room for a report");
    used = report_rows(by, events, count, rows, waits);
    report->rows[by] = arena_array(ctx->arena, used + 1, sizeof *rows);
    if (!report->rows[by])
        return err_set(err, ERR_MEMORY, "no room for a report");
    for (size_t i = 0; i < used; i++) {
        if (report->is_public)
            report_mask(&rows[i]);
        report->rows[by][i] = rows[i];
    }
    report->counts[by] = used;
    return ERR_NONE;
}

err_code report_make(struct ctx *ctx, struct report *report, struct err *err)
{
    struct arena *arena = arena_new(MAKE_ARENA_MAX);
    struct report_event *events = NULL;
    struct civil today = calendar_civil(ctx->now, ctx->config->zone);
    size_t count = 0;
    err_code code = arena ? read_events(ctx, arena, report, &events, &count, err)
                          : err_set(err, ERR_MEMORY, "no room for a report");

    report->has_gaps =
        report->year == today.year && (!report->month || report->month == today.month);
    for (int by = REPORT_BY_MONTH; code == ERR_NONE && by <= REPORT_BY_NONE; by++) {
        bool is_told = !(by == REPORT_BY_MONTH && report->month) &&
                       !(by == REPORT_BY_NONE && report->is_public);
        if (is_told)
            code = count_by(ctx, arena, report, (enum report_by)by, events, count, err);
    }
    arena_free(arena);
    return code;
}
