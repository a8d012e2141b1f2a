/* A room of a structure, where sessions take place. Plain values. */
#ifndef EXCHANGE_MODEL_ROOM_H
#define EXCHANGE_MODEL_ROOM_H

#include "base/calendar.h"
#include "exchange/model/person.h"

enum { ROOM_CAPACITY_MOST = 1000 };

struct room {
    int64_t id;
    int64_t structure_id;
    const char *name;      /* never NULL */
    const char *commune, *address; /* NULL when unsaid; the address is for those who come */
    int capacity;          /* 1 to ROOM_CAPACITY_MOST */
    const char *equipment, *access; /* in words; NULL when unsaid */
    bool is_step_free;
    const struct weekly_window *windows; /* when it is open; none: always */
    size_t window_count;
    int64_t version;
};

/* Whether it is open all that time, in local hours: one opening time holds all of it. */
bool room_is_open(const struct room *room, int64_t starts_at, int64_t ends_at,
                  struct zone zone);

#endif
