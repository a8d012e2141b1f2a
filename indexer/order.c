/* Who comes first of those that answer a need. */
#include "indexer/order.h"

#include "base/calendar.h"
#include "base/unicode.h"
#include "config/territory.h"
#include "indexer/shared.h"

#include <limits.h>
#include <math.h>
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

/* The folded name of the commune of a document; NULL: unsaid. */
static const char *commune_of(struct arena *arena, const struct forward *forward,
                              const struct entry_head *head)
{
    size_t length = 0;
    const char *key =
        head->commune ? forward_item(forward, head->commune, &length) : NULL;
    const char *end = key ? memchr(key, SHARED_SEPARATOR, length) : NULL;
    const char *name = end ? arena_strndup(arena, key, (size_t)(end - key)) : NULL;

    return name ? unicode_fold(arena, name) : NULL;
}

static double km_to(const struct query_request *request, const struct config *config,
                    const char *commune)
{
    if (!request->near_commune || !commune)
        return -1;
    if (strcmp(commune, request->near_commune) == 0)
        return 0;
    return territory_km(territory_find(config, request->near_commune),
                        territory_find(config, commune));
}

double order_km(struct arena *arena, const struct query_request *request,
                const struct forward *forward, const struct config *config,
                const struct entry_head *head)
{
    return request->near_commune && head->kind == KIND_PERSON
               ? km_to(request, config, commune_of(arena, forward, head))
               : -1;
}

/* Whole kilometres; the same commune first, communes nobody placed last. */
static int near_place(double km)
{
    return km < 0 ? INT_MAX : (int)ceil(km);
}

int order_place(struct arena *arena, const struct query_request *request,
                const struct forward *forward, const struct config *config,
                const struct entry_head *head)
{
    if (head->kind != KIND_PERSON)
        return 0;
    switch (request->order) {
    case ORDER_SOON:
        return soon_place(request, config->zone, head);
    case ORDER_NEAR:
        return near_place(order_km(arena, request, forward, config, head));
    case ORDER_FIT:
        break;
    }
    return 0;
}
