/* The people of a problem of the planner: those who could teach, those who ask. */
#include "exchange/action/gap_supply.h"
#include "exchange/action/ids.h"
#include "exchange/action/introduction.h"
#include "exchange/action/plan_problem.h"
#include "exchange/action/same.h"
#include "exchange/model/week.h"
#include "store/people.h"
#include "store/plans.h"

#include <stdlib.h>
#include <string.h>

enum {
    TRAINERS_EACH = 20, /* of a skill: the best of those who could teach it */
    TAUGHT_LEVEL = 3,   /* of who shares and did not say */
    GIVEN_MOST = 2      /* sessions of one trainer in a plan */
};

/* Those who could teach a skill compete for the places: members of the pole first. */
static int by_fitness(const void *a, const void *b)
{
    const struct gap_entry *x = a, *y = b;

    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    if (x->is_here != y->is_here)
        return x->is_here ? -1 : 1;
    return (x->person_id > y->person_id) - (x->person_id < y->person_id);
}

const struct trainer *plan_trainer_of(const struct pole_problem *problem,
                                      int64_t person_id)
{
    size_t at = ids_place(problem->trainer_ids, problem->trainer_count, person_id);

    return at == IDS_NONE ? NULL : &problem->trainers[at];
}

static err_code read_trainer(struct pole_problem *problem, int64_t person_id,
                             struct trainer *out, struct err *err)
{
    struct ctx *ctx = problem->ctx;
    int64_t quota = 0, used = 0;
    err_code code = people_get(ctx->db, ctx->arena, person_id, &out->person, err);

    if (code == ERR_NONE)
        code = introduction_quota(ctx->db, ctx->config, &out->person, ctx->now, &quota,
                                  &used, err);
    out->left = (int)(quota - used);
    return code;
}

/* Keeps the live ones that were not refused, TRAINERS_EACH of each skill; how many. */
static size_t keep_live(struct pole_problem *problem, struct gap_entry *entries,
                        size_t count)
{
    const struct plan_without *without = &problem->without;
    size_t live = 0, kept = 0, run = 0, last = 0;

    for (size_t i = 0; i < count; i++)
        if (entries[i].state == KNOWS_LIVE &&
            !is_among(without->person_ids, without->person_count, entries[i].person_id))
            entries[live++] = entries[i];
    if (live)
        qsort(entries, live, sizeof *entries, by_fitness);
    for (size_t i = 0; i < live; i++) {
        run = i && entries[i].row == last ? run + 1 : 0;
        last = entries[i].row;
        problem->teachers[last]++;
        if (run < TRAINERS_EACH)
            entries[kept++] = entries[i];
    }
    return kept;
}

/* The live people who share one of the skills, and what they share. */
static err_code read_trainers(struct pole_problem *problem, struct gap_entry **entries,
                              size_t *kept, struct err *err)
{
    struct ctx *ctx = problem->ctx;
    const struct gap_wanted wanted = {.pole_id = problem->wish->pole_id,
                                      .skill_ids = problem->skill_ids,
                                      .skill_count = problem->skill_count};
    size_t count = 0;
    err_code code = gap_supply_read(ctx, ctx->arena, &wanted, entries, &count, err);

    *kept = 0;
    problem->teachers =
        arena_array(ctx->arena, problem->skill_count + 1, sizeof *problem->teachers);
    problem->trainers = arena_array(ctx->arena, count + 1, sizeof *problem->trainers);
    problem->trainer_ids = arena_array(ctx->arena, count + 1, sizeof(int64_t));
    if (code == ERR_NONE &&
        (!problem->teachers || !problem->trainers || !problem->trainer_ids))
        code = err_set(err, ERR_MEMORY, "no room for trainers");
    if (code != ERR_NONE)
        return code;
    *kept = keep_live(problem, *entries, count);
    for (size_t i = 0; i < *kept; i++)
        problem->trainer_ids[i] = (*entries)[i].person_id;
    problem->trainer_count = ids_unique(problem->trainer_ids, *kept);
    for (size_t i = 0; code == ERR_NONE && i < problem->trainer_count; i++)
        code = read_trainer(problem, problem->trainer_ids[i], &problem->trainers[i], err);
    return code;
}

