/* What the best session of a topic on a date is worth at these prices. */
#include "exchange/plan/bound_inside.h"

#include <math.h>
#include <string.h>

double bound_person_price(const struct bound *bound, int person, int date)
{
    const struct rows *rows = bound->rows;
    double price = 0;

    if (bound->is_priced[person])
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

/* What each need of a cell pays; INFINITY once it is served. */
static void pay_needs(struct bound *bound, const struct cell *cell)
{
    const struct venue *all = &cell->anywhere;

    for (size_t i = 0; i < all->fit_count; i++) {
        int need = all->needs[i];
        bound->paid[need] =
            bound->left[need] <= 0
                ? INFINITY
                : bound->price[need] +
                      bound_person_price(bound, bound->problem->needs[need].person,
                                         cell->date);
    }
    bound->paid_cell = cell;
}

/* The best needs for a venue at these prices, best first; how many. Who would come for
 * less than an empty seat costs comes only where there are too few. */
size_t bound_list_venue(struct bound *bound, const struct cell *cell,
                        const struct venue *venue, int trainer)
{
    const struct plan_problem *problem = bound->problem;
    size_t most = (size_t)problem->seats_most, count = 0;
    size_t few = (size_t)problem->threshold;

    if (bound->paid_cell != cell)
        pay_needs(bound, cell);
    for (size_t i = 0; i < venue->fit_count; i++) {
        int need = venue->needs[i], person;
        double gain = venue->gains[i] - bound->paid[need];
        size_t at;
        if (count >= few && gain <= -problem->weights.empty_seat &&
            gain <= bound->list[few - 1])
            continue;
        if ((count == most && gain <= bound->list[count - 1]) || gain == -INFINITY)
            continue;
        person = problem->needs[need].person;
        if (bound_is_strange(bound, person, trainer) ||
            (bound->has_several[person] && !takes_place(bound, &count, person, gain)))
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
double bound_worth(const struct bound *bound, size_t listed, int seats, size_t *taken)
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

/* What the best session of each class of rooms is worth there at these prices; with cuts,
 * no more than that. Where all rooms cost more than the cell can be worth, nothing is. */
static void price_venue(struct bound *bound, const struct cell *cell,
                        const struct venue *venue, int trainer)
{
    size_t listed = 0, taken;
    bool is_dear = true;

    for (size_t c = 0; c < venue->class_count; c++) {
        venue->worth[c] = -bound_room_price(bound, venue->classes[c], cell->date);
        is_dear = is_dear && cell->most + venue->worth[c] <= 0;
    }
    if (!is_dear)
        listed = bound_list_venue(bound, cell, venue, trainer);
    for (size_t c = 0; c < venue->class_count; c++) {
        int seats = bound->rows->classes[venue->classes[c]].seats;
        venue->is_exact[c] = is_dear || !venue->is_cut;
        venue->worth[c] += bound_worth(bound, listed, seats, &taken);
    }
}

/* What it is worth once cuts are paid; what does not reach `least` need not be exact. */
static void pay_cuts(struct bound *bound, const struct cell *cell,
                     const struct venue *venue, size_t c, int trainer, double least)
{
    int room_class = venue->classes[c];
    double paid = bound_room_price(bound, room_class, cell->date);
    size_t taken;
    double worth =
        bound_choose(bound, venue, cell->date, trainer,
                     bound->rows->classes[room_class].seats, least + paid, &taken) -
        paid;

    venue->worth[c] = fmin(venue->worth[c], worth);
    venue->is_exact[c] = taken > 0;
}

void bound_price_cell(struct bound *bound, struct cell *cell)
{
    size_t taken;

    cell->most = bound_worth(bound, bound_list_venue(bound, cell, &cell->anywhere, -1),
                             bound->problem->seats_most, &taken) +
                 cell->stay;
    cell->best = -INFINITY;
    for (size_t v = 0; cell->most > 0 && v < cell->venue_count; v++) {
        const struct venue *venue = &cell->venues[v];
        price_venue(bound, cell, venue, -1);
        for (size_t c = 0; c < venue->class_count; c++)
            cell->best = fmax(cell->best, venue->worth[c] + cell->stay);
    }
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
                        double least, struct choice *out)
{
    const struct plan_person *of = trainer < 0 ? NULL : &bound->problem->people[trainer];
    double most = least, stays = 0;

    if (of && cell->stay > 0)
        stays = problem_trainer_stays(
            bound->problem, trainer, bound->topics->items[cell->topic].skill, cell->date);

    for (size_t v = 0; cell->most > 0 && v < cell->venue_count; v++) {
        const struct venue *venue = &cell->venues[v];
        bool is_own =
            of && bound->is_picky[trainer] && has_strangers(bound, venue, trainer);
        if (of && of->needs_step_free && !bound->rows->kinds[venue->kind].is_step_free)
            continue;
        if (is_own)
            price_venue(bound, cell, venue, trainer);
        for (size_t c = 0; c < venue->class_count; c++) {
            double beside =
                stays - bound_way_cost(bound, venue->classes[c], of ? of->commune : -1);
            if (venue->worth[c] + beside <= most)
                continue;
            if (!venue->is_exact[c])
                pay_cuts(bound, cell, venue, c, is_own ? trainer : -1, most - beside);
            if (venue->worth[c] + beside <= most)
                continue;
            most = venue->worth[c] + beside;
            *out = (struct choice){cell, venue, venue->classes[c], trainer, 1};
        }
        if (is_own)
            price_venue(bound, cell, venue, -1);
    }
    return most;
}
