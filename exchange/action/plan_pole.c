/* Planning sessions for a pole. */
#include "exchange/action/plan_pole.h"

#include "exchange/action/plan_problem.h"
#include "store/skills.h"

#include <stdlib.h>

static err_code name_skill(struct ctx *ctx, int64_t skill_id, const char **name,
                           struct err *err)
{
    struct skill skill;
    err_code code = skills_get(ctx->db, ctx->arena, skill_id, &skill, err);

    if (code == ERR_NONE)
        *name = skill_name(&skill, ctx->lang ? ctx->lang : ctx->config->languages[0]);
    return code;
}

static void name_trainer(const struct pole_problem *problem,
                         const struct plan_session *planned,
                         struct planned_session *session)
{
    const struct plan_person *person;

    if (planned->trainers[0] < 0)
        return;
    for (size_t i = 0; i < problem->trainer_count; i++) {
        const struct trainer *trainer = &problem->trainers[i];
        if (trainer->at != planned->trainers[0])
            continue;
        session->trainer_id = trainer->person.id;
        session->trainer = trainer->person.name;
        session->trainer_left = trainer->left;
    }
    person = &problem->problem.people[planned->trainers[0]];
    for (size_t i = 0; i < person->share_count; i++)
        if (person->shares[i].skill == planned->skill)
            session->trainer_level = person->shares[i].level;
}

/* Other half-days when the trainer and all who come could. */
static int times_left(const struct pole_problem *problem,
                      const struct plan_session *planned)
{
    const struct plan_problem *plan = &problem->problem;
    int count = 0;

    for (size_t date = 0; date < plan->date_count; date++) {
        bool suits = (int)date != planned->date &&
                     (planned->trainers[0] < 0 ||
                      plan_has_date(plan->people[planned->trainers[0]].dates, (int)date));
        for (size_t i = 0; suits && i < planned->need_count; i++)
            suits = plan_has_date(plan->needs[planned->needs[i]].dates, (int)date);
        count += suits;
    }
    return count;
}

static err_code name_session(const struct pole_problem *problem,
                             const struct plan_session *planned,
                             struct planned_session *session, struct err *err)
{
    const struct plan_date *date = &problem->problem.dates[planned->date];
    const struct room *room = &problem->rooms[planned->room];

    *session = (struct planned_session){.skill_id = problem->skill_ids[planned->skill],
                                        .level = planned->level,
                                        .starts_at = date->starts_at,
                                        .ends_at = date->ends_at,
                                        .room_id = room->id,
                                        .room = room->id ? room->name : NULL,
                                        .commune = room->commune,
                                        .needs = planned->needs,
                                        .need_count = planned->need_count,
                                        .times_left = times_left(problem, planned)};
    name_trainer(problem, planned, session);
    return name_skill(problem->ctx, session->skill_id, &session->skill, err);
}

static int by_date(const void *a, const void *b)
{
    const struct planned_session *x = a, *y = b;

    if (x->starts_at != y->starts_at)
        return x->starts_at < y->starts_at ? -1 : 1;
    return (x->skill_id > y->skill_id) - (x->skill_id < y->skill_id);
}

static err_code tell_plan(const struct pole_problem *problem,
                          const struct solution *solution, struct pole_plan *out,
                          struct err *err)
{
    const struct plan *plan = &solution->plan;
    err_code code = ERR_NONE;

    out->sessions =
        arena_array(problem->ctx->arena, plan->session_count + 1, sizeof *out->sessions);
    if (!out->sessions)
        return err_set(err, ERR_MEMORY, "no room for a plan");
    out->session_count = plan->session_count;
    out->value = plan->value;
    out->bound = solution->bound;
    for (size_t i = 0; code == ERR_NONE && i < plan->session_count; i++)
        code = name_session(problem, &plan->sessions[i], &out->sessions[i], err);
    if (code == ERR_NONE && out->session_count)
        qsort(out->sessions, out->session_count, sizeof *out->sessions, by_date);
    for (size_t i = 0; code == ERR_NONE && i < problem->need_count; i++) {
        problem->needs[i].reason = solution->reasons[i];
        out->served += solution->reasons[i] == UNSERVED_NOT;
        code = name_skill(problem->ctx, problem->needs[i].skill_id,
                          &problem->needs[i].skill, err);
    }
    return code;
}

err_code plan_pole(struct ctx *ctx, const struct plan_wish *wish, struct pole_plan *out,
                   struct err *err)
{
    const struct solve_options options = {
        .time_ms = wish->time_ms, .rounds = wish->rounds, .seed = wish->seed};
    struct pole_problem problem;
    struct solution solution;
    err_code code = plan_problem_read(ctx, wish, &problem, err);

    if (code != ERR_NONE)
        return code;
    *out = (struct pole_plan){.needs = problem.needs,
                              .need_count = problem.need_count,
                              .unqualified = problem.unqualified,
                              .trainer_count = problem.trainer_count,
                              .room_count = problem.room_count,
                              .date_count = problem.problem.date_count};
    if (problem.need_count == 0)
        return ERR_NONE;
    code = solve(ctx->arena, &problem.problem, &options, &solution, err);
    return code == ERR_NONE ? tell_plan(&problem, &solution, out, err) : code;
}
