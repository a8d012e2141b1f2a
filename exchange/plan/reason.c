/* Why a need is left. */
#include "exchange/plan/reason.h"

/* A topic on a date: how many needs could come, how many teachers are there, and how many
 * of these have a session left to give. */
struct tally {
    int come, there, left;
};

struct looking {
    struct arena *arena;
    const struct topics *topics;
    const struct plan_problem *problem;
    int *given;             /* sessions a person gives in the plan */
    struct tally **tallies; /* of a topic, by date; NULL: not counted yet */
    signed char
        *is_taught; /* skill × level: 0 not known yet, 1 by somebody, -1 by nobody */
};

const char *unserved_word(enum unserved_reason reason)
{
    static const char *const words[] = {"served",          "no_teacher", "no_common_time",
                                        "below_threshold", "no_room",    "quota",
                                        "worth_less"};

    return words[reason];
}

static bool is_taught(struct looking *looking, size_t skill, int level)
{
    const struct plan_problem *problem = looking->problem;
    signed char *known = &looking->is_taught[skill * PLAN_LEVELS + (size_t)level - 1];

    for (size_t p = 0; !*known && p < problem->person_count; p++)
        if (problem->people[p].quota > 0 &&
            problem_can_teach(problem, (int)p, (int)skill, level))
            *known = 1;
    *known = *known ? *known : -1;
    return *known > 0;
}

/* Whether anyone may teach what the need could be served by, however few want it. */
static bool has_teacher(struct looking *looking, const struct plan_need *need)
{
    const struct plan_problem *problem = looking->problem;

    for (size_t s = 0; s < problem->skill_count; s++) {
        if (problem_nearness(problem, need, (int)s) <= 0)
            continue;
        for (int level = 1; level <= PLAN_LEVELS; level++)
            if (problem_levels_off(need, level) <= 1 && is_taught(looking, s, level))
                return true;
    }
    return false;
}

static void add_dates(struct tally *tallies, size_t count, const uint64_t *dates,
                      const struct tally *add)
{
    for (size_t d = 0; d < count; d++)
        if (plan_has_date(dates, (int)d)) {
            tallies[d].come += add->come;
            tallies[d].there += add->there;
            tallies[d].left += add->left;
        }
}

static bool is_left(const struct looking *looking, int teacher)
{
    return looking->given[teacher] < looking->problem->people[teacher].quota;
}

/* Counted once for all needs; NULL without room. */
static const struct tally *tally_of(struct looking *looking, int index)
{
    const struct plan_problem *problem = looking->problem;
    const struct topic *topic = &looking->topics->items[index];
    struct tally *tallies = looking->tallies[index];

    if (tallies)
        return tallies;
    tallies = arena_array(looking->arena, problem->date_count + 1, sizeof *tallies);
    for (size_t i = 0; tallies && i < topic->fit_count; i++)
        add_dates(tallies, problem->date_count, problem->needs[topic->fits[i].need].dates,
                  &(struct tally){.come = 1});
    for (size_t i = 0; tallies && i < topic->teacher_count; i++)
        add_dates(
            tallies, problem->date_count, problem->people[topic->teachers[i]].dates,
            &(struct tally){.there = 1, .left = is_left(looking, topic->teachers[i])});
    looking->tallies[index] = tallies;
    return tallies;
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

/* The farthest rule that a topic reaches on a date; she does not teach herself. */
static enum unserved_reason look_at(const struct looking *looking,
                                    const struct topic *topic, struct tally tally,
                                    const struct plan_need *need, int date)
{
    if (!topic->has_circle && !tally.there)
        return UNSERVED_NO_COMMON_TIME;
    if (tally.come < looking->problem->threshold)
        return UNSERVED_BELOW_THRESHOLD;
    if (!has_room(looking, topic, need, date))
        return UNSERVED_NO_ROOM;
    return topic->has_circle || tally.left ? UNSERVED_WORTH_LESS : UNSERVED_QUOTA;
}

static bool may_give(const struct topics *topics, int person, int topic)
{
    for (int i = topics->first_of_person[person]; i < topics->first_of_person[person + 1];
         i++)
        if (topics->of_person[i] == topic)
            return true;
    return false;
}

static enum unserved_reason reason_in(struct looking *looking,
                                      const struct plan_need *need, int index)
{
    const struct topic *topic = &looking->topics->items[index];
    const struct tally *tallies = tally_of(looking, index);
    const uint64_t *own = looking->problem->people[need->person].dates;
    bool is_own = may_give(looking->topics, need->person, index);
    enum unserved_reason farthest = UNSERVED_NO_COMMON_TIME;

    for (size_t d = 0; tallies && d < looking->problem->date_count; d++) {
        struct tally tally = tallies[d];
        enum unserved_reason reason;
        if (!plan_has_date(need->dates, (int)d))
            continue;
        if (is_own && plan_has_date(own, (int)d)) {
            tally.there--;
            tally.left -= is_left(looking, need->person);
        }
        reason = look_at(looking, topic, tally, need, (int)d);
        farthest = reason > farthest ? reason : farthest;
    }
    return farthest;
}

static enum unserved_reason reason_of(struct looking *looking, int index)
{
    const struct plan_need *need = &looking->problem->needs[index];
    const struct topics *topics = looking->topics;
    enum unserved_reason farthest = UNSERVED_NO_COMMON_TIME;

    if (topics->first_of_need[index] == topics->first_of_need[index + 1])
        return has_teacher(looking, need) ? UNSERVED_BELOW_THRESHOLD
                                          : UNSERVED_NO_TEACHER;
    for (int i = topics->first_of_need[index]; i < topics->first_of_need[index + 1];
         i++) {
        enum unserved_reason reason = reason_in(looking, need, topics->of_need[i]);
        farthest = reason > farthest ? reason : farthest;
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
        .arena = arena,
        .topics = topics,
        .problem = problem,
        .given = arena_array(arena, problem->person_count + 1, sizeof *looking.given),
        .tallies = arena_array(arena, topics->count + 1, sizeof *looking.tallies),
        .is_taught = arena_array(arena, problem->skill_count * PLAN_LEVELS + 1,
                                 sizeof *looking.is_taught)};

    if (!reasons || !is_served || !looking.given || !looking.tallies ||
        !looking.is_taught)
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
    if (arena_failed(arena))
        return err_set(err, ERR_MEMORY, "no room for reasons");
    *out = reasons;
    return ERR_NONE;
}
