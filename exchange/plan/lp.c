/* The linear program, by GLPK. */
#include "exchange/plan/lp.h"

#ifdef HAVE_GLPK
#include <glpk.h>
#include <math.h>
#include <stdlib.h>

struct lp {
    glp_prob *problem;
    const struct rows *rows;
    int *row_at;  /* row of the rules: of the program, 0: no session has used it
                     yet */
    size_t loads; /* columns of trainers' loads, before all sessions */
    int *used;
    double *ones;
    size_t most; /* that they have room for */
    const struct cuts *cuts;
    size_t cut_count; /* that have a row */
    int *cut_row;
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

static bool make_room(struct lp *lp, size_t most)
{
    int *used = realloc(lp->used, most * sizeof *used);
    double *ones = used ? realloc(lp->ones, most * sizeof *ones) : NULL;

    lp->used = used ? used : lp->used;
    lp->ones = ones ? ones : lp->ones;
    lp->most = ones ? most : lp->most;
    return ones != NULL;
}

struct lp *lp_new(const struct rows *rows)
{
    struct lp *lp = calloc(1, sizeof *lp);
    size_t most = rows_most(rows, rows->problem->seats_most) + 2;

    if (!lp)
        return NULL;
    lp->rows = rows;
    lp->row_at = calloc(rows->count + 1, sizeof *lp->row_at);
    if (!make_room(lp, most) || !lp->row_at) {
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
    free(lp->cut_row);
    free(lp->used);
    free(lp->ones);
    free(lp);
}

/* The rows of the cuts that a column meets, after those it uses; how many in all. */
static size_t add_cuts(struct lp *lp, const struct column *column, size_t kept)
{
    for (int i = 0; lp->cuts && i < column->need_count; i++)
        for (int c = lp->cuts->first[column->needs[i]]; c >= 0;
             c = cuts_next(lp->cuts, c, column->needs[i])) {
            size_t before = 1;
            if ((size_t)c >= lp->cut_count || !cuts_meets(&lp->cuts->items[c], column))
                continue;
            while (before <= kept && lp->used[before] != lp->cut_row[c])
                before++;
            if (before <= kept || (kept + 2 >= lp->most && !make_room(lp, 2 * lp->most)))
                continue;
            lp->used[++kept] = lp->cut_row[c];
            lp->ones[kept] = 1;
        }
    return kept;
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
    kept = add_cuts(lp, column, kept);
    at = glp_add_cols(lp->problem, 1);
    glp_set_col_bnds(lp->problem, at, GLP_LO, 0, 0);
    glp_set_obj_coef(lp->problem, at, column->value);
    glp_set_mat_col(lp->problem, at, (int)kept, lp->used, lp->ones);
}

bool lp_cut(struct lp *lp, const struct cuts *cuts, const struct pool *pool)
{
    int *row = realloc(lp->cut_row, (cuts->count + 1) * sizeof *row);

    if (!row)
        return false;
    lp->cut_row = row;
    lp->cuts = cuts;
    if (lp->most < pool_count(pool) + 2 && !make_room(lp, pool_count(pool) + 2))
        return false;
    for (; lp->cut_count < cuts->count; lp->cut_count++) {
        int count = 0;
        for (size_t i = 0; i < pool_count(pool); i++)
            if (cuts_meets(&cuts->items[lp->cut_count], pool_column(pool, i))) {
                lp->used[++count] = (int)(lp->loads + i) + 1;
                lp->ones[count] = 1;
            }
        row[lp->cut_count] = glp_add_rows(lp->problem, 1);
        glp_set_row_bnds(lp->problem, row[lp->cut_count], GLP_UP, 0, 1);
        glp_set_mat_row(lp->problem, row[lp->cut_count], count, lp->used, lp->ones);
        lp->is_bent = true;
    }
    return true;
}

double lp_cut_price(const struct lp *lp, size_t cut)
{
    double price =
        cut < lp->cut_count ? glp_get_row_dual(lp->problem, lp->cut_row[cut]) : 0;

    return price > 0 ? price : 0;
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

static void count_nodes(glp_tree *tree, void *left)
{
    int *nodes = left;

    if (glp_ios_reason(tree) == GLP_ISELECT && --*nodes < 0)
        glp_ios_terminate(tree);
}

bool lp_choose(struct lp *lp, int nodes, int time_ms, double *most)
{
    glp_iocp how;
    int status;

    for (int i = (int)lp->loads + 1; i <= glp_get_num_cols(lp->problem); i++)
        if (glp_get_col_type(lp->problem, i) == GLP_LO)
            glp_set_col_kind(lp->problem, i, GLP_BV);
    glp_init_iocp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.tm_lim = time_ms;
    how.bt_tech = GLP_BT_BPH;
    how.cb_func = count_nodes;
    how.cb_info = &nodes;
    glp_intopt(lp->problem, &how);
    lp->is_bent = true;
    status = glp_mip_status(lp->problem);
    *most = status == GLP_OPT ? glp_mip_obj_val(lp->problem) : INFINITY;
    return status == GLP_OPT || status == GLP_FEAS;
}

bool lp_is_chosen(const struct lp *lp, size_t i)
{
    return glp_mip_col_val(lp->problem, (int)(lp->loads + i) + 1) > 0.5;
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

void lp_release(struct lp *lp)
{
    for (int i = (int)lp->loads + 1; i <= glp_get_num_cols(lp->problem); i++)
        if (glp_get_col_type(lp->problem, i) == GLP_FX &&
            glp_get_col_ub(lp->problem, i) > 0)
            glp_set_col_bnds(lp->problem, i, GLP_LO, 0, 0);
    lp->is_bent = true;
}

#else /* no program is ever made */
#include <math.h>

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

bool lp_cut(struct lp *lp, const struct cuts *cuts, const struct pool *pool)
{
    (void)lp;
    (void)cuts;
    (void)pool;
    return false;
}

double lp_cut_price(const struct lp *lp, size_t cut)
{
    (void)lp;
    (void)cut;
    return 0;
}

bool lp_solve(struct lp *lp, int time_ms, double *value, double *prices)
{
    (void)lp;
    (void)time_ms;
    (void)value;
    (void)prices;
    return false;
}

bool lp_choose(struct lp *lp, int nodes, int time_ms, double *most)
{
    (void)lp;
    (void)nodes;
    (void)time_ms;
    *most = INFINITY;
    return false;
}

bool lp_is_chosen(const struct lp *lp, size_t i)
{
    (void)lp;
    (void)i;
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

void lp_release(struct lp *lp)
{
    (void)lp;
}

#endif
