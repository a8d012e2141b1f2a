/* The planner whole. */
#include "exchange/plan/solve.h"

#include "base/clock.h"
#include "exchange/plan/bound.h"
#include "exchange/plan/child.h"
#include "exchange/plan/exact.h"
#include "exchange/plan/reason.h"
#include "exchange/plan/search.h"

#include <math.h>
#include <pthread.h>

enum {
    BOUND_STEPS_FIRST = 60,
    BOUND_STEPS_MOST = 4000,
    BOUND_ROUNDS = 400, /* steps when there is no time limit */
    ROUNDS_A_PART = 4,  /* of the search for each part the child solves */
    SMALL_ROUNDS = 200, /* before a small problem is looked at whole */
    SMALL_STEPS = 400,
    SEARCH_PART = 10, /* of the time that the search has alone for sure */
    WAIT_MS = 100,
    SPARE_MS = 50 /* for the child's last plan to come */
};

static const double PRICE_PART =
    0.7; /* of its price that a need has to bring to be chosen */
static const double WARMTH = 0.03;
static const double CLOSED = 1e-7; /* as near as this the bound is reached */

/* What the thread of the bound shares. */
struct side {
    struct bound *bound;
    pthread_mutex_t lock;
    double known, lowest;
    bool is_over;
    int64_t steps, steps_most;
};

/* All that one solve() works with. */
struct solving {
    const struct plan_problem *problem;
    const struct solve_options *options;
    int64_t deadline_ms; /* 0: rounds alone */
    struct state *state;
    struct side side;
    struct child *child;  /* NULL: none */
    struct plan of_child; /* its newest; no session: none yet */
    double child_bound;
    double *prices; /* of needs */
};

static void *bound_thread(void *argument)
{
    struct side *side = argument;

    for (;;) {
        double known, lowest;
        pthread_mutex_lock(&side->lock);
        known = side->known;
        if (side->is_over || side->steps >= side->steps_most) {
            pthread_mutex_unlock(&side->lock);
            return NULL;
        }
        pthread_mutex_unlock(&side->lock);
        lowest = bound_step(side->bound, known);
        pthread_mutex_lock(&side->lock);
        side->lowest = lowest;
        side->steps++;
        pthread_mutex_unlock(&side->lock);
    }
}

/* The bound so far; tells its thread what is known, and to end when the child proved
 * more. */
static double look_at_bound(struct solving *solving, double known)
{
    struct side *side = &solving->side;
    double bound;

    pthread_mutex_lock(&side->lock);
    side->known = fmax(side->known, known);
    side->is_over =
        side->is_over || (solving->deadline_ms && solving->child_bound <= side->lowest);
    bound = fmin(side->lowest, solving->child_bound);
    pthread_mutex_unlock(&side->lock);
    return bound;
}

/* Shows how far it is; false when it is to end. */
static bool show(struct solving *solving, double value)
{
    double bound;

    value = fmax(value, solving->of_child.value);
    bound = look_at_bound(solving, value);
    return bound - value > CLOSED * fabs(bound) &&
           (!solving->options->progress ||
            solving->options->progress(solving->options->self, value, bound));
}

/* Beside the search, when time limits: it ends once the child is ahead. */
static bool watch(void *self, double value)
{
    struct solving *solving = self;

    if (solving->child)
        (void)child_read(solving->child, 0, &solving->of_child, &solving->child_bound);
    return show(solving, value) && solving->of_child.value <= value;
}

/* First prices, so that the search knows what else could be done with each need. */
static err_code first_prices(struct solving *solving, struct arena *arena,
                             struct err *err)
{
    struct side *side = &solving->side;
    size_t count = solving->problem->need_count;

    solving->prices = arena_array(arena, count + 1, sizeof *solving->prices);
    if (!solving->prices)
        return err_set(err, ERR_MEMORY, "no room for prices");
    for (; side->steps < BOUND_STEPS_FIRST; side->steps++)
        side->lowest = bound_step(side->bound, side->known);
    for (size_t n = 0; n < count; n++)
        solving->prices[n] = PRICE_PART * bound_prices(side->bound)[n];
    return ERR_NONE;
}

static err_code search(struct solving *solving, int64_t deadline_ms, int64_t *rounds,
                       struct err *err)
{
    bool is_by_rounds = !solving->deadline_ms;
    struct search_limits limits = {
        .rounds = solving->options->rounds ? solving->options->rounds : INT64_MAX,
        .deadline_ms = deadline_ms,
        .warmth = WARMTH};
    struct search_result result = {0};
    err_code code = search_plan(solving->state, &limits, is_by_rounds ? NULL : watch,
                                solving, &result, err);

    *rounds += result.rounds;
    return code;
}

/* Search, then what the child makes of its time; a child that ended early is no reason to
 * stop. */
static err_code search_and_wait(struct solving *solving, int64_t *rounds, struct err *err)
{
    int64_t first_ms = clock_monotonic_ms();
    double value;
    err_code code;

    if (solving->child && solving->deadline_ms) /* the child makes more of the time */
        first_ms += (solving->deadline_ms - first_ms) / SEARCH_PART;
    else
        first_ms = solving->deadline_ms;
    state_set_prices(solving->state, solving->prices);
    code = search(solving, first_ms, rounds, err);
    if (code != ERR_NONE || !solving->child)
        return code;
    if (!solving->deadline_ms) {
        (void)child_read(solving->child, -1, &solving->of_child, &solving->child_bound);
        return ERR_NONE;
    }
    value = state_value(solving->state);
    while (!child_is_over(solving->child) &&
           clock_monotonic_ms() < solving->deadline_ms && show(solving, value))
        (void)child_read(solving->child, WAIT_MS, &solving->of_child,
                         &solving->child_bound);
    if (child_is_over(solving->child) && clock_monotonic_ms() < solving->deadline_ms &&
        show(solving, value) && solving->of_child.value <= value)
        return search(solving, solving->deadline_ms, rounds, err);
    return ERR_NONE;
}

