/* The report of the site over a year or a month: by month, by pole, by structure; no
 * names. */
#ifndef EXCHANGE_ACTION_REPORT_H
#define EXCHANGE_ACTION_REPORT_H

#include "exchange/action/ctx.h"
#include "exchange/model/report.h"

enum { REPORT_YEAR_LEAST = 2000, REPORT_YEAR_MOST = 2100 };

struct report {
    int year, month; /* month 0: the whole year */
    bool is_public;  /* masked: without the total */
    bool has_gaps;   /* it goes on today: poles and structures have their gaps */
    struct report_row
        *rows[REPORT_BY_NONE + 1]; /* by enum report_by; months of a year only */
    size_t counts[REPORT_BY_NONE + 1];
};

/* "2026" or "2026-11"; NULL: the year of now. The same and false: it is neither. */
bool report_span(const struct ctx *ctx, const char *typed, struct report *out);
/* Fills the rows for the span; in ctx->arena. Needs no actor: who may see it unmasked is
 * for the page. */
MUST_USE err_code report_make(struct ctx *ctx, struct report *report, struct err *err);
/* The first moment of that month (1 to 13) of the report's year. */
int64_t report_month(const struct ctx *ctx, int year, int month);

#endif
