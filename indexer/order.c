/* Who comes first of those that answer a need. */
#include "indexer/order.h"

#include "base/calendar.h"
#include "base/unicode.h"
#include "indexer/shared.h"

#include <limits.h>
#include <string.h>

enum { DAY_PARTS = 3, WEEK_PARTS = 7 * DAY_PARTS };

/* How many half-days, afternoons and evenings from `at` on until one she named; a week
 * more when she named none: she may be free, but nobody knows when. */
static int parts_until(unsigned day_parts, int64_t at, struct zone zone)
{
    struct civil civil = calendar_civil(at, zone);
    int part = civil.hour < 12 ? 0 : civil.hour < 18 ? 1 : 2;
    int first = (civil.weekday - 1) * DAY_PARTS + part, i = 0;

    while (i < WEEK_PARTS && !(day_parts & 1u << ((first + i) % WEEK_PARTS)))
        i++;
    return i;
}

static int soon_place(const struct query_request *request, struct zone zone,
                      const struct entry_head *head)
{
    int64_t from = head->pause_until > request->now ? head->pause_until : request->now;
    int64_t days = (from - request->now) / DAY_S;

    if (head->quota_month == 0 || days > INT_MAX / WEEK_PARTS)
        return INT_MAX;
    return (int)days * DAY_PARTS + parts_until(head->day_parts, from, zone);
}

/* 0: of the same commune, folded. */
static int near_place(struct arena *arena, const struct query_request *request,
                      const struct forward *forward, const struct entry_head *head)
{
    size_t length = 0;
    const char *key =
        head->commune ? forward_item(forward, head->commune, &length) : NULL;
    const char *end = key ? memchr(key, SHARED_SEPARATOR, length) : NULL;
    const char *name = end ? arena_strndup(arena, key, (size_t)(end - key)) : NULL;

    name = name ? unicode_fold(arena, name) : NULL;
    return !name || strcmp(name, request->near_commune) != 0;
}

int order_place(struct arena *arena, const struct query_request *request,
                const struct forward *forward, struct zone zone,
                const struct entry_head *head)
{
    if (head->kind != KIND_PERSON)
        return 0;
    switch (request->order) {
    case ORDER_SOON:
        return soon_place(request, zone, head);
    case ORDER_NEAR:
        return request->near_commune ? near_place(arena, request, forward, head) : 0;
    case ORDER_FIT:
        break;
    }
    return 0;
}
