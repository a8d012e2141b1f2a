/* Follow-ups of needs: what the site does by itself on the days the settings name, and
 * tells their authors honestly. Each step is done once: need.followed moves in the
 * transaction that does it. */
#include "exchange/action/introduction_mail.h"
#include "exchange/action/jobs.h"
#include "exchange/action/need_mail.h"
#include "exchange/action/need_parts.h"
#include "exchange/action/need_step.h"
#include "exchange/action/wave.h"
#include "store/change.h"
#include "store/introductions.h"
#include "store/need_follow.h"
#include "store/need_groups.h"
#include "store/needs.h"
#include "store/structures.h"

enum { AT_ONCE = 50, JOB_ARENA_MAX = 8 << 20, ASKED_MOST = 200, STEPS = 4 };

struct following {
    const struct config *config;
    int64_t need_id, now;
    int step;
    struct wave *wave; /* NULL: nobody is asked at this step */
    bool is_settled;   /* answered, or a session is coming: nothing to chase */
    bool is_ended;     /* its life ended */
};

static err_code tell_one(struct db *db, struct arena *arena,
                         const struct following *following, const struct need *need,
                         const struct need_news *news, struct err *err)
{
    struct reach author;
    err_code code = reach_author(db, arena, following->config, need, &author, err);

    return code == ERR_NONE ? need_mail_news(db, arena, following->config, need, &author,
                                             news, following->now, err)
                            : code;
}

static void close_need(struct need *need, const char *reason, int64_t now)
{
    need->state = NEED_GIVEN_UP;
    need->reason = reason;
    need->closed_at = now;
    need->followed = STEPS;
}

/* The needs that are part of it: their authors hear the same, and they close with it. */
static err_code tell_parts(struct db *db, struct arena *arena,
                           const struct following *following, const struct need *whole,
                           const struct need_news *news, struct err *err)
{
    struct need *parts = NULL;
    size_t count = 0;
    err_code code =
        need_is_open(whole->state)
            ? needs_merged(db, arena, whole->id, NEED_PARTS_MOST, &parts, &count, err)
            : need_parts_close(db, arena, whole, following->now, &parts, &count, err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        if (!need_is_open(whole->state) || need_is_open(parts[i].state))
            code = tell_one(db, arena, following, &parts[i], news, err);
    return code;
}

/* Those who share it hear of its end. */
static err_code tell_supporters(struct db *db, struct arena *arena,
                                const struct following *following,
                                const struct need *need, const struct need_news *news,
                                struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < need->support_count; i++) {
        struct reach to;
        if (!need->supports[i].person_id ||
            need->supports[i].person_id == need->person_id)
            continue;
        code = reach_person(db, arena, following->config, need->supports[i].person_id,
                            &to, err);
        if (code == ERR_NONE)
            code = need_mail_news(db, arena, following->config, need, &to, news,
                                  following->now, err);
    }
    return code;
}

static err_code count_asked(struct db *db, struct arena *arena, int64_t need_id,
                            int *asked, struct err *err)
{
    struct introduction *made = NULL;
    size_t count = 0;
    err_code code = introductions_list(db, arena, INTRODUCTIONS_OF_NEED, need_id,
                                       ASKED_MOST, &made, &count, err);

    *asked = (int)count;
    return code;
}

static err_code tell_all(struct db *db, struct arena *arena,
                         const struct following *following, const struct need *need,
                         int asked, struct err *err)
{
    static const char *const templates[STEPS] = {"need_followed", "need_followed",
                                                 "need_at_risk", "need_closed"};
    struct need_news news = {.template = templates[following->step - 1],
                             .step = following->step,
                             .asked = asked};
    struct pole pole;
    err_code code = count_asked(db, arena, need->id, &news.asked_total, err);

    news.is_reaching_nobody = following->wave && !asked;
    if (code == ERR_NONE && need->pole_id) {
        code = poles_get(db, arena, need->pole_id, &pole, err);
        news.pole = code == ERR_NONE ? pole.name : NULL;
    }
    if (code == ERR_NONE)
        code = tell_one(db, arena, following, need, &news, err);
    if (code == ERR_NONE)
        code = tell_parts(db, arena, following, need, &news, err);
    return code == ERR_NONE && following->step == STEPS
               ? tell_supporters(db, arena, following, need, &news, err)
               : code;
}

static err_code close_it(struct db *db, const struct following *following,
                         struct need *need, struct err *err)
{
    close_need(need, following->is_ended ? NEED_EXPIRED : NEED_UNANSWERED,
               following->now);
    return introductions_withdraw(db, need->id, err);
}

static err_code follow(struct db *db, struct arena *arena, struct following *following,
                       struct err *err)
{
    struct need need;
    int asked = 0;
    bool is_closing = following->step == STEPS;
    err_code code = needs_get(db, arena, following->need_id, &need, err);

    if (code != ERR_NONE)
        return code;
    if (!need_is_open(need.state) || need.merged_into ||
        (need.followed >= following->step && !following->is_ended))
        return ERR_NONE; /* meanwhile */
    need.followed = following->step;
    if (following->is_settled && !following->is_ended)
        return needs_save(db, &need, following->now, err);
    if (following->wave) {
        following->wave->need = &need;
        code = wave_write(db, following->wave, &asked, err);
    }
    if (code == ERR_NONE && is_closing)
        code = close_it(db, following, &need, err);
    if (code == ERR_NONE)
        code = needs_save(db, &need, following->now, err);
    return code == ERR_NONE ? tell_all(db, arena, following, &need, asked, err) : code;
}

