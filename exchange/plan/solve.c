/* The planner whole. */
#include "exchange/plan/solve.h"

#include "base/clock.h"
#include "exchange/plan/bound.h"
#include "exchange/plan/reason.h"
#include "exchange/plan/search.h"

#include <math.h>
#include <pthread.h>

enum { BOUND_STEPS_FIRST = 60, BOUND_STEPS_MOST = 4000, BOUND_ROUNDS = 400 };

/* Parts of a need's price that it has to bring more than to be chosen, one search after
 * another: each goes on from the best plan so far. */
static const double PRICE_PARTS[] = {0.7, 0, 0.35, 0.7};
static const double WARMTH = 0.03;
enum { PHASES = sizeof PRICE_PARTS / sizeof PRICE_PARTS[0] };

/* What the thread of the bound shares. */
struct side {
    struct bound *bound;
    pthread_mutex_t lock;
    double known, lowest;
    bool is_over;
    int64_t steps, steps_most;
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

struct watching {
    const struct solve_options *options;
    struct side *side;
};

static bool watch(void *self, double value)
{
    struct watching *watching = self;
    double bound;

    pthread_mutex_lock(&watching->side->lock);
    watching->side->known = value;
    bound = watching->side->lowest;
    pthread_mutex_unlock(&watching->side->lock);
    return !watching->options->progress ||
           watching->options->progress(watching->options->self, value, bound);
}

/* First prices, so that the search knows what else could be done with each need. */
static double *first_prices(struct arena *arena, const struct plan_problem *problem,
                            struct side *side)
{
    double *prices = arena_array(arena, 2 * problem->need_count + 1, sizeof *prices);

    for (int i = 0; i < BOUND_STEPS_FIRST; i++)
        side->lowest = bound_step(side->bound, side->known);
    side->steps = BOUND_STEPS_FIRST;
    for (size_t n = 0; prices && n < problem->need_count; n++)
        prices[n] = bound_prices(side->bound)[n];
    return prices;
}

/* The searches, one after another; `prices` has room behind it for their parts. */
static err_code search_phases(struct state *state, const struct plan_problem *problem,
                              double *prices, const struct solve_options *options,
                              struct watching *watching, int64_t *rounds, struct err *err)
{
    double *parts = prices + problem->need_count;
    int64_t started_ms = clock_monotonic_ms();
    err_code code = ERR_NONE;

    for (int phase = 0; code == ERR_NONE && phase < PHASES; phase++) {
        struct search_limits limits = {
            .rounds = options->rounds ? options->rounds / PHASES + 1 : INT64_MAX,
            .deadline_ms = options->time_ms
                               ? started_ms + options->time_ms * (phase + 1) / PHASES
                               : 0,
            .warmth = WARMTH};
        struct search_result result = {0};
        for (size_t n = 0; n < problem->need_count; n++)
            parts[n] = PRICE_PARTS[phase] * prices[n];
        state_set_prices(state, parts);
        code = search_plan(state, &limits, options->time_ms ? watch : NULL, watching,
                           &result, err);
        *rounds += result.rounds;
    }
    return code;
}

static err_code search_beside(struct state *state, const struct plan_problem *problem,
                              double *prices, struct watching *watching, int64_t *rounds,
                              struct err *err)
{
    struct side *side = watching->side;
    bool is_by_rounds = !watching->options->time_ms;
    pthread_t thread;
    err_code code;

    side->steps_most = is_by_rounds ? BOUND_ROUNDS : BOUND_STEPS_MOST;
    if (pthread_create(&thread, NULL, bound_thread, side) != 0)
        return err_set(err, ERR_MEMORY, "no thread for the bound");
    code =
        search_phases(state, problem, prices, watching->options, watching, rounds, err);
    pthread_mutex_lock(&side->lock);
    side->is_over = !is_by_rounds; /* by rounds it does the same steps on every machine */
    pthread_mutex_unlock(&side->lock);
    pthread_join(thread, NULL);
    return code;
}

static err_code run(struct arena *arena, const struct topics *topics,
                    const struct solve_options *options, struct side *side,
                    struct state *state, struct solution *out, struct err *err)
{
    struct watching watching = {options, side};
    double *prices;
    err_code code;

    state_complete(state, 0);
    side->known = state_value(state);
    prices = first_prices(arena, topics->problem, side);
    if (!prices)
        return err_set(err, ERR_MEMORY, "no room for prices");
    code = search_beside(state, topics->problem, prices, &watching, &out->rounds, err);
    if (code == ERR_NONE)
        code = state_plan(state, arena, &out->plan, err);
    if (code == ERR_NONE)
        code = plan_check(topics->problem, &out->plan, err);
    if (code != ERR_NONE)
        return code;
    out->bound = fmax(side->lowest, out->plan.value);
    out->bound_steps = side->steps;
    return reasons_find(arena, topics, &out->plan, &out->reasons, err);
}

err_code solve(struct arena *arena, const struct plan_problem *problem,
               const struct solve_options *options, struct solution *out, struct err *err)
{
    struct side side = {.lowest = INFINITY, .known = 0};
    struct state *state = NULL;
    struct topics topics;
    struct rows rows;
    err_code code = topics_make(arena, problem, &topics, err);

    *out = (struct solution){.rounds = 0};
    pthread_mutex_init(&side.lock, NULL);
    if (code == ERR_NONE)
        code = rows_make(arena, &topics, &rows, err);
    if (code == ERR_NONE)
        code = bound_new(&side.bound, &rows, err);
    if (code == ERR_NONE)
        code = state_new(&state, &topics, options->seed, err);
    if (code == ERR_NONE)
        code = run(arena, &topics, options, &side, state, out, err);
    state_free(state);
    bound_free(side.bound);
    pthread_mutex_destroy(&side.lock);
    return code;
}
