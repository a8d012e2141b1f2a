/* How good a plan could be at most: a Lagrangian bound.
 *
 * The rules that sessions share (rows.h) get a price each instead of being kept. What is
 * left falls apart by trainer and date: her best session at these prices, its number of
 * people between threshold and seats kept exactly, so that the bound is as tight as
 * choosing among whole sessions by linear programming (Geoffrion, Lagrangean Relaxation
 * for Integer Programming, 1974). Every evaluation is a proof, whatever the prices and
 * whoever made them: no plan of the problem is worth more. Prices move by subgradients
 * with Polyak's step, or are set from outside (master.h). Belongs to one thread. */
#ifndef EXCHANGE_PLAN_BOUND_H
#define EXCHANGE_PLAN_BOUND_H

#include "exchange/plan/rows.h"

struct bound;

MUST_USE err_code bound_new(struct bound **out, const struct rows *rows, struct err *err);
void bound_free(struct bound *bound); /* accepts NULL */

/* Told of each session the evaluations choose, with what it is worth beyond its prices.
 * The column's needs are valid until the function returns. */
typedef void (*bound_visit)(void *self, const struct column *column);
void bound_on_choice(struct bound *bound, bound_visit visit, void *self);

/* One evaluation and one move of the prices towards `known`, the value of the best plan
 * known (0 when there is none). Returns the lowest bound so far. */
double bound_step(struct bound *bound, double known);
/* One evaluation at the prices as they are; returns what it proves. */
double bound_evaluate(struct bound *bound);
double bound_lowest(const struct bound *bound);

/* The price of each row just now; valid until the next step. At the lowest bound so far.
 */
const double *bound_prices(const struct bound *bound);
const double *bound_best_prices(const struct bound *bound);
/* Takes prices (of every row); those below 0 count as 0. */
void bound_set_prices(struct bound *bound, const double *prices);

enum { BOUND_LIST_MOST = 64 };

/* Told of a session and of what the bound loses when a plan holds it; false ends the
 * list. */
typedef bool (*bound_told)(void *self, const struct column *column, double loss);
/* Each session that loses at most `gap` at the prices as they are, each once for its
 * trainer, class of rooms and needs. False when it was ended, or at once when there are
 * more than BOUND_LIST_MOST needs: there would be too many. */
bool bound_list(struct bound *bound, double gap, bound_told told, void *self);

#endif
