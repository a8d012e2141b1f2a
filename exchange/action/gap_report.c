/* The gaps: who asks and who knows, joined by skill, counted by distinct people. */
#include "exchange/action/gap_report.h"

#include "base/calendar.h"
#include "base/map.h"
#include "exchange/action/gap_supply.h"
#include "exchange/action/ids.h"
#include "store/gaps.h"
#include "store/skills.h"

#include <stdlib.h>
#include <string.h>

enum { MONTH_DAYS = 30, MAKE_ARENA_MAX = 512 << 20 };

/* What is counted while the report is made. */
struct making {
    struct ctx *ctx;
    struct arena *arena; /* for what ends with the making */
    struct gap_report *report;
    struct gap_ask *asks;
    size_t ask_count;
    int64_t *skill_ids; /* asked for, ascending; a row is a place here */
    struct gap_row *rows;
    size_t row_count;
    struct gap_entry *askers, *knowers;
    size_t asker_count, knower_count;
    struct map columns; /* of a structure or pole: the place of its column, plus one */
    struct map times;   /* of a need: half-days; absent: it said none */
};

/* What is asked for, and at which times; a row for each skill. */
static err_code read_asks(struct making *making, struct err *err)
{
    struct ctx *ctx = making->ctx;
    struct gap_number *times = NULL;
    size_t count = 0, time_count = 0;
    err_code code = gaps_asks(ctx->db, making->arena, making->report->pole_id, ctx->now,
                              ctx->now - (int64_t)GAP_MONTHS * MONTH_DAYS * DAY_S,
                              &making->asks, &making->ask_count, err);

    if (code == ERR_NONE)
        code = gaps_need_parts(ctx->db, making->arena, making->report->pole_id, ctx->now,
                               &times, &time_count, err);
    for (size_t i = 0; code == ERR_NONE && i < time_count; i++) {
        uint64_t *at = map_at(&making->times, (uint64_t)times[i].id);
        if (!at)
            return err_set(err, ERR_MEMORY, "no room for times");
        *at = (uint64_t)times[i].number;
    }
    if (code != ERR_NONE)
        return code;
    making->skill_ids =
        arena_array(making->arena, making->ask_count + 1, sizeof(int64_t));
    for (size_t i = 0; making->skill_ids && i < making->ask_count; i++)
        if (making->asks[i].skill_id)
            making->skill_ids[count++] = making->asks[i].skill_id;
    if (!making->skill_ids)
        return err_set(err, ERR_MEMORY, "no room for the gaps");
    making->row_count = ids_unique(making->skill_ids, count);
    making->rows =
        arena_array(making->arena, making->row_count + 1, sizeof *making->rows);
    if (!making->rows)
        return err_set(err, ERR_MEMORY, "no room for the gaps");
    for (size_t i = 0; i < making->row_count; i++)
        making->rows[i].skill_id = making->skill_ids[i];
    return ERR_NONE;
}

static int64_t column_id(const struct making *making, const struct gap_ask *ask)
{
    return making->report->pole_id ? ask->structure_id : ask->pole_id;
}

static int by_number(const void *a, const void *b)
{
    const struct gap_number *x = a, *y = b;

    if (x->number != y->number)
        return x->number < y->number ? 1 : -1;
    return (x->id > y->id) - (x->id < y->id);
}

/* A column for each of those where most is asked for, and one for all others. */
static err_code set_columns(struct making *making, struct gap_number *asking,
                            size_t count, struct err *err)
{
    struct gap_report *report = making->report;
    size_t most = count > GAP_COLUMNS_MOST - 1 ? GAP_COLUMNS_MOST - 1 : count;

    if (count)
        qsort(asking, count, sizeof *asking, by_number);
    report->columns = arena_array(making->ctx->arena, most + 1, sizeof *report->columns);
    if (!report->columns)
        return err_set(err, ERR_MEMORY, "no room for columns");
    for (size_t i = 0; i < most; i++) {
        uint64_t *place = map_at(&making->columns, (uint64_t)asking[i].id);
        if (!place)
            return err_set(err, ERR_MEMORY, "no room for columns");
        report->columns[i].id = asking[i].id;
        *place = i + 1;
    }
    report->column_count = most + 1;
    return ERR_NONE;
}

static err_code choose_columns(struct making *making, struct err *err)
{
    struct map counts;
    struct gap_number *list;
    size_t used = 0;
    err_code code = ERR_NONE;

    map_init(&counts);
    for (size_t i = 0; code == ERR_NONE && i < making->ask_count; i++) {
        const struct gap_ask *ask = &making->asks[i];
        uint64_t *count;
        if (!ask->is_open || !ask->skill_id || !column_id(making, ask))
            continue;
        count = map_at(&counts, (uint64_t)column_id(making, ask));
        if (count)
            (*count)++;
        else
            code = err_set(err, ERR_MEMORY, "no room for columns");
    }
    list = arena_array(making->arena, counts.count + 1, sizeof *list);
    if (code == ERR_NONE && !list)
        code = err_set(err, ERR_MEMORY, "no room for columns");
    for (size_t i = 0; code == ERR_NONE && i < counts.capacity; i++)
        if (counts.slots[i].key)
            list[used++] = (struct gap_number){.id = (int64_t)counts.slots[i].key,
                                               .number = (int64_t)counts.slots[i].value};
    map_done(&counts);
    return code == ERR_NONE ? set_columns(making, list, used, err) : code;
}

