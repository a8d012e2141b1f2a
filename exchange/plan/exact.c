/* The best plan there is. */
#include "exchange/plan/exact.h"

#include "exchange/plan/pool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MOST = 50000, LOOKS_MOST = 5000000, CHOSEN_MOST = EXACT_NEEDS_MOST };

static const double SAME = 1e-9; /* of values: no better */

struct exacting {
    const struct rows *rows;
    struct state *state;
    struct pool *pool;
    double *loss; /* of each column of the pool */
    size_t loss_capacity;
    const double *price; /* of each row */
    double bound;
    int *first,
        *list;     /* columns of a need: list[first[n]] … up to first[n + 1], by loss */
    int *order;    /* needs, the dearest first */
    int *used;     /* of each row */
    int *given;    /* of each trainer */
    int *row_list; /* of one column */
    const struct column *chosen[CHOSEN_MOST];
    size_t chosen_count;
    int64_t looks; /* at a session, to put it into a plan */
    bool *is_decided;
    bool has_failed;
};

static bool hear(void *self, const struct column *column, double loss)
{
    struct exacting *exacting = self;
    long at = pool_add(exacting->pool, column);

    if (at < 0)
        return !pool_failed(exacting->pool);
    if ((size_t)at >= exacting->loss_capacity) {
        size_t capacity = 2 * (size_t)at + 1024;
        double *grown = realloc(exacting->loss, capacity * sizeof *grown);
        if (!grown)
            return false;
        exacting->loss = grown;
        exacting->loss_capacity = capacity;
    }
    exacting->loss[at] = loss;
    return at < COLUMNS_MOST;
}

/* ---- lists ---- */

/* Columns of each need, those that lose least first: counted, filled in order of loss. */
static bool make_lists(struct exacting *exacting, struct arena *arena)
{
    size_t needs = exacting->rows->problem->need_count,
           count = pool_count(exacting->pool);
    int *by_loss = arena_array(arena, count + 1, sizeof *by_loss);
    int total = 0;

    exacting->first = arena_array(arena, needs + 2, sizeof *exacting->first);
    if (!by_loss || !exacting->first)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct column *column = pool_column(exacting->pool, i);
        by_loss[i] = (int)i;
        for (int k = 0; k < column->need_count; k++)
            exacting->first[column->needs[k] + 2]++;
        total += column->need_count;
    }
    exacting->list = arena_array(arena, (size_t)total + 1, sizeof *exacting->list);
    if (!exacting->list)
        return false;
    for (size_t n = 2; n < needs + 2; n++)
        exacting->first[n] += exacting->first[n - 1];
    for (size_t gap = count / 2; gap > 0; gap /= 2) /* Shell's sort: no context to pass */
        for (size_t i = gap; i < count; i++)
            for (size_t k = i; k >= gap && exacting->loss[by_loss[k - gap]] >
                                               exacting->loss[by_loss[k]];
                 k -= gap) {
                int other = by_loss[k];
                by_loss[k] = by_loss[k - gap];
                by_loss[k - gap] = other;
            }
    for (size_t i = 0; i < count; i++) {
        const struct column *column = pool_column(exacting->pool, (size_t)by_loss[i]);
        for (int k = 0; k < column->need_count; k++)
            exacting->list[exacting->first[column->needs[k] + 1]++] = by_loss[i];
    }
    return true;
}

static bool make_order(struct exacting *exacting, struct arena *arena)
{
    const struct rows *rows = exacting->rows;
    size_t needs = rows->problem->need_count;
    size_t most = rows_most(rows, rows->problem->seats_most) + 1;

    exacting->order = arena_array(arena, needs + 1, sizeof *exacting->order);
    exacting->is_decided = arena_array(arena, needs + 1, sizeof *exacting->is_decided);
    exacting->used = arena_array(arena, rows->count + 1, sizeof *exacting->used);
    exacting->given =
        arena_array(arena, rows->problem->person_count + 1, sizeof *exacting->given);
    exacting->row_list = arena_array(arena, most, sizeof *exacting->row_list);
    if (arena_failed(arena))
        return false;
    for (size_t n = 0; n < needs; n++) {
        size_t at = n;
        for (; at > 0 && exacting->price[exacting->order[at - 1]] < exacting->price[n];
             at--)
            exacting->order[at] = exacting->order[at - 1];
        exacting->order[at] = (int)n;
    }
    return true;
}

/* ---- putting together ---- */

static bool fits(struct exacting *exacting, const struct column *column)
{
    size_t count = rows_of(exacting->rows, column, exacting->row_list);
    bool is_free = true;

    for (size_t i = 0; i < count; i++)
        if (++exacting->used[exacting->row_list[i]] >
            exacting->rows->capacity[exacting->row_list[i]])
            is_free = false;
    if (is_free)
        return true;
    for (size_t i = 0; i < count; i++)
        exacting->used[exacting->row_list[i]]--;
    return false;
}

static void withdraw(struct exacting *exacting, const struct column *column)
{
    size_t count = rows_of(exacting->rows, column, exacting->row_list);

    for (size_t i = 0; i < count; i++)
        exacting->used[exacting->row_list[i]]--;
}