/* What she says of a skill that answers one asked for; the best level of all she shares
 * when it is under another name. */
static int level_of(const struct person *person, int64_t skill_id)
{
    int best = 0;

    for (size_t i = 0; i < person->skill_count; i++) {
        const struct person_skill *skill = &person->skills[i];
        int level = skill->level ? (int)skill->level : TAUGHT_LEVEL;
        if (!skill->is_shared)
            continue;
        if (skill->skill_id == skill_id)
            return level;
        best = level > best ? level : best;
    }
    return best ? best : TAUGHT_LEVEL;
}

static int by_person(const void *a, const void *b)
{
    const struct gap_entry *x = a, *y = b;

    if (x->person_id != y->person_id)
        return x->person_id < y->person_id ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static err_code set_shares(struct pole_problem *problem, struct plan_person *people,
                           struct gap_entry *entries, size_t count, struct err *err)
{
    struct plan_share *shares =
        arena_array(problem->ctx->arena, count + 1, sizeof *shares);
    size_t next = 0;

    if (!shares)
        return err_set(err, ERR_MEMORY, "no room for shares");
    if (count)
        qsort(entries, count, sizeof *entries, by_person);
    for (size_t t = 0; t < problem->trainer_count; t++) {
        const struct trainer *trainer = &problem->trainers[t];
        struct plan_person *person = &people[trainer->at];
        person->shares = &shares[next];
        for (; next < count && entries[next].person_id == trainer->person.id; next++) {
            shares[next] = (struct plan_share){
                .skill = (int)entries[next].row,
                .level =
                    level_of(&trainer->person, problem->skill_ids[entries[next].row])};
            person->share_count++;
        }
    }
    return ERR_NONE;
}

/* What the plan before had each of them give. */
static err_code set_given(struct pole_problem *problem, struct plan_person *people,
                          struct err *err)
{
    const struct kept_plan *before = &problem->before;
    struct plan_given *given =
        arena_array(problem->ctx->arena, before->session_count + 1, sizeof *given);
    size_t next = 0;

    if (!given)
        return err_set(err, ERR_MEMORY, "no room for the plan before");
    for (size_t t = 0; t < problem->trainer_count; t++) {
        struct plan_person *person = &people[problem->trainers[t].at];
        person->given = &given[next];
        for (size_t s = 0; s < before->session_count; s++) {
            const struct kept_session *session = &before->sessions[s];
            size_t skill =
                ids_place(problem->skill_ids, problem->skill_count, session->skill_id);
            int date = plan_date_at(problem, session->starts_at);
            if (session->trainer_id != problem->trainers[t].person.id || !date ||
                skill == IDS_NONE)
                continue;
            given[next++] = (struct plan_given){(int)skill, date - 1};
            person->given_count++;
        }
    }
    return ERR_NONE;
}

static uint64_t language_bits(const char *codes)
{
    enum { FRENCH = 1 };
    uint64_t bits = 0;

    for (const char *at = codes ? codes : ""; at[0] && at[1]; at += at[2] ? 3 : 2)
        if (at[0] >= 'a' && at[0] <= 'z' && at[1] >= 'a' && at[1] <= 'z')
            bits |= strncmp(at, "fr", 2) == 0
                        ? (uint64_t)FRENCH
                        : (uint64_t)1 << (1 + (unsigned)(at[0] * 7 + at[1]) % 63);
    return bits ? bits : FRENCH;
}

void plan_dates_less(const struct pole_problem *problem, size_t at, uint64_t *dates)
{
    const struct plan_problem *plan = &problem->problem;

    for (size_t i = 0; i < problem->busy_count; i++) {
        if (problem->busy[i].person_id != problem->person_ids[at])
            continue;
        for (size_t d = 0; d < plan->date_count; d++)
            if (plan->dates[d].starts_at < problem->busy[i].ends_at &&
                problem->busy[i].starts_at < plan->dates[d].ends_at)
                dates[d / 64] &= ~((uint64_t)1 << (d % 64));
    }
}

static err_code set_person(struct pole_problem *problem, size_t at,
                           const struct person *person, struct plan_person *out,
                           struct err *err)
{
    uint64_t *dates;

    problem->parts[at] = week_parts(person->windows, person->window_count);
    problem->pauses[at] = person->pause_until;
    dates = plan_dates_of(problem, problem->parts[at], person->pause_until, 0);
    if (!dates)
        return err_set(err, ERR_MEMORY, "no room for people");
    plan_dates_less(problem, at, dates);
    *out = (struct plan_person){.commune = plan_commune(problem, person->commune),
                                .languages = language_bits(person->languages),
                                .dates = dates,
                                .needs_step_free = person->access != NULL};
    return ERR_NONE;
}

/* Everyone of the problem, in the order of their numbers. */
static err_code list_people(struct pole_problem *problem, struct err *err)
{
    struct arena *arena = problem->ctx->arena;
    size_t most =
        problem->trainer_count + problem->need_count + problem->second_count + 1;
    size_t count = 0;

    problem->person_ids = arena_array(arena, most, sizeof *problem->person_ids);
    problem->parts = arena_array(arena, most, sizeof *problem->parts);
    problem->pauses = arena_array(arena, most, sizeof *problem->pauses);
    if (!problem->person_ids || !problem->parts || !problem->pauses)
        return err_set(err, ERR_MEMORY, "no room for people");
    for (size_t i = 0; i < problem->trainer_count; i++)
        problem->person_ids[count++] = problem->trainer_ids[i];
    for (size_t i = 0; i < problem->need_count; i++)
        problem->person_ids[count++] = problem->needs[i].person_id;
    for (size_t i = 0; i < problem->second_count; i++)
        problem->person_ids[count++] = problem->seconds[i].person_id;
    problem->person_count = ids_unique(problem->person_ids, count);
    for (size_t i = 0; i < problem->trainer_count; i++)
        problem->trainers[i].at = (int)ids_place(
            problem->person_ids, problem->person_count, problem->trainer_ids[i]);
    return ERR_NONE;
}

static err_code read_people(struct pole_problem *problem, struct plan_person *people,
                            const char **names, struct err *err)
{
    struct ctx *ctx = problem->ctx;
    err_code code = ERR_NONE;

    for (size_t at = 0; code == ERR_NONE && at < problem->person_count; at++) {
        const struct trainer *trainer = plan_trainer_of(problem, problem->person_ids[at]);
        struct person person = {.id = 0};
        if (trainer)
            person = trainer->person;
        else if (problem->person_ids[at] > 0)
            code = people_get(ctx->db, ctx->arena, problem->person_ids[at], &person, err);
        names[at] = person.name;
        if (code == ERR_NONE)
            code = set_person(problem, at, &person, &people[at], err);
        if (trainer)
            people[at].quota = trainer->left < GIVEN_MOST ? trainer->left : GIVEN_MOST;
    }
    for (size_t i = 0; code == ERR_NONE && i < problem->need_count; i++)
        problem->needs[i].name = names[ids_place(
            problem->person_ids, problem->person_count, problem->needs[i].person_id)];
    return code;
}

err_code plan_people_read(struct pole_problem *problem, struct err *err)
{
    struct arena *arena = problem->ctx->arena;
    struct plan_person *people = NULL;
    struct gap_entry *entries = NULL;
    const char **names = NULL;
    size_t kept = 0;
    err_code code = read_trainers(problem, &entries, &kept, err);

    if (code == ERR_NONE)
        code = plan_seconds_read(problem, err);
    if (code == ERR_NONE)
        code = list_people(problem, err);
    if (code == ERR_NONE)
        code = plans_busy(problem->ctx->db, arena, problem->ctx->now, &problem->busy,
                          &problem->busy_count, err);
    if (code != ERR_NONE)
        return code;
    people = arena_array(arena, problem->person_count + 1, sizeof *people);
    names = arena_array(arena, problem->person_count + 1, sizeof *names);
    if (!people || !names)
        return err_set(err, ERR_MEMORY, "no room for people");
    code = read_people(problem, people, names, err);
    if (code == ERR_NONE)
        code = set_shares(problem, people, entries, kept, err);
    if (code == ERR_NONE)
        code = set_given(problem, people, err);
    problem->problem.people = people;
    problem->problem.person_count = problem->person_count;
    return code;
}
