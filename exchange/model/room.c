/* A room of a structure. */
#include "exchange/model/room.h"

bool room_is_open(const struct room *room, int64_t starts_at, int64_t ends_at,
                  struct zone zone)
{
    struct civil start = calendar_civil(starts_at, zone),
                 end = calendar_civil(ends_at, zone);
    int start_min = start.hour * 60 + start.minute, end_min = end.hour * 60 + end.minute;

    if (room->window_count == 0)
        return true;
    if (end_min == 0 && end.second == 0 && ends_at - starts_at <= DAY_S)
        end_min = 24 * 60; /* until midnight */
    else if (start.day != end.day || ends_at - starts_at >= DAY_S)
        return false;
    for (size_t i = 0; i < room->window_count; i++)
        if (room->windows[i].weekday == start.weekday &&
            room->windows[i].start_min <= start_min &&
            room->windows[i].end_min >= end_min)
            return true;
    return false;
}
