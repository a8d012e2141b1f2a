/* Half-days of the week. */
#include "exchange/model/week.h"

static const struct {
    int from, to;           /* minutes; what belongs to the part */
    int start_min, end_min; /* the window it stands for */
} parts[WEEK_DAY_PARTS] = {
    {0, 720, 480, 720}, {720, 1080, 840, 1080}, {1080, 1440, 1080, 1260}};

unsigned week_parts(const struct weekly_window *windows, size_t count)
{
    unsigned bits = 0;

    for (size_t i = 0; i < count; i++)
        for (int part = 0; part < WEEK_DAY_PARTS; part++)
            if (windows[i].start_min < parts[part].to &&
                windows[i].end_min > parts[part].from)
                bits |= 1u << ((windows[i].weekday - 1) * WEEK_DAY_PARTS + part);
    return bits;
}

size_t week_windows(unsigned bits, struct weekly_window out[WEEK_PARTS])
{
    size_t count = 0;

    for (int bit = 0; bit < WEEK_PARTS; bit++)
        if (bits & (1u << bit))
            out[count++] =
                (struct weekly_window){.weekday = bit / WEEK_DAY_PARTS + 1,
                                       .start_min = parts[bit % WEEK_DAY_PARTS].start_min,
                                       .end_min = parts[bit % WEEK_DAY_PARTS].end_min};
    return count;
}
