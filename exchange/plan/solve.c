/* The planner whole. */
#include "exchange/plan/solve.h"

#include "base/clock.h"
#include "exchange/plan/bound.h"
#include "exchange/plan/child.h"
#include "exchange/plan/exact.h"
#include "exchange/plan/reason.h"
#include "exchange/plan/search.h"
#include "exchange/plan/settle.h"

#include <math.h>
#include <pthread.h>
#include <unistd.h>

enum {
    BOUND_STEPS_FIRST = 100,
    FIRST_PART = 3,          /* of the time that they may take */
    SETTLE_PART = 2,         /* of the time that is left for a first plan */
    WHOLE_NEEDS_MOST = 1500, /* more: the child starts from the first plan */
    BOUND_STEPS_MOST = 4000,
    BOUND_ROUNDS = 400, /* steps when there is no time limit */
    ROUNDS_A_PART = 4,  /* of the search for each part the child solves */
    SMALL_ROUNDS = 200, /* before a small problem is looked at whole */
    SMALL_STEPS = 400,
    SEARCH_PART = 10, /* of the time that the search has alone for sure */
    HELPERS = 2,
    WAIT_MS = 50,
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
    double lowest;
    bool is_over;
    int64_t steps, steps_most;
};

/* A child process and the newest of it. */
struct helper {
    struct child *child; /* NULL: none */
    struct plan plan;    /* no session: none yet */
    double bound;
};

/* All that one solve() works with. */
struct solving {
    const struct plan_problem *problem;
    const struct solve_options *options;
    int64_t deadline_ms; /* 0: rounds alone */
    struct state *state;
    struct side side;
    struct helper helpers[HELPERS];
    double *prices; /* of needs */
};

/* ---- helpers ---- */

static double helpers_value(const struct solving *solving)
{
    double most = 0;

    for (int i = 0; i < HELPERS; i++)
        most = fmax(most, solving->helpers[i].plan.value);
    return most;
}

static double helpers_bound(const struct solving *solving)
{
    double lowest = INFINITY;

    for (int i = 0; i < HELPERS; i++)
        lowest = fmin(lowest, solving->helpers[i].bound);
    return lowest;
}

static void read_helpers(struct solving *solving, int wait_ms)
{
    for (int i = 0; i < HELPERS; i++)
        if (solving->helpers[i].child)
            (void)child_read(solving->helpers[i].child, wait_ms,
                             &solving->helpers[i].plan, &solving->helpers[i].bound);
}

static bool has_helpers(const struct solving *solving)
{
    return solving->helpers[0].child != NULL;
}

static bool are_helpers_over(const struct solving *solving)
{
    bool are_over = true;

    for (int i = 0; i < HELPERS; i++)
        are_over = are_over && (!solving->helpers[i].child ||
                                child_is_over(solving->helpers[i].child));
    return are_over;
}

/* Without a child (no process, no GLPK) the search goes on alone. A second one needs a
 * processor of its own; by rounds there is one on every machine. */
static void start_helpers(struct solving *solving, const struct plan *start)
{
    const struct solve_options *options = solving->options;
    struct child_limits limits = {
        .deadline_ms = solving->deadline_ms ? solving->deadline_ms - SPARE_MS : 0,
        .parts = options->rounds ? options->rounds / ROUNDS_A_PART + 1 : INT64_MAX,
        .seed = options->seed,
        .start = start};
    int count = start || !solving->deadline_ms || sysconf(_SC_NPROCESSORS_ONLN) < HELPERS
                    ? 1
                    : HELPERS;
    struct err refused = {0};

    for (int i = 0; i < count && !options->is_alone; i++) {
        struct child **child = &solving->helpers[i].child;
        limits.is_second = i > 0;
        if (child_start(child, solving->problem, &limits, &refused) != ERR_NONE) {
            *child = NULL;
            return;
        }
    }
}

/* ---- the bound beside ---- */

static void *bound_thread(void *argument)
{
    struct side *side = argument;

    for (;;) {
        double lowest;
        pthread_mutex_lock(&side->lock);
        if (side->is_over || side->steps >= side->steps_most) {
            pthread_mutex_unlock(&side->lock);
            return NULL;
        }
        pthread_mutex_unlock(&side->lock);
        lowest = bound_step(side->bound);
        pthread_mutex_lock(&side->lock);
        side->lowest = lowest;
        side->steps++;
        pthread_mutex_unlock(&side->lock);
    }
}

/* The bound so far; tells its thread to end when the child proved more. */
static double look_at_bound(struct solving *solving)
{
    struct side *side = &solving->side;
    double bound;

    pthread_mutex_lock(&side->lock);
    side->is_over =
        side->is_over || (solving->deadline_ms && helpers_bound(solving) <= side->lowest);
    bound = fmin(side->lowest, helpers_bound(solving));
    pthread_mutex_unlock(&side->lock);
    return bound;
}

/* Shows how far it is; false when it is to end. */
static bool show(struct solving *solving, double value)
{
    double bound;

    value = fmax(value, helpers_value(solving));
    bound = look_at_bound(solving);
    return bound - value > CLOSED * fabs(bound) &&
           (!solving->options->progress ||
            solving->options->progress(solving->options->self, value, bound));
}

/* Beside the search, when time limits: it ends once the child is ahead. */
static bool watch(void *self, double value)
{
    struct solving *solving = self;

    read_helpers(solving, 0);
    return show(solving, value) && helpers_value(solving) <= value;
}

