/* The gaps of a pole, or of the whole site: for each skill that is asked for, how many
 * people ask, who could answer, why nobody does: made from the counts that are kept up to
 * date (exchange/action/gap_view.h). */
#ifndef EXCHANGE_ACTION_GAP_REPORT_H
#define EXCHANGE_ACTION_GAP_REPORT_H

#include "exchange/action/ctx.h"
#include "exchange/model/gap.h"
#include "exchange/model/gap_trend.h"

enum {
    GAP_ROWS_MOST = 60,    /* rows given out; `total` tells how many there are */
    GAP_COLUMNS_MOST = 12, /* the last one stands for all others when there are more */
    GAP_RISKS_MOST = 30
};

/* A column of the matrix: a structure within a pole, a pole on the whole site. */
struct gap_column {
    int64_t id;       /* 0: all others, and those who belong nowhere */
    const char *name; /* NULL with id 0 */
};

struct gap_cell {
    int64_t waiting;  /* of those asking, those for whom no session is coming */
    int64_t proposed; /* of these, those for whom one is proposed */
    int64_t asking, live, known; /* distinct people; known: live and phantom; in the last
                                    column one may count for each of its structures or
                                    poles */
    enum gap_cause cause;
};

struct gap_row {
    int64_t skill_id;  /* below 0: minus the number of a group of needs in free words */
    const char *label; /* in the language of ctx */
    int64_t pole_id;   /* of a group; else 0 */
    struct gap_tally tally;
    enum gap_cause cause;
    int64_t needs;          /* open */
    int64_t oldest_at;      /* the oldest of these; 0 when there is none */
    int64_t oldest_id;      /* that need; 0 when there is none */
    int64_t one_id;         /* the one live person, when there is just one; else 0 */
    struct gap_cell *cells; /* one a column */
};

struct gap_report {
    int64_t pole_id; /* 0: the whole site */
    struct gap_column *columns;
    size_t column_count;
    struct gap_row *rows;    /* worst first: heat, people asking, oldest need */
    size_t row_count, total; /* given out, and in all */
    int64_t by_heat[4];      /* of all skills asked for now (gap_heat) */
    struct gap_row
        *risks; /* asked for in the last GAP_MONTHS, one live person; without cells */
    size_t risk_count, risk_total;
    int64_t asking; /* distinct people with open needs */
    int64_t needs, oldest_at;
    int64_t unqualified;    /* of these needs, those without a skill */
    struct gap_trend trend; /* the last twelve months */
};

/* `pole_id` 0: the whole site, columns are poles. `from_records`: counted anew from the
 * records, which says the same and takes longer. Needs no actor: who may see it is for
 * the page. */
MUST_USE err_code gap_report_make(struct ctx *ctx, int64_t pole_id, bool from_records,
                                  struct gap_report *out, struct err *err);

#endif
