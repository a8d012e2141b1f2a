/* How good a plan could be at most. */
#include "exchange/plan/bound_inside.h"

#include <math.h>

enum { PATIENCE = 12 };

static const double LEAST_STEP = 1e-3, INERTIA = 0.6;

struct chosen {
    struct cell *cell;
    int room_class, person; /* -1: a circle */
    int copies;
};

/* The best of a cell's needs for a kind of place at these prices, best first; how many.
 */
static size_t list_cell(struct bound *bound, const struct cell *cell, size_t kind_index,
                        bool is_circle)
{
    const struct plan_problem *problem = bound->problem;
    const struct kind *kind = &bound->kinds[kind_index];
    size_t most = (size_t)problem->seats_most, count = 0;

    for (size_t i = 0; i < cell->fit_count; i++) {
        int need = cell->fits[i]->need;
        int person = problem->needs[need].person;
        double way =
                   problem_way_min(problem, problem->people[person].commune, kind->room),
               gain;
        size_t at;
        if (way < 0 || (problem->people[person].needs_step_free && !kind->is_step_free))
            continue;
        gain = cell->fits[i]->gain * (is_circle ? problem->weights.circle : 1) -
               problem->weights.travel_hour * way / 60 - bound->price[need];
        if (bound->is_watched[person])
            gain -= bound->price[bound_person_price(bound, person, cell->date)];
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

static void price_class(struct bound *bound, struct cell *cell, size_t class_index,
                        double value)
{
    const struct plan_problem *problem = bound->problem;
    const struct room_class *class = &bound->classes[class_index];

    if (!class->is_online)
        value -= bound->price[bound_room_price(bound, class_index, cell->date)];
    for (size_t c = 0; c < bound->commune_count; c++) {
        double way = problem_way_min(problem, (int)c, class->room), less;
        if (way < 0)
            continue;
        less = value - problem->weights.travel_hour * way / 60;
        if (less > cell->best[c]) {
            cell->best[c] = less;
            cell->in_class[c] = (int)class_index;
        }
    }
    if (value > cell->best[bound->commune_count]) { /* of a circle: nobody travels */
        cell->best[bound->commune_count] = value;
        cell->in_class[bound->commune_count] = (int)class_index;
    }
}

static void price_cell(struct bound *bound, struct cell *cell)
{
    const struct topic *topic = &bound->topics->items[cell->topic];
    uint64_t equipment = bound->problem->skills[topic->skill].equipment;

    for (size_t c = 0; c <= bound->commune_count; c++)
        cell->best[c] = -INFINITY;
    for (size_t k = 0; k < bound->kind_count; k++) {
        bool is_listed = false;
        size_t listed = 0, taken;
        for (size_t r = 0; r < bound->class_count; r++) {
            const struct room_class *class = &bound->classes[r];
            if (class->kind != (int)k || !class->open[cell->date] ||
                (equipment & ~class->equipment))
                continue;
            if (!is_listed)
                listed = list_cell(bound, cell, k, topic->has_circle);
            is_listed = true;
            price_class(bound, cell, r, worth(bound, listed, class->seats, &taken));
        }
    }
}

/* Takes the session: its value, and its slopes. */
static double take(struct bound *bound, const struct chosen *chosen)
{
    const struct cell *cell = chosen->cell;
    const struct topic *topic = &bound->topics->items[cell->topic];
    const struct room_class *class = &bound->classes[chosen->room_class];
    size_t taken = 0;
    size_t listed = list_cell(bound, cell, (size_t) class->kind, topic->has_circle);
    double copies = chosen->copies;

    if (worth(bound, listed, class->seats, &taken) == -INFINITY)
        return 0;
    for (size_t i = 0; i < taken; i++) {
        int need = bound->list_need[i], person = bound->problem->needs[need].person;
        bound->slope[need] -= copies;
        if (bound->is_watched[person])
            bound->slope[bound_person_price(bound, person, cell->date)] -= copies;
    }
    if (!class->is_online)
        bound->slope[bound_room_price(bound, (size_t)chosen->room_class, cell->date)] -=
            copies;
    if (chosen->person >= 0) {
        bound->slope[bound->trainers_at + (size_t)chosen->person] -= copies;
        if (bound->is_watched[chosen->person])
            bound->slope[bound_person_price(bound, chosen->person, cell->date)] -= copies;
    }
    return 0;
}

static double take_trainer(struct bound *bound, int person, int date)
{
    const struct topics *topics = bound->topics;
    int commune = bound->problem->people[person].commune;
    size_t column = commune < 0 ? bound->commune_count : (size_t)commune;
    double cost = bound->price[bound->trainers_at + (size_t)person], most = 0;
    struct chosen chosen = {.person = person, .copies = 1};

    if (bound->is_watched[person])
        cost += bound->price[bound_person_price(bound, person, date)];
    for (int i = topics->first_of_person[person]; i < topics->first_of_person[person + 1];
         i++) {
        int at =
            bound->cell_of[(size_t)topics->of_person[i] * bound->problem->date_count +
                           (size_t)date];
        if (at < 0 || bound->cells[at].best[column] - cost <= most)
            continue;
        most = bound->cells[at].best[column] - cost;
        chosen.cell = &bound->cells[at];
        chosen.room_class = chosen.cell->in_class[column];
    }
    if (chosen.cell)
        take(bound, &chosen);
    return most;
}

static double take_circles(struct bound *bound)
{
    double value = 0;

    for (size_t i = 0; i < bound->cell_count; i++) {
        struct cell *cell = &bound->cells[i];
        double best = cell->best[bound->commune_count];
        struct chosen chosen = {.cell = cell,
                                .room_class = cell->in_class[bound->commune_count],
                                .person = -1};
        if (!bound->topics->items[cell->topic].has_circle || best <= 0)
            continue;
        chosen.copies = (int)(cell->fit_count / (size_t)bound->problem->threshold);
        value += best * chosen.copies;
        take(bound, &chosen);
    }
    return value;
}

/* How many sessions a trainer would give at her price, and what that is worth. */
static double take_quota(struct bound *bound, int person)
{
    const struct plan_person *of = &bound->problem->people[person];
    double price = bound->price[bound->trainers_at + (size_t)person], value = 0;
    int given = 0;

    while (given < of->quota) {
        double more = price - bound->problem->weights.load * (of->load + given);
        if (more <= 0)
            break;
        value += more;
        given++;
    }
    bound->slope[bound->trainers_at + (size_t)person] += given;
    return value;
}

static double evaluate(struct bound *bound)
{
    const struct plan_problem *problem = bound->problem;
    double value = 0;

    for (size_t i = 0; i < bound->people_at; i++) {
        bound->slope[i] = 1;
        value += bound->price[i];
    }
    for (size_t p = 0; p < problem->person_count; p++)
        for (size_t d = 0; d < problem->date_count; d++) {
            size_t at = bound_person_price(bound, (int)p, (int)d);
            bound->slope[at] = bound->is_watched[p];
            value += bound->price[at];
        }
    for (size_t r = 0; r < bound->class_count; r++)
        for (size_t d = 0; d < problem->date_count; d++) {
            size_t at = bound_room_price(bound, r, (int)d);
            bound->slope[at] = bound->classes[r].open[d];
            value += bound->price[at] * bound->classes[r].open[d];
        }
    for (size_t i = 0; i < bound->cell_count; i++)
        price_cell(bound, &bound->cells[i]);
    for (size_t p = 0; p < problem->person_count; p++) {
        bound->slope[bound->trainers_at + p] = 0;
        if (bound->topics->first_of_person[p] == bound->topics->first_of_person[p + 1])
            continue;
        for (size_t d = 0; d < problem->date_count; d++)
            if (plan_has_date(problem->people[p].dates, (int)d))
                value += take_trainer(bound, (int)p, (int)d);
        value += take_quota(bound, (int)p);
    }
    return value + take_circles(bound);
}

/* A price at 0 whose slope would push it below does not move. */
static double slope_of(const struct bound *bound, size_t i)
{
    return bound->price[i] <= 0 && bound->slope[i] > 0 ? 0 : bound->slope[i];
}

static void move_prices(struct bound *bound, double value, double known)
{
    double square = 0, length;

    for (size_t i = 0; i < bound->price_count; i++) {
        bound->move[i] = INERTIA * bound->move[i] + slope_of(bound, i);
        square += bound->move[i] * bound->move[i];
    }
    if (square <= 0)
        return;
    length = bound->step * (value - known) / square;
    for (size_t i = 0; i < bound->price_count; i++)
        if (bound->move[i] != 0)
            bound->price[i] = fmax(0, bound->price[i] - length * bound->move[i]);
}

double bound_step(struct bound *bound, double known)
{
    double value = evaluate(bound);

    if (value < bound->lowest - 1e-6 * fabs(value)) {
        bound->lowest = value;
        bound->since_better = 0;
    } else if (++bound->since_better >= PATIENCE) {
        bound->since_better = 0;
        bound->step = fmax(LEAST_STEP, bound->step * 0.7);
    }
    move_prices(bound, value, known);
    return bound->lowest;
}

const double *bound_prices(const struct bound *bound)
{
    return bound->price;
}
