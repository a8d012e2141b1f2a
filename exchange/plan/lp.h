/* The linear program of choosing among sessions, and the integer one: the wall in front
 * of GLPK, which ends the process on its own mistakes and cannot be stopped by memory:
 * only for child processes (master.h). */
#ifndef EXCHANGE_PLAN_LP_H
#define EXCHANGE_PLAN_LP_H

#include "exchange/plan/cuts.h"

struct lp;

/* The rules without sessions, trainers with what each of their sessions costs. NULL: no
 * memory, or built without GLPK. */
struct lp *lp_new(const struct rows *rows);
void lp_free(struct lp *lp); /* accepts NULL */

void lp_add(struct lp *lp, const struct column *column);
/* The cuts that are new since the last call, over the columns added so far: all of
 * `pool`. False when memory is out. */
bool lp_cut(struct lp *lp, const struct cuts *cuts, const struct pool *pool);
/* From where the last one stood. False when it came to no end in `time_ms`. The prices of
 * rows at the end go to `prices` (as many as there are rows), the value to `value`. */
bool lp_solve(struct lp *lp, int time_ms, double *value, double *prices);
/* The price of a cut at the end of the last lp_solve. */
double lp_cut_price(const struct lp *lp, size_t cut);
/* What part of the i-th column added the last lp_solve takes. */
double lp_part(const struct lp *lp, size_t i);

/* Chooses among whole columns by branching, at `nodes` places and for `time_ms` at most.
 * False when it found nothing; which are chosen is said by lp_is_chosen. *most: no choice
 * among these columns is worth more; INFINITY when it came to no end. */
bool lp_choose(struct lp *lp, int nodes, int time_ms, double *most);
bool lp_is_chosen(const struct lp *lp, size_t i);

/* Takes the i-th column added for good, or leaves it out. */
void lp_take(struct lp *lp, size_t i);
void lp_shut(struct lp *lp, size_t i);
/* Nothing is taken for good any more. */
void lp_release(struct lp *lp);

#endif
