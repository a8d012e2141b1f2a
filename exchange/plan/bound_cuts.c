/* The best session of a venue when cuts have a price: who comes together matters. */
#include "exchange/plan/bound_inside.h"
#include "exchange/plan/state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CUTS_MOST = 512, FITS_MOST = 256, LOOKS_MOST = 600 };

static const double SAME = 1e-9;

/* A cut that two or more of those who could come are in. */
struct near_cut {
    double price;
    int left; /* of those not decided */
    int met;  /* chosen */
};

struct choosing {
    const struct bound *bound;
    int needs[FITS_MOST]; /* who could come, best first */
    double gains[FITS_MOST];
    int count;
    struct near_cut cuts[CUTS_MOST];
    int cut_count;
    int first[FITS_MOST + 1], list[CUT_NEEDS * CUTS_MOST]; /* cuts of who could come */
    int seats, looks;
    int chosen[SEATS_MOST], best[SEATS_MOST];
    int best_count;
    double most;  /* of the best */
    double open;  /* no session that was not looked at is worth more */
    bool is_open; /* there are such */
};

err_code bound_choosing_make(struct bound *bound, struct err *err)
{
    bound->choosing = arena_alloc(bound->arena, sizeof *bound->choosing);
    bound->near_of_cut = NULL;
    return bound->choosing ? ERR_NONE : err_set(err, ERR_MEMORY, "no memory for cuts");
}

/* Who could come, best first; false when they are too many to be looked at so. */
static bool list_fits(struct choosing *choosing, const struct venue *venue, int date,
                      int trainer)
{
    const struct bound *bound = choosing->bound;

    choosing->count = 0;
    for (size_t i = 0; i < venue->fit_count; i++) {
        int need = venue->needs[i], person = bound->problem->needs[need].person, at;
        double gain = venue->gains[i] - bound->price[need];
        if (bound->left[need] <= 0 || bound_is_strange(bound, person, trainer))
            continue;
        if (choosing->count == FITS_MOST)
            return false;
        gain -= bound_person_price(bound, person, date);
        at = choosing->count++;
        for (; at > 0 && choosing->gains[at - 1] < gain; at--) {
            choosing->gains[at] = choosing->gains[at - 1];
            choosing->needs[at] = choosing->needs[at - 1];
        }
        choosing->gains[at] = gain;
        choosing->needs[at] = need;
    }
    return true;
}

static bool could_come(const struct choosing *choosing, int need)
{
    for (int i = 0; i < choosing->count; i++)
        if (choosing->needs[i] == need)
            return true;
    return false;
}

/* Its place among the near ones; -1: nothing it says matters here. */
static int near_cut(struct choosing *choosing, int index)
{
    const struct bound *bound = choosing->bound;
    const struct cut *cut = &bound->cuts->items[index];
    int here = 0;

    if (bound->near_of_cut[index] != -2)
        return bound->near_of_cut[index];
    for (int k = 0; k < CUT_NEEDS; k++)
        here += could_come(choosing, cut->needs[k]);
    bound->near_of_cut[index] = -1;
    if (here > 1 && choosing->cut_count < CUTS_MOST) {
        choosing->cuts[choosing->cut_count] = (struct near_cut){cut->price, here, 0};
        bound->near_of_cut[index] = choosing->cut_count++;
    }
    return bound->near_of_cut[index];
}

static void forget_near(struct choosing *choosing)
{
    const struct cuts *cuts = choosing->bound->cuts;

    for (int i = 0; i < choosing->count; i++)
        for (int c = cuts->first[choosing->needs[i]]; c >= 0;
             c = cuts_next(cuts, c, choosing->needs[i]))
            choosing->bound->near_of_cut[c] = -2;
}

/* The cuts of each who could come. One left out for want of room lets the bound be higher
 * than it had to be. */
static void list_cuts(struct choosing *choosing)
{
    const struct cuts *cuts = choosing->bound->cuts;
    int total = 0;

    choosing->cut_count = 0;
    for (int i = 0; i < choosing->count; i++) {
        int need = choosing->needs[i];
        choosing->first[i] = total;
        for (int c = cuts->first[need]; c >= 0; c = cuts_next(cuts, c, need)) {
            int near = cuts->items[c].price > SAME ? near_cut(choosing, c) : -1;
            if (near >= 0)
                choosing->list[total++] = near;
        }
    }
    choosing->first[choosing->count] = total;
    forget_near(choosing);
}

/* What one more is worth beside its gain: the seat that is not empty. */
static double seat_worth(const struct choosing *choosing, int count)
{
    const struct plan_problem *problem = choosing->bound->problem;

    return count < problem->comfortable ? problem->weights.empty_seat : 0;
}

/* The most that those chosen can be worth with who is left. A cut that one of those
 * chosen is in is paid by whoever of it comes next: charged to those left in equal
 * shares. */
