/* How a pole went. */
#include "exchange/model/gap_trend.h"

#include <stdlib.h>

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static int by_who(const void *a, const void *b)
{
    const struct gap_event *x = a, *y = b;

    if (x->who != y->who)
        return x->who < y->who ? -1 : 1;
    return (x->answered_at == 0) - (y->answered_at == 0); /* who was served comes first */
}

/* The month of a moment; GAP_TREND_MONTHS when it is in none. */
static int month_of(const struct gap_trend *trend, int64_t end, int64_t at)
{
    if (at < trend->months[0].at || at >= end)
        return GAP_TREND_MONTHS;
    for (int i = GAP_TREND_MONTHS - 1; i > 0; i--)
        if (at >= trend->months[i].at)
            return i;
    return 0;
}

void gap_trend_asks(struct gap_trend *trend, int64_t end, struct gap_event *events,
                    size_t count, int64_t *waits)
{
    size_t used = 0;

    if (count)
        qsort(events, count, sizeof *events, by_who);
    for (size_t i = 0; i < count; i++) {
        const struct gap_event *event = &events[i];
        int stated = month_of(trend, end, event->stated_at);
        int answered = event->answered_at ? month_of(trend, end, event->answered_at)
                                          : GAP_TREND_MONTHS;
        if (i == 0 || events[i - 1].who != event->who) {
            trend->asking++;
            trend->served += event->answered_at != 0;
        }
        if (!event->is_need)
            continue;
        if (stated < GAP_TREND_MONTHS)
            trend->months[stated].stated++;
        if (answered < GAP_TREND_MONTHS)
            trend->months[answered].answered++;
        if (event->answered_at)
            waits[used++] = event->answered_at - event->stated_at;
    }
    if (used)
        qsort(waits, used, sizeof *waits, by_number);
    trend->answered = (int64_t)used;
    trend->median_wait_s = used ? waits[used / 2] : 0;
}

void gap_trend_loads(struct gap_trend *trend, const int64_t *loads, size_t count)
{
    enum { TENTH = 10 };

    trend->trainers = (int64_t)count;
    trend->busiest = ((int64_t)count + TENTH - 1) / TENTH;
    for (size_t i = 0; i < count; i++) {
        trend->sessions += loads[i];
        trend->busiest_sessions += (int64_t)i < trend->busiest ? loads[i] : 0;
    }
}
