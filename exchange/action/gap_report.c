/* The gaps: what is counted, put in order, with the cells of what is shown. */
#include "exchange/action/gap_report.h"

#include "base/calendar.h"
#include "exchange/action/gap_count.h"
#include "exchange/action/gap_view.h"
#include "exchange/action/subject.h"

#include <stdlib.h>

enum { MONTH_DAYS = 30, MAKE_ARENA_MAX = 1 << 30 };

struct making {
    struct ctx *ctx;
    struct arena *arena; /* for what ends with the making */
    struct gap_report *report;
    struct gap_view view;
    struct gap_row *rows; /* a row for each demand */
    size_t row_count;
};

/* The shares of one skill in a list by skill, at most from `*at` on. */
static size_t shares_of(const struct gap_share *shares, size_t count, int64_t skill_id,
                        const struct gap_share **first)
{
    size_t low = 0, high = count, end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (shares[middle].skill_id < skill_id)
            low = middle + 1;
        else
            high = middle;
    }
    *first = shares + low;
    for (end = low; end < count && shares[end].skill_id == skill_id;)
        end++;
    return end - low;
}

static bool have_common_time(unsigned asked, unsigned live)
{
    return ((asked | live) & GAP_ANY_TIME) || (asked & live);
}

static void set_row(struct making *making, size_t i)
{
    const struct gap_demand *demand = &making->view.counts.demands[i];
    const struct gap_supply *supply = &making->view.counts.supplies[i];
    const struct gap_share *here;
    struct gap_row *row = &making->rows[i];

    row->skill_id = demand->skill_id;
    row->needs = demand->needs;
    row->oldest_at = demand->oldest_at;
    row->oldest_id = demand->oldest_id;
    row->one_id = supply->one_id;
    row->tally.asking = demand->asking;
    row->tally.waiting = demand->waiting;
    row->tally.proposed = demand->proposed;
    for (int j = 0; j < KNOW_STATES; j++)
        row->tally.knowing[j] = supply->knowing[j];
    row->tally.live_here = supply->knowing[KNOWS_LIVE];
    if (making->view.pole_id)
        row->tally.live_here = shares_of(making->view.lives, making->view.live_count,
                                         demand->skill_id, &here)
                                   ? here->live
                                   : 0;
    row->tally.has_common_time = have_common_time(demand->parts, supply->parts);
    row->cause = gap_cause_of(&row->tally, making->ctx->config->session_threshold);
}

/* How much is asked for in a column. */
struct column_weight {
    int64_t id, asking;
};

static int by_weight(const void *a, const void *b)
{
    const struct column_weight *x = a, *y = b;

    if (x->asking != y->asking)
        return x->asking < y->asking ? 1 : -1;
    return (x->id > y->id) - (x->id < y->id);
}

static int by_of(const void *a, const void *b)
{
    const struct column_weight *x = a, *y = b;

    return (x->id > y->id) - (x->id < y->id);
}

/* A column for each of those where most is asked for, and one for all others. */
static err_code choose_columns(struct making *making, struct err *err)
{
    const struct gap_counts *counts = &making->view.counts;
    struct gap_report *report = making->report;
    struct column_weight *weights =
        arena_array(making->arena, counts->share_count + 1, sizeof *weights);
    size_t used = 0, most = 0;

    report->columns =
        arena_array(making->ctx->arena, GAP_COLUMNS_MOST, sizeof *report->columns);
    if (!weights || !report->columns)
        return err_set(err, ERR_MEMORY, "no room for columns");
    for (size_t i = 0; i < counts->share_count; i++)
        weights[i] =
            (struct column_weight){counts->shares[i].of_id, counts->shares[i].asking};
    if (counts->share_count)
        qsort(weights, counts->share_count, sizeof *weights, by_of);
    for (size_t i = 0; i < counts->share_count; i++) {
        if (!weights[i].id || !weights[i].asking)
            continue;
        if (used && weights[used - 1].id == weights[i].id)
            weights[used - 1].asking += weights[i].asking;
        else
            weights[used++] = weights[i];
    }
    if (used)
        qsort(weights, used, sizeof *weights, by_weight);
    for (; most < used && most < GAP_COLUMNS_MOST - 1; most++)
        report->columns[most].id = weights[most].id;
    report->column_count = most + 1;
    return ERR_NONE;
}

static size_t column_of(const struct gap_report *report, int64_t id)
{
    for (size_t i = 0; id && i + 1 < report->column_count; i++)
        if (report->columns[i].id == id)
            return i;
    return report->column_count - 1;
}

static void fill_cells(const struct gap_report *report, struct gap_row *row,
                       const struct gap_share *shares, size_t count)
{
    const struct gap_share *first;
    size_t own = shares_of(shares, count, row->skill_id, &first);

    for (size_t i = 0; i < own; i++) {
        struct gap_cell *cell = &row->cells[column_of(report, first[i].of_id)];
        cell->asking += first[i].asking;
        cell->waiting += first[i].waiting;
        cell->proposed += first[i].proposed;
        cell->known += first[i].known;
        cell->live += first[i].live;
    }
}

static enum gap_cause cell_cause(const struct gap_row *row, const struct gap_cell *cell)
{
    if (!cell->asking)
        return GAP_NONE;
    if (!cell->waiting)
        return GAP_PLANNED;
    if (cell->proposed == cell->waiting)
        return GAP_PROPOSED;
    if (cell->live)
        return row->cause == GAP_NO_TIME || row->cause == GAP_CROWD ? row->cause
                                                                    : GAP_NONE;
    if (row->tally.knowing[KNOWS_LIVE])
        return GAP_ELSEWHERE;
    return row->cause;
}

