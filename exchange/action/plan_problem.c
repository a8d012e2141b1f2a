/* Needs, people and skills of a problem of the planner. */
#include "exchange/action/plan_problem.h"

#include "exchange/action/gap_supply.h"
#include "exchange/action/ids.h"
#include "exchange/action/introduction.h"
#include "exchange/action/same.h"
#include "exchange/model/week.h"
#include "store/needs.h"
#include "store/people.h"

#include <stdlib.h>
#include <string.h>

enum {
    TRAINERS_EACH = 20, /* of a skill: the best of those who could teach it */
    WAIT_DAYS = 30,     /* a need that waits so long counts half as much again */
    WAITS_MOST = 3,
    LEARNT_LEVEL = 2,  /* wanted by who did not say */
    TAUGHT_LEVEL = 3,  /* of who shares and did not say */
    GIVEN_MOST = 2,    /* sessions of one trainer in a plan */
    WAY_SAME_MIN = 15, /* a town and its next: until distances are known */
    WAY_OTHER_MIN = 35,
    WAY_MOST_MIN = 60,
    SEATS_MOST_PLANNED = 12,
    COMFORTABLE = 6
};

/* Worth of what serves a need, beside 1 for the need itself. */
static const double wait_worth = 0.5, deadline_worth = 0.5, reciprocity_worth = 0.2;

/* Who asks for what, once for each skill. */
static err_code read_asks(struct pole_problem *problem, struct err *err)
{
    struct ctx *ctx = problem->ctx;
    const struct plan_wish *wish = problem->wish;
    struct gap_ask *asks = NULL;
    size_t count = 0;
    int64_t last_unqualified = 0;
    err_code code = gaps_asks(ctx->db, ctx->arena, wish->pole_id, ctx->now, INT64_MAX,
                              &asks, &count, err);

    problem->needs = arena_array(ctx->arena, count + 1, sizeof *problem->needs);
    problem->skill_ids = arena_array(ctx->arena, count + 1, sizeof *problem->skill_ids);
    if (code == ERR_NONE && (!problem->needs || !problem->skill_ids))
        code = err_set(err, ERR_MEMORY, "no room for needs");
    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        const struct gap_ask *ask = &asks[i];
        bool is_twice = false;
        if (!ask->skill_id) {
            problem->unqualified += ask->need_id != last_unqualified;
            last_unqualified = ask->need_id;
            continue;
        }
        if (is_among(wish->without.skill_ids, wish->without.skill_count, ask->skill_id))
            continue;
        for (size_t j = 0; j < problem->need_count; j++)
            is_twice = is_twice || (problem->needs[j].person_id == ask->person_id &&
                                    problem->needs[j].skill_id == ask->skill_id);
        if (is_twice)
            continue;
        problem->needs[problem->need_count] =
            (struct planned_need){.need_id = ask->need_id,
                                  .person_id = ask->person_id,
                                  .skill_id = ask->skill_id,
                                  .created_at = ask->at};
        problem->skill_ids[problem->need_count++] = ask->skill_id;
    }
    if (code != ERR_NONE)
        return code;
    problem->skill_count = ids_unique(problem->skill_ids, problem->need_count);
    return ERR_NONE;
}

/* Those who could teach a skill compete for the places: members of the pole first. */
struct rival {
    struct gap_entry entry;
};

static int by_fitness(const void *a, const void *b)
{
    const struct rival *x = a, *y = b;

    if (x->entry.row != y->entry.row)
        return x->entry.row < y->entry.row ? -1 : 1;
    if (x->entry.is_here != y->entry.is_here)
        return x->entry.is_here ? -1 : 1;
    return (x->entry.person_id > y->entry.person_id) -
           (x->entry.person_id < y->entry.person_id);
}

static uint64_t no_column(const void *of, int64_t id)
{
    (void)of;
    (void)id;
    return 1;
}

static struct trainer *trainer_of(const struct pole_problem *problem, int64_t person_id)
{
    for (size_t i = 0; i < problem->trainer_count; i++)
        if (problem->trainers[i].person.id == person_id)
            return &problem->trainers[i];
    return NULL;
}

static err_code add_trainer(struct pole_problem *problem, int64_t person_id,
                            struct err *err)
{
    struct ctx *ctx = problem->ctx;
    struct trainer *trainer = &problem->trainers[problem->trainer_count];
    int64_t quota = 0, used = 0;
    err_code code = people_get(ctx->db, ctx->arena, person_id, &trainer->person, err);

    if (code == ERR_NONE)
        code = introduction_quota(ctx->db, ctx->config, &trainer->person, ctx->now,
                                  &quota, &used, err);
    if (code != ERR_NONE)
        return code;
    trainer->left = (int)(quota - used);
    problem->trainer_count++;
    return ERR_NONE;
}

