/* Days and hours as people on the spot read them. */
#include "base/calendar.h"

#include <stdio.h>
#include <string.h>

const struct zone zone_paris = {.offset_min = 60, .has_summer_time = true};
const struct zone zone_utc = {0};

enum { YEAR_MIN = 1900, YEAR_MAX = 9999 };

int64_t calendar_day_number(int year, int month, int day)
{
    /* Years start in March so that the leap day comes last; 146097 days are 400 years. */
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void date_of_day(int64_t number, int *year, int *month, int *day)
{
    int64_t z = number + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t of_era = z - era * 146097;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
    int64_t m = (5 * of_year + 2) / 153;

    *day = (int)(of_year - (153 * m + 2) / 5 + 1);
    *month = (int)(m < 10 ? m + 3 : m - 9);
    *year = (int)(y + era * 400 + (*month <= 2));
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

bool calendar_date_exists(int year, int month, int day)
{
    return year >= YEAR_MIN && year <= YEAR_MAX && month >= 1 && month <= 12 &&
           day >= 1 && day <= days_in_month(year, month);
}

static int weekday_of(int64_t day_number)
{
    int64_t monday_based = (day_number + 3) % 7; /* 1970-01-01 was a Thursday */

    return (int)(monday_based < 0 ? monday_based + 7 : monday_based) + 1;
}

/* 01:00 UTC on the last Sunday of a month of 31 days. */
static int64_t last_sunday_at(int year, int month)
{
    int64_t last = calendar_day_number(year, month, 31);

    return (last - weekday_of(last) % 7) * DAY_S + HOUR_S;
}

static int64_t offset_s(int64_t at, struct zone zone)
{
    int year, month, day;
    int64_t number = at >= 0 ? at / DAY_S : -((-at + DAY_S - 1) / DAY_S);
    int64_t winter_s = (int64_t)zone.offset_min * MINUTE_S;

    if (!zone.has_summer_time)
        return winter_s;
    date_of_day(number, &year, &month, &day);
    if (at >= last_sunday_at(year, 3) && at < last_sunday_at(year, 10))
        return winter_s + HOUR_S;
    return winter_s;
}

struct civil calendar_civil(int64_t at, struct zone zone)
{
    struct civil civil;
    int64_t local = at + offset_s(at, zone);
    int64_t number = local >= 0 ? local / DAY_S : -((-local + DAY_S - 1) / DAY_S);
    int second = (int)(local - number * DAY_S);

    date_of_day(number, &civil.year, &civil.month, &civil.day);
    civil.hour = second / HOUR_S;
    civil.minute = second % HOUR_S / MINUTE_S;
    civil.second = second % MINUTE_S;
    civil.weekday = weekday_of(number);
    return civil;
}

bool calendar_instant(struct civil civil, struct zone zone, int64_t *at)
{
    int64_t local, guess;
    int i;

    if (!calendar_date_exists(civil.year, civil.month, civil.day) || civil.hour < 0 ||
        civil.hour > 23 || civil.minute < 0 || civil.minute > 59 || civil.second < 0 ||
        civil.second > 59)
        return false;
    local = calendar_day_number(civil.year, civil.month, civil.day) * DAY_S +
            civil.hour * HOUR_S + civil.minute * MINUTE_S + civil.second;
    for (i = 1; i >= 0; i--) {
        guess =
            local - zone.offset_min * MINUTE_S - (zone.has_summer_time ? i * HOUR_S : 0);
        if (guess + offset_s(guess, zone) == local) {
            *at = guess;
            return true;
        }
    }
    return false;
}

int64_t calendar_weekly(int64_t now, int weekday, int hour, struct zone zone)
{
    struct civil today = calendar_civil(now, zone);
    int days = (today.weekday - weekday + 7) % 7;
    int64_t at = 0;

    for (int weeks = 0; weeks < 2; weeks++) {
        struct civil day =
            calendar_civil(now - (days + 7 * weeks) * (int64_t)DAY_S, zone);
        day.hour = hour;
        day.minute = day.second = 0;
        if (calendar_instant(day, zone, &at) && at <= now)
            return at;
    }
    return 0;
}

int64_t calendar_days_on(int64_t at, int days, struct zone zone)
{
    struct civil civil = calendar_civil(at, zone);
    int64_t number = calendar_day_number(civil.year, civil.month, civil.day) + days, then;

    date_of_day(number, &civil.year, &civil.month, &civil.day);
    if (calendar_instant(civil, zone, &then))
        return then;
    civil.hour++; /* the hour that spring jumps over */
    return calendar_instant(civil, zone, &then) ? then : at + days * (int64_t)DAY_S;
}

/* Reads 1 to `digits_max` digits; advances; -1 when there is none. */
static int number_at(const char **cursor, int digits_max)
{
    int value = 0, digits = 0;

    while (digits < digits_max && **cursor >= '0' && **cursor <= '9') {
        value = value * 10 + (*(*cursor)++ - '0');
        digits++;
    }
    return digits ? value : -1;
}

static bool take(const char **cursor, char c)
{
    if (**cursor != c)
        return false;
    (*cursor)++;
    return true;
}

/* "18:30", "18h30", "18h", with optional ":05". */
static bool time_at(const char **cursor, struct civil *civil)
{
    civil->hour = number_at(cursor, 2);
    if (civil->hour < 0)
        return false;
    if (take(cursor, 'h')) {
        civil->minute = number_at(cursor, 2);
        if (civil->minute < 0)
            civil->minute = 0;
        return true;
    }
    if (!take(cursor, ':'))
        return false;
    civil->minute = number_at(cursor, 2);
    if (take(cursor, ':'))
        civil->second = number_at(cursor, 2);
    return civil->minute >= 0 && civil->second >= 0;
}

static bool relative_day(const char **cursor, int64_t now, struct zone zone,
                         struct civil *civil)
{
    bool back = **cursor == '-';
    int days;
    struct civil today;

    (*cursor)++;
    days = number_at(cursor, 5);
    if (days < 0 || !(take(cursor, 'd') || take(cursor, 'j')))
        return false;
    today = calendar_civil(now, zone);
    date_of_day(calendar_day_number(today.year, today.month, today.day) +
                    (back ? -days : days),
                &civil->year, &civil->month, &civil->day);
    return true;
}

static bool absolute_day(const char **cursor, struct civil *civil)
{
    int first = number_at(cursor, 4);
    char separator = **cursor;

    if (first < 0 || (separator != '-' && separator != '/' && separator != '.'))
        return false;
    (*cursor)++;
    civil->month = number_at(cursor, 2);
    if (civil->month < 0 || !take(cursor, separator))
        return false;
    if (separator == '-') {
        civil->year = first;
        civil->day = number_at(cursor, 2);
    } else {
        civil->day = first;
        civil->year = number_at(cursor, 4);
    }
    return true;
}

bool calendar_parse(const char *string, int64_t now, struct zone zone, int64_t *at)
{
    struct civil civil = {0};
    const char *cursor = string;
    bool relative = *cursor == '+' || *cursor == '-';

    if (relative ? !relative_day(&cursor, now, zone, &civil)
                 : !absolute_day(&cursor, &civil))
        return false;
    if (take(&cursor, ' ') || take(&cursor, 'T')) {
        if (!time_at(&cursor, &civil))
            return false;
        if (take(&cursor, 'Z'))
            zone = zone_utc;
    }
    return *cursor == '\0' && calendar_instant(civil, zone, at);
}

void calendar_iso(int64_t at, char out[CALENDAR_TEXT_MAX])
{
    struct civil c = calendar_civil(at, zone_utc);

    snprintf(out, CALENDAR_TEXT_MAX, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year % 10000,
             c.month % 100, c.day % 100, c.hour % 100, c.minute % 100, c.second % 100);
}

void calendar_local(int64_t at, struct zone zone, char out[CALENDAR_TEXT_MAX])
{
    struct civil c = calendar_civil(at, zone);

    snprintf(out, CALENDAR_TEXT_MAX, "%04d-%02d-%02d %02d:%02d", c.year % 10000,
             c.month % 100, c.day % 100, c.hour % 100, c.minute % 100);
}