/* The bit of a structure or pole; the last column's when it has none of its own. */
static uint64_t column_bit(const void *of, int64_t id)
{
    const struct making *making = of;
    const uint64_t *place = id ? map_find(&making->columns, (uint64_t)id) : NULL;

    return (uint64_t)1 << (place ? *place - 1 : making->report->column_count - 1);
}

static unsigned times_of(const struct making *making, int64_t need_id)
{
    const uint64_t *found = map_find(&making->times, (uint64_t)need_id);

    return found ? (unsigned)*found : 0;
}

/* An entry for each open ask; what is counted need by need on the way. */
static err_code make_askers(struct making *making, struct err *err)
{
    int64_t last_need = 0;

    making->askers =
        arena_array(making->arena, making->ask_count + 1, sizeof *making->askers);
    if (!making->askers)
        return err_set(err, ERR_MEMORY, "no room for who asks");
    for (size_t i = 0; i < making->ask_count; i++) {
        const struct gap_ask *ask = &making->asks[i];
        size_t row = ask->skill_id
                         ? ids_place(making->skill_ids, making->row_count, ask->skill_id)
                         : SIZE_MAX;
        if (!ask->is_open || row == SIZE_MAX)
            continue;
        making->askers[making->asker_count++] =
            (struct gap_entry){.row = row,
                               .who = (uint64_t)ask->person_id,
                               .columns = column_bit(making, column_id(making, ask)),
                               .parts = times_of(making, ask->need_id),
                               .person_id = ask->person_id};
        making->rows[row].needs += ask->need_id != last_need;
        last_need = ask->need_id;
        if (!making->rows[row].oldest_at || ask->at < making->rows[row].oldest_at) {
            making->rows[row].oldest_at = ask->at;
            making->rows[row].oldest_id = ask->need_id;
        }
    }
    making->asker_count = gap_merge(making->askers, making->asker_count);
    return ERR_NONE;
}

static int by_need(const void *a, const void *b)
{
    const struct gap_ask *x = a, *y = b;

    if (x->need_id != y->need_id)
        return x->need_id < y->need_id ? -1 : 1;
    return (x->person_id > y->person_id) - (x->person_id < y->person_id);
}

/* Open needs and who asks, whatever their skill. Asks are in order of need. */
static err_code count_all(struct making *making, struct err *err)
{
    struct gap_report *report = making->report;
    int64_t *people = arena_array(making->arena, making->ask_count + 1, sizeof *people);
    int64_t last_need = 0;
    size_t used = 0;

    if (!people)
        return err_set(err, ERR_MEMORY, "no room for who asks");
    for (size_t i = 0; i < making->ask_count; i++) {
        const struct gap_ask *ask = &making->asks[i];
        if (!ask->is_open)
            continue;
        people[used++] = ask->person_id;
        report->needs += ask->need_id != last_need;
        report->unqualified += ask->need_id != last_need && !ask->skill_id;
        last_need = ask->need_id;
        if (!report->oldest_at || ask->at < report->oldest_at)
            report->oldest_at = ask->at;
    }
    report->asking = (int64_t)ids_unique(people, used);
    return ERR_NONE;
}

/* Whether some live person has a half-day in common with someone who asks. Both lists are
 * those of one row. */
static bool have_common_time(const struct gap_entry *askers, size_t asker_count,
                             const struct gap_entry *knowers, size_t knower_count)
{
    unsigned asked = 0;

    for (size_t i = 0; i < asker_count; i++) {
        if (!askers[i].parts)
            return true;
        asked |= askers[i].parts;
    }
    for (size_t i = 0; i < knower_count; i++)
        if (knowers[i].state == KNOWS_LIVE &&
            (!knowers[i].parts || (knowers[i].parts & asked)))
            return true;
    return false;
}

static void count_row(struct making *making, struct gap_row *row,
                      const struct gap_entry *askers, size_t asker_count,
                      const struct gap_entry *knowers, size_t knower_count)
{
    struct gap_tally *tally = &row->tally;

    tally->asking = (int64_t)asker_count;
    for (size_t i = 0; i < knower_count; i++) {
        tally->knowing[knowers[i].state]++;
        if (knowers[i].state != KNOWS_LIVE)
            continue;
        tally->live_here += knowers[i].is_here;
        row->one_id = knowers[i].person_id;
    }
    if (tally->knowing[KNOWS_LIVE] != 1)
        row->one_id = 0;
    tally->has_common_time = have_common_time(askers, asker_count, knowers, knower_count);
    row->cause = gap_cause_of(tally, making->ctx->config->session_threshold);
}

