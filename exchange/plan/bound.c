/* How good a plan could be at most. */
#include "exchange/plan/bound_inside.h"

#include <math.h>
#include <string.h>

static const double FIRST_REACH = 0.8, LAST_REACH = 0.003, PART_REACH = 0.03,
                    INERTIA = 0.8, MEMORY = 0.9, LEAST_SWING = 1e-3;
static const double SHUT = 1e6; /* needs' worth: nobody pays it */

/* A session the evaluation chose: its slopes, and word of it to who listens. */
void bound_take(struct bound *bound, const struct choice *choice)
{
    size_t taken = 0, listed;
    int date = choice->cell->date, seats = bound->rows->classes[choice->room_class].seats;
    struct column column = {.topic = choice->cell->topic,
                            .date = date,
                            .room_class = choice->room_class,
                            .trainer = choice->person,
                            .needs = bound->list_need};
    size_t count;

    if (choice->venue->is_cut)
        (void)bound_choose(bound, choice->venue, date, choice->person, seats, -INFINITY,
                           &taken);
    if (!taken) {
        listed = bound_list_venue(bound, choice->cell, choice->venue, choice->person);
        if (bound_worth(bound, listed, seats, &taken) == -INFINITY)
            return;
    }
    column.need_count = (int)taken;
    count = rows_of(bound->rows, &column, bound->used);
    for (size_t i = 0; i < count; i++)
        bound->slope[bound->used[i]] -= choice->copies;
    if (bound->visit)
        bound->visit(bound->self, &column);
}

static double take_circles(struct bound *bound)
{
    double value = 0;

    for (size_t i = 0; i < bound->cell_count; i++) {
        struct cell *cell = &bound->cells[i];
        struct choice choice;
        double best;
        if (!bound->topics->items[cell->topic].has_circle || cell->best <= 0)
            continue;
        best = bound_best_place(bound, cell, -1, 0, &choice);
        if (best <= 0)
            continue;
        choice.copies = (int)(cell->fit_count / (size_t)bound->problem->threshold);
        value += best * choice.copies;
        bound_take(bound, &choice);
    }
    return value;
}

double bound_evaluate(struct bound *bound)
{
    const struct plan_problem *problem = bound->problem;
    double value = 0;

    bound->paid_cell = NULL; /* prices may have changed */
    for (size_t i = 0; i < bound->rows->trainers_at; i++) {
        bound->slope[i] = bound->left[i];
        value += bound->price[i] * bound->left[i];
    }
    for (size_t i = 0; i < bound->cell_count; i++)
        bound_price_cell(bound, &bound->cells[i]);
    for (size_t p = 0; p < problem->person_count; p++) {
        bound->slope[bound->rows->trainers_at + p] = 0;
        if (bound->topics->first_of_person[p] == bound->topics->first_of_person[p + 1])
            continue;
        value += bound_take_trainer(bound, (int)p);
    }
    value += take_circles(bound);
    for (size_t c = 0; bound->cuts && c < bound->cuts->count; c++)
        value += bound->cuts->items[c].price;
    for (size_t p = 0; bound->is_joint && p < problem->person_count; p++)
        bound->slope[bound->rows->trainers_at + p] = 0; /* kept, not priced */
    if (!bound->is_part && value < bound->lowest) {
        bound->lowest = value;
        memcpy(bound->best_price, bound->price, bound->rows->count * sizeof(double));
        for (size_t c = 0; bound->cuts && c < bound->cuts->count; c++)
            bound->cuts->items[c].best_price = bound->cuts->items[c].price;
    }
    return value;
}

void bound_hold(struct bound *bound, const struct column *column)
{
    size_t count = rows_of(bound->rows, column, bound->used);
    const struct topics *topics = bound->topics;
    int date = column->date;

    bound->is_part = true;
    for (size_t i = 0; i < count; i++) {
        size_t row = (size_t)bound->used[i];
        if (--bound->left[row] <= 0)
            bound->price[row] = SHUT * bound->scale;
    }
    if (column->trainer < 0)
        return;
    bound->given[column->trainer]++;
    for (int i = topics->first_clash[date]; i < topics->first_clash[date + 1]; i++)
        bound->is_away[(size_t)column->trainer * bound->problem->date_count +
                       (size_t)topics->clash[i]] = true;
}

void bound_release(struct bound *bound)
{
    const struct plan_problem *problem = bound->problem;

    bound->is_part = false;
    memcpy(bound->left, bound->rows->capacity, bound->rows->count * sizeof *bound->left);
    memset(bound->given, 0, problem->person_count * sizeof *bound->given);
    memset(bound->is_away, 0,
           problem->person_count * problem->date_count * sizeof *bound->is_away);
    memcpy(bound->price, bound->best_price, bound->rows->count * sizeof *bound->price);
    memset(bound->move, 0, bound->rows->count * sizeof *bound->move);
}

/* How far a price moves at most, as a part of what a need is worth on average: less and
 * less over the steps expected, then as one over the steps. */
static double reach(const struct bound *bound)
{
    double part = (double)bound->steps / bound->steps_expected;

    if (bound->is_part)
        return bound->scale * PART_REACH;
    return bound->scale * (part < 1 ? FIRST_REACH * pow(LAST_REACH / FIRST_REACH, part)
                                    : LAST_REACH / part);
}

/* Each price moves by its own slope of late over how much that slope varies, so that one
 * that swings moves little and one that does not moves by the reach. */
static void move_prices(struct bound *bound)
{
    double far = reach(bound), warm = 1 - pow(INERTIA, bound->steps),
           warm_square = 1 - pow(MEMORY, bound->steps);

    for (size_t i = 0; i < bound->rows->count; i++) {
        /* a price at 0 whose slope would push it below does not move */
        double slope = bound->price[i] <= 0 && bound->slope[i] > 0 ? 0 : bound->slope[i];
        bound->move[i] = INERTIA * bound->move[i] + (1 - INERTIA) * slope;
        bound->swing[i] = MEMORY * bound->swing[i] + (1 - MEMORY) * slope * slope;
        if (bound->swing[i] > 0)
            bound->price[i] =
                fmax(0, bound->price[i] -
                            far * bound->move[i] / warm /
                                (sqrt(bound->swing[i] / warm_square) + LEAST_SWING));
    }
}

double bound_step(struct bound *bound)
{
    bound_evaluate(bound);
    bound->steps++;
    move_prices(bound);
    return bound->lowest;
}

double bound_lowest(const struct bound *bound)
{
    return bound->lowest;
}

const double *bound_prices(const struct bound *bound)
{
    return bound->price;
}

const double *bound_best_prices(const struct bound *bound)
{
    return bound->best_price;
}

void bound_set_prices(struct bound *bound, const double *prices)
{
    for (size_t i = 0; i < bound->rows->count; i++)
        bound->price[i] = fmax(0, prices[i]);
    for (size_t p = 0; p < bound->problem->person_count; p++)
        for (size_t m = 0; bound->rows->row_of_person[p] >= 0 && !bound->is_priced[p] &&
                           m < bound->rows->moment_count;
             m++)
            bound->price[(size_t)bound->rows->row_of_person[p] + m] = 0;
}

void bound_on_choice(struct bound *bound, bound_visit visit, void *self)
{
    bound->visit = visit;
    bound->self = self;
}
