/* How good a plan could be at most. */
#include "exchange/plan/bound_inside.h"

#include <math.h>
#include <string.h>

enum { PATIENCE = 12 };

static const double LEAST_STEP = 1e-3, INERTIA = 0.6, SHRINK = 0.7;

double bound_person_price(const struct bound *bound, int person, int date)
{
    const struct rows *rows = bound->rows;
    double price = 0;

    if (rows->is_twice[person])
        for (int i = rows->first_moment[date]; i < rows->first_moment[date + 1]; i++)
            price += bound->price[rows->row_of_person[person] + rows->moment_of[i]];
    return price;
}

double bound_room_price(const struct bound *bound, int room_class, int date)
{
    const struct rows *rows = bound->rows;
    size_t class = (size_t)room_class;
    double price;

    if (rows->classes[class].is_online)
        return 0;
    price =
        bound->price[rows->dates_at + class * bound->problem->date_count + (size_t)date];
    for (int i = rows->first_moment[date]; i < rows->first_moment[date + 1]; i++)
        price += bound->price[rows->moments_at + class * rows->moment_count +
                              (size_t)rows->moment_of[i]];
    return price;
}

/* Whether a person listed already has this need too: she sits there once, for the better
 * one, which is moved to the end to be sorted in again. False: it is not to be listed. */
static bool takes_place(struct bound *bound, size_t *count, int person, double gain)
{
    for (size_t i = 0; i < *count; i++) {
        if (bound->problem->needs[bound->list_need[i]].person != person)
            continue;
        if (bound->list[i] >= gain)
            return false;
        memmove(&bound->list[i], &bound->list[i + 1],
                (*count - i - 1) * sizeof bound->list[0]);
        memmove(&bound->list_need[i], &bound->list_need[i + 1],
                (*count - i - 1) * sizeof bound->list_need[0]);
        --*count;
        return true;
    }
    return true;
}

/* Whether a learner may not sit before a trainer (-1: whoever): herself, or no language
 * in common. */
bool bound_is_strange(const struct bound *bound, int person, int trainer)
{
    const struct plan_person *people = bound->problem->people;

    return trainer >= 0 &&
           (person == trainer || !(people[person].languages & people[trainer].languages));
}

/* The best needs for a venue at these prices, best first; how many. */
static size_t list_venue(struct bound *bound, const struct venue *venue, int date,
                         int trainer)
{
    const struct plan_need *needs = bound->problem->needs;
    size_t most = (size_t)bound->problem->seats_most, count = 0;

    for (size_t i = 0; i < venue->fit_count; i++) {
        int need = venue->needs[i], person = needs[need].person;
        double gain = venue->gains[i] - bound->price[need];
        size_t at;
        if (count == most && gain <= bound->list[count - 1])
            continue;
        if (bound_is_strange(bound, person, trainer))
            continue;
        gain -= bound_person_price(bound, person, date);
        if (bound->has_several[person] && !takes_place(bound, &count, person, gain))
            continue;
        if (count == most && gain <= bound->list[count - 1])
            continue;
        at = count < most ? count++ : count - 1;
        for (; at > 0 && bound->list[at - 1] < gain; at--) {
            bound->list[at] = bound->list[at - 1];
            bound->list_need[at] = bound->list_need[at - 1];
        }
        bound->list[at] = gain;
        bound->list_need[at] = need;
    }
    return count;
}

/* What the first of a list are worth together in so many seats, and how many they are;
 * below what anything is worth when they are too few. */
static double worth(const struct bound *bound, size_t listed, int seats, size_t *taken)
{
    const struct plan_problem *problem = bound->problem;
    double value = -problem->weights.session;
    size_t count = 0;

    if (listed > (size_t)seats)
        listed = (size_t)seats;
    if (listed < (size_t)problem->threshold)
        return -INFINITY;
    for (; count < listed; count++) {
        double more =
            bound->list[count] +
            (count < (size_t)problem->comfortable ? problem->weights.empty_seat : 0);
        if (count >= (size_t)problem->threshold && more <= 0)
            break;
        value += more;
    }
    *taken = count;
    return value - problem->weights.empty_seat * problem->comfortable;
}

