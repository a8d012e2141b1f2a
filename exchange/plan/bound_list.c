/* All sessions that a plan better than one that is known could hold. */
#include "exchange/plan/bound_inside.h"

#include <math.h>

struct listing {
    struct bound *bound;
    struct column column;       /* its needs are those chosen */
    int needs[BOUND_LIST_MOST]; /* who could come, best first */
    double gains[BOUND_LIST_MOST];
    size_t count;
    int chosen[BOUND_LIST_MOST];
    int seats;
    double base;  /* of the session without anyone, its prices paid */
    double best;  /* what the evaluation counts for its trainer and date, or circle */
    double least; /* what it must be worth to be told of */
    bound_told told;
    void *self;
    bool goes_on;
};

/* What one more is worth beside its gain: the seat that is not empty. */
static double seat_worth(const struct listing *listing, int count)
{
    const struct plan_problem *problem = listing->bound->problem;

    return count < problem->comfortable ? problem->weights.empty_seat : 0;
}

/* The most that those chosen can be worth with the i-th and the best after it, whatever
 * the cuts take off. */
static double most_with(const struct listing *listing, size_t i, int count, double sum)
{
    int threshold = listing->bound->problem->threshold;

    for (size_t k = i; k < listing->count && count < listing->seats; k++, count++) {
        double more = listing->gains[k] + seat_worth(listing, count);
        if (k > i && count >= threshold && more <= 0)
            break;
        sum += more;
    }
    return count < threshold ? -INFINITY : listing->base + sum;
}

/* What the cuts take off when one more comes. */
static double cuts_paid(const struct listing *listing, int count, int need)
{
    const struct cuts *cuts = listing->bound->cuts;
    double paid = 0;

    for (int c = cuts ? cuts->first[need] : -1; c >= 0; c = cuts_next(cuts, c, need)) {
        int met = 0;
        for (int i = 0; cuts->items[c].price > 0 && i < count; i++)
            for (int k = 0; k < CUT_NEEDS; k++)
                met += listing->chosen[i] == cuts->items[c].needs[k];
        paid += met == 1 ? cuts->items[c].price : 0;
    }
    return paid;
}

static bool has_person(const struct listing *listing, int count, int need)
{
    const struct plan_need *needs = listing->bound->problem->needs;

    for (int i = 0; i < count; i++)
        if (needs[listing->chosen[i]].person == needs[need].person)
            return true;
    return false;
}

static void list_from(struct listing *listing, size_t first, int count, double sum)
{
    if (count >= listing->bound->problem->threshold &&
        listing->base + sum >= listing->least) {
        listing->column.need_count = count;
        listing->goes_on = listing->told(listing->self, &listing->column,
                                         listing->best - listing->base - sum);
    }
    for (size_t i = first;
         listing->goes_on && count < listing->seats && i < listing->count; i++) {
        if (most_with(listing, i, count, sum) < listing->least)
            return; /* those after it gain less */
        if (has_person(listing, count, listing->needs[i]))
            continue;
        listing->chosen[count] = listing->needs[i];
        list_from(listing, i + 1, count + 1,
                  sum + listing->gains[i] + seat_worth(listing, count) -
                      cuts_paid(listing, count, listing->needs[i]));
    }
}

/* Who could come to a venue, best first at these prices. */
static void sort_fits(struct listing *listing, const struct venue *venue)
{
    const struct bound *bound = listing->bound;
    int *needs = listing->needs;
    double *gains = listing->gains;

    listing->count = 0;
    for (size_t i = 0; i < venue->fit_count; i++) {
        int need = venue->needs[i], person = bound->problem->needs[need].person;
        double gain = venue->gains[i] - bound->price[need] -
                      bound_person_price(bound, person, listing->column.date);
        size_t at = listing->count;
        if (bound_is_strange(bound, person, listing->column.trainer))
            continue;
        if (listing->count == BOUND_LIST_MOST) {
            listing->goes_on = false;
            return;
        }
        for (; at > 0 && gains[at - 1] < gain; at--) {
            gains[at] = gains[at - 1];
            needs[at] = needs[at - 1];
        }
        gains[at] = gain;
        needs[at] = need;
        listing->count++;
    }
}

