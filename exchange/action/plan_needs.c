/* The needs of a problem of the planner: who asks for what, and what serving it is worth.
 */
#include "exchange/action/ids.h"
#include "exchange/action/plan_problem.h"
#include "exchange/action/same.h"
#include "exchange/model/week.h"
#include "store/needs.h"
#include "store/plans.h"

#include <stdlib.h>

enum {
    WAIT_DAYS = 30, /* a need that waits so long counts plan.waiting more */
    WAITS_MOST = 3,
    LEARNT_LEVEL = 2 /* wanted by who did not say */
};

/* By who asks, then what; of the same the one asked first. */
static int by_asker(const void *a, const void *b)
{
    const struct planned_need *x = a, *y = b;

    if (x->person_id != y->person_id)
        return x->person_id < y->person_id ? -1 : 1;
    if (x->skill_id != y->skill_id)
        return x->skill_id < y->skill_id ? -1 : 1;
    if (x->created_at != y->created_at)
        return x->created_at < y->created_at ? -1 : 1;
    return (x->need_id > y->need_id) - (x->need_id < y->need_id);
}

/* Each skill once for each person. */
static void drop_twins(struct pole_problem *problem)
{
    size_t kept = 0;

    if (problem->need_count)
        qsort(problem->needs, problem->need_count, sizeof *problem->needs, by_asker);
    for (size_t i = 0; i < problem->need_count; i++)
        if (!kept || problem->needs[kept - 1].person_id != problem->needs[i].person_id ||
            problem->needs[kept - 1].skill_id != problem->needs[i].skill_id)
            problem->needs[kept++] = problem->needs[i];
    problem->need_count = kept;
}

/* What is asked, but for what was refused and what a session serves already. */
static void list_asks(struct pole_problem *problem, const struct gap_ask *asks,
                      size_t count, const struct plan_kept *kept, size_t kept_count)
{
    const struct plan_without *without = &problem->without;
    int64_t last_unqualified = 0;

    for (size_t i = 0; i < count; i++) {
        const struct gap_ask *ask = &asks[i];
        if (plans_keep(kept, kept_count, ask->need_id, ask->person_id)) {
            problem->kept++;
        } else if (!ask->skill_id) {
            problem->unqualified += ask->need_id != last_unqualified;
            last_unqualified = ask->need_id;
        } else if (!is_among(without->skill_ids, without->skill_count, ask->skill_id)) {
            problem->needs[problem->need_count++] =
                (struct planned_need){.need_id = ask->need_id,
                                      .person_id = ask->person_id,
                                      .skill_id = ask->skill_id,
                                      .created_at = ask->at};
        }
    }
}

err_code plan_asks_read(struct pole_problem *problem, struct err *err)
{
    struct ctx *ctx = problem->ctx;
    struct gap_ask *asks = NULL;
    struct plan_kept *kept = NULL;
    size_t count = 0, kept_count = 0;
    err_code code = gaps_asks(ctx->db, ctx->arena, problem->wish->pole_id, ctx->now,
                              INT64_MAX, &asks, &count, err);

    if (code == ERR_NONE)
        code = plans_kept(ctx->db, ctx->arena, problem->wish->pole_id, &kept, &kept_count,
                          err);
    problem->needs = arena_array(ctx->arena, count + 1, sizeof *problem->needs);
    problem->skill_ids = arena_array(ctx->arena, count + 1, sizeof *problem->skill_ids);
    if (code == ERR_NONE && (!problem->needs || !problem->skill_ids))
        code = err_set(err, ERR_MEMORY, "no room for needs");
    if (code != ERR_NONE)
        return code;
    list_asks(problem, asks, count, kept, kept_count);
    drop_twins(problem);
    for (size_t i = 0; i < problem->need_count; i++)
        problem->skill_ids[i] = problem->needs[i].skill_id;
    problem->skill_count = ids_unique(problem->skill_ids, problem->need_count);
    return ERR_NONE;
}