static double most_from(const struct choosing *choosing, int i, int count, double sum)
{
    int threshold = choosing->bound->problem->threshold, free = choosing->seats - count;
    double best[SEATS_MOST];
    int listed = 0;

    for (int k = i; k < choosing->count; k++) {
        double gain = choosing->gains[k];
        int at;
        if (listed == free && (!free || gain <= best[listed - 1]))
            break; /* those after it gain less */
        for (int c = choosing->first[k]; c < choosing->first[k + 1]; c++) {
            const struct near_cut *cut = &choosing->cuts[choosing->list[c]];
            if (cut->met == 1)
                gain -= cut->price / cut->left;
        }
        if (listed == free && gain <= best[listed - 1])
            continue;
        at = listed < free ? listed++ : listed - 1;
        for (; at > 0 && best[at - 1] < gain; at--)
            best[at] = best[at - 1];
        best[at] = gain;
    }
    for (int k = 0; k < listed; k++, count++) {
        double more = best[k] + seat_worth(choosing, count);
        if (count >= threshold && more <= 0)
            break;
        sum += more;
    }
    return count < threshold ? -INFINITY : sum;
}

static bool sits_there(const struct choosing *choosing, int count, int need)
{
    const struct plan_need *needs = choosing->bound->problem->needs;

    for (int i = 0; choosing->bound->has_several[needs[need].person] && i < count; i++)
        if (needs[choosing->chosen[i]].person == needs[need].person)
            return true;
    return false;
}

/* One who could come is decided on; what the cuts take off when she comes. */
static double decide(struct choosing *choosing, int i, int comes)
{
    double paid = 0;

    for (int c = choosing->first[i]; c < choosing->first[i + 1]; c++) {
        struct near_cut *cut = &choosing->cuts[choosing->list[c]];
        if (comes && cut->met == 1)
            paid += cut->price;
        cut->met += comes;
        cut->left--;
    }
    return paid;
}

static void undo(struct choosing *choosing, int i, int came)
{
    for (int c = choosing->first[i]; c < choosing->first[i + 1]; c++) {
        struct near_cut *cut = &choosing->cuts[choosing->list[c]];
        cut->met -= came;
        cut->left++;
    }
}

static void choose_from(struct choosing *choosing, int i, int count, double sum)
{
    double most, paid;

    if (count >= choosing->bound->problem->threshold && sum > choosing->most) {
        choosing->most = sum;
        choosing->best_count = count;
        memcpy(choosing->best, choosing->chosen, (size_t)count * sizeof(int));
    }
    if (i == choosing->count || count == choosing->seats)
        return;
    most = most_from(choosing, i, count, sum);
    if (most <= choosing->most + SAME)
        return;
    if (choosing->looks-- <= 0) {
        choosing->open = fmax(choosing->open, most);
        choosing->is_open = true;
        return;
    }
    if (!sits_there(choosing, count, choosing->needs[i])) {
        choosing->chosen[count] = choosing->needs[i];
        paid = decide(choosing, i, 1);
        choose_from(choosing, i + 1, count + 1,
                    sum + choosing->gains[i] + seat_worth(choosing, count) - paid);
        undo(choosing, i, 1);
    }
    (void)decide(choosing, i, 0);
    choose_from(choosing, i + 1, count, sum);
    undo(choosing, i, 0);
}

double bound_choose(struct bound *bound, const struct venue *venue, int date, int trainer,
                    int seats, double least, size_t *taken)
{
    const struct plan_problem *problem = bound->problem;
    struct choosing *choosing = bound->choosing;
    double base =
        -problem->weights.session - problem->weights.empty_seat * problem->comfortable;

    choosing->bound = bound;
    *taken = 0;
    if (!list_fits(choosing, venue, date, trainer)) {
        bound->is_open = true;
        return INFINITY;
    }
    list_cuts(choosing);
    choosing->seats = seats;
    choosing->looks = LOOKS_MOST;
    choosing->most = least - base;
    choosing->open = -INFINITY;
    choosing->best_count = 0;
    choosing->is_open = false;
    choose_from(choosing, 0, 0, 0);
    bound->is_open = bound->is_open || choosing->is_open;
    memcpy(bound->list_need, choosing->best, (size_t)choosing->best_count * sizeof(int));
    *taken = (size_t)choosing->best_count;
    return base + fmax(choosing->most, choosing->open);
}

/* ---- cuts of a bound ---- */

static size_t fits_among(const struct venue *venue, const int *needs)
{
    size_t count = 0;

    for (size_t i = 0; i < venue->fit_count; i++)
        for (int k = 0; k < CUT_NEEDS; k++)
            count += venue->needs[i] == needs[k];
    return count;
}

static void mark(struct bound *bound, int topic, const struct cut *cut)
{
    for (size_t d = 0; d < bound->problem->date_count; d++) {
        int at = bound->cell_of[(size_t)topic * bound->problem->date_count + d];
        for (size_t v = 0; at >= 0 && v < bound->cells[at].venue_count; v++) {
            struct venue *venue = &bound->cells[at].venues[v];
            venue->is_cut = venue->is_cut || fits_among(venue, cut->needs) > 1;
        }
    }
}

bool bound_heed_cuts(struct bound *bound, struct cuts *cuts, size_t from)
{
    const struct topics *topics = bound->topics;
    int *near = realloc(bound->near_of_cut, (cuts->count + 1) * sizeof *near);

    if (!near)
        return false;
    bound->cuts = cuts;
    bound->near_of_cut = near;
    for (size_t c = from; c < cuts->count; c++) {
        const struct cut *cut = &cuts->items[c];
        near[c] = -2;
        for (int k = 0; k < CUT_NEEDS; k++)
            for (int i = topics->first_of_need[cut->needs[k]];
                 i < topics->first_of_need[cut->needs[k] + 1]; i++)
                mark(bound, topics->of_need[i], cut);
    }
    return true;
}
