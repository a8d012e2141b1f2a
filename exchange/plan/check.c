/* Whether a plan keeps every rule: by a way of its own. */
#include "exchange/plan/plan.h"

#include <math.h>
#include <stdlib.h>

struct checking {
    const struct plan_problem *problem;
    const struct plan *plan;
    struct err *err;
};

#define BREAKS(checking, i, ...)                                                         \
    (err_set((checking)->err, ERR_INVALID, __VA_ARGS__),                                 \
     err_context((checking)->err, "session %zu", (size_t)(i) + 1), ERR_INVALID)

static bool is_there(int index, size_t count)
{
    return index >= 0 && (size_t)index < count;
}

static err_code check_shape(const struct checking *checking, size_t i)
{
    const struct plan_problem *problem = checking->problem;
    const struct plan_session *session = &checking->plan->sessions[i];
    int seats;

    if (!is_there(session->skill, problem->skill_count) ||
        !is_there(session->date, problem->date_count) ||
        !is_there(session->room, problem->room_count) || session->level < 1 ||
        session->level > PLAN_LEVELS)
        return BREAKS(checking, i,
                      "its skill, level, date or room is none of the problem");
    seats = problem->rooms[session->room].capacity < problem->seats_most
                ? problem->rooms[session->room].capacity
                : problem->seats_most;
    if (session->need_count < (size_t)problem->threshold ||
        session->need_count > (size_t)seats)
        return BREAKS(checking, i, "%zu people; %d to %d are allowed",
                      session->need_count, problem->threshold, seats);
    if (!plan_has_date(problem->rooms[session->room].dates, session->date))
        return BREAKS(checking, i, "room %d is closed on date %d", session->room,
                      session->date);
    if (problem->skills[session->skill].equipment &
        ~problem->rooms[session->room].equipment)
        return BREAKS(checking, i, "room %d lacks what skill %d takes", session->room,
                      session->skill);
    return ERR_NONE;
}

static err_code check_trainers(const struct checking *checking, size_t i)
{
    const struct plan_problem *problem = checking->problem;
    const struct plan_session *session = &checking->plan->sessions[i];

    if (session->trainers[0] < 0 && session->trainers[1] >= 0)
        return BREAKS(checking, i, "a second trainer without a first");
    for (size_t p = 0; session->trainers[0] < 0 && p < problem->person_count; p++)
        if (problem->people[p].quota > 0 &&
            problem_can_teach(problem, (int)p, session->skill, session->level))
            return BREAKS(checking, i, "a circle, though person %zu could give it", p);
    if (session->trainers[0] >= 0 && session->trainers[0] == session->trainers[1])
        return BREAKS(checking, i, "the same trainer twice");
    for (int k = 0; k < PLAN_TRAINERS_MOST && session->trainers[k] >= 0; k++) {
        int person = session->trainers[k];
        if (!is_there(person, problem->person_count))
            return BREAKS(checking, i, "trainer %d is nobody", person);
        if (!problem_can_teach(problem, person, session->skill, session->level))
            return BREAKS(checking, i, "person %d cannot teach skill %d at level %d",
                          person, session->skill, session->level);
        if (!plan_has_date(problem->people[person].dates, session->date))
            return BREAKS(checking, i, "trainer %d is not free on date %d", person,
                          session->date);
        if (problem_way_min(problem, problem->people[person].commune, session->room) < 0)
            return BREAKS(checking, i, "room %d is too far for trainer %d", session->room,
                          person);
        if (problem->people[person].needs_step_free &&
            !problem->rooms[session->room].is_step_free)
            return BREAKS(checking, i, "room %d has steps for trainer %d", session->room,
                          person);
    }
    return ERR_NONE;
}

static err_code check_need(const struct checking *checking, size_t i, int need,
                           bool *is_served)
{
    const struct plan_problem *problem = checking->problem;
    const struct plan_session *session = &checking->plan->sessions[i];
    const struct plan_person *person;

    if (!is_there(need, problem->need_count))
        return BREAKS(checking, i, "need %d is none", need);
    if (is_served[need])
        return BREAKS(checking, i, "need %d is served twice", need);
    is_served[need] = true;
    person = &problem->people[problem->needs[need].person];
    if (problem->needs[need].is_second &&
        (session->trainers[0] < 0 || problem->needs[need].skill != session->skill))
        return BREAKS(checking, i, "need %d is to give another skill, or a circle", need);
    if (!plan_has_date(problem->needs[need].dates, session->date))
        return BREAKS(checking, i, "need %d cannot come on date %d", need, session->date);
    if (problem_closeness(problem, problem->needs[need].skill, session->skill) <= 0 ||
        problem_levels_off(&problem->needs[need], session->level) > 1)
        return BREAKS(checking, i, "need %d wants another skill or level", need);
    if (problem_way_min(problem, person->commune, session->room) < 0)
        return BREAKS(checking, i, "room %d is too far for need %d", session->room, need);
    if (person->needs_step_free && !problem->rooms[session->room].is_step_free)
        return BREAKS(checking, i, "room %d has steps for need %d", session->room, need);
    for (int k = 0; k < PLAN_TRAINERS_MOST && session->trainers[k] >= 0; k++)
        if (!(person->languages & problem->people[session->trainers[k]].languages))
            return BREAKS(checking, i, "need %d and trainer %d speak no common language",
                          need, session->trainers[k]);
    return ERR_NONE;
}

