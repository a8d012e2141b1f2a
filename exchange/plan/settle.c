/* A plan by the prices of the bound. */
#include "exchange/plan/settle.h"

#include "base/clock.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS = 8, CHOSEN_MOST = 20000, LEAST_HELD = 4 };

static const double FADE = 0.9;    /* of how often a session was chosen, at each step */
static const double PART = 0.01;   /* of all sessions, held at a time */
static const double ENOUGH = 0.85; /* of its needs that are still there: it is held */
static const size_t BYTES_MOST = (size_t)1 << 28;

/* How often a trainer (or circle) was chosen for a topic on a date of late. */
struct habit {
    int topic, step;
    double weight;
};

struct chosen {
    struct column column;
    double weight;
};

struct settling {
    struct bound *bound;
    const struct rows *rows;
    struct state *state;
    struct arena *arena;   /* the needs of what was chosen */
    struct habit *habits;  /* people × dates, then topics × dates */
    struct chosen *chosen; /* by the last evaluation */
    size_t chosen_count;
    int step;
    size_t held;
    int64_t started_ms, deadline_ms; /* 0: none */
};

static double habit_of(struct settling *settling, const struct column *column)
{
    const struct plan_problem *problem = settling->rows->problem;
    size_t row = column->trainer >= 0 ? (size_t)column->trainer
                                      : problem->person_count + (size_t)column->topic;
    struct habit *habit =
        &settling->habits[row * problem->date_count + (size_t)column->date];

    if (habit->topic != column->topic)
        habit->weight = 0;
    habit->weight = habit->weight * pow(FADE, settling->step - habit->step) + 1 - FADE;
    habit->topic = column->topic;
    habit->step = settling->step;
    return habit->weight;
}

static void see(void *self, const struct column *column)
{
    struct settling *settling = self;
    double weight = habit_of(settling, column);
    struct chosen *chosen = &settling->chosen[settling->chosen_count];
    int *needs;

    if (settling->chosen_count == CHOSEN_MOST)
        return;
    needs = arena_array(settling->arena, (size_t)column->need_count + 1, sizeof *needs);
    if (!needs)
        return;
    memcpy(needs, column->needs, (size_t)column->need_count * sizeof *needs);
    *chosen = (struct chosen){*column, weight};
    chosen->column.needs = needs;
    settling->chosen_count++;
}

static int by_weight(const void *a, const void *b)
{
    const struct chosen *one = a, *other = b;

    if (one->weight != other->weight)
        return one->weight < other->weight ? 1 : -1;
    if (one->column.date != other->column.date)
        return one->column.date - other->column.date;
    return one->column.trainer - other->column.trainer;
}

/* Holds a session with those of its needs that are still there. */
static bool hold(struct settling *settling, struct column *column)
{
    int needs[SEATS_MOST], count = 0, wanted = column->need_count;

    for (int i = 0; i < wanted; i++)
        if (!state_is_served(settling->state, column->needs[i]))
            needs[count++] = column->needs[i];
    if (count < settling->rows->problem->threshold || count < ENOUGH * wanted)
        return false;
    column->needs = needs;
    column->need_count = count;
    column->value = rows_value(settling->rows, column);
    if (column->value <= 0 || !rows_is_allowed(settling->rows, column) ||
        !state_hold(settling->state, settling->rows, column))
        return false;
    bound_hold(settling->bound, column);
    settling->held++;
    return true;
}

/* How many are to be held next: few, since prices know better after each, but as large a
 * part of all as of the time is over. */
static size_t count_next(const struct settling *settling)
{
    double all = (double)(settling->held + settling->chosen_count);
    double next = PART * all;

    if (settling->deadline_ms > settling->started_ms)
        next = fmax(next, all * (double)(clock_monotonic_ms() - settling->started_ms) /
                                  (double)(settling->deadline_ms - settling->started_ms) -
                              (double)settling->held);
    return (size_t)next + LEAST_HELD;
}

/* A few steps of the prices, then what is chosen most; how many were held. */
static size_t hold_some(struct settling *settling)
{
    size_t held = 0, most;

    for (int i = 0; i < STEPS; i++) {
        arena_reset(settling->arena);
        settling->chosen_count = 0;
        settling->step++;
        (void)bound_step(settling->bound);
    }
    if (settling->chosen_count)
        qsort(settling->chosen, settling->chosen_count, sizeof *settling->chosen,
              by_weight);
    most = count_next(settling);
    for (size_t i = 0; i < settling->chosen_count && held < most; i++)
        held += hold(settling, &settling->chosen[i].column);
    return held;
}

err_code settle(struct bound *bound, const struct rows *rows, struct state *state,
                int64_t deadline_ms, struct err *err)
{
    const struct plan_problem *problem = rows->problem;
    struct settling settling = {
        .bound = bound,
        .rows = rows,
        .state = state,
        .started_ms = clock_monotonic_ms(),
        .deadline_ms = deadline_ms,
        .arena = arena_new(BYTES_MOST),
        .habits = calloc(
            (problem->person_count + rows->topics->count) * problem->date_count + 1,
            sizeof *settling.habits),
        .chosen = calloc(CHOSEN_MOST, sizeof *settling.chosen)};
    err_code code = ERR_NONE;

    if (!settling.arena || !settling.habits || !settling.chosen)
        code = err_set(err, ERR_MEMORY, "no memory to settle a plan");
    if (code == ERR_NONE) {
        bound_on_choice(bound, see, &settling);
        while ((!deadline_ms || clock_monotonic_ms() < deadline_ms) &&
               hold_some(&settling))
            ;
        bound_on_choice(bound, NULL, NULL);
        bound_release(bound);
        state_complete(state, 0);
    }
    free(settling.habits);
    free(settling.chosen);
    arena_free(settling.arena);
    return code;
}
