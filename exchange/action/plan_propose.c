/* What was planned becomes a session that is proposed. */
#include "exchange/action/plan_propose.h"

#include "exchange/action/actor.h"
#include "exchange/action/session_was.h"
#include "exchange/action/subject.h"
#include "store/change.h"
#include "store/plans.h"

/* Nothing is proposed twice, however old the plan is. */
static err_code look_meanwhile(struct ctx *ctx, const struct pole_plan *plan,
                               const struct planned_session *planned, struct err *err)
{
    struct plan_kept *kept = NULL;
    size_t count = 0;
    err_code code = plans_kept(ctx->db, ctx->arena, 0, &kept, &count, err);

    for (size_t i = 0; code == ERR_NONE && i < planned->need_count; i++) {
        const struct planned_need *need = &plan->needs[planned->needs[i]];
        if (plans_keep(kept, count, need->need_id, need->person_id))
            return err_set_field(err, ERR_CONFLICT, "needs",
                                 N_("Another session serves some of these requests by "
                                    "now: plan again."));
    }
    return code;
}

err_code plan_propose(struct ctx *ctx, const struct pole_plan *plan,
                      const struct planned_session *planned, const char *place,
                      struct session_mistakes *mistakes, int64_t *session_id,
                      struct err *err)
{
    const bool is_group = subject_group(planned->skill_id) != 0;
    const struct session_date date = {.starts_at = planned->starts_at,
                                      .ends_at = planned->ends_at};
    const struct session session = {
        .title = planned->skill,
        .skill_id = is_group ? 0 : planned->skill_id,
        .level = (enum skill_level)planned->level,
        .format = planned->trainer_id ? FORMAT_WORKSHOP : FORMAT_CIRCLE,
        .room_id = planned->room_id,
        .place = place && *place ? place : ctx->config->plan_place,
        .commune = planned->commune,
        .seats = planned->seats,
        .threshold = (int)ctx->config->session_threshold,
        .dates = &date,
        .date_count = 1};
    struct session_was was;
    err_code code = look_meanwhile(ctx, plan, planned, err);

    mistakes->count = 0;
    if (code == ERR_NONE)
        code = session_was_fill(ctx, &session, &was, err);
    if (code != ERR_NONE)
        return code;
    was.form.trainers = planned->second ? arena_printf(ctx->arena, "%s, %s",
                                                       planned->trainer, planned->second)
                                        : planned->trainer;
    was.form.is_for_others = planned->trainer_id != 0;
    for (size_t i = 0; i < planned->need_count && i < PROPOSE_NEEDS_MOST; i++)
        was.form.need_ids[was.form.need_count++] = plan->needs[planned->needs[i]].need_id;
    return session_propose(ctx, &was.form, mistakes, session_id, err);
}

struct noting {
    struct ctx *ctx;
    int64_t pole_id;
    size_t count;
};

static err_code write_note(struct db *db, void *argument, struct err *err)
{
    const struct noting *noting = argument;
    struct ctx *ctx = noting->ctx;
    const struct audit audit = {
        .actor = "cli",
        .verb = "apply plan",
        .detail = arena_printf(ctx->arena, "%zu sessions", noting->count),
        .account_id = ctx->actor->account_id,
        .pole_id = noting->pole_id};
    err_code code = audit_of(db, &audit, ctx->now, err);

    return code == ERR_NONE ? change_note(db, THING_ACCOUNT, 0, ctx->now, err) : code;
}

err_code plan_propose_note(struct ctx *ctx, int64_t pole_id, size_t count,
                           struct err *err)
{
    struct noting noting = {ctx, pole_id, count};

    return writer_do(ctx->writer, write_note, &noting, err);
}
