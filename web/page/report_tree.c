/* The report of the site as a result tree and as CSV. */
#include "web/page/report_tree.h"

#include "base/calendar.h"
#include "base/csv.h"

#include <inttypes.h>

static const char *const figures[REPORT_FIGURES] = {"needs", "people",   "answered",
                                                    "met",   "sessions", "came"};

static const char *name_of(enum report_by by, int64_t of, const struct names *names,
                           const struct catalogue *catalogue)
{
    const struct pole *pole = by == REPORT_BY_POLE ? names_pole(names, of) : NULL;
    const struct structure *structure =
        by == REPORT_BY_STRUCTURE ? names_structure(names, of) : NULL;

    return pole        ? pole->name
           : structure ? structure->name
                       : tr(catalogue, N_("None said"));
}

static void set_figure(struct tree *cell, int64_t figure)
{
    tree_set_bool(cell, "is_few", figure == REPORT_FEW);
    tree_set_int(cell, "least", figure == REPORT_FEW ? 0 : figure);
}

static void set_row(struct tree *entry, const struct report_row *row, bool has_gaps)
{
    struct tree *cells = tree_set(entry, "figures", tree_array());

    for (int i = 0; i < REPORT_FIGURES; i++) {
        struct tree *cell = tree_add(cells, tree_object());
        tree_set_text(cell, "name", figures[i]);
        set_figure(cell, row->figures[i]);
    }
    if (has_gaps)
        set_figure(tree_set(entry, "gaps", tree_object()), row->gaps);
    tree_set_bool(entry, "has_wait", row->wait_s != REPORT_FEW);
    tree_set_int(entry, "wait_days",
                 row->wait_s == REPORT_FEW ? 0 : (row->wait_s + DAY_S / 2) / DAY_S);
}

/* Nothing in it is told: such rows are named together rather than shown one by one. */
static bool is_few(const struct report_row *row, bool has_gaps)
{
    for (int i = 0; i < REPORT_FIGURES; i++)
        if (row->figures[i] != REPORT_FEW)
            return false;
    return row->wait_s == REPORT_FEW && (!has_gaps || row->gaps == REPORT_FEW);
}

static bool has_gaps(const struct report *report, int by)
{
    return report->has_gaps && (by == REPORT_BY_POLE || by == REPORT_BY_STRUCTURE);
}

void report_tree_set(struct tree *root, struct ctx *ctx, const struct report *report,
                     const struct names *names, const struct catalogue *catalogue)
{
    static const char *const lists[] = {"months", "poles", "structures", "total"};

    tree_set_int(root, "year", report->year);
    tree_set_int(root, "month", report->month);
    tree_set_bool(root, "is_public", report->is_public);
    tree_set_bool(root, "_has_gaps", report->has_gaps);
    for (int by = REPORT_BY_MONTH; by <= REPORT_BY_NONE; by++) {
        struct tree *list = tree_set(root, lists[by], tree_array());
        size_t few = 0;
        for (size_t i = 0; i < report->counts[by]; i++) {
            const struct report_row *row = &report->rows[by][i];
            struct tree *entry = tree_add(list, tree_object());
            if (by == REPORT_BY_MONTH)
                tree_set_int(entry, "at",
                             report_month(ctx, report->year, (int)row->of) + DAY_S / 2);
            else if (by != REPORT_BY_NONE)
                tree_set_text(entry, "name",
                              name_of((enum report_by)by, row->of, names, catalogue));
            set_row(entry, row, has_gaps(report, by));
            few += is_few(row, has_gaps(report, by));
            tree_set_bool(entry, "_is_few", is_few(row, has_gaps(report, by)));
        }
        tree_set_bool(root, arena_printf(ctx->arena, "_has_few_%s", lists[by]), few > 0);
        tree_set_bool(root, arena_printf(ctx->arena, "_has_told_%s", lists[by]),
                      few < report->counts[by]);
    }
}

static const char *figure_text(struct arena *arena, int64_t figure,
                               const struct catalogue *catalogue)
{
    return figure == REPORT_FEW ? tr(catalogue, N_("fewer than 5"))
                                : arena_printf(arena, "%" PRId64, figure);
}

static void csv_figures(struct text *out, struct arena *arena,
                        const struct report_row *row, bool has_gaps,
                        const struct catalogue *catalogue)
{
    for (int i = 0; i < REPORT_FIGURES; i++)
        csv_cell_by(out, catalogue_delimiter(catalogue), false,
                    figure_text(arena, row->figures[i], catalogue));
    csv_cell_by(out, catalogue_delimiter(catalogue), false,
                row->wait_s == REPORT_FEW
                    ? ""
                    : arena_printf(arena, "%" PRId64, (row->wait_s + DAY_S / 2) / DAY_S));
    csv_cell_by(out, catalogue_delimiter(catalogue), false,
                has_gaps ? figure_text(arena, row->gaps, catalogue) : "");
    csv_end(out);
}

void report_tree_csv(struct text *out, struct ctx *ctx, const struct report *report,
                     const struct names *names, const struct catalogue *catalogue)
{
    static const char *const kinds[] = {N_("month"), N_("pole"), N_("structure"),
                                        N_("whole site")};
    static const char *const columns[] = {N_("by"),
                                          N_("of"),
                                          N_("needs stated"),
                                          N_("distinct people"),
                                          N_("needs answered"),
                                          N_("needs met"),
                                          N_("sessions held"),
                                          N_("people who came"),
                                          N_("median wait (days)"),
                                          N_("gaps of today")};

    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        csv_cell_by(out, catalogue_delimiter(catalogue), i == 0,
                    tr(catalogue, columns[i]));
    csv_end(out);
    for (int by = REPORT_BY_MONTH; by <= REPORT_BY_NONE; by++)
        for (size_t i = 0; i < report->counts[by]; i++) {
            const struct report_row *row = &report->rows[by][i];
            csv_cell_by(out, catalogue_delimiter(catalogue), true,
                        tr(catalogue, kinds[by]));
            csv_cell_by(out, catalogue_delimiter(catalogue), false,
                        by == REPORT_BY_MONTH ? arena_printf(ctx->arena, "%d-%02d",
                                                             report->year, (int)row->of)
                        : by == REPORT_BY_NONE
                            ? ""
                            : name_of((enum report_by)by, row->of, names, catalogue));
            csv_figures(out, ctx->arena, row, has_gaps(report, by), catalogue);
        }
}
