/* A plan as a week calendar. */
#include "web/page/plan_calendar.h"

enum {
    DAYS = 6,        /* Monday to Saturday */
    NAMES_WIDE = 16, /* percent: of the column with the weeks */
    DAY_WIDE = 14,
    HEAD_HIGH = 26, /* pixels */
    PART_HIGH = 24, /* of a half-day */
    PARTS = 3,
    WEEK_HIGH = PARTS * PART_HIGH + 8,
    NOON = 12,
    EVENING = 17,
    NAME_BYTES = 3
};

static const char *const day_names[DAYS] = {N_("Monday"),    N_("Tuesday"),
                                            N_("Wednesday"), N_("Thursday"),
                                            N_("Friday"),    N_("Saturday")};

/* Noon of the Monday of that week. */
static int64_t monday_of(int64_t at, struct zone zone)
{
    struct civil civil = calendar_civil(at, zone);
    int weekday = civil.weekday;

    civil.hour = NOON;
    civil.minute = civil.second = 0;
    return calendar_instant(civil, zone, &at) ? calendar_days_on(at, 1 - weekday, zone)
                                              : at;
}

/* Where a session stands: its column, and its row from the first week on. */
struct spot {
    int day, row;
};

static struct spot spot_of(const struct pole_plan *plan, size_t session, struct zone zone)
{
    int64_t at = plan->sessions[session].starts_at;
    struct civil civil = calendar_civil(at, zone);
    int64_t weeks =
        (monday_of(at, zone) - monday_of(plan->sessions[0].starts_at, zone) + DAY_S) /
        (7 * DAY_S);

    return (struct spot){civil.weekday - 1, (int)weeks * PARTS + (civil.hour >= NOON) +
                                                (civil.hour >= EVENING)};
}

static int top_of(int row)
{
    return HEAD_HIGH + row / PARTS * WEEK_HIGH + row % PARTS * PART_HIGH;
}

static void set_mark(struct tree *marks, const struct pole_plan *plan, size_t session,
                     struct zone zone)
{
    struct spot spot = spot_of(plan, session, zone);
    int beside = 0, before = 0, wide;
    struct tree *mark = tree_add(marks, tree_object());

    for (size_t i = 0; i < plan->session_count; i++) {
        struct spot other = spot_of(plan, i, zone);
        bool is_beside = other.day == spot.day && other.row == spot.row;
        beside += is_beside;
        before += is_beside && i < session;
    }
    wide = beside < DAY_WIDE ? DAY_WIDE / beside : 1;
    tree_set_int(mark, "number", plan->sessions[session].position + 1);
    tree_set_int(mark, "x", NAMES_WIDE + spot.day * DAY_WIDE + before * wide);
    tree_set_int(mark, "middle",
                 NAMES_WIDE + spot.day * DAY_WIDE + before * wide + wide / 2);
    tree_set_int(mark, "width", wide > 2 ? wide - 1 : wide);
    tree_set_int(mark, "y", top_of(spot.row) + 2);
    tree_set_int(mark, "height", PART_HIGH - 4);
    tree_set_int(mark, "base", top_of(spot.row) + PART_HIGH - 7);
}

void plan_calendar_set(struct tree *root, const struct pole_plan *plan, struct zone zone,
                       const struct catalogue *catalogue, struct arena *arena)
{
    struct tree *calendar, *list;
    int weeks;

    if (!plan->session_count)
        return;
    calendar = tree_set(root, "_calendar", tree_object());
    weeks = spot_of(plan, plan->session_count - 1, zone).row / PARTS + 1;
    tree_set_int(calendar, "height", HEAD_HIGH + weeks * WEEK_HIGH);
    list = tree_set(calendar, "days", tree_array());
    for (int day = 0; day < DAYS; day++) {
        struct tree *entry = tree_add(list, tree_object());
        tree_set_text(entry, "name",
                      arena_strndup(arena, tr(catalogue, day_names[day]), NAME_BYTES));
        tree_set_int(entry, "x", NAMES_WIDE + day * DAY_WIDE);
        tree_set_int(entry, "middle", NAMES_WIDE + day * DAY_WIDE + DAY_WIDE / 2);
    }
    list = tree_set(calendar, "weeks", tree_array());
    for (int week = 0; week < weeks; week++) {
        int64_t first = monday_of(plan->sessions[0].starts_at, zone);
        struct civil monday =
            calendar_civil(calendar_days_on(first, 7 * week, zone), zone);
        struct tree *entry = tree_add(list, tree_object());
        tree_set_text(entry, "name",
                      arena_printf(arena, "%02d/%02d", monday.day, monday.month));
        tree_set_int(entry, "y", HEAD_HIGH + week * WEEK_HIGH);
        tree_set_int(entry, "base", HEAD_HIGH + week * WEEK_HIGH + PART_HIGH - 7);
    }
    list = tree_set(calendar, "marks", tree_array());
    for (size_t i = 0; i < plan->session_count; i++)
        set_mark(list, plan, i, zone);
}
