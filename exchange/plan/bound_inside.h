/* What the two files of the bound share: its inside. */
#ifndef EXCHANGE_PLAN_BOUND_INSIDE_H
#define EXCHANGE_PLAN_BOUND_INSIDE_H

#include "exchange/plan/bound.h"

/* A topic on a date in rooms of one kind: who could come, what each would gain there. */
struct venue {
    int kind;
    const int *needs;
    const double *gains;
    size_t fit_count;
    const int *classes; /* of that kind that are open and have what it takes */
    size_t class_count;
    double *worth; /* class: of the best session there at these prices, room paid */
};

/* A topic on a date. */
struct cell {
    int topic, date;
    struct venue *venues;
    size_t venue_count;
    size_t fit_count; /* needs that can come on that date at all */
};

struct bound {
    struct arena *arena;
    const struct rows *rows;
    const struct topics *topics;
    const struct plan_problem *problem;
    struct cell *cells;
    size_t cell_count;
    int *cell_of;     /* topic × date, -1 */
    double *way_cost; /* class × commune (the last: none); INFINITY: too far */
    double *price, *slope, *move, *best_price;
    double lowest, step;
    int since_better;
    double *list; /* gains less prices, best first */
    int *list_need;
    int *used;         /* rows of a column */
    bool *is_picky;    /* trainer: somebody may not sit before her */
    bool *has_several; /* person: more than one need */
    bound_visit visit;
    void *self;
};

static inline double bound_way_cost(const struct bound *bound, int room_class,
                                    int commune)
{
    size_t communes = bound->problem->commune_count;

    return bound->way_cost[(size_t)room_class * (communes + 1) +
                           (commune < 0 ? communes : (size_t)commune)];
}

/* A session at these prices. */
struct choice {
    const struct cell *cell;
    const struct venue *venue;
    int room_class, person; /* -1: a circle */
    int copies;
};

/* The best place for a session of a trainer (-1: a circle) on a cell, less her way, after
 * an evaluation; -INFINITY when there is none. */
double bound_best_place(struct bound *bound, const struct cell *cell, int trainer,
                        struct choice *out);
/* What a person, or a room of that class, pays for being there on that date. */
double bound_person_price(const struct bound *bound, int person, int date);
double bound_room_price(const struct bound *bound, int room_class, int date);
/* Whether a learner may not sit before a trainer (-1: whoever): herself, or no language
 * in common. */
bool bound_is_strange(const struct bound *bound, int person, int trainer);

#endif
