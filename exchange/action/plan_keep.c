/* The last plan of a pole: asked for, made, kept. */
#include "exchange/action/plan_keep.h"

#include "base/log.h"
#include "exchange/action/desk.h"
#include "exchange/action/jobs.h"
#include "store/plan_keep.h"

#include <math.h>

enum {
    LATE_S = 2 * 24 * 3600, /* a site that was down plans its week up to so much later */
    SECOND_MS = 1000
};

struct asking {
    struct ctx *ctx;
    int64_t pole_id, due_at; /* pole 0: all that are due */
    int weeks;
};

static err_code write_ask(struct db *db, void *argument, struct err *err)
{
    const struct asking *asking = argument;
    int64_t now = asking->ctx->now;

    return asking->pole_id
               ? plan_keep_ask(db, asking->pole_id, asking->weeks, now, err)
               : plan_keep_ask_weekly(db, asking->due_at, asking->weeks, now, err);
}

err_code plan_ask(struct ctx *ctx, int64_t pole_id, int weeks, struct err *err)
{
    struct asking asking = {.ctx = ctx, .pole_id = pole_id, .weeks = weeks};
    err_code code = desk_may(ctx, pole_id, err);

    return code == ERR_NONE ? writer_do(ctx->writer, write_ask, &asking, err) : code;
}

/* Once a week, when the site wants it. */
static err_code ask_weekly(struct ctx *ctx, struct err *err)
{
    const struct config *config = ctx->config;
    struct asking asking = {.ctx = ctx,
                            .weeks = PLAN_WEEKS,
                            .due_at =
                                calendar_weekly(ctx->now, (int)config->plan_weekday,
                                                (int)config->plan_hour, config->zone)};
    int64_t count = 0;
    err_code code;

    if (!config->plan_weekly || ctx->now - asking.due_at > LATE_S)
        return ERR_NONE;
    code = plan_keep_due(ctx->db, asking.due_at, &count, err);
    return code == ERR_NONE && count ? writer_do(ctx->writer, write_ask, &asking, err)
                                     : code;
}

struct keeping {
    struct ctx *ctx;
    const struct kept_plan *kept;
};

static err_code write_plan(struct db *db, void *argument, struct err *err)
{
    const struct keeping *keeping = argument;

    return plan_keep_put(db, keeping->kept, keeping->ctx->now, err);
}

static err_code write_failed(struct db *db, void *argument, struct err *err)
{
    const struct keeping *keeping = argument;

    return plan_keep_fail(db, keeping->kept, keeping->ctx->now, err);
}

static void fill_session(const struct pole_plan *plan, size_t at, struct kept_plan *kept)
{
    const struct planned_session *session = &plan->sessions[at];

    kept->sessions[at] = (struct kept_session){.position = (int)at,
                                               .skill_id = session->skill_id,
                                               .level = session->level,
                                               .seats = session->seats,
                                               .starts_at = session->starts_at,
                                               .ends_at = session->ends_at,
                                               .room_id = session->room_id,
                                               .commune = session->commune,
                                               .trainer_id = session->trainer_id,
                                               .trainer_level = session->trainer_level,
                                               .second_id = session->second_id,
                                               .times_left = session->times_left};
    for (size_t i = 0; i < session->need_count; i++)
        kept->needs[session->needs[i]].position = (int)at;
}

static err_code fill(struct ctx *ctx, const struct pole_plan *plan,
                     struct kept_plan *kept, struct err *err)
{
    static const double millionths = 1e6;

    kept->made_at = ctx->now;
    kept->worth = (int64_t)floor(plan->value * millionths + 0.5);
    kept->bound = (int64_t)ceil(plan->bound * millionths);
    kept->kept = plan->kept;
    kept->unqualified = plan->unqualified;
    kept->trainers = (int64_t)plan->trainer_count;
    kept->dates = (int64_t)plan->date_count;
    kept->session_count = plan->session_count;
    kept->need_count = plan->need_count;
    kept->sessions =
        arena_array(ctx->arena, plan->session_count + 1, sizeof *kept->sessions);
    kept->needs = arena_array(ctx->arena, plan->need_count + 1, sizeof *kept->needs);
    if (!kept->sessions || !kept->needs)
        return err_set(err, ERR_MEMORY, "no room for a plan");
    for (size_t i = 0; i < plan->need_count; i++) {
        const struct planned_need *need = &plan->needs[i];
        kept->needs[i] =
            (struct kept_need){.need_id = need->need_id,
                               .person_id = need->person_id > 0 ? need->person_id : 0,
                               .skill_id = need->skill_id,
                               .position = -1,
                               .reason = (int)need->reason};
    }
    for (size_t i = 0; i < plan->session_count; i++)
        fill_session(plan, i, kept);
    return ERR_NONE;
}

/* In the server's process, without a process of its own: it has threads. */
static err_code make(struct ctx *ctx, struct kept_plan *kept, struct err *err)
{
    const struct plan_wish wish = {.pole_id = kept->pole_id,
                                   .weeks = (int)kept->weeks,
                                   .time_ms = ctx->config->plan_seconds * SECOND_MS,
                                   .seed = 1,
                                   .is_alone = true};
    struct keeping keeping = {ctx, kept};
    struct pole_plan plan;
    struct err trouble = {0};
    err_code code = plan_pole(ctx, &wish, &plan, &trouble);

    if (code == ERR_NONE)
        code = fill(ctx, &plan, kept, &trouble);
    if (code == ERR_NONE)
        return writer_do(ctx->writer, write_plan, &keeping, err);
    log_line(LOG_ERROR, "plan", "error", trouble.text, NULL);
    return writer_do(ctx->writer, write_failed, &keeping, err);
}

/* One pole a turn, so that a stop waits for one plan at most. */
err_code job_plans(struct ctx *ctx, struct err *err)
{
    struct kept_plan kept;
    struct ctx own = *ctx;
    err_code code = ask_weekly(ctx, err);

    if (code == ERR_NONE)
        code = plan_keep_next(ctx->db, &kept, err);
    if (code != ERR_NONE || !kept.pole_id)
        return code;
    own.arena = arena_new(PLAN_MEMORY_MOST);
    if (!own.arena)
        return err_set(err, ERR_MEMORY, "no memory to plan");
    code = make(&own, &kept, err);
    arena_free(own.arena);
    return code;
}
