/* Numbers of the pictures of the gaps. */
#include "web/page/gaps_picture.h"

#include "base/calendar.h"
#include "base/unicode.h"

#include <inttypes.h>

enum {
    LINE_LEFT = 60, /* of LINE_WIDTH, which is stretched to the width of the page */
    LINE_WIDTH = 660,
    LINE_TOP = 12,
    LINE_STEP = 50, /* from month to month */
    LINE_HEIGHT = 120,
    POINTS_BYTES_MOST = 1024,
    SQUARE = 16,
    LABEL_WIDTH = 200, /* of a skill, at the left of its squares */
    LABEL_POINTS_MOST = 25,
    MAP_ROWS_MOST = 30
};

static int64_t percent(int64_t part, int64_t whole)
{
    return whole ? (part * 100 + whole / 2) / whole : 0;
}

static int64_t highest_of(const struct gap_trend *trend)
{
    int64_t highest = 1;

    for (int i = 0; i < GAP_TREND_MONTHS; i++) {
        const struct gap_month *month = &trend->months[i];
        highest = month->stated > highest ? month->stated : highest;
        highest = month->answered > highest ? month->answered : highest;
    }
    return highest;
}

static int64_t height_at(int64_t number, int64_t highest)
{
    return LINE_TOP + LINE_HEIGHT - number * LINE_HEIGHT / highest;
}

/* "60,12 110,60 …" */
static void set_line(struct tree *entry, struct arena *arena, const char *key,
                     const struct gap_trend *trend, bool is_answered)
{
    int64_t highest = highest_of(trend);
    struct text points;

    text_init(&points, POINTS_BYTES_MOST);
    for (int i = 0; i < GAP_TREND_MONTHS; i++) {
        const struct gap_month *month = &trend->months[i];
        text_printf(&points, "%s%d,%" PRId64, i ? " " : "", LINE_LEFT + i * LINE_STEP,
                    height_at(is_answered ? month->answered : month->stated, highest));
    }
    tree_set_text(entry, key, arena_strdup(arena, points.bytes));
    text_done(&points);
}

void gaps_trend_set(struct tree *root, struct arena *arena, const struct gap_trend *trend)
{
    struct tree *entry = tree_set(root, "trend", tree_object());
    struct tree *months = tree_set(entry, "months", tree_array());

    for (int i = 0; i < GAP_TREND_MONTHS; i++) {
        struct tree *month = tree_add(months, tree_object());
        tree_set_int(month, "at", trend->months[i].at + DAY_S / 2);
        tree_set_int(month, "stated", trend->months[i].stated);
        tree_set_int(month, "answered", trend->months[i].answered);
        tree_set_int(month, "_x", percent(LINE_LEFT + i * LINE_STEP, LINE_WIDTH));
        tree_set_bool(month, "_is_named", i % 3 == 2);
    }
    tree_set_int(entry, "asking", trend->asking);
    tree_set_int(entry, "served", trend->served);
    tree_set_int(entry, "reach_percent", percent(trend->served, trend->asking));
    tree_set_bool(entry, "has_wait", trend->answered > 0);
    tree_set_int(entry, "wait_days", (trend->median_wait_s + DAY_S / 2) / DAY_S);
    tree_set_int(entry, "sessions", trend->sessions);
    tree_set_int(entry, "trainers", trend->trainers);
    tree_set_int(entry, "busiest", trend->busiest);
    tree_set_int(entry, "busiest_percent",
                 percent(trend->busiest_sessions, trend->sessions));
    tree_set_bool(entry, "_has_asking", trend->asking > 0);
    tree_set_bool(entry, "_has_sessions", trend->sessions > 0);
    tree_set_int(entry, "_highest", highest_of(trend));
    set_line(entry, arena, "_stated_points", trend, false);
    set_line(entry, arena, "_answered_points", trend, true);
}

/* As much of a name as the picture has room for. */
static const char *cut(struct arena *arena, const char *name)
{
    int at = 0;

    for (int points = 0, length = 0; name[at] && points < LABEL_POINTS_MOST; points++) {
        (void)unicode_at(name + at, &length);
        at += length > 0 ? length : 1;
    }
    return name[at] ? arena_printf(arena, "%.*s…", at, name) : name;
}

void gaps_map_set(struct tree *root, struct arena *arena, const struct gap_report *report)
{
    static const char *const heats[] = {"calm", "tight", "hard", "open"};
    size_t rows = report->row_count < MAP_ROWS_MOST ? report->row_count : MAP_ROWS_MOST;
    struct tree *map = tree_set(root, "_map", tree_object());
    struct tree *lines = tree_set(map, "lines", tree_array());

    tree_set_int(map, "height", (int64_t)rows * SQUARE + 4);
    tree_set_int(map, "width", LABEL_WIDTH + (int64_t)report->column_count * SQUARE + 4);
    for (size_t i = 0; i < rows; i++) {
        struct tree *line = tree_add(lines, tree_object());
        struct tree *squares = tree_set(line, "squares", tree_array());
        tree_set_int(line, "y", (int64_t)i * SQUARE);
        tree_set_int(line, "base", (int64_t)i * SQUARE + 12);
        tree_set_text(line, "name", cut(arena, report->rows[i].label));
        for (size_t j = 0; j < report->column_count; j++) {
            const struct gap_cell *cell = &report->rows[i].cells[j];
            struct tree *square;
            if (!cell->asking && !cell->known)
                continue;
            square = tree_add(squares, tree_object());
            tree_set_int(square, "x", LABEL_WIDTH + (int64_t)j * SQUARE);
            tree_set_text(square, "kind",
                          cell->cause == GAP_PLANNED    ? "planned"
                          : cell->cause == GAP_PROPOSED ? "proposed"
                          : cell->asking                ? heats[gap_heat(cell->cause)]
                                                        : "calm");
        }
    }
}
