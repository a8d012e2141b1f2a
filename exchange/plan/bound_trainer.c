/* The sessions of one trainer at these prices. */
#include "exchange/plan/bound_inside.h"

#include <math.h>
#include <string.h>

/* Her best session on a date, above what it has to be worth; what it is worth. */
static double best_on(struct bound *bound, int person, int date, double least,
                      struct choice *out)
{
    const struct topics *topics = bound->topics;
    double most = least;

    for (int i = topics->first_of_person[person]; i < topics->first_of_person[person + 1];
         i++) {
        struct choice other;
        int at =
            bound->cell_of[(size_t)topics->of_person[i] * bound->problem->date_count +
                           (size_t)date];
        double value =
            at < 0 || bound->cells[at].best <= most
                ? -INFINITY
                : bound_best_place(bound, &bound->cells[at], person, most, &other);
        if (value <= most)
            continue;
        most = value;
        *out = other;
    }
    return most;
}

/* ---- each session by itself: she pays for her time and for being asked again ---- */

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

static double take_singly(struct bound *bound, int person)
{
    double value = take_quota(bound, person);

    for (size_t d = 0; d < bound->problem->date_count; d++) {
        double paid = bound->price[bound->rows->trainers_at + (size_t)person] +
                      bound_person_price(bound, person, (int)d);
        struct choice choice = {.cell = NULL};
        if (!plan_has_date(bound->problem->people[person].dates, (int)d))
            continue;
        value += best_on(bound, person, (int)d, paid, &choice) - paid;
        if (choice.cell)
            bound_take(bound, &choice);
    }
    return value;
}

/* ---- her sessions together: no two at once, no more than she takes ---- */

/* The offers of her dates in order of their ends; how many. */
static size_t list_offers(struct bound *bound, int person)
{
    const bool *away = &bound->is_away[(size_t)person * bound->problem->date_count];
    double least = rows_load(bound->rows, person, bound->given[person]);
    size_t count = 0;

    for (size_t i = 0; i < bound->problem->date_count; i++) {
        int date = bound->by_end[i];
        double paid, worth;
        struct choice choice = {.cell = NULL};
        if (away[date] || !plan_has_date(bound->problem->people[person].dates, date))
            continue;
        paid = bound_person_price(bound, person, date);
        worth = best_on(bound, person, date, paid + least, &choice);
        if (!choice.cell)
            continue;
        bound->offers[count] = choice;
        bound->offer_worth[count++] = worth - paid;
    }
    return count;
}

/* How many of the first offers are over when the one after them starts. */
static size_t count_before(const struct bound *bound, size_t offer)
{
    const struct plan_date *dates = bound->problem->dates;
    int64_t starts_at = dates[bound->offers[offer].cell->date].starts_at;
    size_t count = offer;

    while (count && dates[bound->offers[count - 1].cell->date].ends_at > starts_at)
        count--;
    return count;
}

/* chain[k][i]: the most that k sessions among the first i offers are worth. */
static double take_together(struct bound *bound, int person)
{
    size_t count = list_offers(bound, person), wide = count + 1, best = 0;
    int quota = bound->left[bound->rows->trainers_at + (size_t)person];
    size_t most = quota < (int)count ? (size_t)(quota > 0 ? quota : 0) : count;
    double *chain = bound->chain, value = 0, load = 0;

    for (size_t i = 0; i <= count; i++)
        chain[i] = 0;
    for (size_t k = 1; k <= most; k++) {
        chain[k * wide] = -INFINITY;
        for (size_t i = 0; i < count; i++)
            chain[k * wide + i + 1] =
                fmax(chain[k * wide + i], chain[(k - 1) * wide + count_before(bound, i)] +
                                              bound->offer_worth[i]);
        load += rows_load(bound->rows, person, bound->given[person] + (int)k - 1);
        if (chain[k * wide + count] - load > value) {
            value = chain[k * wide + count] - load;
            best = k;
        }
    }
    for (size_t k = best, i = count; k > 0; i--) {
        if (chain[k * wide + i] == chain[k * wide + i - 1])
            continue;
        bound_take(bound, &bound->offers[i - 1]);
        i = count_before(bound, i - 1) + 1;
        k--;
    }
    return value;
}

double bound_take_trainer(struct bound *bound, int person)
{
    return bound->is_joint ? take_together(bound, person) : take_singly(bound, person);
}
