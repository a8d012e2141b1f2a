/* How a pole went in the last twelve months: pressure, reach and fairness. Pure. */
#ifndef EXCHANGE_MODEL_GAP_TREND_H
#define EXCHANGE_MODEL_GAP_TREND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GAP_TREND_MONTHS = 12 };

/* Someone asked with a need that stands. */
struct gap_event {
    int64_t stated_at, answered_at; /* of the need; answered 0: not yet */
    int64_t who;
    bool is_need; /* the need itself, once for all who ask with it */
};

struct gap_month {
    int64_t at; /* its first moment */
    int64_t stated, answered;
};

struct gap_trend {
    struct gap_month
        months[GAP_TREND_MONTHS]; /* oldest first, the last one is going on */
    int64_t asking, served; /* distinct people; served: with a need that was answered */
    int64_t answered;       /* needs stated since the first month, answered so far */
    int64_t median_wait_s;  /* of these; 0 when there is none */
    int64_t sessions;       /* held in these months, once for each who gave it */
    int64_t trainers, busiest; /* who gave them; a tenth of these, rounded up */
    int64_t busiest_sessions;  /* given by the busiest tenth */
};

/* Fills what comes from the events; `months[].at` and `end` (of the last) are given.
 * Sorts the events. `waits` has room for as many numbers. */
void gap_trend_asks(struct gap_trend *trend, int64_t end, struct gap_event *events,
                    size_t count, int64_t *waits);
/* Sessions of each who gave some, the most first. */
void gap_trend_loads(struct gap_trend *trend, const int64_t *loads, size_t count);

#endif