/* The live people who share one of the skills, TRAINERS_EACH of each. */
static err_code read_trainers(struct pole_problem *problem, struct gap_entry **out,
                              size_t *kept, struct err *err)
{
    struct ctx *ctx = problem->ctx;
    const struct plan_without *without = &problem->wish->without;
    const struct gap_wanted wanted = {.pole_id = problem->wish->pole_id,
                                      .skill_ids = problem->skill_ids,
                                      .skill_count = problem->skill_count,
                                      .column = no_column};
    struct gap_entry *entries = NULL;
    struct rival *rivals;
    size_t count = 0, used = 0, run = 0;
    err_code code = gap_supply_read(ctx, ctx->arena, &wanted, &entries, &count, err);

    *kept = 0;
    rivals = arena_array(ctx->arena, count + 1, sizeof *rivals);
    problem->trainers = arena_array(ctx->arena, count + 1, sizeof *problem->trainers);
    if (code == ERR_NONE && (!rivals || !problem->trainers))
        code = err_set(err, ERR_MEMORY, "no room for trainers");
    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        if (entries[i].state == KNOWS_LIVE &&
            !is_among(without->person_ids, without->person_count, entries[i].person_id))
            rivals[used++].entry = entries[i];
    if (code == ERR_NONE && used)
        qsort(rivals, used, sizeof *rivals, by_fitness);
    for (size_t i = 0; code == ERR_NONE && i < used; i++) {
        run = i && rivals[i].entry.row == rivals[i - 1].entry.row ? run + 1 : 0;
        if (run >= TRAINERS_EACH)
            continue;
        entries[(*kept)++] = rivals[i].entry;
        if (!trainer_of(problem, rivals[i].entry.person_id))
            code = add_trainer(problem, rivals[i].entry.person_id, err);
    }
    *out = entries;
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

static err_code set_shares(struct pole_problem *problem, struct plan_person *people,
                           const struct gap_entry *entries, size_t count, struct err *err)
{
    struct plan_share *shares =
        arena_array(problem->ctx->arena, count + 1, sizeof *shares);
    size_t used = 0;

    if (!shares)
        return err_set(err, ERR_MEMORY, "no room for shares");
    for (size_t t = 0; t < problem->trainer_count; t++) {
        const struct trainer *trainer = &problem->trainers[t];
        struct plan_person *person = &people[trainer->at];
        person->shares = shares + used;
        for (size_t i = 0; i < count; i++) {
            if (entries[i].person_id != trainer->person.id)
                continue;
            shares[used++] = (struct plan_share){
                .skill = (int)entries[i].row,
                .level = level_of(&trainer->person, problem->skill_ids[entries[i].row])};
            person->share_count++;
        }
    }
    return ERR_NONE;
}

/* The place of a person among those of the problem, made when new. */
static int person_at(struct pole_problem *problem, int64_t person_id)
{
    for (size_t i = 0; i < problem->person_count; i++)
        if (problem->person_ids[i] == person_id)
            return (int)i;
    problem->person_ids[problem->person_count] = person_id;
    return (int)problem->person_count++;
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

static err_code set_person(struct pole_problem *problem, const struct person *person,
                           unsigned parts, struct plan_person *out, struct err *err)
{
    *out = (struct plan_person){.commune = plan_commune(problem, person->commune),
                                .languages = language_bits(person->languages),
                                .dates =
                                    plan_dates_of(problem, parts, person->pause_until, 0),
                                .needs_step_free = person->access != NULL};
    return out->dates ? ERR_NONE : err_set(err, ERR_MEMORY, "no room for people");
}

static err_code read_people(struct pole_problem *problem, struct plan_person **out,
                            struct err *err)
{
    struct ctx *ctx = problem->ctx;
    size_t most = problem->trainer_count + problem->need_count + 1;
    struct plan_person *people = arena_array(ctx->arena, most, sizeof *people);
    err_code code = ERR_NONE;

    problem->person_ids = arena_array(ctx->arena, most, sizeof(int64_t));
    if (!people || !problem->person_ids)
        return err_set(err, ERR_MEMORY, "no room for people");
    for (size_t i = 0; code == ERR_NONE && i < problem->trainer_count; i++) {
        struct trainer *trainer = &problem->trainers[i];
        const struct person *person = &trainer->person;
        trainer->at = person_at(problem, person->id);
        code =
            set_person(problem, person, week_parts(person->windows, person->window_count),
                       &people[trainer->at], err);
        people[trainer->at].quota =
            trainer->left < GIVEN_MOST ? trainer->left : GIVEN_MOST;
    }
    for (size_t i = 0; code == ERR_NONE && i < problem->need_count; i++) {
        struct planned_need *need = &problem->needs[i];
        struct person person = {.id = 0};
        size_t known = problem->person_count;
        int at = person_at(problem, need->person_id);
        if (need->person_id > 0)
            code = people_get(ctx->db, ctx->arena, need->person_id, &person, err);
        need->name = person.name;
        if (code == ERR_NONE && (size_t)at == known)
            code = set_person(problem, &person,
                              week_parts(person.windows, person.window_count),
                              &people[at], err);
    }
    *out = people;
    return code;
}

/* Urgency, waiting, reciprocity. */
static double worth(const struct pole_problem *problem, const struct need *need,
                    const struct planned_need *planned)
{
    int64_t now = problem->ctx->now;
    double waits = (double)(now - planned->created_at) / (double)(WAIT_DAYS * DAY_S);
    double value = 1 + wait_worth * (waits < 0            ? 0
                                     : waits > WAITS_MOST ? WAITS_MOST
                                                          : waits);

    if (need->deadline_at > now && need->deadline_at < now + WAIT_DAYS * DAY_S)
        value += deadline_worth;
    if (need->could_pass_on || trainer_of(problem, planned->person_id))
        value += reciprocity_worth;
    return value;
}

static err_code set_needs(struct pole_problem *problem, const struct plan_person *people,
                          struct err *err)
{
    struct ctx *ctx = problem->ctx;
    struct plan_need *needs =
        arena_array(ctx->arena, problem->need_count + 1, sizeof *needs);
    err_code code = needs ? ERR_NONE : err_set(err, ERR_MEMORY, "no room for needs");

    for (size_t i = 0; code == ERR_NONE && i < problem->need_count; i++) {
        const struct planned_need *planned = &problem->needs[i];
        int at = person_at(problem, planned->person_id);
        struct need need;
        code = needs_get(ctx->db, ctx->arena, planned->need_id, &need, err);
        if (code != ERR_NONE)
            return code;
        needs[i] = (struct plan_need){
            .person = at,
            .skill = (int)ids_place(problem->skill_ids, problem->skill_count,
                                    planned->skill_id),
            .level = need.level ? (int)need.level : LEARNT_LEVEL,
            .value = worth(problem, &need, planned),
            .dates = plan_dates_of(problem, week_parts(need.windows, need.window_count),
                                   0, need.deadline_at)};
        if (!needs[i].dates)
            return err_set(err, ERR_MEMORY, "no room for dates");
        /* What she says of the need goes before what her card says. */
        if (need.window_count == 0 && people[at].dates)
            needs[i].dates = people[at].dates;
    }
    problem->problem.needs = needs;
    problem->problem.need_count = problem->need_count;
    return code;
}

static err_code set_ways(struct pole_problem *problem, struct err *err)
{
    size_t count = problem->commune_count ? problem->commune_count : 1;
    float *ways = arena_array(problem->ctx->arena, count * count, sizeof *ways);

    if (!ways)
        return err_set(err, ERR_MEMORY, "no room for ways");
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) /* [0] is an unknown place: anywhere near */
            ways[i * count + j] = i == j || !i || !j ? WAY_SAME_MIN : WAY_OTHER_MIN;
    problem->problem.commune_count = count;
    problem->problem.travel_min = ways;
    problem->problem.travel_most_min = WAY_MOST_MIN;
    return ERR_NONE;
}

static void set_rules(struct pole_problem *problem)
{
    struct plan_problem *plan = &problem->problem;

    plan->threshold = (int)problem->ctx->config->session_threshold;
    plan->seats_most =
        SEATS_MOST_PLANNED > plan->threshold ? SEATS_MOST_PLANNED : plan->threshold;
    plan->comfortable = COMFORTABLE > plan->threshold ? COMFORTABLE : plan->threshold;
    plan->weights = (struct plan_weights){.travel_hour = 0.3,
                                          .session = 1,
                                          .empty_seat = 0.3,
                                          .load = 0.3,
                                          .circle = 0.6,
                                          .level_off = 0.8};
}

err_code plan_problem_read(struct ctx *ctx, const struct plan_wish *wish,
                           struct pole_problem *out, struct err *err)
{
    struct plan_person *people = NULL;
    struct gap_entry *entries = NULL;
    size_t kept = 0;
    err_code code;

    *out = (struct pole_problem){.ctx = ctx, .wish = wish};
    code = plan_dates_make(out, err);
    if (code == ERR_NONE)
        code = read_asks(out, err);
    if (code == ERR_NONE)
        code = read_trainers(out, &entries, &kept, err);
    if (code == ERR_NONE)
        code = read_people(out, &people, err);
    if (code == ERR_NONE)
        code = set_shares(out, people, entries, kept, err);
    if (code == ERR_NONE)
        code = plan_rooms_read(out, err);
    if (code == ERR_NONE)
        code = set_needs(out, people, err);
    if (code == ERR_NONE)
        code = set_ways(out, err);
    if (code != ERR_NONE)
        return code;
    out->problem.people = people;
    out->problem.person_count = out->person_count;
    out->problem.skills =
        arena_array(ctx->arena, out->skill_count + 1, sizeof(struct plan_skill));
    out->problem.skill_count = out->skill_count;
    set_rules(out);
    return out->problem.skills ? ERR_NONE
                               : err_set(err, ERR_MEMORY, "no room for skills");
}