/* What the best session of each class of rooms is worth there at these prices. */
static void price_venue(struct bound *bound, const struct cell *cell,
                        const struct venue *venue, int trainer)
{
    size_t listed = list_venue(bound, venue, cell->date, trainer), taken;

    for (size_t c = 0; c < venue->class_count; c++)
        venue->worth[c] =
            worth(bound, listed, bound->rows->classes[venue->classes[c]].seats, &taken) -
            bound_room_price(bound, venue->classes[c], cell->date);
}

static void price_cell(struct bound *bound, const struct cell *cell)
{
    for (size_t v = 0; v < cell->venue_count; v++)
        price_venue(bound, cell, &cell->venues[v], -1);
}

/* Whether somebody who could come to a venue may not sit before that trainer. */
static bool has_strangers(const struct bound *bound, const struct venue *venue,
                          int trainer)
{
    for (size_t i = 0; i < venue->fit_count; i++)
        if (bound_is_strange(bound, bound->problem->needs[venue->needs[i]].person,
                             trainer))
            return true;
    return false;
}

double bound_best_place(struct bound *bound, const struct cell *cell, int trainer,
                        struct choice *out)
{
    const struct plan_person *of = trainer < 0 ? NULL : &bound->problem->people[trainer];
    double most = -INFINITY;

    for (size_t v = 0; v < cell->venue_count; v++) {
        const struct venue *venue = &cell->venues[v];
        bool is_own =
            of && bound->is_picky[trainer] && has_strangers(bound, venue, trainer);
        if (of && of->needs_step_free && !bound->rows->kinds[venue->kind].is_step_free)
            continue;
        if (is_own)
            price_venue(bound, cell, venue, trainer);
        for (size_t c = 0; c < venue->class_count; c++) {
            double value = venue->worth[c] - bound_way_cost(bound, venue->classes[c],
                                                            of ? of->commune : -1);
            if (value <= most)
                continue;
            most = value;
            *out = (struct choice){cell, venue, venue->classes[c], trainer, 1};
        }
        if (is_own)
            price_venue(bound, cell, venue, -1);
    }
    return most;
}

/* A session the evaluation chose: its slopes, and word of it to who listens. */
static void take(struct bound *bound, const struct choice *choice)
{
    size_t taken = 0,
           listed = list_venue(bound, choice->venue, choice->cell->date, choice->person);
    struct column column = {.topic = choice->cell->topic,
                            .date = choice->cell->date,
                            .room_class = choice->room_class,
                            .trainer = choice->person,
                            .needs = bound->list_need};
    size_t count;

    if (worth(bound, listed, bound->rows->classes[choice->room_class].seats, &taken) ==
        -INFINITY)
        return;
    column.need_count = (int)taken;
    count = rows_of(bound->rows, &column, bound->used);
    for (size_t i = 0; i < count; i++)
        bound->slope[bound->used[i]] -= choice->copies;
    if (bound->visit)
        bound->visit(bound->self, &column);
}

static double take_trainer(struct bound *bound, int person, int date)
{
    const struct topics *topics = bound->topics;
    double cost = bound->price[bound->rows->trainers_at + (size_t)person] +
                  bound_person_price(bound, person, date);
    double most = 0;
    struct choice choice = {.cell = NULL};

    for (int i = topics->first_of_person[person]; i < topics->first_of_person[person + 1];
         i++) {
        struct choice other;
        int at =
            bound->cell_of[(size_t)topics->of_person[i] * bound->problem->date_count +
                           (size_t)date];
        double value =
            at < 0 ? -INFINITY
                   : bound_best_place(bound, &bound->cells[at], person, &other) - cost;
        if (value <= most)
            continue;
        most = value;
        choice = other;
    }
    if (choice.cell)
        take(bound, &choice);
    return most;
}

