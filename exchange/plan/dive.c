/* A plan by linear programming and diving. */
#include "exchange/plan/dive.h"

#include "base/clock.h"
#include "base/random.h"
#include "exchange/plan/bound.h"
#include "exchange/plan/lp.h"
#include "exchange/plan/pool.h"
#include "exchange/plan/state.h"

#include <math.h>
#include <stdlib.h>

enum { PRICINGS_MOST = 400, CUTS_A_ROUND = 60, LISTED_MOST = 6000 };

static const double CENTRE = 0.5; /* part of the best prices so far in those asked next */
static const double WHOLE = 0.7;  /* taken by so much: taken whole */
static const double NEAR_ENOUGH =
    1e-5;                              /* of bound and program: nothing more to ask for */
static const double CUT_ENOUGH = 2e-4; /* the same, between cuts */
static const double NOTHING = 1e-6;

struct diver {
    const struct dive_options *options;
    struct topics topics;
    struct rows rows;
    struct bound *bound;
    struct pool *pool;
    struct lp *lp;
    struct cuts *cuts;
    double *prices, *mixed; /* of each row */
    double value;           /* of the program */
    bool *is_taken;         /* of each column of the pool */
    size_t taken_capacity;
    bool has_new;
    size_t listed; /* sessions that a better plan could hold */
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

/* Prices between the program's and the best so far. */
static void evaluate_at(struct diver *diver, double centre)
{
    const double *best = bound_best_prices(diver->bound);

    for (size_t i = 0; i < diver->rows.count; i++)
        diver->mixed[i] = centre * best[i] + (1 - centre) * diver->prices[i];
    for (size_t c = 0; c < diver->cuts->count; c++)
        diver->cuts->items[c].price = centre * diver->cuts->items[c].best_price +
                                      (1 - centre) * lp_cut_price(diver->lp, c);
    bound_set_prices(diver->bound, diver->mixed);
    bound_evaluate(diver->bound);
}

/* Asks for new sessions at such prices, and at the program's own when there are none. */
static bool ask(struct diver *diver)
{
    diver->has_new = false;
    evaluate_at(diver, CENTRE);
    if (!diver->has_new)
        evaluate_at(diver, 0);
    return diver->has_new;
}

/* The best linear program there is, by its columns; false when time was up before. */
static bool generate(struct diver *diver, double near_enough)
{
    for (int i = 0; i < PRICINGS_MOST; i++) {
        if (!solve_program(diver))
            return false;
        if (!ask(diver) ||
            bound_lowest(diver->bound) - diver->value < near_enough * diver->value)
            break;
    }
    return solve_program(diver);
}

/* Cuts that the program breaks, and what sessions it asks for then; false when there is
 * nothing more to cut. */
static bool cut(struct diver *diver)
{
    size_t count = pool_count(diver->pool), before = diver->cuts->count, found = 0;
    double *part = malloc((count + 1) * sizeof *part);

    for (size_t i = 0; part && i < count; i++)
        part[i] = lp_part(diver->lp, i);
    if (part)
        found = cuts_find(diver->cuts, diver->pool, part, diver->rows.problem->need_count,
                          CUTS_A_ROUND);
    free(part);
    return found && bound_heed_cuts(diver->bound, diver->cuts, before) &&
           lp_cut(diver->lp, diver->cuts, diver->pool) && generate(diver, CUT_ENOUGH);
}

static void tell_bound(const struct diver *diver)
{
    if (diver->options->on_bound)
        diver->options->on_bound(diver->options->self, bound_lowest(diver->bound));
}

/* The program of the whole, and what cuts make of it. */
static void start(struct diver *diver)
{
    bound_on_choice(diver->bound, see, diver);
    for (int i = 0; i < diver->options->steps && !is_late(diver); i++)
        bound_step(diver->bound);
    if (!generate(diver, NEAR_ENOUGH))
        return;
    tell_bound(diver);
    for (int i = 0; i < diver->options->cuts && cut(diver); i++)
        tell_bound(diver);
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
static bool take_some(struct diver *diver, double blur)
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
        if (blur > 0)
            part *= 1 - blur * random_0to1(&diver->random);
        if (part > most) {
            most = part;
            found = i;
        }
    }
    if (!taken && found != SIZE_MAX)
        take(diver, found);
    return taken || found != SIZE_MAX;
}

static void go_down(struct diver *diver, double blur)
{
    while (!is_late(diver) && grow_taken(diver) && take_some(diver, blur)) {
        if (!solve_program(diver))
            return;
        for (int i = 0; i < diver->options->rounds; i++) {
            diver->has_new = false;
            evaluate_at(diver, 0);
            if (!diver->has_new || !solve_program(diver))
                break;
        }
    }
}

/* Chooses among the columns there are; false when it found nothing. */
static bool choose(struct diver *diver, int nodes, int choose_ms, double *most)
{
    int time_ms = INT32_MAX;

    if (diver->options->deadline_ms) {
        int64_t left_ms = diver->options->deadline_ms - clock_monotonic_ms();
        time_ms = left_ms < choose_ms ? (int)left_ms : choose_ms;
    }
    *most = INFINITY;
    if (time_ms <= 0 || !grow_taken(diver) || !lp_choose(diver->lp, nodes, time_ms, most))
        return false;
    for (size_t i = 0; i < pool_count(diver->pool); i++)
        diver->is_taken[i] = lp_is_chosen(diver->lp, i);
    return true;
}

/* What was taken, and what fits beside it: kept when it is the better plan. */
static err_code finish(struct diver *diver, struct arena *arena, struct dive_result *out,
                       struct err *err)
{
    struct plan plan;
    struct state *state;
    err_code code = state_new(&state, &diver->topics, diver->options->seed, err);

