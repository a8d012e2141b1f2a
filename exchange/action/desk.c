/* The facilitator's Monday page. */
#include "exchange/action/desk.h"

#include "base/calendar.h"
#include "base/unicode.h"
#include "exchange/action/actor.h"
#include "exchange/action/introduction.h"
#include "exchange/action/same.h"
#include "exchange/action/wave.h"
#include "store/change.h"
#include "store/needs.h"
#include "store/plan_keep.h"

#include <inttypes.h>
#include <string.h>

enum { WAIT_DAYS = 180, MONTH_DAYS = 30 };

err_code desk_may(const struct ctx *ctx, int64_t pole_id, struct err *err)
{
    return actor_must(VERB_SEE_POLE_DESK, actor_who(ctx->actor, 0, pole_id, 0), err);
}

int64_t desk_week(const struct config *config, int64_t now)
{
    struct zone zone = config->zone;
    struct civil day = calendar_civil(now, zone);
    struct civil monday = calendar_civil(now - (int64_t)(day.weekday - 1) * DAY_S, zone);
    int64_t at = now;

    monday.hour = monday.minute = monday.second = 0;
    return calendar_instant(monday, zone, &at) ? at : now;
}

static struct basket_wanted wanted_of(const struct ctx *ctx, enum basket basket,
                                      int64_t pole_id)
{
    const struct config *config = ctx->config;
    struct basket_wanted wanted = {.basket = basket,
                                   .pole_id = pole_id,
                                   .now = ctx->now,
                                   .before = ctx->now,
                                   .after = 0,
                                   .week = desk_week(config, ctx->now),
                                   .most = BASKET_ROWS_MOST};

    if (basket == BASKET_NO_REPLY) {
        wanted.before = ctx->now - config->follow_up_2_day * DAY_S;
        wanted.after = ctx->now - config->follow_up_3_day * DAY_S;
    } else if (basket == BASKET_AT_RISK) {
        wanted.before = ctx->now - config->follow_up_3_day * DAY_S;
    } else if (basket == BASKET_UNDER_THRESHOLD) {
        wanted.before = INT64_MAX;
    } else if (basket == BASKET_SILENT) {
        wanted.before = ctx->now - config->to_confirm_months * MONTH_DAYS * DAY_S;
        wanted.after = person_shown_since(ctx->now, (int)config->hidden_months);
    } else if (basket == BASKET_UNANSWERED) {
        wanted.before = ctx->now - config->follow_up_1_day * DAY_S;
    }
    return wanted;
}

/* Pairs are ticked by their newer need; those ticked come last. */
static err_code read_alike(struct ctx *ctx, int64_t pole_id, struct basket_view *out,
                           struct err *err)
{
    struct need_pair *pairs = NULL, *sorted;
    int64_t *ids = NULL;
    size_t id_count = 0, used = 0;
    err_code code = needs_alike(ctx, pole_id, ALIKE_LOOKED_AT, &pairs, &out->count, err);

    if (code == ERR_NONE)
        code = desk_seen(ctx->db, ctx->arena, pole_id, BASKET_ALIKE,
                         desk_week(ctx->config, ctx->now), &ids, &id_count, err);
    if (code != ERR_NONE)
        return code;
    sorted = arena_array(ctx->arena, out->count, sizeof *sorted);
    if (!sorted)
        return err_set(err, ERR_MEMORY, "no room for pairs of needs");
    for (int turn = 0; turn < 2; turn++)
        for (size_t i = 0; i < out->count; i++)
            if (is_among(ids, id_count, pairs[i].newer->id) == (turn == 1)) {
                out->seen += turn;
                sorted[used++] = pairs[i];
            }
    out->pairs = sorted;
    out->total = (int64_t)out->count;
    out->count = out->count < BASKET_ROWS_MOST ? out->count : BASKET_ROWS_MOST;
    return ERR_NONE;
}

err_code desk_read(struct ctx *ctx, int64_t pole_id, struct desk *out, struct err *err)
{
    const struct config *config = ctx->config;
    struct desk desk = {.is_quiet = false};
    err_code code = desk_may(ctx, pole_id, err);

    if (code == ERR_NONE)
        code = desk_state(ctx->db, pole_id, ctx->now, ctx->now - WAIT_DAYS * DAY_S,
                          ctx->now - config->sinks_months * MONTH_DAYS * DAY_S,
                          &desk.state, err);
    if (code == ERR_NONE)
        code = plan_keep_waiting(ctx->db, pole_id, ctx->now, &desk.planned, err);
    for (int i = 0; code == ERR_NONE && i < BASKET_COUNT; i++) {
        struct basket_view *view = &desk.baskets[i];
        struct basket_wanted wanted = wanted_of(ctx, (enum basket)i, pole_id);
        code = i == BASKET_ALIKE
                   ? read_alike(ctx, pole_id, view, err)
                   : desk_basket(ctx->db, ctx->arena, &wanted, &view->rows, &view->count,
                                 &view->total, &view->seen, err);
    }
    if (code != ERR_NONE)
        return code;
    desk.quiet_days = (ctx->now - desk.state.quiet_since) / DAY_S;
    desk.is_quiet = desk.quiet_days >= config->pole_alert_days;
    *out = desk;
    return ERR_NONE;
}

