/* Days and hours as people on the spot read them.
 *
 * A zone is a fixed offset with or without the European summer rule (directive
 * 2000/84/EC: forward on the last Sunday of March, back on the last Sunday of October,
 * both at 01:00 UTC), so no system time zone data is needed. Not for zones outside that
 * rule. */
#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

struct zone {
    int offset_min; /* winter minutes east of UTC: 60 for Paris */
    bool has_summer_time;
};

extern const struct zone zone_paris;
extern const struct zone zone_utc;

struct civil {
    int year, month, day; /* 1 to 12, 1 to 31 */
    int hour, minute, second;
    int weekday; /* 1 Monday to 7 Sunday; ignored on input */
};

enum { DAY_S = 86400, HOUR_S = 3600, MINUTE_S = 60 };

/* Days since 1970-01-01 of a proleptic Gregorian date. */
int64_t calendar_day_number(int year, int month, int day);
bool calendar_date_exists(int year, int month, int day);

struct civil calendar_civil(int64_t at, struct zone zone);

/* Seconds since 1970 UTC; false when that local time does not exist (the spring hour) or
 * is out of range (years 1900 to 9999). The repeated autumn hour gives the first of the
 * two. */
bool calendar_instant(struct civil civil, struct zone zone, int64_t *at);

/* So many days later (or before), at the same hour of the clocks there, whatever they do
 * in between; the hour after when that one does not exist. */
int64_t calendar_days_on(int64_t at, int days, struct zone zone);

/* The last time at or before `now` that it was that hour (0 to 23) of that weekday there;
 * 0 when neither of the last two weeks had it. */
int64_t calendar_weekly(int64_t now, int weekday, int hour, struct zone zone);

/* Reads "2026-12-03", "2026-12-03 18:30", "2026-12-03T18:30(:05)(Z)", "03/12/2026", and
 * the relative "-12d", "+12d", "+12d 18:30" counted from `now`. Date alone is midnight in
 * `zone`. False when it is none of these or does not exist. */
bool calendar_parse(const char *string, int64_t now, struct zone zone, int64_t *at);

enum { CALENDAR_TEXT_MAX = 32 };
/* "2026-12-03T18:30:00Z" */
void calendar_iso(int64_t at, char out[CALENDAR_TEXT_MAX]);
/* "2026-12-03 18:30" in `zone` */
void calendar_local(int64_t at, struct zone zone, char out[CALENDAR_TEXT_MAX]);

#endif