static void list_venue(struct listing *listing, const struct venue *venue, double paid)
{
    struct bound *bound = listing->bound;
    const struct plan_problem *problem = bound->problem;
    int trainer = listing->column.trainer;
    double stays =
        trainer < 0
            ? 0
            : problem_trainer_stays(problem, trainer,
                                    bound->topics->items[listing->column.topic].skill,
                                    listing->column.date);

    sort_fits(listing, venue);
    for (size_t c = 0; listing->goes_on && c < venue->class_count; c++) {
        int room_class = venue->classes[c];
        double way = bound_way_cost(bound, room_class,
                                    trainer < 0 ? -1 : problem->people[trainer].commune);
        if (way == INFINITY)
            continue;
        listing->column.room_class = room_class;
        listing->seats = bound->rows->classes[room_class].seats;
        listing->base = stays - problem->weights.session - way - paid -
                        problem->weights.empty_seat * problem->comfortable -
                        bound_room_price(bound, room_class, listing->column.date);
        list_from(listing, 0, 0, 0);
    }
}

static void list_cell(struct listing *listing, const struct cell *cell, double paid)
{
    const struct bound *bound = listing->bound;
    int trainer = listing->column.trainer;

    listing->column.topic = cell->topic;
    listing->column.date = cell->date;
    for (size_t v = 0; listing->goes_on && v < cell->venue_count; v++) {
        int kind = cell->venues[v].kind;
        if (trainer >= 0 && bound->problem->people[trainer].needs_step_free &&
            !bound->rows->kinds[kind].is_step_free)
            continue;
        list_venue(listing, &cell->venues[v], paid);
    }
}

static const struct cell *cell_at(const struct bound *bound, int topic, size_t date)
{
    int at = bound->cell_of[(size_t)topic * bound->problem->date_count + date];

    return at < 0 ? NULL : &bound->cells[at];
}

/* All sessions of a trainer on a date. */
static void list_trainer(struct listing *listing, int person, size_t date, double gap)
{
    struct bound *bound = listing->bound;
    const struct topics *topics = bound->topics;
    double paid = bound->price[bound->rows->trainers_at + (size_t)person] +
                  bound_person_price(bound, person, (int)date);
    struct choice choice;

    listing->column.trainer = person;
    listing->best = 0;
    for (int i = topics->first_of_person[person]; i < topics->first_of_person[person + 1];
         i++) {
        const struct cell *cell = cell_at(bound, topics->of_person[i], date);
        if (cell)
            listing->best =
                fmax(listing->best,
                     bound_best_place(bound, cell, person, -INFINITY, &choice) - paid);
    }
    listing->least = listing->best - gap;
    for (int i = topics->first_of_person[person]; i < topics->first_of_person[person + 1];
         i++) {
        const struct cell *cell = cell_at(bound, topics->of_person[i], date);
        if (cell && listing->goes_on)
            list_cell(listing, cell, paid);
    }
}

bool bound_list(struct bound *bound, double gap, bound_told told, void *self)
{
    const struct plan_problem *problem = bound->problem;
    struct listing listing = {
        .bound = bound, .told = told, .self = self, .goes_on = true};
    struct choice choice;

    listing.column.needs = listing.chosen;
    bound->is_open = false;
    bound_evaluate(bound);
    for (size_t p = 0; p < problem->person_count; p++)
        for (size_t d = 0; listing.goes_on && d < problem->date_count; d++)
            if (bound->topics->first_of_person[p] <
                    bound->topics->first_of_person[p + 1] &&
                plan_has_date(problem->people[p].dates, (int)d))
                list_trainer(&listing, (int)p, d, gap);
    listing.column.trainer = -1;
    for (size_t i = 0; listing.goes_on && i < bound->cell_count; i++) {
        const struct cell *cell = &bound->cells[i];
        if (!bound->topics->items[cell->topic].has_circle)
            continue;
        listing.best = fmax(0, bound_best_place(bound, cell, -1, -INFINITY, &choice));
        listing.least = listing.best - gap;
        list_cell(&listing, cell, 0);
    }
    return listing.goes_on && !bound->is_open;
}
