/* The problem of the planner. */
#include "exchange/plan/problem.h"

#include <stdlib.h>

double problem_closeness(const struct plan_problem *problem, int wanted, int skill)
{
    const struct plan_skill *of = &problem->skills[wanted];

    if (wanted == skill)
        return 1;
    for (size_t i = 0; i < of->near_count; i++)
        if (of->near[i].skill == skill)
            return of->near[i].closeness;
    return 0;
}

double problem_way_min(const struct plan_problem *problem, int commune, int room)
{
    int to = problem->rooms[room].commune;
    double way;

    if (to < 0 || commune < 0)
        return 0;
    way = (double)
              problem->travel_min[(size_t)commune * problem->commune_count + (size_t)to];
    return way > problem->travel_most_min ? -1 : way;
}

bool problem_may_enter(const struct plan_problem *problem, int person, int room)
{
    const struct plan_person *of = &problem->people[person];

    return (!of->needs_step_free || problem->rooms[room].is_step_free) &&
           problem_way_min(problem, of->commune, room) >= 0;
}

double problem_need_stays(const struct plan_problem *problem, int need, int date)
{
    return problem->needs[need].kept == date + 1 ? problem->weights.stay : 0;
}

double problem_trainer_stays(const struct plan_problem *problem, int person, int skill,
                             int date)
{
    const struct plan_person *of = &problem->people[person];

    for (size_t i = 0; i < of->given_count; i++)
        if (of->given[i].skill == skill && of->given[i].date == date)
            return problem->weights.stay;
    return 0;
}

int problem_levels_off(const struct plan_need *need, int level)
{
    return need->is_second && need->level > level ? 0 : abs(need->level - level);
}

double problem_nearness(const struct plan_problem *problem, const struct plan_need *need,
                        int skill)
{
    return need->is_second && need->skill != skill
               ? 0
               : problem_closeness(problem, need->skill, skill);
}

double problem_fit(const struct plan_problem *problem, const struct plan_need *need,
                   int skill, int level)
{
    int off = problem_levels_off(need, level);
    double gain = need->value * problem_nearness(problem, need, skill);

    return off > 1 ? 0 : off ? gain * problem->weights.level_off : gain;
}

double problem_gain(const struct plan_problem *problem, int need, int skill, int level,
                    int date, int room, bool is_circle)
{
    const struct plan_need *of = &problem->needs[need];
    const struct plan_person *person = &problem->people[of->person];
    double way = problem_way_min(problem, person->commune, room), gain;

    if (way < 0 || (of->is_second && is_circle) ||
        (person->needs_step_free && !problem->rooms[room].is_step_free))
        return -1;
    gain = problem_fit(problem, of, skill, level);
    if (is_circle)
        gain *= problem->weights.circle;
    return gain > 0 ? gain - problem->weights.travel_hour * way / 60 +
                          problem_need_stays(problem, need, date)
                    : -1;
}

bool problem_can_teach(const struct plan_problem *problem, int person, int skill,
                       int level)
{
    const struct plan_person *of = &problem->people[person];
    int least = level < PLAN_LEVELS ? level + 1 : PLAN_LEVELS;

    for (size_t i = 0; i < of->share_count; i++)
        if (of->shares[i].skill == skill && of->shares[i].level >= least)
            return true;
    return false;
}

bool problem_dates_clash(const struct plan_problem *problem, int a, int b)
{
    const struct plan_date *one = &problem->dates[a], *other = &problem->dates[b];

    return one->starts_at < other->ends_at && other->starts_at < one->ends_at;
}