    if (code != ERR_NONE)
        return code;
    for (size_t i = 0; i < pool_count(diver->pool) && i < diver->taken_capacity; i++)
        if (diver->is_taken[i])
            (void)state_hold(state, &diver->rows, pool_column(diver->pool, i));
    state_complete(state, 0);
    code = state_plan(state, arena, &plan, err);
    state_free(state);
    for (size_t i = 0; i < diver->taken_capacity; i++)
        diver->is_taken[i] = false;
    if (code == ERR_NONE && (!out->plan.sessions || plan.value > out->plan.value))
        out->plan = plan;
    return code;
}

static err_code prepare(struct diver *diver, struct arena *arena,
                        const struct plan_problem *problem, struct err *err)
{
    err_code code = topics_make(arena, problem, &diver->topics, err);

    if (code == ERR_NONE)
        code = rows_make(arena, &diver->topics, &diver->rows, err);
    if (code == ERR_NONE)
        code = bound_new(&diver->bound, &diver->rows, false, diver->options->steps, err);
    if (code == ERR_NONE)
        code = pool_new(&diver->pool, &diver->rows, err);
    if (code == ERR_NONE)
        code = cuts_new(&diver->cuts, problem->need_count, err);
    if (code != ERR_NONE)
        return code;
    diver->lp = lp_new(&diver->rows);
    diver->prices = arena_array(arena, diver->rows.count + 1, sizeof *diver->prices);
    diver->mixed = arena_array(arena, diver->rows.count + 1, sizeof *diver->mixed);
    return diver->lp && diver->prices && diver->mixed
               ? ERR_NONE
               : err_set(err, ERR_MEMORY, "no memory for a program");
}

/* Counts, so that a list that is too long leaves nothing behind. */
static bool count_listed(void *self, const struct column *column, double loss)
{
    struct diver *diver = self;

    (void)column;
    (void)loss;
    return ++diver->listed <= LISTED_MOST && !is_late(diver);
}

static bool hear(void *self, const struct column *column, double loss)
{
    struct diver *diver = self;

    (void)loss;
    see(diver, column);
    return !pool_failed(diver->pool) && !is_late(diver);
}

err_code diver_prove(struct diver *diver, struct arena *arena, int nodes, int choose_ms,
                     struct dive_result *out, struct err *err)
{
    double gap = bound_lowest(diver->bound) - out->plan.value + NOTHING;
    double most = INFINITY;
    bool is_whole;
    err_code code = ERR_NONE;

    lp_release(diver->lp);
    diver->listed = 0;
    bound_on_choice(diver->bound, NULL, NULL);
    for (size_t c = 0; c < diver->cuts->count; c++)
        diver->cuts->items[c].price = diver->cuts->items[c].best_price;
    bound_set_prices(diver->bound, bound_best_prices(diver->bound));
    is_whole = bound_list(diver->bound, gap, count_listed, diver) &&
               bound_list(diver->bound, gap, hear, diver);
    if (!is_whole || !solve_program(diver))
        return ERR_NONE;
    if (choose(diver, nodes, choose_ms, &most))
        code = finish(diver, arena, out, err);
    out->bound = fmin(out->bound, fmax(most, out->plan.value));
    return code;
}

err_code diver_find(struct diver *diver, struct arena *arena, struct dive_result *out,
                    struct err *err)
{
    const struct dive_options *options = diver->options;
    double most = INFINITY;
    err_code code = ERR_NONE;

    *out = (struct dive_result){.bound = INFINITY};
    start(diver);
    if (options->nodes && choose(diver, options->nodes, options->choose_ms, &most))
        code = finish(diver, arena, out, err);
    if (code == ERR_NONE && most == INFINITY && solve_program(diver))
        go_down(diver, options->blur);
    if (code == ERR_NONE && most == INFINITY)
        code = finish(diver, arena, out, err);
    out->bound = bound_lowest(diver->bound);
    return code;
}

err_code diver_again(struct diver *diver, struct arena *arena, double blur,
                     struct plan *out, struct err *err)
{
    struct dive_result result = {.bound = INFINITY};
    err_code code;

    lp_release(diver->lp);
    bound_on_choice(diver->bound, see, diver);
    if (solve_program(diver))
        go_down(diver, blur);
    code = finish(diver, arena, &result, err);
    *out = result.plan;
    return code;
}

err_code diver_new(struct diver **out, struct arena *arena,
                   const struct plan_problem *problem, const struct dive_options *options,
                   struct err *err)
{
    struct diver *diver = calloc(1, sizeof *diver);
    err_code code;

    if (!diver)
        return err_set(err, ERR_MEMORY, "no memory for a program");
    diver->options = options;
    random_init(&diver->random, options->seed);
    code = prepare(diver, arena, problem, err);
    if (code != ERR_NONE) {
        diver_free(diver);
        return code;
    }
    *out = diver;
    return ERR_NONE;
}

void diver_free(struct diver *diver)
{
    if (!diver)
        return;
    lp_free(diver->lp);
    pool_free(diver->pool);
    bound_free(diver->bound);
    cuts_free(diver->cuts);
    free(diver->is_taken);
    free(diver);
}

err_code dive(struct arena *arena, const struct plan_problem *problem,
              const struct dive_options *options, struct dive_result *out,
              struct err *err)
{
    struct diver *diver;
    err_code code = diver_new(&diver, arena, problem, options, err);

    if (code != ERR_NONE)
        return code;
    code = diver_find(diver, arena, out, err);
    diver_free(diver);
    return code;
}
