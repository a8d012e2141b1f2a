/* What becomes of sessions by itself: seats held and passed on, the decision, reminders,
 * the two questions afterwards. Each session is a job of the writer's of its own; what is
 * done leaves a mark in the record, so that nothing is done twice. */
#include "exchange/action/jobs.h"
#include "exchange/action/session_decide.h"
#include "store/session_life.h"
#include "store/sessions.h"

enum {
    QUESTIONS_AFTER_S = 2 * HOUR_S,
    TICK_AFTER_S = 7 * DAY_S,    /* who gives it is reminded to tick */
    PRESUME_AFTER_S = 10 * DAY_S /* everyone seated has come */
};

struct turning {
    struct ctx *ctx;
    int64_t session_id;
    enum reminder bit;
};

static err_code for_each(struct ctx *ctx, write_job job, const int64_t *ids, size_t count,
                         enum reminder bit, struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = writer_do(ctx->writer, job, &(struct turning){ctx, ids[i], bit}, err);
    return code;
}

static err_code write_turn(struct db *db, void *argument, struct err *err)
{
    struct turning *turning = argument;

    return session_seats_turn(db, turning->ctx, turning->session_id, err);
}

err_code job_seats(struct ctx *ctx, struct err *err)
{
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code =
        sessions_due(ctx->db, ctx->arena, DUE_SEATS, ctx->now, &ids, &count, err);

    return code == ERR_NONE ? for_each(ctx, write_turn, ids, count, REMINDED_EARLY, err)
                            : code;
}

static err_code write_decision(struct db *db, void *argument, struct err *err)
{
    struct turning *turning = argument;

    return session_decide(db, turning->ctx, turning->session_id, err);
}

err_code job_decisions(struct ctx *ctx, struct err *err)
{
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code =
        sessions_due(ctx->db, ctx->arena, DUE_DECISION, ctx->now, &ids, &count, err);

    return code == ERR_NONE
               ? for_each(ctx, write_decision, ids, count, REMINDED_EARLY, err)
               : code;
}

/* Those in one of the states get the mail; the record notes that it has left. */
static err_code mail_once(struct db *db, const struct turning *turning,
                          const char *template, enum link_purpose link, bool is_after,
                          struct err *err)
{
    const struct ctx *ctx = turning->ctx;
    struct session session;
    err_code code = sessions_get(db, ctx->arena, turning->session_id, &session, err);

    if (code != ERR_NONE || (session.reminded & turning->bit))
        return code;
    session.reminded |= turning->bit;
    if (is_after && session.state == SESSION_CONFIRMED)
        session.state = SESSION_HELD; /* nobody ticked: those with a seat are asked */
    code = sessions_save(db, &session, ctx->now, err);
    for (size_t i = 0; code == ERR_NONE && i < session.registration_count; i++) {
        const struct registration *one = &session.registrations[i];
        if (one->state != REGISTRATION_SEATED && one->state != REGISTRATION_ATTENDED)
            continue;
        code = session_mail_queue(db, ctx,
                                  &(struct session_mail){.template = template,
                                                         .session = &session,
                                                         .person_id = one->person_id,
                                                         .link = link},
                                  err);
    }
    for (size_t i = 0; code == ERR_NONE && i < session.trainer_count; i++)
        code = session_mail_queue(
            db, ctx,
            &(struct session_mail){.template =
                                       is_after ? "session_thanks" : "session_reminder",
                                   .session = &session,
                                   .person_id = session.trainer_ids[i],
                                   .link = LINK_COUNT},
            err);
    return code;
}

static err_code write_reminder(struct db *db, void *argument, struct err *err)
{
    return mail_once(db, argument, "session_reminder", LINK_SESSION, false, err);
}

/* Seven days before and thirty hours before; who is within the second gets that one only.
 */
err_code job_reminders(struct ctx *ctx, struct err *err)
{
    int64_t late = ctx->now + ctx->config->reminder_late_h * HOUR_S,
            early = calendar_days_on(ctx->now, (int)ctx->config->reminder_early_days,
                                     ctx->config->zone),
            *ids = NULL;
    size_t count = 0;
    err_code code = sessions_to_remind(ctx->db, ctx->arena, late, early, early - ctx->now,
                                       REMINDED_EARLY, &ids, &count, err);

    if (code == ERR_NONE)
        code = for_each(ctx, write_reminder, ids, count, REMINDED_EARLY, err);
    if (code == ERR_NONE)
        code = sessions_to_remind(ctx->db, ctx->arena, ctx->now, late, late - ctx->now,
                                  REMINDED_LATE, &ids, &count, err);
    return code == ERR_NONE
               ? for_each(ctx, write_reminder, ids, count, REMINDED_LATE, err)
               : code;
}

static err_code write_questions(struct db *db, void *argument, struct err *err)
{
    return mail_once(db, argument, "session_questions", LINK_FEEDBACK, true, err);
}

err_code job_questions(struct ctx *ctx, struct err *err)
{
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code = sessions_due(ctx->db, ctx->arena, DUE_QUESTIONS,
                                 ctx->now - QUESTIONS_AFTER_S, &ids, &count, err);

    return code == ERR_NONE
               ? for_each(ctx, write_questions, ids, count, REMINDED_QUESTIONS, err)
               : code;
}

/* Who gives it, else who made it, is reminded once to tick who came. */
static err_code write_tick_reminder(struct db *db, void *argument, struct err *err)
{
    const struct turning *turning = argument;
    const struct ctx *ctx = turning->ctx;
    struct session session;
    size_t count;
    err_code code = sessions_get(db, ctx->arena, turning->session_id, &session, err);

    if (code != ERR_NONE || (session.reminded & REMINDED_TICK))
        return code;
    session.reminded |= REMINDED_TICK;
    code = sessions_save(db, &session, ctx->now, err);
    count = session.trainer_count ? session.trainer_count : session.created_by != 0;
    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = session_mail_queue(
            db, ctx,
            &(struct session_mail){.template = "session_tick",
                                   .session = &session,
                                   .person_id = session.trainer_count
                                                    ? session.trainer_ids[i]
                                                    : session.created_by,
                                   .link = LINK_COUNT},
            err);
    return code;
}

static err_code write_presume(struct db *db, void *argument, struct err *err)
{
    struct turning *turning = argument;

    return session_presume(db, turning->ctx, turning->session_id, err);
}

/* First those already reminded, so that nobody is reminded and overruled in one turn. */
err_code job_attendance(struct ctx *ctx, struct err *err)
{
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code = sessions_due(ctx->db, ctx->arena, DUE_PRESUME,
                                 ctx->now - PRESUME_AFTER_S, &ids, &count, err);

    if (code == ERR_NONE)
        code = for_each(ctx, write_presume, ids, count, REMINDED_TICK, err);
    if (code == ERR_NONE)
        code = sessions_due(ctx->db, ctx->arena, DUE_TICK, ctx->now - TICK_AFTER_S, &ids,
                            &count, err);
    return code == ERR_NONE
               ? for_each(ctx, write_tick_reminder, ids, count, REMINDED_TICK, err)
               : code;
}
