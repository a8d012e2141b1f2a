/* How good a plan could be at most: a Lagrangian bound.
 *
 * The rules that sessions share (rows.h) get a price each instead of being kept. What is
 * left falls apart by trainer and date: her best session at these prices, its number of
 * people between threshold and seats kept exactly, so that the bound is as tight as
 * choosing among whole sessions by linear programming (Geoffrion, Lagrangean Relaxation
 * for Integer Programming, 1974). Every evaluation is a proof, whatever the prices and
 * whoever made them: no plan of the problem is worth more. Prices move by subgradients,
 * each with a step of its own (Kingma and Ba, Adam, 2015), or are set from outside
 * (dive.h). Belongs to one thread. */
#ifndef EXCHANGE_PLAN_BOUND_H
#define EXCHANGE_PLAN_BOUND_H

#include "exchange/plan/cuts.h"

struct bound;

/* is_joint: the sessions of a trainer are chosen together (no two at once, no more than
 * her quota, by dynamic programming) instead of each at a price for her time: as good a
 * bound in fewer steps, but not one whose prices bound_list() or a program can use.
 * steps_expected: prices move far at first and hardly any more after so many steps. */
MUST_USE err_code bound_new(struct bound **out, const struct rows *rows, bool is_joint,
                            int steps_expected, struct err *err);
void bound_free(struct bound *bound); /* accepts NULL */

/* Told of each session the evaluations choose, with what it is worth beyond its prices.
 * The column's needs are valid until the function returns. */
typedef void (*bound_visit)(void *self, const struct column *column);
void bound_on_choice(struct bound *bound, bound_visit visit, void *self);

/* One evaluation and one move of the prices. Returns the lowest bound so far. */
double bound_step(struct bound *bound);
/* One evaluation at the prices as they are; returns what it proves. */
double bound_evaluate(struct bound *bound);
double bound_lowest(const struct bound *bound);

/* A session is held for good: from here on evaluations are of what it leaves, and prove
 * nothing. Only of a bound that is joint. */
void bound_hold(struct bound *bound, const struct column *column);
/* Nothing is held any more; prices are the best ones again. */
void bound_release(struct bound *bound);

/* The price of each row just now; valid until the next step. At the lowest bound so far.
 */
const double *bound_prices(const struct bound *bound);
const double *bound_best_prices(const struct bound *bound);
/* Takes prices (of every row); those below 0 count as 0. */
void bound_set_prices(struct bound *bound, const double *prices);

/* From here on each session that meets a cut pays its price (cuts.h), those from the
 * from-th on being new. They outlive the bound. Only of a bound that is not joint, whose
 * prices are set from outside. False when memory is out. */
bool bound_heed_cuts(struct bound *bound, struct cuts *cuts, size_t from);

enum { BOUND_LIST_MOST = 64 };

/* Told of a session and of what the bound loses when a plan holds it; false ends the
 * list. */
typedef bool (*bound_told)(void *self, const struct column *column, double loss);
/* Each session that loses at most `gap` at the prices as they are, each once for its
 * trainer, class of rooms and needs. False when these are not all: it was ended, more
 * than BOUND_LIST_MOST could come to one, or cuts made the best of one too long to find.
 */
bool bound_list(struct bound *bound, double gap, bound_told told, void *self);

#endif
