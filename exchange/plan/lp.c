/* The linear program, by GLPK. */
#include "exchange/plan/lp.h"

#ifdef HAVE_GLPK
#include <glpk.h>
#include <stdlib.h>

struct lp {
    glp_prob *problem;
    const struct rows *rows;
    int *row_at;  /* row of the rules: of the program, 0: no session has used it
                     yet */
    size_t loads; /* columns of trainers' loads, before all sessions */
    int *used;
    double *ones;
    bool is_bent; /* columns were fixed or freed since it was solved */
};

static int row_of(struct lp *lp, size_t row)
{
    if (!lp->row_at[row]) {
        lp->row_at[row] = glp_add_rows(lp->problem, 1);
        glp_set_row_bnds(lp->problem, lp->row_at[row], GLP_UP, 0,
                         row < lp->rows->trainers_at ? lp->rows->capacity[row] : 0);
    }
    return lp->row_at[row];
}

static void add_loads(struct lp *lp)
{
    const struct plan_problem *problem = lp->rows->problem;

    for (size_t p = 0; p < problem->person_count; p++)
        for (int k = 0; lp->rows->topics->first_of_person[p] <
                            lp->rows->topics->first_of_person[p + 1] &&
                        k < problem->people[p].quota;
             k++) {
            int row[2] = {0, row_of(lp, lp->rows->trainers_at + p)};
            double minus[2] = {0, -1};
            int column = glp_add_cols(lp->problem, 1);
            glp_set_col_bnds(lp->problem, column, GLP_DB, 0, 1);
            glp_set_obj_coef(lp->problem, column, -rows_load(lp->rows, (int)p, k));
            glp_set_mat_col(lp->problem, column, 1, row, minus);
            lp->loads++;
        }
}

struct lp *lp_new(const struct rows *rows)
{
    struct lp *lp = calloc(1, sizeof *lp);
    size_t most = rows_most(rows, rows->problem->seats_most) + 2;

    if (!lp)
        return NULL;
    lp->rows = rows;
    lp->used = malloc(most * sizeof *lp->used);
    lp->ones = malloc(most * sizeof *lp->ones);
    lp->row_at = calloc(rows->count + 1, sizeof *lp->row_at);
    if (!lp->used || !lp->ones || !lp->row_at) {
        lp_free(lp);
        return NULL;
    }
    glp_term_out(GLP_OFF);
    lp->problem = glp_create_prob();
    glp_set_obj_dir(lp->problem, GLP_MAX);
    add_loads(lp);
    return lp;
}

void lp_free(struct lp *lp)
{
    if (!lp)
        return;
    if (lp->problem)
        glp_delete_prob(lp->problem);
    free(lp->row_at);
    free(lp->used);
    free(lp->ones);
    free(lp);
}

void lp_add(struct lp *lp, const struct column *column)
{
    size_t count = rows_of(lp->rows, column, lp->used + 1), kept = 0;
    int at;

    for (size_t i = 1; i <= count; i++) { /* GLPK wants each row once */
        int row = row_of(lp, (size_t)lp->used[i]);
        size_t before = 1;
        while (before <= kept && lp->used[before] != row)
            before++;
        if (before <= kept) {
            lp->ones[before]++;
            continue;
        }
        lp->used[++kept] = row;
        lp->ones[kept] = 1;
    }
    at = glp_add_cols(lp->problem, 1);
    glp_set_col_bnds(lp->problem, at, GLP_LO, 0, 0);
    glp_set_obj_coef(lp->problem, at, column->value);
    glp_set_mat_col(lp->problem, at, (int)kept, lp->used, lp->ones);
}

bool lp_solve(struct lp *lp, int time_ms, double *value, double *prices)
{
    glp_smcp how;

    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.tm_lim = time_ms;
    how.meth = lp->is_bent ? GLP_DUALP : GLP_PRIMAL;
    lp->is_bent = false;
    if (glp_simplex(lp->problem, &how) != 0 || glp_get_status(lp->problem) != GLP_OPT)
        return false;
    *value = glp_get_obj_val(lp->problem);
    for (size_t i = 0; i < lp->rows->count; i++)
        prices[i] = lp->row_at[i] ? glp_get_row_dual(lp->problem, lp->row_at[i]) : 0;
    return true;
}

double lp_part(const struct lp *lp, size_t i)
{
    return glp_get_col_prim(lp->problem, (int)(lp->loads + i) + 1);
}

void lp_take(struct lp *lp, size_t i)
{
    lp->is_bent = true;
    glp_set_col_bnds(lp->problem, (int)(lp->loads + i) + 1, GLP_FX, 1, 1);
}

void lp_shut(struct lp *lp, size_t i)
{
    lp->is_bent = true;
    glp_set_col_bnds(lp->problem, (int)(lp->loads + i) + 1, GLP_FX, 0, 0);
}

#else /* no program is ever made */

struct lp *lp_new(const struct rows *rows)
{
    (void)rows;
    return NULL;
}

void lp_free(struct lp *lp)
{
    (void)lp;
}

void lp_add(struct lp *lp, const struct column *column)
{
    (void)lp;
    (void)column;
}

bool lp_solve(struct lp *lp, int time_ms, double *value, double *prices)
{
    (void)lp;
    (void)time_ms;
    (void)value;
    (void)prices;
    return false;
}

double lp_part(const struct lp *lp, size_t i)
{
    (void)lp;
    (void)i;
    return 0;
}

void lp_take(struct lp *lp, size_t i)
{
    (void)lp;
    (void)i;
}

void lp_shut(struct lp *lp, size_t i)
{
    (void)lp;
    (void)i;
}

#endif
