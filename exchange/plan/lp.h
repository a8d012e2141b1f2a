/* The linear program of choosing among sessions, and the integer one: the wall in front
 * of GLPK, which ends the process on its own mistakes and cannot be stopped by memory:
 * only for child processes (master.h). */
#ifndef EXCHANGE_PLAN_LP_H
#define EXCHANGE_PLAN_LP_H

#include "exchange/plan/rows.h"

struct lp;

/* The rules without sessions, trainers with what each of their sessions costs. NULL: no
 * memory, or built without GLPK. */
struct lp *lp_new(const struct rows *rows);
void lp_free(struct lp *lp); /* accepts NULL */

void lp_add(struct lp *lp, const struct column *column);
/* From where the last one stood. False when it came to no end in `time_ms`. The prices of
 * rows at the end go to `prices` (as many as there are rows), the value to `value`. */
bool lp_solve(struct lp *lp, int time_ms, double *value, double *prices);
/* What part of the i-th column added the last lp_solve takes. */
double lp_part(const struct lp *lp, size_t i);

/* Takes the i-th column added for good, or leaves it out. */
void lp_take(struct lp *lp, size_t i);
void lp_shut(struct lp *lp, size_t i);

#endif
