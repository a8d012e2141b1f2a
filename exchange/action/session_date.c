/* The date of a session, chosen among those offered. */
#include "exchange/action/session_date.h"

#include "exchange/action/need_return.h"
#include "exchange/model/dates.h"
#include "store/needs.h"
#include "store/session_life.h"

unsigned session_reminded_by(const struct ctx *ctx, int64_t starts_at)
{
    const struct config *config = ctx->config;
    unsigned bits = 0;

    if (starts_at <
        calendar_days_on(ctx->now, (int)config->reminder_early_days, config->zone))
        bits |= REMINDED_EARLY;
    if (starts_at - ctx->now < config->reminder_late_h * HOUR_S)
        bits |= REMINDED_LATE;
    return bits;
}

bool session_is_offered(const struct session *session, int64_t starts_at)
{
    for (size_t i = 0; i < session->date_count; i++)
        if (session->dates[i].starts_at == starts_at)
            return true;
    return false;
}

err_code session_best_date(struct db *db, const struct ctx *ctx,
                           const struct session *session, int64_t *best, size_t *come,
                           struct err *err)
{
    struct session_choice *choices = NULL;
    size_t count = 0;
    err_code code = session_choices(db, ctx->arena, session->id, &choices, &count, err);

    if (code == ERR_NONE)
        *best = dates_best(session, choices, count, ctx->now, come);
    return code;
}

static bool comes(const struct session *session, int64_t need_id)
{
    for (size_t i = 0; i < session->registration_count; i++)
        if (session->registrations[i].need_id == need_id &&
            session->registrations[i].state != REGISTRATION_LEFT)
            return true;
    return false;
}

/* Needs of those whom the date does not suit, unless someone else comes for them. */
static err_code give_back(struct db *db, const struct ctx *ctx,
                          const struct session *session, const struct seating *seating,
                          struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < seating->change_count; i++) {
        const struct registration *one =
            seats_of(seating->items, seating->count, seating->changes[i].person_id);
        struct need need;
        if (seating->changes[i].event != SEAT_UNSUITED || !one->need_id ||
            comes(session, one->need_id))
            continue;
        code = needs_get(db, ctx->arena, one->need_id, &need, err);
        if (code != ERR_NONE || need.state != NEED_GROUPED)
            continue;
        code = need_return(db, &need, session->id, ctx->now, err);
    }
    return code;
}

err_code session_reseat(struct db *db, const struct ctx *ctx, struct session *session,
                        int64_t only_at, struct err *err)
{
    struct session_choice *choices = NULL;
    struct seating seating;
    size_t count = 0;
    err_code code = session_choices(db, ctx->arena, session->id, &choices, &count, err);

    if (code == ERR_NONE)
        code = session_seating(ctx, session, &seating, err);
    if (code != ERR_NONE)
        return code;
    if (only_at)
        dates_release(&seating, choices, count, only_at, ctx->now);
    else
        seats_turn(&seating, ctx->now);
    code = session_seating_save(db, ctx, session, &seating, err);
    return code == ERR_NONE ? give_back(db, ctx, session, &seating, err) : code;
}

err_code session_fix_date(struct db *db, const struct ctx *ctx, struct session *session,
                          int64_t starts_at, struct err *err)
{
    struct session_date *only = arena_array(ctx->arena, 1, sizeof *only);
    bool had_choice = session->date_count > 1;

    if (!only)
        return err_set(err, ERR_MEMORY, "no room for a date");
    for (size_t i = 0; i < session->date_count; i++)
        if (session->dates[i].starts_at == starts_at)
            *only = session->dates[i];
    only->is_fixed = true;
    session->dates = only; /* the others are nobody's date any more */
    session->date_count = 1;
    return session_reseat(db, ctx, session, had_choice ? starts_at : 0, err);
}
