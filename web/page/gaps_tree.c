/* The gaps as a result tree, and as CSV. */
#include "web/page/gaps_tree.h"

#include "base/calendar.h"
#include "base/csv.h"

#include <inttypes.h>

static const char *const heats[] = {"calm", "tight", "hard", "open"};
static const char *const states[KNOW_STATES] = {"live", "unconfirmed", "pausing",
                                                "at_quota", "silent"};

static int64_t days_since(int64_t at, int64_t now)
{
    return at ? (now - at) / DAY_S : 0;
}

static void set_cells(struct tree *entry, const struct gap_report *report,
                      const struct gap_row *row)
{
    struct tree *cells = tree_set(entry, "cells", tree_array());

    for (size_t i = 0; i < report->column_count; i++) {
        const struct gap_cell *cell = &row->cells[i];
        struct tree *each = tree_add(cells, tree_object());
        tree_set_int(each, "asking", cell->asking);
        tree_set_int(each, "live", cell->live);
        tree_set_int(each, "known", cell->known);
        tree_set_int(each, "phantom", cell->known - cell->live);
        tree_set_text(each, "cause", gap_cause_word(cell->cause));
        tree_set_text(each, "heat", heats[gap_heat(cell->cause)]);
        tree_set_bool(each, "_is_empty", !cell->asking && !cell->known);
    }
}

static struct tree *add_row(struct tree *list, const struct gap_row *row, int64_t now,
                            const struct gaps_more *more)
{
    struct tree *entry = tree_add(list, tree_object());
    struct tree *knowing = tree_set(entry, "knowing", tree_object());
    int64_t known = gap_known(&row->tally);

    tree_set_int(entry, "skill_id", row->skill_id);
    tree_set_text(entry, "label", row->label);
    tree_set_int(entry, "asking", row->tally.asking);
    tree_set_int(entry, "live", row->tally.knowing[KNOWS_LIVE]);
    tree_set_int(entry, "live_here", row->tally.live_here);
    tree_set_int(entry, "known", known);
    tree_set_int(entry, "phantom", known - row->tally.knowing[KNOWS_LIVE]);
    for (int i = 0; i < KNOW_STATES; i++)
        tree_set_int(knowing, states[i], row->tally.knowing[i]);
    tree_set_int(entry, "needs", row->needs);
    tree_set_int(entry, "oldest_days", days_since(row->oldest_at, now));
    tree_set_int(entry, "oldest_need_id", row->oldest_id);
    tree_set_text(entry, "cause", gap_cause_word(row->cause));
    tree_set_text(entry, "heat", heats[gap_heat(row->cause)]);
    if (more)
        more->add(more->of, entry, row);
    return entry;
}

void gaps_tree_set(struct tree *root, const struct gap_report *report, int64_t now,
                   const struct gaps_more *more)
{
    struct tree *columns = tree_set(root, "columns", tree_array());
    struct tree *rows = tree_set(root, "gaps", tree_array());
    struct tree *risks = tree_set(root, "at_risk", tree_array());
    struct tree *by_heat = tree_set(root, "by_heat", tree_object());

    for (size_t i = 0; i < report->column_count; i++)
        tree_set_text(tree_add(columns, tree_object()), "name", report->columns[i].name);
    for (size_t i = 0; i < report->row_count; i++)
        set_cells(add_row(rows, &report->rows[i], now, more), report, &report->rows[i]);
    for (size_t i = 0; i < report->risk_count; i++)
        tree_set_int(add_row(risks, &report->risks[i], now, more), "person_id",
                     report->risks[i].one_id);
    for (size_t i = 0; i < sizeof heats / sizeof heats[0]; i++)
        tree_set_int(by_heat, heats[i], report->by_heat[i]);
    tree_set_int(root, "gap_total", (int64_t)report->total);
    tree_set_int(root, "risk_total", (int64_t)report->risk_total);
    tree_set_int(root, "asking", report->asking);
    tree_set_int(root, "needs", report->needs);
    tree_set_int(root, "unqualified", report->unqualified);
    tree_set_int(root, "oldest_days", days_since(report->oldest_at, now));
}

static void csv_number(struct text *out, struct arena *arena, int64_t number)
{
    csv_cell(out, false, arena_printf(arena, "%" PRId64, number));
}

void gaps_tree_csv(struct text *out, struct arena *arena, const struct gap_report *report,
                   int64_t now, const struct catalogue *catalogue)
{
    static const char *const columns[] = {
        N_("skill asked for"),    N_("people asking"), N_("open needs"),
        N_("oldest need (days)"), N_("live people"),   N_("live people of the pole"),
        N_("unconfirmed"),        N_("pausing"),       N_("at their quota"),
        N_("silent last time"),   N_("cause")};

    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        csv_cell(out, i == 0, tr(catalogue, columns[i]));
    csv_end(out);
    for (size_t i = 0; i < report->row_count; i++) {
        const struct gap_row *row = &report->rows[i];
        csv_cell(out, true, row->label);
        csv_number(out, arena, row->tally.asking);
        csv_number(out, arena, row->needs);
        csv_number(out, arena, days_since(row->oldest_at, now));
        csv_number(out, arena, row->tally.knowing[KNOWS_LIVE]);
        csv_number(out, arena, row->tally.live_here);
        for (int j = KNOWS_LIVE + 1; j < KNOW_STATES; j++)
            csv_number(out, arena, row->tally.knowing[j]);
        csv_cell(out, false, gap_cause_word(row->cause));
        csv_end(out);
    }
}