/* The entries of one row, which stand together from `*at` on. */
static size_t run_of(const struct gap_entry *entries, size_t count, size_t row,
                     size_t *at)
{
    size_t begin;

    while (*at < count && entries[*at].row < row)
        (*at)++;
    begin = *at;
    while (*at < count && entries[*at].row == row)
        (*at)++;
    return *at - begin;
}

static void count_rows(struct making *making)
{
    size_t asker_at = 0, knower_at = 0;

    for (size_t row = 0; row < making->row_count; row++) {
        size_t askers = run_of(making->askers, making->asker_count, row, &asker_at);
        size_t knowers = run_of(making->knowers, making->knower_count, row, &knower_at);
        count_row(making, &making->rows[row], making->askers + asker_at - askers, askers,
                  making->knowers + knower_at - knowers, knowers);
    }
}

/* Adds each entry to the cells of its columns. */
static void fill_cells(const struct gap_entry *entries, size_t count,
                       struct gap_row *rows, const size_t *places, bool is_asking)
{
    for (size_t i = 0; i < count; i++) {
        size_t place = places[entries[i].row];
        if (place == SIZE_MAX)
            continue;
        for (uint64_t left = entries[i].columns; left; left &= left - 1) {
            struct gap_cell *cell = &rows[place].cells[__builtin_ctzll(left)];
            cell->asking += is_asking;
            cell->known += !is_asking;
            cell->live += !is_asking && entries[i].state == KNOWS_LIVE;
        }
    }
}

static enum gap_cause cell_cause(const struct gap_row *row, const struct gap_cell *cell)
{
    if (!cell->asking)
        return GAP_NONE;
    if (cell->live)
        return row->cause == GAP_NO_TIME || row->cause == GAP_CROWD ? row->cause
                                                                    : GAP_NONE;
    if (row->tally.knowing[KNOWS_LIVE])
        return GAP_ELSEWHERE;
    return row->cause;
}

static err_code set_cells(struct making *making, const size_t *places, struct err *err)
{
    struct gap_report *report = making->report;

    for (size_t i = 0; i < report->row_count; i++) {
        report->rows[i].cells = arena_array(making->ctx->arena, report->column_count,
                                            sizeof(struct gap_cell));
        if (!report->rows[i].cells)
            return err_set(err, ERR_MEMORY, "no room for cells");
    }
    fill_cells(making->askers, making->asker_count, report->rows, places, true);
    fill_cells(making->knowers, making->knower_count, report->rows, places, false);
    for (size_t i = 0; i < report->row_count; i++)
        for (size_t j = 0; j < report->column_count; j++)
            report->rows[i].cells[j].cause =
                cell_cause(&report->rows[i], &report->rows[i].cells[j]);
    return ERR_NONE;
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
    struct skill skill;
    err_code code =
        skills_get(making->ctx->db, making->ctx->arena, row->skill_id, &skill, err);

    if (code == ERR_NONE)
        row->label =
            skill_name(&skill, making->ctx->lang ? making->ctx->lang
                                                 : making->ctx->config->languages[0]);
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
    size_t *places = arena_array(making->arena, making->row_count + 1, sizeof *places);
    err_code code;

    if (!asked || !risks || !places)
        return err_set(err, ERR_MEMORY, "no room for the gaps");
    for (size_t i = 0; i < making->row_count; i++) {
        struct gap_row *row = &making->rows[i];
        places[i] = SIZE_MAX;
        if (row->one_id)
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
    for (size_t i = 0; code == ERR_NONE && i < report->row_count; i++)
        places[asked[i] - making->rows] = i;
    return code == ERR_NONE ? set_cells(making, places, err) : code;
}

static err_code make(struct making *making, struct err *err)
{
    struct gap_wanted wanted = {
        .pole_id = making->report->pole_id, .column = column_bit, .of = making};
    err_code code = read_asks(making, err);

    if (code == ERR_NONE)
        code = choose_columns(making, err);
    if (code != ERR_NONE)
        return code;
    if (making->ask_count)
        qsort(making->asks, making->ask_count, sizeof *making->asks, by_need);
    code = make_askers(making, err);
    if (code == ERR_NONE)
        code = count_all(making, err);
    wanted.skill_ids = making->skill_ids;
    wanted.skill_count = making->row_count;
    if (code == ERR_NONE)
        code = gap_supply_read(making->ctx, making->arena, &wanted, &making->knowers,
                               &making->knower_count, err);
    if (code != ERR_NONE)
        return code;
    count_rows(making);
    return order_rows(making, err);
}

err_code gap_report_make(struct ctx *ctx, int64_t pole_id, struct gap_report *out,
                         struct err *err)
{
    struct gap_report report = {.pole_id = pole_id};
    struct making making = {
        .ctx = ctx, .arena = arena_new(MAKE_ARENA_MAX), .report = &report};
    err_code code =
        making.arena ? ERR_NONE : err_set(err, ERR_MEMORY, "no room for gaps");

    map_init(&making.columns);
    map_init(&making.times);
    if (code == ERR_NONE)
        code = make(&making, err);
    map_done(&making.columns);
    map_done(&making.times);
    arena_free(making.arena);
    if (code == ERR_NONE)
        *out = report;
    return code;
}
