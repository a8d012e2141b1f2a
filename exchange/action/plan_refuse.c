/* Refusing part of a plan. */
#include "exchange/action/plan_refuse.h"

#include "base/calendar.h"
#include "exchange/action/actor.h"
#include "exchange/action/desk.h"
#include "exchange/action/plan_pole.h"
#include "exchange/action/subject.h"
#include "store/change.h"
#include "store/people.h"

enum { FIRST_DAY = 10100, LAST_DAY = 99991231 };

struct refusing {
    struct ctx *ctx;
    int64_t pole_id, until;
    const struct plan_refusal *refusal; /* NULL: nothing any more */
};

static const char *what(const struct ctx *ctx, const struct plan_refusal *refusal)
{
    if (refusal->person_id)
        return "a person";
    return refusal->day
               ? arena_printf(ctx->arena, "day %lld", (long long)refusal->day)
               : arena_printf(ctx->arena, "skill %lld", (long long)refusal->skill_id);
}

static err_code write_refusal(struct db *db, void *argument, struct err *err)
{
    const struct refusing *refusing = argument;
    const struct plan_refusal *refusal = refusing->refusal;
    struct ctx *ctx = refusing->ctx;
    const struct audit audit = {.actor = actor_word(ctx->arena, ctx->actor),
                                .verb = refusal ? "refuse in plan" : "plan with all",
                                .detail = refusal ? what(ctx, refusal) : NULL,
                                .account_id = ctx->actor->account_id,
                                .pole_id = refusing->pole_id,
                                .person_id = refusal ? refusal->person_id : 0};
    err_code code = refusal ? plans_refuse(db, refusing->pole_id, refusal,
                                           refusing->until, ctx->now, err)
                            : plans_allow_all(db, refusing->pole_id, ctx->now, err);

    return code == ERR_NONE ? audit_of(db, &audit, ctx->now, err) : code;
}

/* Whether it is one thing, and there. */
static err_code look_at(struct ctx *ctx, const struct plan_refusal *refusal,
                        struct err *err)
{
    struct person person;
    struct subject subject;

    if ((refusal->skill_id != 0) + (refusal->person_id != 0) + (refusal->day != 0) != 1)
        return err_set(err, ERR_INVALID,
                       "one thing is refused: a skill, a person or a day");
    if (refusal->skill_id)
        return subject_read(ctx, refusal->skill_id, &subject, err);
    if (refusal->person_id)
        return people_get(ctx->db, ctx->arena, refusal->person_id, &person, err);
    return refusal->day >= FIRST_DAY && refusal->day <= LAST_DAY
               ? ERR_NONE
               : err_set(err, ERR_INVALID, "there is no such day");
}

static err_code do_it(struct ctx *ctx, struct refusing *refusing, struct err *err)
{
    err_code code = desk_may(ctx, refusing->pole_id, err);

    if (code == ERR_NONE && refusing->refusal)
        code = look_at(ctx, refusing->refusal, err);
    return code == ERR_NONE ? writer_do(ctx->writer, write_refusal, refusing, err) : code;
}

err_code plan_refuse(struct ctx *ctx, int64_t pole_id, const struct plan_refusal *refusal,
                     int weeks, struct err *err)
{
    struct refusing refusing = {
        ctx, pole_id, ctx->now + (PLAN_FIRST_DAY + (int64_t)weeks * 7) * DAY_S, refusal};

    return do_it(ctx, &refusing, err);
}

err_code plan_refuse_nothing(struct ctx *ctx, int64_t pole_id, struct err *err)
{
    struct refusing refusing = {ctx, pole_id, 0, NULL};

    return do_it(ctx, &refusing, err);
}