/* What is lost when a trainer gives one more. */
static double load_loss(const struct exacting *exacting, int trainer)
{
    double price, load;

    if (trainer < 0)
        return 0;
    price = exacting->price[exacting->rows->trainers_at + (size_t)trainer];
    load = rows_load(exacting->rows, trainer, exacting->given[trainer]);
    return fmax(0, load - price);
}

static bool place_from(struct exacting *exacting, size_t i)
{
    const struct column *column;
    struct slot slot;
    const struct plan_problem *problem = exacting->rows->problem;

    if (i == exacting->chosen_count)
        return true;
    column = exacting->chosen[i];
    slot = (struct slot){.topic = column->topic,
                         .date = column->date,
                         .trainer = column->trainer,
                         .need_count = column->need_count,
                         .value = column->value};
    memcpy(slot.needs, column->needs, (size_t)column->need_count * sizeof(int));
    for (size_t r = 0; r < problem->room_count; r++) {
        slot.room = (int)r;
        if (exacting->rows->class_of_room[r] != column->room_class ||
            !state_add(exacting->state, &slot))
            continue;
        if (place_from(exacting, i + 1))
            return true;
        for (size_t s = state_slot_count(exacting->state); s-- > 0;) {
            const struct slot *placed = state_slot(exacting->state, s);
            if (placed->topic == slot.topic && placed->date == slot.date &&
                placed->room == slot.room)
                state_remove(exacting->state, s);
        }
    }
    return false;
}

/* All needs are decided: the plan, when it is better and its classes of rooms have rooms
 * for it. */
static void judge(struct exacting *exacting)
{
    double value = 0, before = state_value(exacting->state);

    for (size_t i = 0; i < exacting->chosen_count; i++)
        value += exacting->chosen[i]->value;
    for (size_t p = 0; p < exacting->rows->problem->person_count; p++)
        for (int k = 0; k < exacting->given[p]; k++)
            value -= rows_load(exacting->rows, (int)p, k);
    if (value <= before + SAME)
        return;
    state_mark(exacting->state);
    for (size_t s = 0; s < state_slot_count(exacting->state); s++)
        state_remove(exacting->state, s);
    if (!place_from(exacting, 0))
        state_undo(exacting->state);
}

static void decide_from(struct exacting *exacting, size_t at, double lost);

/* One session taken, and what follows from it. */
static void try(struct exacting *exacting, size_t at, const struct column *column,
                double lost)
{
    if (!fits(exacting, column))
        return;
    exacting->chosen[exacting->chosen_count++] = column;
    if (column->trainer >= 0)
        exacting->given[column->trainer]++;
    decide_from(exacting, at + 1, lost);
    if (column->trainer >= 0)
        exacting->given[column->trainer]--;
    exacting->chosen_count--;
    withdraw(exacting, column);
}

/* Needs before `at` in the order are served or left for good. */
static void decide_from(struct exacting *exacting, size_t at, double lost)
{
    int need;

    while (at < exacting->rows->problem->need_count &&
           exacting->used[exacting->order[at]])
        at++;
    if (exacting->has_failed ||
        exacting->bound - lost <= state_value(exacting->state) + SAME)
        return;
    if (at == exacting->rows->problem->need_count) {
        judge(exacting);
        return;
    }
    need = exacting->order[at];
    for (int i = exacting->first[need]; i < exacting->first[need + 1]; i++) {
        const struct column *column =
            pool_column(exacting->pool, (size_t)exacting->list[i]);
        double more = exacting->loss[exacting->list[i]];
        bool is_late = false;
        if (++exacting->looks > LOOKS_MOST)
            exacting->has_failed = true;
        if (exacting->has_failed ||
            exacting->bound - lost - more <= state_value(exacting->state) + SAME)
            break;
        for (int k = 0; k < column->need_count; k++)
            is_late = is_late || exacting->is_decided[column->needs[k]];
        if (!is_late)
            try(exacting, at, column, lost + more + load_loss(exacting, column->trainer));
    }
    exacting->is_decided[need] = true; /* left: no later session serves it */
    decide_from(exacting, at + 1, lost + exacting->price[need]);
    exacting->is_decided[need] = false;
}

bool exact(struct bound *bound, const struct rows *rows, struct state *state)
{
    struct exacting exacting = {.rows = rows, .state = state};
    struct arena *arena = arena_new((size_t)1 << 28);
    struct err err = {0};
    bool is_done = arena && rows->problem->need_count <= EXACT_NEEDS_MOST &&
                   pool_new(&exacting.pool, rows, &err) == ERR_NONE;

    if (is_done) {
        bound_on_choice(bound, NULL, NULL);
        bound_set_prices(bound, bound_best_prices(bound));
        exacting.price = bound_prices(bound);
        exacting.bound = bound_evaluate(bound);
        is_done =
            bound_list(bound, exacting.bound - state_value(state), hear, &exacting) &&
            make_lists(&exacting, arena) && make_order(&exacting, arena);
    }
    if (is_done) {
        decide_from(&exacting, 0, 0);
        is_done = !exacting.has_failed;
    }
    pool_free(exacting.pool);
    free(exacting.loss);
    arena_free(arena);
    return is_done;
}
