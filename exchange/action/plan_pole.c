/* Planning sessions for a pole. */
#include "exchange/action/plan_pole.h"

#include "exchange/action/plan_problem.h"
#include "exchange/action/subject.h"
#include "store/people.h"

#include <stdlib.h>

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

/* Those it serves, and who gives it too. */
static err_code set_people(const struct pole_problem *problem,
                           const struct plan_session *planned,
                           struct planned_session *session, struct err *err)
{
    int *needs = arena_array(problem->ctx->arena, planned->need_count + 1, sizeof *needs);
    struct person person = {.id = 0};
    err_code code = ERR_NONE;

    if (!needs)
        return err_set(err, ERR_MEMORY, "no room for a plan");
    for (size_t i = 0; code == ERR_NONE && i < planned->need_count; i++) {
        size_t need = (size_t)planned->needs[i];
        if (need < problem->need_count) {
            needs[session->need_count++] = planned->needs[i];
            continue;
        }
        session->second_id = problem->seconds[need - problem->need_count].person_id;
        code = people_get(problem->ctx->db, problem->ctx->arena, session->second_id,
                          &person, err);
        session->second = person.name;
    }
    session->needs = needs;
    return code;
}

static err_code name_session(const struct pole_problem *problem,
                             const struct plan_session *planned,
                             struct planned_session *session, struct err *err)
{
    const struct plan_problem *plan = &problem->problem;
    const struct plan_date *date = &plan->dates[planned->date];
    const struct room *room = &problem->rooms[planned->room];
    err_code code;

    *session = (struct planned_session){
        .skill_id = problem->skill_ids[planned->skill],
        .level = planned->level,
        .seats = room->capacity < plan->seats_most ? room->capacity : plan->seats_most,
        .starts_at = date->starts_at,
        .ends_at = date->ends_at,
        .room_id = room->id,
        .room = room->id ? room->name : NULL,
        .commune = room->commune,
        .times_left = times_left(problem, planned)};
    code = set_people(problem, planned, session, err);
    if (code != ERR_NONE)
        return code;
    name_trainer(problem, planned, session);
    return subject_name(problem->ctx, session->skill_id, &session->skill, err);
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
        code = subject_name(problem->ctx, problem->needs[i].skill_id,
                            &problem->needs[i].skill, err);
    }
    return code;
}

err_code plan_pole(struct ctx *ctx, const struct plan_wish *wish, struct pole_plan *out,
                   struct err *err)
{
    const struct solve_options options = {.time_ms = wish->time_ms,
                                          .rounds = wish->rounds,
                                          .seed = wish->seed,
                                          .is_alone = wish->is_alone};
    struct pole_problem problem;
    struct solution solution;
    err_code code = plan_problem_read(ctx, wish, &problem, err);

    if (code != ERR_NONE)
        return code;
    *out = (struct pole_plan){.needs = problem.needs,
                              .need_count = problem.need_count,
                              .unqualified = problem.unqualified,
                              .kept = problem.kept,
                              .refusals = problem.without.skill_count +
                                          problem.without.person_count +
                                          problem.without.day_count,
                              .trainer_count = problem.trainer_count,
                              .room_count = problem.room_count,
                              .date_count = problem.problem.date_count};
    if (problem.need_count == 0)
        return ERR_NONE;
    code = solve(ctx->arena, &problem.problem, &options, &solution, err);
    return code == ERR_NONE ? tell_plan(&problem, &solution, out, err) : code;
}
