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
    double *worth;  /* class: of the best session there at these prices, room paid */
    bool *is_exact; /* class: the cuts are paid too; else it is worth no more than that */
    bool is_cut;    /* two of who could come are in one cut */
};

/* A topic on a date. */
struct cell {
    int topic, date;
    struct venue *venues;
    size_t venue_count;
    size_t fit_count;      /* needs that can come on that date at all */
    struct venue anywhere; /* as if all of it were where each of them lives */
    double stay;           /* the most that a trainer adds by staying there */
    double most; /* what no session there is worth more than, at these prices, be it held
                    where all of them live; in its venues: */
    double best;
};

/* A session at these prices. */
struct choice {
    const struct cell *cell;
    const struct venue *venue;
    int room_class, person; /* -1: a circle */
    int copies;
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
    double *price, *slope, *best_price;
    double *move, *swing; /* of each price: its slope of late, and the square of it */
    double lowest, scale; /* of prices: what a need is worth on average */
    int steps, steps_expected;
    /* what is left once sessions were held for good */
    bool is_part;
    int *left;     /* of each row's capacity */
    int *given;    /* person: sessions she holds */
    bool *is_away; /* person × date: she gives one then */
    double *list;  /* gains less prices, best first */
    int *list_need;
    double *paid; /* need: what it pays to be there on the date of paid_cell */
    const struct cell *paid_cell;
    int *used;         /* rows of a column */
    bool *is_picky;    /* trainer: somebody may not sit before her */
    bool *has_several; /* person: more than one need */
    bool *is_priced;   /* person: pays for the moments she is somewhere */
    int *by_end;       /* dates in the order of their ends */
    bool is_joint; /* a trainer's sessions are chosen together: she pays for none alone */
    struct choice *offers; /* a trainer's best session on each of her dates */
    double *offer_worth;
    double *chain;     /* sessions × dates: of choosing among them */
    struct cuts *cuts; /* NULL: none */
    int *near_of_cut;
    struct choosing *choosing;
    bool is_open; /* what a session is worth with cuts was not found to the end */
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

/* The best needs for a venue at these prices, best first, in bound->list and list_need;
 * how many. */
size_t bound_list_venue(struct bound *bound, const struct cell *cell,
                        const struct venue *venue, int trainer);
/* What the first of a list are worth together in so many seats, and how many they are;
 * below what anything is worth when they are too few. */
double bound_worth(const struct bound *bound, size_t listed, int seats, size_t *taken);
void bound_price_cell(struct bound *bound, struct cell *cell);
/* The best place for a session of a trainer (-1: a circle) on a cell, less her way, after
 * an evaluation; `least` when there is none worth more. */
double bound_best_place(struct bound *bound, const struct cell *cell, int trainer,
                        double least, struct choice *out);
/* The best session of a venue, cuts paid, in so many seats: what no session there is
 * worth more than, or `least` when that is more. Who comes is in bound->list_need, *taken
 * of them; 0 when none is known that is worth more than `least`. INFINITY when too many
 * could come to be looked at so. */
double bound_choose(struct bound *bound, const struct venue *venue, int date, int trainer,
                    int seats, double least, size_t *taken);
MUST_USE err_code bound_choosing_make(struct bound *bound, struct err *err);
/* What a person, or a room of that class, pays for being there on that date. */
double bound_person_price(const struct bound *bound, int person, int date);
double bound_room_price(const struct bound *bound, int room_class, int date);
/* A session the evaluation chose: its slopes, and word of it to who listens. */
void bound_take(struct bound *bound, const struct choice *choice);
/* Her best sessions at these prices, taken; what they are worth. */
double bound_take_trainer(struct bound *bound, int person);
/* Whether a learner may not sit before a trainer (-1: whoever): herself, or no language
 * in common. */
bool bound_is_strange(const struct bound *bound, int person, int trainer);

#endif