static err_code write_following(struct db *db, void *argument, struct err *err)
{
    struct arena *arena = arena_new(JOB_ARENA_MAX);
    err_code code = arena ? follow(db, arena, argument, err)
                          : err_set(err, ERR_MEMORY, "no room for a follow-up");

    arena_free(arena);
    return code;
}

/* Who can be asked at this step; nobody for a need that waits for its facilitator. */
static err_code find_wave(struct ctx *ctx, const struct need *need,
                          struct following *following, struct err *err)
{
    struct err trouble = {0};
    struct wave *wave;
    err_code code;

    if (following->is_settled || following->step > 2 || need->state == NEED_STATED)
        return ERR_NONE;
    wave = arena_alloc(ctx->arena, sizeof *wave);
    code =
        wave ? wave_find(ctx, need, (size_t)ctx->config->wave_size, false, wave, &trouble)
             : err_set(&trouble, ERR_MEMORY, "no room for a wave");
    if (code == ERR_INVALID) /* no author to tell the answers to */
        return ERR_NONE;
    if (code != ERR_NONE)
        return err_set(err, code, "%s", trouble.text);
    following->wave = wave;
    return ERR_NONE;
}

static err_code follow_one(struct ctx *ctx, int64_t need_id, int step, bool is_ended,
                           struct err *err)
{
    struct following following = {.config = ctx->config,
                                  .need_id = need_id,
                                  .now = ctx->now,
                                  .step = step,
                                  .is_ended = is_ended};
    struct need need;
    int64_t *sessions = NULL;
    size_t count = 0;
    err_code code = needs_get(ctx->db, ctx->arena, need_id, &need, err);

    if (code == ERR_NONE && !is_ended &&
        need_step_at(ctx->config, &need, step) > ctx->now)
        return ERR_NONE; /* kept open: it closes later */
    if (code == ERR_NONE)
        code = needs_sessions(ctx->db, ctx->arena, need_id, ctx->now, 1, &sessions,
                              &count, err);
    following.is_settled = code == ERR_NONE && (need.answered_at || count);
    if (code == ERR_NONE)
        code = find_wave(ctx, &need, &following, err);
    return code == ERR_NONE ? writer_do(ctx->writer, write_following, &following, err)
                            : code;
}

/* The latest step that is due comes first, so that after a long stop nobody gets three
 * mails. */
err_code job_needs(struct ctx *ctx, struct err *err)
{
    const int64_t days[STEPS] = {ctx->config->follow_up_1_day,
                                 ctx->config->follow_up_2_day,
                                 ctx->config->follow_up_3_day, ctx->config->closing_day};
    err_code code = ERR_NONE;

    for (int step = STEPS; code == ERR_NONE && step >= 1; step--) {
        int64_t *ids = NULL;
        size_t count = 0;
        code = needs_due(ctx->db, ctx->arena, step, ctx->now - days[step - 1] * DAY_S,
                         step < STEPS ? INT64_MAX : ctx->config->need_life_days * DAY_S,
                         AT_ONCE, &ids, &count, err);
        for (size_t i = 0; code == ERR_NONE && i < count; i++)
            code = follow_one(ctx, ids[i], step, false, err);
    }
    return code;
}

err_code job_needs_end(struct ctx *ctx, struct err *err)
{
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code =
        needs_ended(ctx->db, ctx->arena, ctx->now, AT_ONCE, &ids, &count, err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = follow_one(ctx, ids[i], STEPS, true, err);
    return code;
}

struct falling_silent {
    const struct config *config;
    const struct introduction *introduction;
    int64_t now;
};

static err_code fall_silent(struct db *db, struct arena *arena,
                            const struct falling_silent *falling, struct err *err)
{
    struct introduction made = *falling->introduction;
    struct need need;
    struct telling telling = {.db = db,
                              .arena = arena,
                              .config = falling->config,
                              .introduction = &made,
                              .now = falling->now};
    err_code code;

    made.state = INTRODUCTION_SILENT;
    code = introductions_change(db, &made, INTRODUCTION_ASKED, err);
    if (code == ERR_NONE && made.need_id) {
        code = needs_get(db, arena, made.need_id, &need, err);
        telling.need = &need;
    }
    if (code == ERR_NONE && !made.wave)
        code = introduction_mail_declined(&telling, err);
    return code == ERR_NONE ? change_note(db, made.need_id ? THING_NEED : THING_MAIL,
                                          made.need_id, falling->now, err)
                            : code;
}

static err_code write_silent(struct db *db, void *argument, struct err *err)
{
    struct arena *arena = arena_new(JOB_ARENA_MAX);
    err_code code = arena ? fall_silent(db, arena, argument, err)
                          : err_set(err, ERR_MEMORY, "no room for a contact");

    arena_free(arena);
    return code;
}

err_code job_introductions(struct ctx *ctx, struct err *err)
{
    struct introduction *due = NULL;
    size_t count = 0;
    err_code code = introductions_list(ctx->db, ctx->arena, INTRODUCTIONS_DUE, ctx->now,
                                       AT_ONCE, &due, &count, err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct falling_silent falling = {ctx->config, &due[i], ctx->now};
        struct err trouble = {0};
        code = writer_do(ctx->writer, write_silent, &falling, &trouble);
        if (code == ERR_CONFLICT) { /* answered meanwhile */
            code = ERR_NONE;
            continue;
        }
        if (code == ERR_NONE && due[i].wave && due[i].need_id)
            code = wave_route_on(ctx, due[i].need_id, &trouble);
        if (code != ERR_NONE)
            return err_set(err, code, "%s", trouble.text);
    }
    return code;
}
