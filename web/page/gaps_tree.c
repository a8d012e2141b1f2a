/* The gaps as a result tree, and as CSV. */
#include "web/page/gaps_tree.h"

#include "base/calendar.h"
#include "base/csv.h"
#include "exchange/action/subject.h"

#include <inttypes.h>

static const char *const heats[] = {"calm", "tight", "hard", "open"};
static const char *const states[KNOW_STATES] = {"live", "unconfirmed", "pausing",
                                                "at_quota", "silent"};

void gaps_name_columns(struct gap_report *report, const struct names *names,
                       const char *others)
{
    for (size_t i = 0; i < report->column_count; i++) {
        int64_t id = report->columns[i].id;
        const struct structure *structure =
            report->pole_id ? names_structure(names, id) : NULL;
        const struct pole *pole = report->pole_id ? NULL : names_pole(names, id);
        report->columns[i].name = structure ? structure->name
                                  : pole    ? pole->name
                                            : others;
    }
}

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
        tree_set_int(each, "waiting", cell->waiting);
        tree_set_int(each, "proposed", cell->proposed);
        tree_set_int(each, "live", cell->live);
        tree_set_int(each, "known", cell->known);
        tree_set_int(each, "phantom", cell->known - cell->live);
        tree_set_text(each, "cause", gap_cause_word(cell->cause));
        tree_set_text(each, "heat", heats[gap_heat(cell->cause)]);
        tree_set_bool(each, "_is_gap", gap_heat(cell->cause) > 0);
        tree_set_bool(each, "_is_planned", cell->cause == GAP_PLANNED);
        tree_set_bool(each, "_is_proposed", cell->cause == GAP_PROPOSED);
        tree_set_bool(each, "_is_empty", !cell->asking && !cell->known);
    }
}

static struct tree *add_row(struct tree *list, const struct gap_row *row, int64_t now,
                            const struct gaps_more *more)
{
    struct tree *entry = tree_add(list, tree_object());
    struct tree *knowing = tree_set(entry, "knowing", tree_object());
    int64_t known = gap_known(&row->tally);

    tree_set_int(entry, "skill_id", subject_group(row->skill_id) ? 0 : row->skill_id);
    tree_set_int(entry, "group_id", subject_group(row->skill_id));
    tree_set_text(entry, "label", row->label);
    tree_set_int(entry, "asking", row->tally.asking);
    tree_set_int(entry, "waiting", row->tally.waiting);
    tree_set_int(entry, "proposed", row->tally.proposed);
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

const char *gaps_cause_name(enum gap_cause cause)
{
    static const char *const names[GAP_CAUSES] = {
        [GAP_NONE] = N_("Served"),
        [GAP_NOBODY] = N_("Nobody"),
        [GAP_UNCONFIRMED] = N_("Unconfirmed cards"),
        [GAP_PAUSING] = N_("All pausing"),
        [GAP_QUOTA] = N_("All at their quota"),
        [GAP_SILENT] = N_("Silent last time"),
        [GAP_ELSEWHERE] = N_("In another pole"),
        [GAP_NO_TIME] = N_("No time in common"),
        [GAP_CROWD] = N_("Enough for a session"),
        [GAP_PLANNED] = N_("Session coming"),
        [GAP_PROPOSED] = N_("Proposed, no answer yet")};

    return names[cause];
}

static void csv_row(struct text *out, struct arena *arena, const struct gap_row *row,
                    int64_t now, const struct catalogue *catalogue)
{
    const int64_t *knowing = row->tally.knowing;
    const int64_t numbers[] = {row->tally.asking,
                               row->tally.waiting,
                               row->needs,
                               days_since(row->oldest_at, now),
                               knowing[KNOWS_LIVE],
                               row->tally.live_here,
                               knowing[KNOWS_UNCONFIRMED],
                               knowing[KNOWS_PAUSING],
                               knowing[KNOWS_AT_QUOTA],
                               knowing[KNOWS_SILENT]};
    char delimiter = catalogue_delimiter(catalogue);

    csv_cell_by(out, delimiter, true, row->label);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        csv_cell_by(out, delimiter, false, arena_printf(arena, "%" PRId64, numbers[i]));
    csv_cell_by(out, delimiter, false,
                catalogue ? tr(catalogue, gaps_cause_name(row->cause))
                          : gap_cause_word(row->cause));
    csv_end(out);
}

void gaps_tree_csv(struct text *out, struct arena *arena, const struct gap_report *report,
                   int64_t now, const struct catalogue *catalogue)
{
    static const char *const columns[] = {N_("skill asked for"),
                                          N_("people asking"),
                                          N_("without a session"),
                                          N_("open needs"),
                                          N_("oldest need (days)"),
                                          N_("live people"),
                                          N_("live people of the pole"),
                                          N_("unconfirmed"),
                                          N_("pausing"),
                                          N_("at their quota"),
                                          N_("silent last time"),
                                          N_("cause")};

    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        csv_cell_by(out, catalogue_delimiter(catalogue), i == 0,
                    tr(catalogue, columns[i]));
    csv_end(out);
    for (size_t i = 0; i < report->row_count; i++)
        csv_row(out, arena, &report->rows[i], now, catalogue);
}
