/* Public holidays of France. */
#include "exchange/model/holiday.h"

#include "base/calendar.h"

/* Day number of Easter Sunday in the Gregorian calendar: the anonymous algorithm of 1876
 * (Meeus, Astronomical Algorithms, chapter 8). */
static int64_t easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - b / 4 - g + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int sum = h + l - 7 * m + 114;

    return calendar_day_number(year, sum / 31, sum % 31 + 1);
}

bool is_holiday(int year, int month, int day)
{
    static const int fixed[][2] = {{1, 1},  {5, 1},  {5, 8},   {7, 14},
                                   {8, 15}, {11, 1}, {11, 11}, {12, 25}};
    enum { EASTER_MONDAY = 1, ASCENSION = 39, WHIT_MONDAY = 50 };
    int64_t since = calendar_day_number(year, month, day) - easter(year);

    for (unsigned i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
        if (fixed[i][0] == month && fixed[i][1] == day)
            return true;
    return since == EASTER_MONDAY || since == ASCENSION || since == WHIT_MONDAY;
}
