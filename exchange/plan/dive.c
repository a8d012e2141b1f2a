/* A plan by linear programming and diving. */
#include "exchange/plan/dive.h"

#include "base/clock.h"
#include "base/random.h"
#include "exchange/plan/bound.h"
#include "exchange/plan/lp.h"
#include "exchange/plan/pool.h"
#include "exchange/plan/state.h"

#include <stdlib.h>

enum { PRICINGS_MOST = 400 };

static const double CENTRE = 0.5; /* part of the best prices so far in those asked next */
static const double WHOLE = 0.7;  /* taken by so much: taken whole */
static const double NEAR_ENOUGH =
    1e-5; /* of bound and program: nothing more to ask for */
static const double NOTHING = 1e-6;

struct diver {
    const struct dive_options *options;
    struct topics topics;
    struct rows rows;
    struct bound *bound;
    struct pool *pool;
    struct lp *lp;
    double *prices, *mixed; /* of each row */
    double value;           /* of the program */
    bool *is_taken;         /* of each column of the pool */
    size_t taken_capacity;
    bool has_new;
    struct random random;
};

static bool is_late(const struct diver *diver)
{
    return diver->options->deadline_ms &&
           clock_monotonic_ms() >= diver->options->deadline_ms;
}

/* A session the bound chose: a column, when it is new. */
static void see(void *self, const struct column *column)
{
    struct diver *diver = self;
    long at = pool_add(diver->pool, column);

    if (at < 0)
        return;
    diver->has_new = true;
    lp_add(diver->lp, pool_column(diver->pool, (size_t)at));
    if (!rows_is_allowed(&diver->rows, column))
        lp_shut(diver->lp, (size_t)at);
}

static bool solve_program(struct diver *diver)
{
    int time_ms = INT32_MAX;

    if (diver->options->deadline_ms) {
        int64_t left_ms = diver->options->deadline_ms - clock_monotonic_ms();
        if (left_ms <= 0)
            return false;
        time_ms = (int)left_ms;
    }
    return lp_solve(diver->lp, time_ms, &diver->value, diver->prices);
}

/* Asks for new sessions at prices between the program's and the best so far, and at the
 * program's own when there are none. */
static bool ask(struct diver *diver)
{
    const double *best = bound_best_prices(diver->bound);

    for (size_t i = 0; i < diver->rows.count; i++)
        diver->mixed[i] = CENTRE * best[i] + (1 - CENTRE) * diver->prices[i];
    diver->has_new = false;
    bound_set_prices(diver->bound, diver->mixed);
    bound_evaluate(diver->bound);
    if (diver->has_new)
        return true;
    bound_set_prices(diver->bound, diver->prices);
    bound_evaluate(diver->bound);
    return diver->has_new;
}

/* The best linear program there is, by its columns. */
static void generate(struct diver *diver)
{
    bound_on_choice(diver->bound, see, diver);
    for (int i = 0; i < diver->options->steps && !is_late(diver); i++)
        bound_step(diver->bound, diver->options->known);
    for (int i = 0; i < PRICINGS_MOST && solve_program(diver); i++)
        if (!ask(diver) ||
            bound_lowest(diver->bound) - diver->value < NEAR_ENOUGH * diver->value)
            break;
}

static bool grow_taken(struct diver *diver)
{
    size_t capacity = 2 * pool_count(diver->pool) + 64;
    bool *taken;

    if (pool_count(diver->pool) <= diver->taken_capacity)
        return true;
    taken = realloc(diver->is_taken, capacity * sizeof *taken);
    if (!taken)
        return false;
    for (size_t i = diver->taken_capacity; i < capacity; i++)
        taken[i] = false;
    diver->is_taken = taken;
    diver->taken_capacity = capacity;
    return true;
}

static void take(struct diver *diver, size_t column)
{
    lp_take(diver->lp, column);
    diver->is_taken[column] = true;
}

