/* What a plan is worth. */
#include "exchange/plan/plan.h"

#include <string.h>

static int times_given(const struct plan *plan, size_t before, int person)
{
    int times = 0;

    for (size_t i = 0; i < before; i++)
        for (int k = 0; k < PLAN_TRAINERS_MOST; k++)
            times += plan->sessions[i].trainers[k] == person;
    return times;
}

double plan_value(const struct plan_problem *problem, const struct plan *plan)
{
    const struct plan_weights *weights = &problem->weights;
    double value = 0;

    for (size_t i = 0; i < plan->session_count; i++) {
        const struct plan_session *session = &plan->sessions[i];
        int empty = problem->comfortable - (int)session->need_count;
        bool is_circle = session->trainers[0] < 0;
        value -= weights->session + (empty > 0 ? weights->empty_seat * empty : 0);
        for (int k = 0; k < PLAN_TRAINERS_MOST; k++) {
            int person = session->trainers[k];
            if (person < 0)
                continue;
            value -=
                weights->travel_hour / 60 *
                problem_way_min(problem, problem->people[person].commune, session->room);
            value +=
                problem_trainer_stays(problem, person, session->skill, session->date);
            value -= weights->load *
                     (problem->people[person].load + times_given(plan, i, person));
        }
        for (size_t n = 0; n < session->need_count; n++)
            value +=
                problem_gain(problem, session->needs[n], session->skill, session->level,
                             session->date, session->room, is_circle);
    }
    return value;
}

err_code plan_copy(struct arena *arena, const struct plan *plan, struct plan *out,
                   struct err *err)
{
    struct plan copy = *plan;
    bool is_full = false;

    copy.sessions = arena_array(arena, plan->session_count + 1, sizeof *copy.sessions);
    for (size_t i = 0; copy.sessions && i < plan->session_count; i++) {
        size_t count = plan->sessions[i].need_count;
        copy.sessions[i] = plan->sessions[i];
        copy.sessions[i].needs = arena_array(arena, count + 1, sizeof(int));
        is_full = is_full || !copy.sessions[i].needs;
        if (copy.sessions[i].needs)
            memcpy(copy.sessions[i].needs, plan->sessions[i].needs, count * sizeof(int));
    }
    if (!copy.sessions || is_full)
        return err_set(err, ERR_MEMORY, "no room for a plan");
    *out = copy;
    return ERR_NONE;
}