/* Everyone of a session, trainers and learners, one after another; -1 at the end. */
static int person_of(const struct checking *checking, size_t i, size_t number)
{
    const struct plan_session *session = &checking->plan->sessions[i];
    size_t trainers = (size_t)(session->trainers[0] >= 0) + (session->trainers[1] >= 0);

    if (number < trainers)
        return session->trainers[number];
    number -= trainers;
    return number < session->need_count
               ? checking->problem->needs[session->needs[number]].person
               : -1;
}

static err_code check_pair(const struct checking *checking, size_t i, size_t j)
{
    const struct plan_session *one = &checking->plan->sessions[i];
    const struct plan_session *other = &checking->plan->sessions[j];
    int person, met;

    if (!problem_dates_clash(checking->problem, one->date, other->date))
        return ERR_NONE;
    if (one->room == other->room && checking->problem->rooms[one->room].commune >= 0)
        return BREAKS(checking, j, "room %d is used by session %zu too", one->room,
                      i + 1);
    for (size_t a = 0; (person = person_of(checking, i, a)) >= 0; a++)
        for (size_t b = 0; (met = person_of(checking, j, b)) >= 0; b++)
            if (person == met)
                return BREAKS(checking, j, "person %d is in session %zu too", person,
                              i + 1);
    return ERR_NONE;
}

/* Nobody twice in one session either. */
static err_code check_alone(const struct checking *checking, size_t i)
{
    const struct plan_session *session = &checking->plan->sessions[i];
    size_t seconds = 0;
    int person, met;

    for (size_t a = 0; (person = person_of(checking, i, a)) >= 0; a++)
        for (size_t b = 0; b < a && (met = person_of(checking, i, b)) >= 0; b++)
            if (person == met)
                return BREAKS(checking, i, "person %d is there twice", person);
    for (size_t n = 0; n < session->need_count; n++)
        seconds += checking->problem->needs[session->needs[n]].is_second;
    return seconds > 1 ? BREAKS(checking, i, "%zu second trainers", seconds) : ERR_NONE;
}

static err_code check_quotas(const struct checking *checking)
{
    const struct plan_problem *problem = checking->problem;
    int *given = calloc(problem->person_count + 1, sizeof *given);
    err_code code =
        given ? ERR_NONE : err_set(checking->err, ERR_MEMORY, "no room to check a plan");

    for (size_t i = 0; code == ERR_NONE && i < checking->plan->session_count; i++)
        for (int k = 0; code == ERR_NONE && k < PLAN_TRAINERS_MOST; k++) {
            int person = checking->plan->sessions[i].trainers[k];
            if (person >= 0 && ++given[person] > problem->people[person].quota)
                code = BREAKS(checking, i, "trainer %d gives %d sessions, %d at most",
                              person, given[person], problem->people[person].quota);
        }
    free(given);
    return code;
}

static err_code check_sessions(const struct checking *checking, bool *is_served)
{
    const struct plan *plan = checking->plan;
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < plan->session_count; i++) {
        code = check_shape(checking, i);
        if (code == ERR_NONE)
            code = check_trainers(checking, i);
        for (size_t n = 0; code == ERR_NONE && n < plan->sessions[i].need_count; n++)
            code = check_need(checking, i, plan->sessions[i].needs[n], is_served);
        if (code == ERR_NONE)
            code = check_alone(checking, i);
        for (size_t j = 0; code == ERR_NONE && j < i; j++)
            code = check_pair(checking, j, i);
    }
    return code;
}

err_code plan_check(const struct plan_problem *problem, const struct plan *plan,
                    struct err *err)
{
    struct checking checking = {problem, plan, err};
    bool *is_served = calloc(problem->need_count + 1, sizeof *is_served);
    err_code code = is_served ? check_sessions(&checking, is_served)
                              : err_set(err, ERR_MEMORY, "no room to check a plan");
    double value;

    free(is_served);
    if (code == ERR_NONE)
        code = check_quotas(&checking);
    if (code != ERR_NONE)
        return code;
    value = plan_value(problem, plan);
    return fabs(value - plan->value) <= 1e-6 * (1 + fabs(value))
               ? ERR_NONE
               : err_set(err, ERR_INVALID, "the plan says it is worth %.6f, it is %.6f",
                         plan->value, value);
}
