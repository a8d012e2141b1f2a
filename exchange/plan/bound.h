/* How good a plan could be at most: a Lagrangian bound.
 *
 * Four kinds of rules get a price instead of being kept: a need is served once (all needs), a room
 * is used once a date, a trainer gives her quota at most, nobody is in two places on one date. What
 * is left falls apart by trainer and date: her best session at these prices, its number of people
 * between threshold and seats kept exactly, so that the bound is as tight as choosing among whole
 * sessions by linear programming (Geoffrion, Lagrangean Relaxation for Integer Programming, 1974).
 * Prices move by subgradients with Polyak's step. Every value of bound_step is a proof: no plan of
 * the problem is worth more. Languages and overlaps of different dates are left out, which only
 * makes the bound higher. Belongs to one thread. */
#ifndef EXCHANGE_PLAN_BOUND_H
#define EXCHANGE_PLAN_BOUND_H

#include "exchange/plan/topics.h"

struct bound;

MUST_USE err_code bound_new(struct bound **out, const struct topics *topics,
                            struct err *err);
void bound_free(struct bound *bound); /* accepts NULL */

/* One evaluation and one move of the prices towards `known`, the value of the best plan known (0
 * when there is none). Returns the lowest bound so far. */
double bound_step(struct bound *bound, double known);

/* The price of each need just now; valid until the next bound_step. */
const double *bound_prices(const struct bound *bound);

#endif
