/* Why a need is left. */
#include "exchange/plan/reason.h"

struct looking {
    const struct topics *topics;
    const struct plan_problem *problem;
    int *given; /* sessions a person gives in the plan */
};

const char *unserved_word(enum unserved_reason reason)
{
    static const char *const words[] = {"served",          "no_teacher", "no_common_time",
                                        "below_threshold", "no_room",    "quota",
                                        "worth_less"};

    return words[reason];
}

/* Whether anyone may teach what the need could be served by, however few want it. */
static bool has_teacher(const struct looking *looking, const struct plan_need *need)
{
    const struct plan_problem *problem = looking->problem;

    for (size_t s = 0; s < problem->skill_count; s++) {
        if (problem_closeness(problem, need->skill, (int)s) <= 0)
            continue;
        for (int level = need->level - 1; level <= need->level + 1; level++)
            for (size_t p = 0;
                 level >= 1 && level <= PLAN_LEVELS && p < problem->person_count; p++)
                if (problem->people[p].quota > 0 &&
                    problem_can_teach(problem, (int)p, (int)s, level))
                    return true;
    }
    return false;
}

static size_t could_come(const struct looking *looking, const struct topic *topic,
                         int date)
{
    size_t count = 0;

    for (size_t i = 0; i < topic->fit_count; i++)
        count += plan_has_date(looking->problem->needs[topic->fits[i].need].dates, date);
    return count;
}

static bool has_room(const struct looking *looking, const struct topic *topic,
                     const struct plan_need *need, int date)
{
    const struct plan_problem *problem = looking->problem;
    const struct plan_person *person = &problem->people[need->person];

    for (size_t r = 0; r < problem->room_count; r++) {
        const struct plan_room *room = &problem->rooms[r];
        if (plan_has_date(room->dates, date) && room->capacity >= problem->threshold &&
            !(problem->skills[topic->skill].equipment & ~room->equipment) &&
            problem_way_min(problem, person->commune, (int)r) >= 0 &&
            (!person->needs_step_free || room->is_step_free))
            return true;
    }
    return false;
}

/* The farthest rule that a topic reaches on a date. */
static enum unserved_reason look_at(const struct looking *looking,
                                    const struct topic *topic,
                                    const struct plan_need *need, int date)
{
    const struct plan_problem *problem = looking->problem;
    bool is_there = topic->has_circle, is_left = topic->has_circle;

    for (size_t i = 0; i < topic->teacher_count; i++) {
        int teacher = topic->teachers[i];
        if (teacher == need->person ||
            !plan_has_date(problem->people[teacher].dates, date))
            continue;
        is_there = true;
        is_left = is_left || looking->given[teacher] < problem->people[teacher].quota;
    }
    if (!is_there)
        return UNSERVED_NO_COMMON_TIME;
    if (could_come(looking, topic, date) < (size_t)problem->threshold)
        return UNSERVED_BELOW_THRESHOLD;
    if (!has_room(looking, topic, need, date))
        return UNSERVED_NO_ROOM;
    return is_left ? UNSERVED_WORTH_LESS : UNSERVED_QUOTA;
}

static enum unserved_reason reason_of(const struct looking *looking, int index)
{
    const struct plan_need *need = &looking->problem->needs[index];
    const struct topics *topics = looking->topics;
    enum unserved_reason farthest = UNSERVED_NO_COMMON_TIME;

    if (topics->first_of_need[index] == topics->first_of_need[index + 1])
        return has_teacher(looking, need) ? UNSERVED_BELOW_THRESHOLD
                                          : UNSERVED_NO_TEACHER;
    for (int i = topics->first_of_need[index]; i < topics->first_of_need[index + 1]; i++)
        for (size_t d = 0; d < looking->problem->date_count; d++) {
            enum unserved_reason reason;
            if (!plan_has_date(need->dates, (int)d))
                continue;
            reason = look_at(looking, &topics->items[topics->of_need[i]], need, (int)d);
            if (reason > farthest)
                farthest = reason;
        }
    return farthest;
}

err_code reasons_find(struct arena *arena, const struct topics *topics,
                      const struct plan *plan, enum unserved_reason **out,
                      struct err *err)
{
    const struct plan_problem *problem = topics->problem;
    enum unserved_reason *reasons =
        arena_array(arena, problem->need_count + 1, sizeof *reasons);
    bool *is_served = arena_array(arena, problem->need_count + 1, sizeof *is_served);
    struct looking looking = {
        topics, problem,
        arena_array(arena, problem->person_count + 1, sizeof *looking.given)};

    if (!reasons || !is_served || !looking.given)
        return err_set(err, ERR_MEMORY, "no room for reasons");
    for (size_t i = 0; i < plan->session_count; i++) {
        for (size_t n = 0; n < plan->sessions[i].need_count; n++)
            is_served[plan->sessions[i].needs[n]] = true;
        for (int k = 0; k < PLAN_TRAINERS_MOST; k++)
            if (plan->sessions[i].trainers[k] >= 0)
                looking.given[plan->sessions[i].trainers[k]]++;
    }
    for (size_t n = 0; n < problem->need_count; n++)
        reasons[n] = is_served[n] ? UNSERVED_NOT : reason_of(&looking, (int)n);
    *out = reasons;
    return ERR_NONE;
}
