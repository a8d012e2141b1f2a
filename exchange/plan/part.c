/* A part of a problem. */
#include "exchange/plan/part.h"

#include <string.h>

struct making {
    struct arena *arena;
    const struct plan_problem *problem;
    const struct plan *plan;
    const bool *is_released, *is_wanted;
    size_t words;               /* of a set of dates */
    uint64_t *busy, *room_busy; /* person or room × dates, a set each */
    int *given;
    bool *is_served;
    int *new_person; /* of the whole: of the part, -1 */
    struct part *out;
    struct err *err;
};

static err_code no_room(const struct making *making)
{
    return err_set(making->err, ERR_MEMORY, "no room for a part of a plan");
}

static void block(const struct making *making, uint64_t *dates, int date)
{
    for (size_t d = 0; d < making->problem->date_count; d++)
        if (problem_dates_clash(making->problem, date, (int)d))
            dates[d / 64] |= (uint64_t)1 << (d % 64);
}

/* What the sessions that stay take. */
static void block_held(const struct making *making)
{
    const struct plan_problem *problem = making->problem;

    for (size_t i = 0; i < making->plan->session_count; i++) {
        const struct plan_session *session = &making->plan->sessions[i];
        if (making->is_released[i])
            continue;
        if (problem->rooms[session->room].commune >= 0)
            block(making, &making->room_busy[(size_t)session->room * making->words],
                  session->date);
        for (int k = 0; k < PLAN_TRAINERS_MOST && session->trainers[k] >= 0; k++) {
            making->given[session->trainers[k]]++;
            block(making, &making->busy[(size_t)session->trainers[k] * making->words],
                  session->date);
        }
        for (size_t n = 0; n < session->need_count; n++) {
            int need = session->needs[n];
            making->is_served[need] = true;
            block(making,
                  &making->busy[(size_t)problem->needs[need].person * making->words],
                  session->date);
        }
    }
}

/* `dates` without those that are busy; NULL: no memory. */
static const uint64_t *less(const struct making *making, const uint64_t *dates,
                            const uint64_t *busy)
{
    uint64_t *left = arena_array(making->arena, making->words + 1, sizeof *left);

    for (size_t w = 0; left && w < making->words; w++)
        left[w] = dates[w] & ~busy[w];
    return left;
}

/* The person's index in the part, made when she is new there. */
static int person_in(struct making *making, int person, struct plan_person *people,
                     int *person_of)
{
    size_t *count = &making->out->problem.person_count;
    struct plan_person *copy;

    if (making->new_person[person] >= 0)
        return making->new_person[person];
    copy = &people[*count];
    *copy = making->problem->people[person];
    copy->dates =
        less(making, copy->dates, &making->busy[(size_t)person * making->words]);
    copy->load += making->given[person];
    if (copy->quota > making->given[person])
        copy->quota -= making->given[person];
    else if (copy->quota > 0) { /* still somebody who could give it: no circle then */
        copy->quota = 1;
        copy->dates = arena_array(making->arena, making->words + 1, sizeof(uint64_t));
    }
    person_of[*count] = person;
    making->new_person[person] = (int)*count;
    return (int)(*count)++;
}

static err_code make_people(struct making *making)
{
    const struct plan_problem *problem = making->problem;
    struct plan_problem *part = &making->out->problem;
    struct plan_person *people =
        arena_array(making->arena, problem->person_count + 1, sizeof *people);
    struct plan_need *needs =
        arena_array(making->arena, problem->need_count + 1, sizeof *needs);
    int *person_of = arena_array(making->arena, problem->person_count + 1, sizeof(int));
    int *need_of = arena_array(making->arena, problem->need_count + 1, sizeof(int));

    if (!people || !needs || !person_of || !need_of)
        return no_room(making);
    for (size_t n = 0; n < problem->need_count; n++) {
        struct plan_need *copy = &needs[part->need_count];
        if (making->is_served[n] || (making->is_wanted && !making->is_wanted[n]))
            continue;
        *copy = problem->needs[n];
        copy->dates = less(making, copy->dates,
                           &making->busy[(size_t)copy->person * making->words]);
        copy->person = person_in(making, copy->person, people, person_of);
        need_of[part->need_count++] = (int)n;
    }
    for (size_t p = 0; p < problem->person_count; p++)
        if (problem->people[p].share_count && problem->people[p].quota > 0)
            (void)person_in(making, (int)p, people, person_of);
    part->people = people;
    part->needs = needs;
    making->out->person_of = person_of;
    making->out->need_of = need_of;
    return arena_failed(making->arena) ? no_room(making) : ERR_NONE;
}

