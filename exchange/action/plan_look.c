/* Looking at the plan that is kept of a pole, and accepting some of it. */
#include "exchange/action/desk.h"
#include "exchange/action/introduction.h"
#include "exchange/action/plan_keep.h"
#include "exchange/action/plan_propose.h"
#include "exchange/action/subject.h"
#include "store/people.h"
#include "store/plan_keep.h"
#include "store/plans.h"
#include "store/rooms.h"

static err_code name_trainer(struct ctx *ctx, struct planned_session *session,
                             struct err *err)
{
    struct person person;
    int64_t quota = 0, used = 0;
    err_code code = people_get(ctx->db, ctx->arena, session->trainer_id, &person, err);

    if (code == ERR_NONE)
        code = introduction_quota(ctx->db, ctx->config, &person, ctx->now, &quota, &used,
                                  err);
    if (code != ERR_NONE)
        return code;
    session->trainer = person.name;
    session->trainer_left = quota > used ? (int)(quota - used) : 0;
    return ERR_NONE;
}

static err_code name_second(struct ctx *ctx, struct planned_session *session,
                            struct err *err)
{
    struct person person;
    err_code code = people_get(ctx->db, ctx->arena, session->second_id, &person, err);

    if (code == ERR_NONE)
        session->second = person.name;
    return code;
}

static err_code name_session(struct ctx *ctx, const struct kept_session *kept,
                             struct planned_session *out, struct err *err)
{
    struct room room = {.id = 0};
    err_code code = subject_name(ctx, kept->skill_id, &out->skill, err);

    out->skill_id = kept->skill_id;
    out->level = kept->level;
    out->seats = kept->seats;
    out->starts_at = kept->starts_at;
    out->ends_at = kept->ends_at;
    out->room_id = kept->room_id;
    out->commune = kept->commune;
    out->trainer_id = kept->trainer_id;
    out->trainer_level = kept->trainer_level;
    out->times_left = kept->times_left;
    out->position = kept->position;
    out->session_id = kept->session_id;
    out->second_id = kept->second_id;
    if (code == ERR_NONE && kept->second_id)
        code = name_second(ctx, out, err);
    if (code == ERR_NONE && kept->room_id)
        code = rooms_get(ctx->db, ctx->arena, kept->room_id, &room, err);
    if (room.id)
        out->room = room.name;
    return code == ERR_NONE && kept->trainer_id ? name_trainer(ctx, out, err) : code;
}

/* The needs of a session stand together in `needs`. */
static err_code set_needs(struct ctx *ctx, const struct kept_plan *kept,
                          struct pole_plan *plan, struct err *err)
{
    int *needs = arena_array(ctx->arena, kept->need_count + 1, sizeof *needs);
    size_t next = 0;
    err_code code = ERR_NONE;

    plan->needs = arena_array(ctx->arena, kept->need_count + 1, sizeof *plan->needs);
    if (!needs || !plan->needs)
        return err_set(err, ERR_MEMORY, "no room for a plan");
    plan->need_count = kept->need_count;
    for (size_t i = 0; code == ERR_NONE && i < kept->need_count; i++) {
        const struct kept_need *need = &kept->needs[i];
        plan->needs[i] =
            (struct planned_need){.need_id = need->need_id,
                                  .person_id = need->person_id,
                                  .skill_id = need->skill_id,
                                  .name = need->name,
                                  .reason = (enum unserved_reason)need->reason};
        plan->served += need->position >= 0;
        code = subject_name(ctx, need->skill_id, &plan->needs[i].skill, err);
    }
    for (size_t s = 0; s < plan->session_count; s++) {
        struct planned_session *session = &plan->sessions[s];
        session->needs = &needs[next];
        for (size_t i = 0; i < kept->need_count; i++)
            if (kept->needs[i].position == session->position) {
                needs[next++] = (int)i;
                session->need_count++;
            }
    }
    return code;
}

static err_code set_plan(struct ctx *ctx, const struct kept_plan *kept,
                         struct pole_plan *plan, struct err *err)
{
    static const double millionths = 1e6;
    struct plan_refusal *refusals = NULL;
    err_code code = plans_refusals(ctx->db, ctx->arena, kept->pole_id, ctx->now,
                                   &refusals, &plan->refusals, err);

    plan->value = (double)kept->worth / millionths;
    plan->bound = (double)kept->bound / millionths;
    plan->kept = kept->kept;
    plan->unqualified = kept->unqualified;
    plan->trainer_count = (size_t)kept->trainers;
    plan->date_count = (size_t)kept->dates;
    plan->session_count = kept->session_count;
    plan->sessions =
        arena_array(ctx->arena, kept->session_count + 1, sizeof *plan->sessions);
    if (code == ERR_NONE && !plan->sessions)
        code = err_set(err, ERR_MEMORY, "no room for a plan");
    for (size_t i = 0; code == ERR_NONE && i < kept->session_count; i++)
        code = name_session(ctx, &kept->sessions[i], &plan->sessions[i], err);
    return code == ERR_NONE ? set_needs(ctx, kept, plan, err) : code;
}

err_code plan_look(struct ctx *ctx, int64_t pole_id, struct plan_state *state,
                   struct pole_plan *plan, struct err *err)
{
    struct kept_plan kept;
    err_code code = desk_may(ctx, pole_id, err);

    *state = (struct plan_state){.weeks = PLAN_WEEKS};
    *plan = (struct pole_plan){.value = 0};
    if (code == ERR_NONE)
        code = plan_keep_get(ctx->db, ctx->arena, pole_id, &kept, err);
    if (code != ERR_NONE || !kept.asked)
        return code;
    *state = (struct plan_state){.made_at = kept.made_at,
                                 .weeks = (int)kept.weeks,
                                 .is_making = kept.asked > kept.answered,
                                 .is_failed = kept.is_failed,
                                 .is_weekly = kept.is_weekly};
    return set_plan(ctx, &kept, plan, err);
}

err_code plan_accept(struct ctx *ctx, int64_t pole_id, int64_t made_at, int position,
                     const char *place, struct session_mistakes *mistakes,
                     int64_t *session_id, struct err *err)
{
    struct plan_state state;
    struct pole_plan plan;
    err_code code = plan_look(ctx, pole_id, &state, &plan, err);

    mistakes->count = 0;
    if (code != ERR_NONE)
        return code;
    for (size_t i = 0; i < plan.session_count && state.made_at == made_at; i++) {
        const struct planned_session *session = &plan.sessions[i];
        *session_id = session->session_id;
        if (session->position == position)
            return *session_id ? ERR_NONE
                               : plan_propose(ctx, &plan, session, place, mistakes,
                                              session_id, err);
    }
    return err_set_field(err, ERR_CONFLICT, "seances",
                         N_("The plan has changed since: look at it again."));
}
