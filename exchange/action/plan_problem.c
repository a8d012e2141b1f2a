/* The problem of a pole, made from its records. */
#include "exchange/action/plan_problem.h"

#include "config/territory.h"
#include "store/plans.h"

#include <math.h>

enum {
    WAY_SAME_MIN = 15,  /* within a town, or where a place is not known */
    WAY_OTHER_MIN = 35, /* between two whose distance nobody said */
    WAY_START_MIN = 10, /* to set off and to arrive */
    SEATS_MOST_PLANNED = 12,
    COMFORTABLE = 6
};

/* What the pole refused and has not forgotten yet. */
static err_code read_refusals(struct pole_problem *problem, struct err *err)
{
    struct plan_without *without = &problem->without;
    struct ctx *ctx = problem->ctx;
    struct plan_refusal *refusals = NULL;
    size_t count = 0;
    err_code code = plans_refusals(ctx->db, ctx->arena, problem->wish->pole_id, ctx->now,
                                   &refusals, &count, err);

    for (size_t i = 0; code == ERR_NONE && i < count && i < PLAN_WITHOUT_MOST; i++) {
        if (refusals[i].skill_id)
            without->skill_ids[without->skill_count++] = refusals[i].skill_id;
        else if (refusals[i].person_id)
            without->person_ids[without->person_count++] = refusals[i].person_id;
        else
            without->days[without->day_count++] = refusals[i].day;
    }
    return code;
}

static double way_min(const struct config *config, const char *a, const char *b)
{
    double km = territory_km(territory_find(config, a), territory_find(config, b));

    if (km < 0)
        return WAY_OTHER_MIN;
    return fmax(WAY_SAME_MIN, WAY_START_MIN + km / config->plan_speed * 60);
}

static err_code set_ways(struct pole_problem *problem, struct err *err)
{
    size_t count = problem->commune_count ? problem->commune_count : 1;
    float *ways = arena_array(problem->ctx->arena, count * count, sizeof *ways);

    if (!ways)
        return err_set(err, ERR_MEMORY, "no room for ways");
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) /* [0] is an unknown place: anywhere near */
            ways[i * count + j] =
                i == j || !i || !j
                    ? WAY_SAME_MIN
                    : (float)way_min(problem->ctx->config, problem->communes[i],
                                     problem->communes[j]);
    problem->problem.commune_count = count;
    problem->problem.travel_min = ways;
    problem->problem.travel_most_min = (int)problem->ctx->config->plan_way_most;
    return ERR_NONE;
}

static void set_rules(struct pole_problem *problem)
{
    struct plan_problem *plan = &problem->problem;
    const struct config *config = problem->ctx->config;

    plan->threshold = (int)config->session_threshold;
    plan->seats_most =
        SEATS_MOST_PLANNED > plan->threshold ? SEATS_MOST_PLANNED : plan->threshold;
    plan->comfortable = COMFORTABLE > plan->threshold ? COMFORTABLE : plan->threshold;
    plan->weights = (struct plan_weights){.travel_hour = config->plan_travel_hour,
                                          .session = config->plan_session,
                                          .empty_seat = config->plan_empty_seat,
                                          .load = config->plan_load,
                                          .circle = config->plan_circle,
                                          .level_off = config->plan_level_off,
                                          .stay = config->plan_stay};
}

err_code plan_problem_read(struct ctx *ctx, const struct plan_wish *wish,
                           struct pole_problem *out, struct err *err)
{
    err_code code;

    *out = (struct pole_problem){.ctx = ctx, .wish = wish};
    code = read_refusals(out, err);
    if (code == ERR_NONE)
        code = plan_keep_get(ctx->db, ctx->arena, wish->pole_id, &out->before, err);
    if (code == ERR_NONE)
        code = plan_dates_make(out, err);
    if (code == ERR_NONE)
        code = plan_asks_read(out, err);
    if (code == ERR_NONE)
        code = plan_people_read(out, err);
    if (code == ERR_NONE)
        code = plan_rooms_read(out, err);
    if (code == ERR_NONE)
        code = plan_needs_set(out, err);
    if (code == ERR_NONE)
        code = set_ways(out, err);
    if (code != ERR_NONE)
        return code;
    out->problem.skills =
        arena_array(ctx->arena, out->skill_count + 1, sizeof(struct plan_skill));
    out->problem.skill_count = out->skill_count;
    set_rules(out);
    return out->problem.skills ? ERR_NONE
                               : err_set(err, ERR_MEMORY, "no room for skills");
}
