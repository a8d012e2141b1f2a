/* Who would give a skill next: what one live person alone can pass on is given together
 * with somebody who knows it and passes it on to nobody yet. */
#include "exchange/action/introduction.h"
#include "exchange/action/plan_problem.h"
#include "exchange/action/same.h"
#include "store/people.h"
#include "store/plans.h"

enum { LOOKED_AT = 10 };

static bool asks(const struct pole_problem *problem, int64_t person_id, int64_t skill_id)
{
    for (size_t i = 0; i < problem->need_count; i++)
        if (problem->needs[i].person_id == person_id &&
            problem->needs[i].skill_id == skill_id)
            return true;
    return false;
}

/* Nobody refused her, she gives nothing else in this plan, is second of nothing else, and
 * takes contacts. */
static err_code may_be(const struct pole_problem *problem, int64_t person_id,
                       int64_t skill_id, bool *is_fit, struct err *err)
{
    const struct plan_without *without = &problem->without;
    struct ctx *ctx = problem->ctx;
    struct person person;
    int64_t quota = 0, used = 0;
    bool is_other = plan_trainer_of(problem, person_id) ||
                    asks(problem, person_id, skill_id) ||
                    is_among(without->person_ids, without->person_count, person_id);
    err_code code = ERR_NONE;

    for (size_t i = 0; i < problem->second_count; i++)
        is_other = is_other || problem->seconds[i].person_id == person_id;
    if (!is_other)
        code = people_get(ctx->db, ctx->arena, person_id, &person, err);
    if (code == ERR_NONE && !is_other)
        code = introduction_quota(ctx->db, ctx->config, &person, ctx->now, &quota, &used,
                                  err);
    *is_fit = code == ERR_NONE && !is_other && used < quota;
    return code;
}

static err_code read_second(struct pole_problem *problem, size_t skill, struct err *err)
{
    struct ctx *ctx = problem->ctx;
    struct plan_next *found = NULL;
    size_t count = 0;
    bool is_fit = false;
    err_code code = plans_next(ctx->db, ctx->arena, problem->skill_ids[skill], ctx->now,
                               LOOKED_AT, &found, &count, err);

    for (size_t i = 0; code == ERR_NONE && !is_fit && i < count; i++) {
        code =
            may_be(problem, found[i].person_id, problem->skill_ids[skill], &is_fit, err);
        if (is_fit)
            problem->seconds[problem->second_count++] =
                (struct second){found[i].person_id, skill, (int)found[i].level};
    }
    return code;
}

err_code plan_seconds_read(struct pole_problem *problem, struct err *err)
{
    err_code code = ERR_NONE;

    problem->seconds = arena_array(problem->ctx->arena, problem->skill_count + 1,
                                   sizeof *problem->seconds);
    if (!problem->seconds)
        return err_set(err, ERR_MEMORY, "no room for who gives next");
    for (size_t s = 0; code == ERR_NONE && s < problem->skill_count &&
                       problem->ctx->config->plan_second > 0;
         s++)
        if (problem->teachers[s] == 1)
            code = read_second(problem, s, err);
    return code;
}