static err_code set_cells(struct making *making, struct err *err)
{
    struct gap_report *report = making->report;
    const struct gap_counts *counts = &making->view.counts;
    int64_t *ids = arena_array(making->arena, report->row_count + 1, sizeof *ids);
    struct gap_share *knowing = NULL;
    size_t count = 0;
    err_code code = ids ? ERR_NONE : err_set(err, ERR_MEMORY, "no room for cells");

    for (size_t i = 0; code == ERR_NONE && i < report->row_count; i++)
        ids[i] = report->rows[i].skill_id;
    if (code == ERR_NONE && report->pole_id)
        code = gap_view_structures(making->ctx, making->arena, &making->view, ids,
                                   report->row_count, &knowing, &count, err);
    for (size_t i = 0; code == ERR_NONE && i < report->row_count; i++) {
        struct gap_row *row = &report->rows[i];
        row->cells = arena_array(making->ctx->arena, report->column_count,
                                 sizeof(struct gap_cell));
        if (!row->cells)
            return err_set(err, ERR_MEMORY, "no room for cells");
        fill_cells(report, row, counts->shares, counts->share_count);
        fill_cells(report, row, knowing, count);
        for (size_t j = 0; j < report->column_count; j++)
            row->cells[j].cause = cell_cause(row, &row->cells[j]);
    }
    return code;
}

static int by_heat(const void *a, const void *b)
{
    const struct gap_row *x = *(const struct gap_row *const *)a;
    const struct gap_row *y = *(const struct gap_row *const *)b;
    int heat = gap_heat(y->cause) - gap_heat(x->cause);

    if (heat)
        return heat;
    if (x->tally.asking != y->tally.asking)
        return x->tally.asking < y->tally.asking ? 1 : -1;
    if (x->oldest_at != y->oldest_at)
        return x->oldest_at < y->oldest_at ? -1 : 1;
    return (x->skill_id > y->skill_id) - (x->skill_id < y->skill_id);
}

static err_code set_label(struct making *making, struct gap_row *row, struct err *err)
{
    struct subject subject;
    err_code code = subject_read(making->ctx, row->skill_id, &subject, err);

    if (code == ERR_NONE) {
        row->label = subject.name;
        row->pole_id = subject.pole_id;
    }
    return code;
}

/* The first `most` of `list`, copied into what is given out, with their labels. */
static err_code give_out(struct making *making, struct gap_row *const *list, size_t count,
                         size_t most, struct gap_row **out, size_t *given,
                         struct err *err)
{
    err_code code = ERR_NONE;

    *given = count < most ? count : most;
    *out = arena_array(making->ctx->arena, *given + 1, sizeof **out);
    if (!*out)
        return err_set(err, ERR_MEMORY, "no room for the gaps");
    for (size_t i = 0; code == ERR_NONE && i < *given; i++) {
        (*out)[i] = *list[i];
        code = set_label(making, &(*out)[i], err);
    }
    return code;
}

static err_code order_rows(struct making *making, struct err *err)
{
    struct gap_report *report = making->report;
    struct gap_row **asked =
        arena_array(making->arena, making->row_count + 1, sizeof *asked);
    struct gap_row **risks =
        arena_array(making->arena, making->row_count + 1, sizeof *risks);
    int64_t since = making->ctx->now - (int64_t)GAP_MONTHS * MONTH_DAYS * DAY_S;
    err_code code;

    if (!asked || !risks)
        return err_set(err, ERR_MEMORY, "no room for the gaps");
    for (size_t i = 0; i < making->row_count; i++) {
        struct gap_row *row = &making->rows[i];
        if (row->one_id &&
            (row->tally.asking || making->view.counts.demands[i].last_at >= since))
            risks[report->risk_total++] = row;
        if (!row->tally.asking)
            continue;
        asked[report->total++] = row;
        report->by_heat[gap_heat(row->cause)]++;
    }
    qsort(asked, report->total, sizeof *asked, by_heat);
    qsort(risks, report->risk_total, sizeof *risks, by_heat);
    code = give_out(making, asked, report->total, GAP_ROWS_MOST, &report->rows,
                    &report->row_count, err);
    if (code == ERR_NONE)
        code = give_out(making, risks, report->risk_total, GAP_RISKS_MOST, &report->risks,
                        &report->risk_count, err);
    return code == ERR_NONE ? set_cells(making, err) : code;
}

static err_code make(struct making *making, bool from_records, struct err *err)
{
    struct gap_report *report = making->report;
    const struct gap_total *total = &making->view.total;
    err_code code = gap_view_read(making->ctx, making->arena, report->pole_id,
                                  from_records, &making->view, err);

    if (code != ERR_NONE)
        return code;
    report->asking = total->asking;
    report->needs = total->needs;
    report->unqualified = total->unqualified;
    report->oldest_at = total->oldest_at;
    report->trend = total->trend;
    making->row_count = making->view.counts.demand_count;
    making->rows =
        arena_array(making->arena, making->row_count + 1, sizeof *making->rows);
    if (!making->rows)
        return err_set(err, ERR_MEMORY, "no room for the gaps");
    for (size_t i = 0; i < making->row_count; i++)
        set_row(making, i);
    code = choose_columns(making, err);
    return code == ERR_NONE ? order_rows(making, err) : code;
}

err_code gap_report_make(struct ctx *ctx, int64_t pole_id, bool from_records,
                         struct gap_report *out, struct err *err)
{
    struct gap_report report = {.pole_id = pole_id};
    struct making making = {
        .ctx = ctx, .arena = arena_new(MAKE_ARENA_MAX), .report = &report};
    err_code code = making.arena ? make(&making, from_records, err)
                                 : err_set(err, ERR_MEMORY, "no room for gaps");

    arena_free(making.arena);
    if (code == ERR_NONE)
        *out = report;
    return code;
}