/* Urgency, waiting, reciprocity, and a second person for what one alone can pass on. */
static double worth(const struct pole_problem *problem, const struct need *need,
                    const struct planned_need *planned, size_t skill)
{
    const struct config *config = problem->ctx->config;
    int64_t now = problem->ctx->now;
    double waits = (double)(now - planned->created_at) / (double)(WAIT_DAYS * DAY_S);
    double value = 1;

    if (waits > 0)
        value += config->plan_waiting * (waits > WAITS_MOST ? WAITS_MOST : waits);
    if (need->deadline_at > now && need->deadline_at < now + WAIT_DAYS * DAY_S)
        value += config->plan_deadline;
    if (need->could_pass_on || plan_trainer_of(problem, planned->person_id))
        value += config->plan_reciprocity;
    if (problem->teachers[skill] == 1)
        value += config->plan_risk;
    return value;
}

/* Its half-day in the plan before. */
static int kept_date(const struct pole_problem *problem,
                     const struct planned_need *planned)
{
    const struct kept_plan *before = &problem->before;
    int64_t person_id = planned->person_id > 0 ? planned->person_id : 0;

    for (size_t i = 0; i < before->need_count; i++) {
        const struct kept_need *need = &before->needs[i];
        if (need->need_id != planned->need_id || need->person_id != person_id)
            continue;
        for (size_t s = 0; s < before->session_count; s++)
            if (before->sessions[s].position == need->position)
                return plan_date_at(problem, before->sessions[s].starts_at);
    }
    return 0;
}

static err_code set_need(struct pole_problem *problem, const struct planned_need *planned,
                         struct plan_need *out, struct err *err)
{
    struct ctx *ctx = problem->ctx;
    size_t skill = ids_place(problem->skill_ids, problem->skill_count, planned->skill_id);
    size_t at = ids_place(problem->person_ids, problem->person_count, planned->person_id);
    struct need need;
    uint64_t *dates;
    err_code code = needs_get(ctx->db, ctx->arena, planned->need_id, &need, err);

    if (code != ERR_NONE)
        return code;
    /* What she says of the need goes before what her card says. */
    dates = plan_dates_of(problem,
                          need.window_count ? week_parts(need.windows, need.window_count)
                                            : problem->parts[at],
                          problem->pauses[at], need.deadline_at);
    if (!dates)
        return err_set(err, ERR_MEMORY, "no room for dates");
    plan_dates_less(problem, at, dates);
    *out = (struct plan_need){.person = (int)at,
                              .skill = (int)skill,
                              .level = need.level ? (int)need.level : LEARNT_LEVEL,
                              .value = worth(problem, &need, planned, skill),
                              .dates = dates,
                              .kept = kept_date(problem, planned)};
    return ERR_NONE;
}

static err_code set_second(struct pole_problem *problem, const struct second *second,
                           struct plan_need *out, struct err *err)
{
    size_t at = ids_place(problem->person_ids, problem->person_count, second->person_id);
    uint64_t *dates = plan_dates_of(problem, problem->parts[at], problem->pauses[at], 0);

    if (!dates)
        return err_set(err, ERR_MEMORY, "no room for dates");
    plan_dates_less(problem, at, dates);
    *out = (struct plan_need){.person = (int)at,
                              .skill = (int)second->skill,
                              .level = second->level,
                              .value = problem->ctx->config->plan_second,
                              .dates = dates,
                              .is_second = true};
    return ERR_NONE;
}

err_code plan_needs_set(struct pole_problem *problem, struct err *err)
{
    size_t total = problem->need_count + problem->second_count;
    struct plan_need *needs = arena_array(problem->ctx->arena, total + 1, sizeof *needs);
    err_code code = needs ? ERR_NONE : err_set(err, ERR_MEMORY, "no room for needs");

    for (size_t i = 0; code == ERR_NONE && i < problem->need_count; i++)
        code = set_need(problem, &problem->needs[i], &needs[i], err);
    for (size_t i = 0; code == ERR_NONE && i < problem->second_count; i++)
        code = set_second(problem, &problem->seconds[i], &needs[problem->need_count + i],
                          err);
    problem->problem.needs = needs;
    problem->problem.need_count = total;
    return code;
}
