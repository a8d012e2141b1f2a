/* What its author does about a need. */
#include "exchange/action/need_follow.h"

#include "base/calendar.h"
#include "exchange/action/actor.h"
#include "exchange/action/need_parts.h"
#include "store/change.h"
#include "store/introductions.h"
#include "store/need_follow.h"
#include "store/needs.h"
#include "store/people.h"

#include <string.h>

enum { JOB_ARENA_MAX = 8 << 20 };

struct changing {
    struct ctx *ctx;
    int64_t need_id;
    /* what is to become of it; the need is saved afterwards */
    err_code (*change)(struct db *db, const struct changing *changing, struct need *need,
                       struct err *err);
    const struct need *wanted;
    const struct link *link;
    const char *name, *reason;
    struct arena *arena; /* of the writer's job */
};

static err_code write_change(struct db *db, void *argument, struct err *err)
{
    struct changing *changing = argument;
    struct arena *arena = arena_new(JOB_ARENA_MAX);
    struct need need;
    err_code code = arena ? needs_get(db, arena, changing->need_id, &need, err)
                          : err_set(err, ERR_MEMORY, "no room for a need");

    changing->arena = arena;
    if (code == ERR_NONE)
        code = changing->change(db, changing, &need, err);
    if (code == ERR_NONE)
        code = needs_save(db, &need, changing->ctx->now, err);
    arena_free(arena);
    return code;
}

static err_code is_closed(struct err *err)
{
    return err_set_field(err, ERR_CONFLICT, "need",
                         N_("This need is closed: nothing changes about it any more."));
}

static err_code confirm(struct db *db, const struct changing *changing, struct need *need,
                        struct err *err)
{
    err_code code;

    if (need->person_id)
        return ERR_NONE;
    code = need_may_open(db, changing->ctx->config, changing->link->email,
                         changing->ctx->now, "etat", err);
    if (code != ERR_NONE)
        return code;
    return actor_person(db, changing->link->email, changing->name, changing->ctx->now,
                        &need->person_id, err);
}

err_code need_confirm(struct ctx *ctx, const struct link *link, const char *name,
                      struct err *err)
{
    struct changing changing = {.ctx = ctx,
                                .need_id = link->subject_id,
                                .change = confirm,
                                .link = link,
                                .name = name};

    return writer_do(ctx->writer, write_change, &changing, err);
}

err_code need_wants_name(struct ctx *ctx, const char *email, bool *wants, struct err *err)
{
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code = people_of_email(ctx->db, ctx->arena, email, &ids, &count, err);

    if (code == ERR_NONE)
        *wants = count == 0;
    return code;
}

static err_code amend(struct db *db, const struct changing *changing, struct need *need,
                      struct err *err)
{
    const struct need *wanted = changing->wanted;

    (void)db;
    if (!need_is_open(need->state))
        return is_closed(err);
    need->text = wanted->text;
    need->could_pass_on = wanted->could_pass_on;
    need->commune = wanted->commune;
    need->level = wanted->level;
    need->windows = wanted->windows;
    need->window_count = wanted->window_count;
    return ERR_NONE;
}

err_code need_amend(struct ctx *ctx, int64_t need_id, const struct need_form *form,
                    struct need_mistakes *mistakes, struct err *err)
{
    struct need wanted = {.id = need_id};
    struct changing changing = {
        .ctx = ctx, .need_id = need_id, .change = amend, .wanted = &wanted};
    err_code code = need_form_read(ctx, form, &wanted, mistakes, err);

    return code == ERR_NONE ? writer_do(ctx->writer, write_change, &changing, err) : code;
}

static err_code end(struct db *db, const struct changing *changing, struct need *need,
                    struct err *err)
{
    enum need_state to =
        strcmp(changing->reason, NEED_WITHDRAWN) == 0 ? NEED_GIVEN_UP : NEED_MET;
    err_code code;

