/* What the two files of the bound share: its inside. */
#ifndef EXCHANGE_PLAN_BOUND_INSIDE_H
#define EXCHANGE_PLAN_BOUND_INSIDE_H

#include "exchange/plan/bound.h"

/* Where a need is alike: a commune, with or without steps. */
struct kind {
    int commune;
    bool is_step_free;
    int room; /* one of them */
};

/* Rooms that are alike: of a kind, with as many seats and the same equipment. */
struct room_class {
    int kind, seats;
    uint64_t equipment;
    int room; /* one of them */
    bool is_online;
    int *open; /* date: how many of them are open */
};

/* A topic on a date: the needs that can come. */
struct cell {
    int topic, date;
    const struct topic_fit **fits;
    size_t fit_count;
    double *best;  /* for each commune of trainers: the best session at these prices */
    int *in_class; /* where */
};

struct bound {
    struct arena *arena;
    const struct topics *topics;
    const struct plan_problem *problem;
    struct kind *kinds;
    size_t kind_count;
    struct room_class *classes;
    size_t class_count;
    struct cell *cells;
    size_t cell_count;
    int *cell_of;         /* topic × date, -1 */
    size_t commune_count; /* of trainers: those of the problem */
    /* prices, slopes and moves, one after another: needs, people × dates, classes ×
     * dates, trainers */
    double *price, *slope, *move;
    size_t price_count, people_at, rooms_at, trainers_at;
    bool *is_watched; /* person: may be in two places */
    double lowest, step;
    int since_better;
    double *list; /* gains of a cell, sorted */
    int *list_need;
};

/* Where prices stand. */
static inline size_t bound_person_price(const struct bound *bound, int person, int date)
{
    return bound->people_at + (size_t)person * bound->problem->date_count + (size_t)date;
}

static inline size_t bound_room_price(const struct bound *bound, size_t room_class, int date)
{
    return bound->rooms_at + room_class * bound->problem->date_count + (size_t)date;
}

#endif
