/* The best choice among the sessions of several plans. */
#include "exchange/plan/merge.h"

#include "exchange/plan/lp.h"
#include "exchange/plan/pool.h"
#include "exchange/plan/state.h"

#include <stdlib.h>

struct merge {
    struct topics topics;
    struct rows rows;
    struct pool *pool;
    struct lp *lp;
    double *prices; /* asked of nobody */
    size_t chosen;  /* sessions there were at the last choice */
};

err_code merge_new(struct merge **out, struct arena *arena,
                   const struct plan_problem *problem, struct err *err)
{
    struct merge *merge = calloc(1, sizeof *merge);
    err_code code =
        merge ? ERR_NONE : err_set(err, ERR_MEMORY, "no memory to merge plans");

    if (code == ERR_NONE)
        code = topics_make(arena, problem, &merge->topics, err);
    if (code == ERR_NONE)
        code = rows_make(arena, &merge->topics, &merge->rows, err);
    if (code == ERR_NONE)
        code = pool_new(&merge->pool, &merge->rows, err);
    if (code == ERR_NONE) {
        merge->lp = lp_new(&merge->rows);
        merge->prices = arena_array(arena, merge->rows.count + 1, sizeof *merge->prices);
        if (!merge->lp || !merge->prices)
            code = err_set(err, ERR_MEMORY, "no memory to merge plans");
    }
    if (code != ERR_NONE) {
        merge_free(merge);
        return code;
    }
    *out = merge;
    return ERR_NONE;
}

void merge_free(struct merge *merge)
{
    if (!merge)
        return;
    lp_free(merge->lp);
    pool_free(merge->pool);
    free(merge);
}

static int by_number(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;

    return (x > y) - (x < y);
}

static void add(struct merge *merge, const struct plan_session *session)
{
    int needs[SEATS_MOST];
    struct column column = {.topic = -1,
                            .date = session->date,
                            .room_class = merge->rows.class_of_room[session->room],
                            .trainer = session->trainers[0],
                            .need_count = (int)session->need_count,
                            .needs = needs};
    long at;

    for (size_t i = 0; i < merge->topics.count; i++)
        if (merge->topics.items[i].skill == session->skill &&
            merge->topics.items[i].level == session->level)
            column.topic = (int)i;
    if (column.topic < 0 || session->trainers[1] >= 0 || session->need_count > SEATS_MOST)
        return;
    for (size_t i = 0; i < session->need_count; i++)
        needs[i] = session->needs[i];
    qsort(needs, session->need_count, sizeof *needs, by_number);
    at = pool_add(merge->pool, &column);
    if (at >= 0)
        lp_add(merge->lp, pool_column(merge->pool, (size_t)at));
}

void merge_add(struct merge *merge, const struct plan *plan)
{
    for (size_t i = 0; i < plan->session_count && pool_count(merge->pool) < MERGE_MOST;
         i++)
        add(merge, &plan->sessions[i]);
}

err_code merge_choose(struct merge *merge, struct arena *arena, int nodes, int time_ms,
                      uint64_t seed, struct plan *out, struct err *err)
{
    double value, most;
    struct state *state;
    err_code code;

    *out = (struct plan){0};
    if (pool_count(merge->pool) == merge->chosen)
        return ERR_NONE;
    merge->chosen = pool_count(merge->pool);
    if (time_ms <= 0 || !lp_solve(merge->lp, time_ms, &value, merge->prices) ||
        !lp_choose(merge->lp, nodes, time_ms, &most))
        return ERR_NONE;
    code = state_new(&state, &merge->topics, seed, err);
    if (code != ERR_NONE)
        return code;
    for (size_t i = 0; i < pool_count(merge->pool); i++)
        if (lp_is_chosen(merge->lp, i))
            (void)state_hold(state, &merge->rows, pool_column(merge->pool, i));
    state_complete(state, 0);
    code = state_plan(state, arena, out, err);
    state_free(state);
    return code;
}
