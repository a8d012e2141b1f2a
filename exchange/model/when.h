/* Days and hours as people type them: a day in three fields (the month by number or by name, French
 * or English, shortened or not) and hours such as "14h30", "14:30", "1430", "9 h", "9". Pure. */
#ifndef EXCHANGE_MODEL_WHEN_H
#define EXCHANGE_MODEL_WHEN_H

#include "base/arena.h"
#include "base/calendar.h"

enum when_mistake {
    WHEN_NONE,
    WHEN_EMPTY,    /* nothing typed */
    WHEN_DAY,      /* no day of that name or number, or not in that month */
    WHEN_HOUR,     /* no hour */
    WHEN_NO_HOUR,  /* an hour that the clocks jump over in spring */
    WHEN_ORDER,    /* it ends before it begins, or lasts over 12 hours */
};

/* 1 to 12 for "12", "décembre", "DEC", "dec.", "december"; 0 for anything else. */
int when_month(struct arena *arena, const char *text);
/* Minutes since midnight, 0 to 1440; -1 for anything else. "24h" is midnight at the end. */
int when_minutes(const char *text);

struct when_typed {
    const char *day, *month, *year; /* as typed; NULL as empty */
    const char *from, *to;
};

/* The moment of a day typed at that local minute. A year of two digits is of this century. */
enum when_mistake when_day(struct arena *arena, const struct when_typed *typed,
                           int minute, struct zone zone, int64_t *at);
/* From when to when. All empty: WHEN_EMPTY. */
enum when_mistake when_span(struct arena *arena, const struct when_typed *typed,
                            struct zone zone, int64_t *starts_at, int64_t *ends_at);

#endif