static err_code make_rooms(const struct making *making)
{
    const struct plan_problem *problem = making->problem;
    struct plan_problem *part = &making->out->problem;
    struct plan_room *rooms =
        arena_array(making->arena, problem->room_count + 1, sizeof *rooms);
    int *room_of = arena_array(making->arena, problem->room_count + 1, sizeof(int));

    if (!rooms || !room_of)
        return no_room(making);
    for (size_t r = 0; r < problem->room_count; r++) {
        rooms[r] = problem->rooms[r];
        rooms[r].dates =
            less(making, rooms[r].dates, &making->room_busy[r * making->words]);
        room_of[r] = (int)r;
    }
    part->rooms = rooms;
    making->out->room_of = room_of;
    return arena_failed(making->arena) ? no_room(making) : ERR_NONE;
}

err_code part_make(struct arena *arena, const struct plan_problem *problem,
                   const struct plan *plan, const bool *is_released,
                   const bool *is_wanted, struct part *out, struct err *err)
{
    size_t words = (problem->date_count + 63) / 64, people = problem->person_count;
    struct making making = {
        .arena = arena,
        .problem = problem,
        .plan = plan,
        .is_released = is_released,
        .is_wanted = is_wanted,
        .words = words,
        .busy = arena_array(arena, people * words + 1, sizeof(uint64_t)),
        .room_busy =
            arena_array(arena, problem->room_count * words + 1, sizeof(uint64_t)),
        .given = arena_array(arena, people + 1, sizeof(int)),
        .is_served = arena_array(arena, problem->need_count + 1, sizeof(bool)),
        .new_person = arena_array(arena, people + 1, sizeof(int)),
        .out = out,
        .err = err};
    err_code code;

    if (arena_failed(arena))
        return no_room(&making);
    for (size_t p = 0; p < people; p++)
        making.new_person[p] = -1;
    block_held(&making);
    *out = (struct part){.problem = *problem};
    out->problem.person_count = out->problem.need_count = 0;
    code = make_people(&making);
    return code == ERR_NONE ? make_rooms(&making) : code;
}

err_code part_join(struct arena *arena, const struct plan_problem *problem,
                   const struct plan *plan, const bool *is_released,
                   const struct part *part, const struct plan *of_part, struct plan *out,
                   struct err *err)
{
    struct plan made = {
        .sessions = arena_array(arena, plan->session_count + of_part->session_count + 1,
                                sizeof *made.sessions)};

    if (!made.sessions)
        return err_set(err, ERR_MEMORY, "no room for a plan");
    for (size_t i = 0; i < plan->session_count; i++)
        if (!is_released[i])
            made.sessions[made.session_count++] = plan->sessions[i];
    for (size_t i = 0; i < of_part->session_count; i++) {
        struct plan_session *session = &made.sessions[made.session_count++];
        *session = of_part->sessions[i];
        session->room = part->room_of[session->room];
        for (int k = 0; k < PLAN_TRAINERS_MOST; k++)
            if (session->trainers[k] >= 0)
                session->trainers[k] = part->person_of[session->trainers[k]];
        session->needs = arena_array(arena, session->need_count + 1, sizeof(int));
        if (!session->needs)
            return err_set(err, ERR_MEMORY, "no room for a plan");
        for (size_t n = 0; n < session->need_count; n++)
            session->needs[n] = part->need_of[of_part->sessions[i].needs[n]];
    }
    made.value = plan_value(problem, &made);
    *out = made;
    return ERR_NONE;
}
