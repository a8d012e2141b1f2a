/* Days and hours as people type them. */
#include "exchange/model/when.h"

#include "base/unicode.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { SPAN_MOST_S = 12 * HOUR_S, MONTHS = 12, CENTURY = 2000, YEAR_MOST = 9999 };

/* A whole number without sign, blanks around it; -1 for anything else. */
static int number(const char *text)
{
    char *end;
    long value;

    while (text && isspace((unsigned char)*text))
        text++;
    if (!text || !isdigit((unsigned char)*text))
        return -1;
    value = strtol(text, &end, 10);
    while (isspace((unsigned char)*end))
        end++;
    return *end || value > YEAR_MOST ? -1 : (int)value;
}

static bool is_empty(const char *text)
{
    return !text || text[strspn(text, " \t")] == '\0';
}

int when_month(struct arena *arena, const char *text)
{
    static const char *const names[][MONTHS] = {
        {"janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout",
         "septembre", "octobre", "novembre", "decembre"},
        {"january", "february", "march", "april", "may", "june", "july", "august",
         "september", "october", "november", "december"}};
    int value = number(text);
    char *folded = is_empty(text) ? NULL : unicode_fold(arena, text);
    size_t length, found = 0;

    if (value >= 0 || !folded)
        return value >= 1 && value <= MONTHS ? value : 0;
    folded += strspn(folded, " ");
    length = strcspn(folded, ". ");
    if (folded[length + strspn(folded + length, ". ")] != '\0' || length < 3)
        return 0;
    value = 0;
    for (int lang = 0; lang < 2; lang++)
        for (int i = 0; i < MONTHS; i++)
            if (strncmp(names[lang][i], folded, length) == 0 && value != i + 1) {
                value = i + 1;
                found++;
            }
    return found == 1 ? value : 0; /* "jui" is no month: there are two */
}

int when_minutes(const char *text)
{
    int digits[4], count = 0, hour_digits = -1, hour, minute;

    if (is_empty(text))
        return -1;
    for (; *text; text++) {
        if (isdigit((unsigned char)*text)) {
            if (count == 4)
                return -1;
            digits[count++] = *text - '0';
        } else if (strchr("hH:", *text)) {
            if (hour_digits >= 0 || count == 0)
                return -1;
            hour_digits = count;
        } else if (!isspace((unsigned char)*text)) {
            return -1;
        }
    }
    if (hour_digits < 0)
        hour_digits = count > 2 ? count - 2 : count;
    if (count == 0 || hour_digits > 2 ||
        (count > hour_digits && count - hour_digits != 2))
        return -1;
    hour = hour_digits == 2 ? digits[0] * 10 + digits[1] : digits[0];
    minute = count > hour_digits ? digits[hour_digits] * 10 + digits[hour_digits + 1] : 0;
    return minute < 60 && (hour < 24 || (hour == 24 && minute == 0)) ? hour * 60 + minute
                                                                     : -1;
}

enum when_mistake when_day(struct arena *arena, const struct when_typed *typed,
                           int minute, struct zone zone, int64_t *at)
{
    int day = number(typed->day), month = when_month(arena, typed->month),
        year = number(typed->year);

    if (is_empty(typed->day) && is_empty(typed->month) && is_empty(typed->year))
        return WHEN_EMPTY;
    year += year >= 0 && year < 100 ? CENTURY : 0;
    if (day < 1 || month < 1 || year < CENTURY || !calendar_date_exists(year, month, day))
        return WHEN_DAY;
    return calendar_instant((struct civil){.year = year,
                                           .month = month,
                                           .day = day,
                                           .hour = minute / 60,
                                           .minute = minute % 60},
                            zone, at)
               ? WHEN_NONE
               : WHEN_NO_HOUR;
}

enum when_mistake when_span(struct arena *arena, const struct when_typed *typed,
                            struct zone zone, int64_t *starts_at, int64_t *ends_at)
{
    int from = when_minutes(typed->from), to = when_minutes(typed->to);
    int64_t noon, start, end;
    enum when_mistake mistake = when_day(arena, typed, 12 * 60, zone, &noon);

    if (mistake == WHEN_EMPTY && is_empty(typed->from) && is_empty(typed->to))
        return WHEN_EMPTY;
    if (mistake != WHEN_NONE)
        return WHEN_DAY;
    if (from < 0 || from == 24 * 60 || to < 0)
        return WHEN_HOUR;
    if (to <= from)
        return WHEN_ORDER;
    mistake = when_day(arena, typed, from, zone, &start);
    if (mistake == WHEN_NONE && to < 24 * 60)
        mistake = when_day(arena, typed, to, zone, &end);
    else if (mistake == WHEN_NONE) /* midnight belongs to the next day */
        end = noon + 12 * HOUR_S;
    if (mistake != WHEN_NONE)
        return mistake;
    if (end <= start || end - start > SPAN_MOST_S)
        return WHEN_ORDER;
    *starts_at = start;
    *ends_at = end;
    return WHEN_NONE;
}