/* Takes what the program takes whole, or else most of; false when nothing is left. */
static bool take_some(struct diver *diver)
{
    double most = NOTHING;
    size_t found = SIZE_MAX, taken = 0;

    for (size_t i = 0; i < pool_count(diver->pool); i++) {
        double part = lp_part(diver->lp, i);
        if (diver->is_taken[i] || part <= NOTHING)
            continue;
        if (part >= WHOLE) {
            take(diver, i);
            taken++;
        }
        if (diver->options->blur > 0)
            part *= 1 - diver->options->blur * random_0to1(&diver->random);
        if (part > most) {
            most = part;
            found = i;
        }
    }
    if (!taken && found != SIZE_MAX)
        take(diver, found);
    return taken || found != SIZE_MAX;
}

static void go_down(struct diver *diver)
{
    while (!is_late(diver) && grow_taken(diver) && take_some(diver)) {
        if (!solve_program(diver))
            return;
        for (int i = 0; i < diver->options->rounds; i++) {
            diver->has_new = false;
            bound_set_prices(diver->bound, diver->prices);
            bound_evaluate(diver->bound);
            if (!diver->has_new || !solve_program(diver))
                break;
        }
    }
}

/* A column in a room of its class that is free; one that finds none is left out. */
static void hold(struct state *state, const struct diver *diver,
                 const struct column *column)
{
    struct slot slot = {.topic = column->topic,
                        .date = column->date,
                        .trainer = column->trainer,
                        .need_count = column->need_count,
                        .value = column->value};

    for (int i = 0; i < column->need_count; i++)
        slot.needs[i] = column->needs[i];
    for (size_t r = 0; r < diver->rows.problem->room_count; r++) {
        slot.room = (int)r;
        if (diver->rows.class_of_room[r] == column->room_class && state_add(state, &slot))
            return;
    }
}

static err_code finish(const struct diver *diver, struct arena *arena,
                       struct dive_result *out, struct err *err)
{
    struct state *state;
    err_code code = state_new(&state, &diver->topics, diver->options->seed, err);

    if (code != ERR_NONE)
        return code;
    for (size_t i = 0; i < pool_count(diver->pool) && i < diver->taken_capacity; i++)
        if (diver->is_taken[i])
            hold(state, diver, pool_column(diver->pool, i));
    state_complete(state, 0);
    code = state_plan(state, arena, &out->plan, err);
    state_free(state);
    out->bound = bound_lowest(diver->bound);
    return code;
}

static err_code prepare(struct diver *diver, struct arena *arena,
                        const struct plan_problem *problem, struct err *err)
{
    err_code code = topics_make(arena, problem, &diver->topics, err);

    if (code == ERR_NONE)
        code = rows_make(arena, &diver->topics, &diver->rows, err);
    if (code == ERR_NONE)
        code = bound_new(&diver->bound, &diver->rows, err);
    if (code == ERR_NONE)
        code = pool_new(&diver->pool, &diver->rows, err);
    if (code != ERR_NONE)
        return code;
    diver->lp = lp_new(&diver->rows);
    diver->prices = arena_array(arena, diver->rows.count + 1, sizeof *diver->prices);
    diver->mixed = arena_array(arena, diver->rows.count + 1, sizeof *diver->mixed);
    return diver->lp && diver->prices && diver->mixed
               ? ERR_NONE
               : err_set(err, ERR_MEMORY, "no memory for a program");
}

err_code dive(struct arena *arena, const struct plan_problem *problem,
              const struct dive_options *options, struct dive_result *out,
              struct err *err)
{
    struct diver diver = {.options = options};
    err_code code = prepare(&diver, arena, problem, err);

    random_init(&diver.random, options->seed);
    if (code == ERR_NONE) {
        generate(&diver);
        if (options->on_bound)
            options->on_bound(options->self, bound_lowest(diver.bound));
        go_down(&diver);
        code = finish(&diver, arena, out, err);
    }
    lp_free(diver.lp);
    pool_free(diver.pool);
    bound_free(diver.bound);
    free(diver.is_taken);
    return code;
}
