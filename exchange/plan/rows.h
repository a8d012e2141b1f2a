/* The rules that sessions share, as rows with a capacity: what every method that proves
 * something (bound.h, exact.h, master.h) works on. Made once, never changed; shared by
 * threads and processes.
 *
 *  - each need: served once;
 *  - each person who could be in two places, and each trainer, at each moment: there
 * once;
 *  - each class of rooms that are alike, on each date and at each moment: as many as
 * there are;
 *  - each trainer: the sessions she gives, whose cost grows with each one (rows_load()).
 * A moment is a largest set of dates that are all on at one time; a date that overlaps no
 * other is a moment of its own. A session is a column: it uses each row of its needs,
 * people, room and trainer once (a person twice when she is in it twice, which no plan
 * allows). Left out: common languages. So a bound on these rows is a bound on plans, and
 * a plan that keeps them keeps the rules but that one. */
#ifndef EXCHANGE_PLAN_ROWS_H
#define EXCHANGE_PLAN_ROWS_H

#include "exchange/plan/topics.h"

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

struct rows {
    const struct topics *topics;
    const struct plan_problem *problem;
    struct kind *kinds;
    size_t kind_count;
    struct room_class *classes;
    size_t class_count;
    int *class_of_room;
    /* moments of a date: moment_of[first_moment[d]] … up to first_moment[d + 1] */
    int *first_moment, *moment_of;
    size_t moment_count, moments_most; /* of one date */
    int *row_of_person; /* her first moment; -1: never in two places and no trainer */
    bool *is_twice;     /* person: may be asked in two places at one moment */
    /* where rows start: needs at 0, then people × moments, classes × dates, classes ×
     * moments, trainers */
    size_t people_at, dates_at, moments_at, trainers_at, count;
    int *capacity; /* of trainers: their quota */
};

/* ERR_MEMORY when `arena` is full. */
MUST_USE err_code rows_make(struct arena *arena, const struct topics *topics,
                            struct rows *out, struct err *err);

/* A session that could be held. */
struct column {
    int topic, date, room_class, trainer; /* trainer -1: a circle */
    int need_count;
    const int *needs;
    double value; /* of it alone, the trainer's load not taken off */
};

/* The most rows a column of that many needs uses. */
size_t rows_most(const struct rows *rows, int need_count);
/* The rows a column uses, one after another (one used twice is there twice); how many. */
size_t rows_of(const struct rows *rows, const struct column *column, int *out);
/* What it is worth, its needs and places as they are. */
double rows_value(const struct rows *rows, const struct column *column);
/* Whether it breaks a rule of its own: a language that is not common, a person twice. */
bool rows_is_allowed(const struct rows *rows, const struct column *column);
/* What the k-th session of a trainer costs in this plan (k from 0). */
double rows_load(const struct rows *rows, int trainer, int k);

#endif