    if (!need_may_become(need->state, to))
        return is_closed(err);
    need->state = to;
    need->reason = changing->reason;
    need->closed_at = changing->ctx->now;
    code = introductions_withdraw(db, need->id, err);
    if (code == ERR_NONE && to == NEED_GIVEN_UP)
        return need_parts_pass_on(db, changing->arena, need, changing->ctx->now, err);
    return code == ERR_NONE
               ? need_parts_settle(db, changing->arena, changing->ctx->config, need,
                                   changing->ctx->now, err)
               : code;
}

err_code need_end(struct ctx *ctx, int64_t need_id, const char *reason, struct err *err)
{
    static const char *const reasons[] = {NEED_WITHDRAWN, NEED_MET_CONTACT,
                                          NEED_MET_SESSION, NEED_MET_ELSEWHERE};
    struct changing changing = {.ctx = ctx, .need_id = need_id, .change = end};

    for (size_t i = 0; reason && i < sizeof reasons / sizeof reasons[0]; i++)
        if (strcmp(reason, reasons[i]) == 0)
            changing.reason = reasons[i];
    if (!changing.reason)
        return err_set_field(err, ERR_INVALID, "how",
                             N_("Say how it was settled: choose one of the three."));
    return writer_do(ctx->writer, write_change, &changing, err);
}

static err_code keep(struct db *db, const struct changing *changing, struct need *need,
                     struct err *err)
{
    const struct config *config = changing->ctx->config;

    (void)db;
    if (!need_may_keep(config, need))
        return err_set_field(
            err, ERR_CONFLICT, "need",
            N_("A need can be kept open once. State it again in other words."));
    if (!need_is_open(need->state)) {
        need->state = need->qualified_at ? NEED_QUALIFIED : NEED_STATED;
        need->merged_into = 0; /* what it was part of is over */
    }
    need->reason = NEED_KEPT;
    need->closed_at = 0;
    need->followed = need->followed > 3 ? 3 : need->followed;
    need->expires_at = changing->ctx->now + config->need_life_days * DAY_S;
    if (!need_is_kept(config, need)) /* kept on its first day */
        need->expires_at = need->created_at + config->need_life_days * DAY_S + DAY_S;
    return ERR_NONE;
}

err_code need_keep(struct ctx *ctx, int64_t need_id, struct err *err)
{
    struct changing changing = {.ctx = ctx, .need_id = need_id, .change = keep};

    return writer_do(ctx->writer, write_change, &changing, err);
}

err_code need_median_days(struct ctx *ctx, int64_t pole_id, int64_t *days,
                          struct err *err)
{
    int64_t count = 0, median_s = 0;
    err_code code =
        pole_id ? needs_median_wait(ctx->db, pole_id, ctx->now - MEDIAN_DAYS * DAY_S,
                                    &count, &median_s, err)
                : ERR_NONE;

    if (code != ERR_NONE)
        return code;
    *days = count < MEDIAN_LEAST ? 0
            : median_s < DAY_S   ? 1
                                 : (median_s + DAY_S / 2) / DAY_S;
    return ERR_NONE;
}

err_code need_ids_of(struct ctx *ctx, int64_t person_id, size_t most, int64_t **ids,
                     size_t *count, struct err *err)
{
    return needs_of_person(ctx->db, ctx->arena, person_id, (int64_t)most, ids, count,
                           err);
}

err_code need_ids_supported(struct ctx *ctx, int64_t person_id, size_t most,
                            int64_t **ids, size_t *count, struct err *err)
{
    return needs_supported_by(ctx->db, ctx->arena, person_id, (int64_t)most, ids, count,
                              err);
}

err_code need_sessions(struct ctx *ctx, int64_t need_id, size_t most, int64_t **ids,
                       size_t *count, struct err *err)
{
    return needs_sessions(ctx->db, ctx->arena, need_id, ctx->now, (int64_t)most, ids,
                          count, err);
}