err_code desk_quiet_days(struct ctx *ctx, int64_t pole_id, int64_t *days, struct err *err)
{
    int64_t since;
    err_code code = desk_quiet_since(ctx->db, pole_id, &since, err);

    *days = code == ERR_NONE ? (ctx->now - since) / DAY_S : 0;
    return code;
}

struct ticking {
    struct ctx *ctx;
    int64_t pole_id, subject_id;
    enum basket basket;
    bool is_seen;
    const char *text;
};

static err_code write_tick(struct db *db, void *argument, struct err *err)
{
    struct ticking *ticking = argument;

    return desk_tick(db, ticking->pole_id, ticking->basket, ticking->subject_id,
                     ticking->is_seen, ticking->ctx->now, err);
}

err_code desk_set_seen(struct ctx *ctx, int64_t pole_id, enum basket basket,
                       int64_t subject_id, bool is_seen, struct err *err)
{
    struct ticking ticking = {.ctx = ctx,
                              .pole_id = pole_id,
                              .basket = basket,
                              .subject_id = subject_id,
                              .is_seen = is_seen};
    err_code code = desk_may(ctx, pole_id, err);

    return code == ERR_NONE ? writer_do(ctx->writer, write_tick, &ticking, err) : code;
}

static err_code write_note(struct db *db, void *argument, struct err *err)
{
    struct ticking *noting = argument;
    struct ctx *ctx = noting->ctx;
    err_code code = desk_note_add(db, noting->pole_id, ctx->actor->person_id,
                                  noting->text, ctx->now, err);

    return code == ERR_NONE
               ? audit_of(db,
                          &(struct audit){.actor = actor_word(ctx->arena, ctx->actor),
                                          .verb = "write in notebook",
                                          .account_id = ctx->actor->account_id,
                                          .pole_id = noting->pole_id},
                          ctx->now, err)
               : code;
}

err_code desk_note(struct ctx *ctx, int64_t pole_id, const char *text, struct err *err)
{
    struct ticking noting = {.ctx = ctx, .pole_id = pole_id, .text = text};
    err_code code = desk_may(ctx, pole_id, err);

    if (code != ERR_NONE)
        return code;
    if (!text || strspn(text, " \t\r\n") == strlen(text))
        return err_set_field(err, ERR_INVALID, "texte", N_("Write your note."));
    if (unicode_length(text) > NOTE_TEXT_MOST)
        return err_set_field(err, ERR_INVALID, "texte",
                             N_("Shorten your note: 4,000 characters at most."));
    return writer_do(ctx->writer, write_note, &noting, err);
}

err_code desk_month(struct ctx *ctx, int64_t pole_id, int64_t from, int64_t to,
                    struct pole_figures *out, struct err *err)
{
    err_code code = desk_may(ctx, pole_id, err);

    return code == ERR_NONE ? desk_figures(ctx->db, pole_id, from, to, out, err) : code;
}

struct wave_note {
    struct ctx *ctx;
    struct wave wave;
    int asked;
};

static err_code write_wave(struct db *db, void *argument, struct err *err)
{
    struct wave_note *note = argument;
    struct ctx *ctx = note->ctx;
    const struct need *need = note->wave.need;
    err_code code = wave_write(db, &note->wave, &note->asked, err);

    if (code != ERR_NONE || !note->asked)
        return code;
    return audit_of(
        db,
        &(struct audit){.actor = actor_word(ctx->arena, ctx->actor),
                        .verb = "send wave",
                        .detail = arena_printf(ctx->arena, "need %" PRId64 ", %d asked",
                                               need->id, note->asked),
                        .account_id = ctx->actor->account_id,
                        .pole_id = need->pole_id,
                        .person_id = need->person_id},
        ctx->now, err);
}

err_code desk_wave(struct ctx *ctx, int64_t need_id, int *asked, struct err *err)
{
    struct need need;
    struct wave_note *note = arena_alloc(ctx->arena, sizeof *note);
    err_code code = note ? needs_get(ctx->db, ctx->arena, need_id, &need, err)
                         : err_set(err, ERR_MEMORY, "no room for a wave");

    if (code == ERR_NONE)
        code = actor_must_need(VERB_SEND_WAVE, ctx->actor, &need, err);
    if (code != ERR_NONE)
        return code;
    *note = (struct wave_note){.ctx = ctx};
    code = wave_find(ctx, &need, (size_t)ctx->config->wave_size, false, &note->wave, err);
    if (code == ERR_NONE)
        code = writer_do(ctx->writer, write_wave, note, err);
    if (code == ERR_NONE)
        *asked = note->asked;
    return code;
}
