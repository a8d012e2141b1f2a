/* Cuts: of three needs, one session at most serves two (Jepsen, Petersen, Spoorendonk and
 * Pisinger, Subset-Row Inequalities Applied to the Vehicle-Routing Problem with Time
 * Windows, 2008). Every plan keeps them, but not every solution of a linear program over
 * sessions, so that with a price each they bring the bound down. Belongs to one thread.
 */
#ifndef EXCHANGE_PLAN_CUTS_H
#define EXCHANGE_PLAN_CUTS_H

#include "exchange/plan/pool.h"

enum { CUT_NEEDS = 3 };

struct cut {
    int needs[CUT_NEEDS]; /* ascending */
    int next[CUT_NEEDS];  /* the next cut of that need, -1 */
    double price;         /* of a session that serves two of them, 0 or more */
    double best_price;    /* at the lowest bound */
};

struct cuts {
    struct cut *items;
    size_t count, capacity;
    int *first; /* of each need, -1 */
};

MUST_USE err_code cuts_new(struct cuts **out, size_t need_count, struct err *err);
void cuts_free(struct cuts *cuts); /* accepts NULL */
/* False when memory is out. */
bool cuts_add(struct cuts *cuts, const int *needs);
/* The cut after that one in the list of a need; -1 at the end. */
int cuts_next(const struct cuts *cuts, int cut, int need);
/* Whether that session serves two of the needs of a cut. */
bool cuts_meets(const struct cut *cut, const struct column *column);

/* Looks for cuts that a solution breaks (part[i] of each column of the pool is taken),
 * and adds those broken most, `most` at most; how many. 0 as well when memory is out. */
size_t cuts_find(struct cuts *cuts, const struct pool *pool, const double *part,
                 size_t need_count, size_t most);

#endif
