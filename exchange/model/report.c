/* Counting the report of the site. */
#include "exchange/model/report.h"

#include <stdlib.h>

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_month(const void *a, const void *b)
{
    const struct report_event *x = a, *y = b;

    return x->month != y->month ? compare(x->month, y->month) : compare(x->who, y->who);
}

static int by_pole(const void *a, const void *b)
{
    const struct report_event *x = a, *y = b;

    return x->pole_id != y->pole_id ? compare(x->pole_id, y->pole_id)
                                    : compare(x->who, y->who);
}

static int by_structure(const void *a, const void *b)
{
    const struct report_event *x = a, *y = b;

    return x->structure_id != y->structure_id ? compare(x->structure_id, y->structure_id)
                                              : compare(x->who, y->who);
}

static int by_who(const void *a, const void *b)
{
    const struct report_event *x = a, *y = b;

    return compare(x->who, y->who);
}

static int by_length(const void *a, const void *b)
{
    return compare(*(const int64_t *)a, *(const int64_t *)b);
}

static int64_t place_of(enum report_by by, const struct report_event *event)
{
    return by == REPORT_BY_MONTH       ? event->month
           : by == REPORT_BY_POLE      ? event->pole_id
           : by == REPORT_BY_STRUCTURE ? event->structure_id
                                       : 0;
}

/* One more of it; `is_other`: of somebody else than the event before. */
static void add(struct report_row *row, const struct report_event *event, bool is_other)
{
    int64_t *figures = row->figures;

    if (event->is_gap) {
        row->gaps++;
        return;
    }
    if (event->is_session) {
        figures[REPORT_SESSIONS]++;
        figures[REPORT_CAME] += event->came;
        return;
    }
    figures[REPORT_NEEDS] += event->is_need;
    figures[REPORT_ANSWERED] += event->is_need && event->answered_at;
    figures[REPORT_MET] += event->is_need && event->is_met;
    figures[REPORT_PEOPLE] += is_other;
}

size_t report_rows(enum report_by by, struct report_event *events, size_t count,
                   struct report_row *rows, int64_t *waits)
{
    static int (*const orders[])(const void *, const void *) = {by_month, by_pole,
                                                                by_structure, by_who};
    size_t used = 0;

    if (count)
        qsort(events, count, sizeof *events, orders[by]);
    for (size_t from = 0, to; from < count; from = to) {
        struct report_row *row = &rows[used++];
        size_t waited = 0;
        int64_t last = 0;
        bool has_last = false;
        *row = (struct report_row){.of = place_of(by, &events[from])};
        for (to = from; to < count && place_of(by, &events[to]) == row->of; to++) {
            const struct report_event *event = &events[to];
            add(row, event, !has_last || event->who != last);
            if (!event->is_session && !event->is_gap) {
                last = event->who;
                has_last = true;
            }
            if (event->is_need && event->answered_at)
                waits[waited++] = event->answered_at - event->at;
        }
        if (waited)
            qsort(waits, waited, sizeof *waits, by_length);
        row->wait_s = waited ? waits[waited / 2] : REPORT_FEW;
    }
    return used;
}

static int64_t masked(int64_t figure)
{
    return figure < REPORT_STEP ? REPORT_FEW : figure - figure % REPORT_STEP;
}

void report_mask(struct report_row *row)
{
    if (row->figures[REPORT_ANSWERED] < REPORT_STEP)
        row->wait_s = REPORT_FEW;
    for (int i = 0; i < REPORT_FIGURES; i++)
        row->figures[i] = masked(row->figures[i]);
    row->gaps = masked(row->gaps);
}