static double take_circles(struct bound *bound)
{
    double value = 0;

    for (size_t i = 0; i < bound->cell_count; i++) {
        struct cell *cell = &bound->cells[i];
        struct choice choice;
        double best;
        if (!bound->topics->items[cell->topic].has_circle)
            continue;
        best = bound_best_place(bound, cell, -1, &choice);
        if (best <= 0)
            continue;
        choice.copies = (int)(cell->fit_count / (size_t)bound->problem->threshold);
        value += best * choice.copies;
        take(bound, &choice);
    }
    return value;
}

/* How many sessions a trainer would give at her price, and what that is worth. */
static double take_quota(struct bound *bound, int person)
{
    size_t row = bound->rows->trainers_at + (size_t)person;
    double value = 0;
    int given = 0;

    for (; given < bound->problem->people[person].quota; given++) {
        double more = bound->price[row] - rows_load(bound->rows, person, given);
        if (more <= 0)
            break;
        value += more;
    }
    bound->slope[row] += given;
    return value;
}

double bound_evaluate(struct bound *bound)
{
    const struct plan_problem *problem = bound->problem;
    double value = 0;

    for (size_t i = 0; i < bound->rows->trainers_at; i++) {
        bound->slope[i] = bound->rows->capacity[i];
        value += bound->price[i] * bound->rows->capacity[i];
    }
    for (size_t i = 0; i < bound->cell_count; i++)
        price_cell(bound, &bound->cells[i]);
    for (size_t p = 0; p < problem->person_count; p++) {
        bound->slope[bound->rows->trainers_at + p] = 0;
        if (bound->topics->first_of_person[p] == bound->topics->first_of_person[p + 1])
            continue;
        for (size_t d = 0; d < problem->date_count; d++)
            if (plan_has_date(problem->people[p].dates, (int)d))
                value += take_trainer(bound, (int)p, (int)d);
        value += take_quota(bound, (int)p);
    }
    value += take_circles(bound);
    if (value < bound->lowest) {
        bound->lowest = value;
        memcpy(bound->best_price, bound->price, bound->rows->count * sizeof(double));
    }
    return value;
}

/* A price at 0 whose slope would push it below does not move. */
static double slope_of(const struct bound *bound, size_t i)
{
    return bound->price[i] <= 0 && bound->slope[i] > 0 ? 0 : bound->slope[i];
}

static void move_prices(struct bound *bound, double value, double known)
{
    double square = 0, length;

    for (size_t i = 0; i < bound->rows->count; i++) {
        bound->move[i] = INERTIA * bound->move[i] + slope_of(bound, i);
        square += bound->move[i] * bound->move[i];
    }
    if (square <= 0)
        return;
    length = bound->step * (value - known) / square;
    for (size_t i = 0; i < bound->rows->count; i++)
        if (bound->move[i] != 0)
            bound->price[i] = fmax(0, bound->price[i] - length * bound->move[i]);
}

double bound_step(struct bound *bound, double known)
{
    double lowest = bound->lowest, value = bound_evaluate(bound);

    if (value < lowest - 1e-6 * fabs(value)) {
        bound->since_better = 0;
    } else if (++bound->since_better >= PATIENCE) {
        bound->since_better = 0;
        bound->step = fmax(LEAST_STEP, bound->step * SHRINK);
    }
    move_prices(bound, value, known);
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
        for (size_t m = 0; bound->rows->row_of_person[p] >= 0 &&
                           !bound->rows->is_twice[p] && m < bound->rows->moment_count;
             m++)
            bound->price[(size_t)bound->rows->row_of_person[p] + m] = 0;
}

void bound_on_choice(struct bound *bound, bound_visit visit, void *self)
{
    bound->visit = visit;
    bound->self = self;
}
