/* A plan as a week calendar. */
#include "web/page/plan_calendar.h"

enum {
    DAYS = 6,        /* Monday to Saturday */
    NAMES_WIDE = 28, /* percent: of the column that says which half-day it is */
    DAY_WIDE = 12,
    HEAD_HIGH = 26, /* pixels */
    PART_HIGH = 24, /* of a half-day, and of the line with the week */
    PARTS = 3,
    WEEK_HIGH = (1 + PARTS) * PART_HIGH + 4,
    NOON = 12,
    EVENING = 17
};

static const char *const day_names[DAYS] = {N_("Mon"), N_("Tue"), N_("Wed"),
                                            N_("Thu"), N_("Fri"), N_("Sat")};
static const char *const part_names[PARTS] = {N_("morning"), N_("afternoon"),
                                              N_("evening")};

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
    return HEAD_HIGH + row / PARTS * WEEK_HIGH + (1 + row % PARTS) * PART_HIGH;
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

/* The line that names a week, then its half-days. */
static void set_week(struct tree *weeks, struct tree *parts, int week, int64_t monday,
                     const struct catalogue *catalogue)
{
    struct tree *entry = tree_add(weeks, tree_object());

    tree_set_int(entry, "at", monday);
    tree_set_int(entry, "y", HEAD_HIGH + week * WEEK_HIGH);
    tree_set_int(entry, "height", PART_HIGH);
    tree_set_int(entry, "base", HEAD_HIGH + week * WEEK_HIGH + PART_HIGH - 7);
    for (int part = 0; part < PARTS; part++) {
        struct tree *line = tree_add(parts, tree_object());
        tree_set_text(line, "name", tr(catalogue, part_names[part]));
        tree_set_int(line, "base", top_of(week * PARTS + part) + PART_HIGH - 7);
    }
}

void plan_calendar_set(struct tree *root, const struct pole_plan *plan, struct zone zone,
                       const struct catalogue *catalogue)
{
    struct tree *calendar, *list, *parts;
    int weeks;

    if (!plan->session_count)
        return;
    calendar = tree_set(root, "_calendar", tree_object());
    weeks = spot_of(plan, plan->session_count - 1, zone).row / PARTS + 1;
    tree_set_int(calendar, "height", HEAD_HIGH + weeks * WEEK_HIGH);
    list = tree_set(calendar, "days", tree_array());
    for (int day = 0; day < DAYS; day++) {
        struct tree *entry = tree_add(list, tree_object());
        tree_set_text(entry, "name", tr(catalogue, day_names[day]));
        tree_set_int(entry, "x", NAMES_WIDE + day * DAY_WIDE);
        tree_set_int(entry, "middle", NAMES_WIDE + day * DAY_WIDE + DAY_WIDE / 2);
    }
    list = tree_set(calendar, "weeks", tree_array());
    parts = tree_set(calendar, "parts", tree_array());
    for (int week = 0; week < weeks; week++)
        set_week(list, parts, week,
                 calendar_days_on(monday_of(plan->sessions[0].starts_at, zone), 7 * week,
                                  zone),
                 catalogue);
    list = tree_set(calendar, "marks", tree_array());
    for (size_t i = 0; i < plan->session_count; i++)
        set_mark(list, plan, i, zone);
}