/* When so much of the time that is left is over; 0: never. */
static int64_t part_of_time(const struct solving *solving, int part)
{
    int64_t now_ms = clock_monotonic_ms();

    return solving->deadline_ms ? now_ms + (solving->deadline_ms - now_ms) / part : 0;
}

/* First prices, so that the search knows what else could be done with each need. */
static err_code first_prices(struct solving *solving, struct arena *arena,
                             struct err *err)
{
    struct side *side = &solving->side;
    size_t count = solving->problem->need_count;
    int64_t until_ms = part_of_time(solving, FIRST_PART);

    solving->prices = arena_array(arena, count + 1, sizeof *solving->prices);
    if (!solving->prices)
        return err_set(err, ERR_MEMORY, "no room for prices");
    while (side->steps < BOUND_STEPS_FIRST &&
           (!until_ms || clock_monotonic_ms() < until_ms)) {
        side->lowest = bound_step(side->bound);
        side->steps++;
        if (!show(solving, state_value(solving->state)))
            break;
    }
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

/* Search, then what the children make of their time; that they ended early is no reason
 * to stop. */
static err_code search_and_wait(struct solving *solving, int64_t *rounds, struct err *err)
{
    int64_t first_ms = solving->deadline_ms;
    double value;
    err_code code;

    if (has_helpers(solving)) /* they make more of the time */
        first_ms = part_of_time(solving, SEARCH_PART);
    if (solving->prices)
        state_set_prices(solving->state, solving->prices);
    code = search(solving, first_ms, rounds, err);
    if (code != ERR_NONE || !has_helpers(solving))
        return code;
    if (!solving->deadline_ms) {
        read_helpers(solving, -1);
        return ERR_NONE;
    }
    value = state_value(solving->state);
    while (!are_helpers_over(solving) && clock_monotonic_ms() < solving->deadline_ms &&
           show(solving, value))
        read_helpers(solving, WAIT_MS);
    if (are_helpers_over(solving) && clock_monotonic_ms() < solving->deadline_ms &&
        show(solving, value) && helpers_value(solving) <= value)
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

/* The best of all plans that keeps the rules. */
static err_code choose(struct solving *solving, struct arena *arena, struct plan *out,
                       struct err *err)
{
    err_code code = state_plan(solving->state, arena, out, err);

    if (code == ERR_NONE)
        code = plan_check(solving->problem, out, err);
    for (int i = 0; code == ERR_NONE && i < HELPERS; i++) {
        const struct plan *other = &solving->helpers[i].plan;
        struct err refused = {0};
        if (other->value > out->value &&
            plan_check(solving->problem, other, &refused) == ERR_NONE)
            code = plan_copy(arena, other, out, err);
    }
    return code;
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
    for (; side->steps < SMALL_STEPS && state_value(solving->state) < side->lowest;
         side->steps++)
        side->lowest = bound_step(side->bound);
    *is_best = exact(side->bound, rows, solving->state);
    if (*is_best)
        side->lowest = state_value(solving->state);
    else
        start_helpers(solving, NULL);
    return ERR_NONE;
}

/* Prices and a first plan by them. The child does not wait for them while it can make a
 * program of the whole. */
static err_code start_large(struct solving *solving, struct arena *arena,
                            const struct rows *rows, struct err *err)
{
    bool is_whole = solving->problem->need_count <= WHOLE_NEEDS_MOST;
    struct plan first;
    err_code code;

    if (is_whole)
        start_helpers(solving, NULL);
    code = first_prices(solving, arena, err);
    if (code == ERR_NONE)
        code = settle(solving->side.bound, rows, solving->state,
                      part_of_time(solving, SETTLE_PART), err);
    if (code == ERR_NONE && !is_whole)
        code = state_plan(solving->state, arena, &first, err);
    if (code == ERR_NONE && !is_whole)
        start_helpers(solving, &first);
    return code;
}

static err_code run(struct solving *solving, struct arena *arena, const struct rows *rows,
                    struct solution *out, struct err *err)
{
    bool is_best = false;
    err_code code = ERR_NONE;

    if (solving->problem->need_count <= EXACT_NEEDS_MOST)
        code = solve_small(solving, rows, &is_best, err);
    else
        code = start_large(solving, arena, rows, err);
    if (code == ERR_NONE && !is_best)
        code = run_beside_bound(solving, &out->rounds, err);
    if (code == ERR_NONE)
        code = choose(solving, arena, &out->plan, err);
    if (code != ERR_NONE)
        return code;
    out->bound =
        fmax(fmin(solving->side.lowest, helpers_bound(solving)), out->plan.value);
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
        .side = {.lowest = INFINITY}};
    struct topics topics;
    struct rows rows;
    err_code code = topics_make(arena, problem, &topics, err);

    *out = (struct solution){.rounds = 0};
    for (int i = 0; i < HELPERS; i++)
        solving.helpers[i].bound = INFINITY;
    if (code == ERR_NONE)
        code = state_new(&solving.state, &topics, options->seed, err);
    pthread_mutex_init(&solving.side.lock, NULL);
    if (code == ERR_NONE)
        code = rows_make(arena, &topics, &rows, err);
    if (code == ERR_NONE)
        code = bound_new(&solving.side.bound, &rows,
                         problem->need_count > EXACT_NEEDS_MOST, BOUND_STEPS_FIRST, err);
    if (code == ERR_NONE)
        code = run(&solving, arena, &rows, out, err);
    for (int i = 0; i < HELPERS; i++)
        child_free(solving.helpers[i].child);
    state_free(solving.state);
    bound_free(solving.side.bound);
    pthread_mutex_destroy(&solving.side.lock);
    return code;
}