static err_code run_beside_bound(struct solving *solving, int64_t *rounds,
                                 struct err *err)
{
    struct side *side = &solving->side;
    pthread_t thread;
    err_code code;

    side->steps_most = solving->deadline_ms ? BOUND_STEPS_MOST : BOUND_ROUNDS;
    if (pthread_create(&thread, NULL, bound_thread, side) != 0)
        return err_set(err, ERR_MEMORY, "no thread for the bound");
    code = search_and_wait(solving, rounds, err);
    pthread_mutex_lock(&side->lock);
    if (solving->deadline_ms) /* by rounds it does the same steps on every machine */
        side->is_over = true;
    pthread_mutex_unlock(&side->lock);
    pthread_join(thread, NULL);
    return code;
}

/* The better of both plans that keeps the rules. */
static err_code choose(struct solving *solving, struct arena *arena, struct plan *out,
                       struct err *err)
{
    struct err refused = {0};
    err_code code = state_plan(solving->state, arena, out, err);

    if (code != ERR_NONE)
        return code;
    if (solving->of_child.value > out->value &&
        plan_check(solving->problem, &solving->of_child, &refused) == ERR_NONE)
        return plan_copy(arena, &solving->of_child, out, err);
    return plan_check(solving->problem, out, err);
}

/* A problem of few needs: its best plan, proven. False: nothing is proven, but what was
 * found stays. */
static err_code solve_small(struct solving *solving, const struct rows *rows,
                            bool *is_best, struct err *err)
{
    struct search_limits limits = {.rounds = SMALL_ROUNDS, .warmth = WARMTH};
    struct search_result result = {0};
    struct side *side = &solving->side;
    err_code code = search_plan(solving->state, &limits, NULL, NULL, &result, err);

    *is_best = false;
    if (code != ERR_NONE)
        return code;
    side->known = state_value(solving->state);
    for (; side->steps < SMALL_STEPS && side->known < side->lowest; side->steps++)
        side->lowest = bound_step(side->bound, side->known);
    *is_best = exact(side->bound, rows, solving->state);
    if (*is_best)
        side->lowest = state_value(solving->state);
    return ERR_NONE;
}

/* Without a child (no process, no GLPK) the search goes on alone. */
static void start_child(struct solving *solving)
{
    struct child_limits limits = {
        .deadline_ms = solving->deadline_ms ? solving->deadline_ms - SPARE_MS : 0,
        .parts = solving->options->rounds ? solving->options->rounds / ROUNDS_A_PART + 1
                                          : INT64_MAX,
        .seed = solving->options->seed};
    struct err refused = {0};

    if (child_start(&solving->child, solving->problem, &limits, &refused) != ERR_NONE)
        solving->child = NULL;
}

static err_code run(struct solving *solving, struct arena *arena, const struct rows *rows,
                    struct solution *out, struct err *err)
{
    bool is_best = false;
    err_code code = ERR_NONE;

    state_complete(solving->state, 0);
    solving->side.known = state_value(solving->state);
    if (solving->problem->need_count <= EXACT_NEEDS_MOST)
        code = solve_small(solving, rows, &is_best, err);
    if (code == ERR_NONE && !is_best) {
        start_child(solving);
        code = first_prices(solving, arena, err);
        if (code == ERR_NONE)
            code = run_beside_bound(solving, &out->rounds, err);
    }
    if (code == ERR_NONE)
        code = choose(solving, arena, &out->plan, err);
    if (code != ERR_NONE)
        return code;
    out->bound = fmax(fmin(solving->side.lowest, solving->child_bound), out->plan.value);
    out->bound_steps = solving->side.steps;
    return reasons_find(arena, rows->topics, &out->plan, &out->reasons, err);
}

err_code solve(struct arena *arena, const struct plan_problem *problem,
               const struct solve_options *options, struct solution *out, struct err *err)
{
    struct solving solving = {
        .problem = problem,
        .options = options,
        .deadline_ms = options->time_ms ? clock_monotonic_ms() + options->time_ms : 0,
        .side = {.lowest = INFINITY},
        .child_bound = INFINITY};
    struct topics topics;
    struct rows rows;
    err_code code = topics_make(arena, problem, &topics, err);

    *out = (struct solution){.rounds = 0};
    if (code == ERR_NONE)
        code = state_new(&solving.state, &topics, options->seed, err);
    pthread_mutex_init(&solving.side.lock, NULL);
    if (code == ERR_NONE)
        code = rows_make(arena, &topics, &rows, err);
    if (code == ERR_NONE)
        code = bound_new(&solving.side.bound, &rows, err);
    if (code == ERR_NONE)
        code = run(&solving, arena, &rows, out, err);
    child_free(solving.child);
    state_free(solving.state);
    bound_free(solving.side.bound);
    pthread_mutex_destroy(&solving.side.lock);
    return code;
}
