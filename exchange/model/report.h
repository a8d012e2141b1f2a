/* The report of the site, without names: who asked, what came of it, by month, pole and
 * structure. Pure.
 *
 * What everybody may see is coarse: every count is rounded down to a multiple of
 * REPORT_STEP, below it only "fewer" is said, and there are no sums. So nothing published
 * tells two counts that differ by one apart, whatever is taken from what, be it of
 * another day. */
#ifndef EXCHANGE_MODEL_REPORT_H
#define EXCHANGE_MODEL_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Someone asked, or a session was held, or there is a gap today. */
struct report_event {
    int64_t pole_id, structure_id; /* 0: none */
    int month;                     /* 1 to 12 */
    int64_t at;
    int64_t who;         /* who asked; negative: somebody without a card */
    int64_t answered_at; /* of a need; 0: not yet */
    bool is_need;        /* else she said she needs it too */
    bool is_met, is_session;
    bool is_gap;  /* neither: something is asked for today and nobody live answers */
    int64_t came; /* to the session */
};

enum report_by { REPORT_BY_MONTH, REPORT_BY_POLE, REPORT_BY_STRUCTURE, REPORT_BY_NONE };
enum report_figure {
    REPORT_NEEDS,    /* stated */
    REPORT_PEOPLE,   /* distinct, who stated or share them */
    REPORT_ANSWERED, /* of these needs, so far */
    REPORT_MET,
    REPORT_SESSIONS, /* held */
    REPORT_CAME      /* people who came to them */
};
enum { REPORT_FIGURES = 6, REPORT_STEP = 5, REPORT_FEW = -1 };

struct report_row {
    int64_t of; /* the month, pole or structure; 0: none */
    int64_t figures[REPORT_FIGURES];
    int64_t gaps; /* of today */
    int64_t
        wait_s; /* median, to the first answer of those answered; REPORT_FEW: not told */
};
/* A row for each that something happened in, by number. `rows` and `waits` have room for
 * `count`. Sorts the events. Returns how many rows there are. */
size_t report_rows(enum report_by by, struct report_event *events, size_t count,
                   struct report_row *rows, int64_t *waits);
/* As everybody may see it; a count of fewer becomes REPORT_FEW. */
void report_mask(struct report_row *row);

#endif
