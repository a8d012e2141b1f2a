/* What who runs a session notes for people who phone or have no e-mail. */
#include "exchange/action/session_hand.h"

#include "base/email.h"
#include "base/unicode.h"
#include "exchange/action/act_for.h"
#include "exchange/action/actor.h"
#include "exchange/action/session_register.h"
#include "store/session_life.h"
#include "store/sessions.h"

struct job {
    struct ctx *ctx;
    const struct hand_note *note;
};

static err_code read_hers(struct db *db, const struct job *job, struct session *session,
                          struct err *err)
{
    err_code code = session_read_open(db, job->ctx, job->note->session_id, session, err);

    return code == ERR_NONE ? actor_must(VERB_RUN_SESSION,
                                         actor_who_session(job->ctx->actor, session), err)
                            : code;
}

static err_code trace(struct db *db, const struct job *job, const struct session *session,
                      const char *verb, int64_t person_id, struct err *err)
{
    return act_note(db, job->ctx, verb, "session", session->id, session->pole_id,
                    person_id, err);
}

static err_code write_register(struct db *db, void *argument, struct err *err)
{
    const struct job *job = argument;
    const struct hand_note *note = job->note;
    struct act_person person = {.name = note->name, .email = note->email};
    int64_t person_id = 0, need_id = 0;
    struct session session;
    struct seating seating;
    err_code code = read_hers(db, job, &session, err);

    person.pole_id = code == ERR_NONE ? session.pole_id : 0;
    if (code == ERR_NONE)
        code = act_person(db, job->ctx, &person, &person_id, err);
    if (code == ERR_NONE)
        code = session_need_of(db, session.id, person_id, &need_id, err);
    if (code == ERR_NONE)
        code = session_suit(db, job->ctx, &session, person_id, note->dates,
                            note->date_count, err);
    if (code == ERR_NONE)
        code = session_seating(job->ctx, &session, &seating, err);
    if (code != ERR_NONE)
        return code;
    if (!seats_register(&seating, person_id, need_id, job->ctx->now))
        return err_set_field(err, ERR_CONFLICT, "nom",
                             N_("She has her place in this session already."));
    code = session_seating_save(db, job->ctx, &session, &seating, err);
    return code == ERR_NONE ? trace(db, job, &session, ACT_REGISTER, person_id, err)
                            : code;
}

err_code session_hand_register(struct ctx *ctx, const struct hand_note *note,
                               struct err *err)
{
    struct hand_note read = *note;
    struct job job = {.ctx = ctx, .note = &read};

    read.name = arena_trimmed(ctx->arena, note->name);
    read.email = arena_trimmed(ctx->arena, note->email);
    if (!read.name || unicode_length(read.name) > ACT_NAME_MOST)
        return err_set_field(
            err, ERR_INVALID, "nom",
            N_("Write her first and last name: 200 characters at most."));
    if (read.email && !email_is_plausible(read.email))
        return err_set_field(err, ERR_INVALID, "courriel",
                             N_("Write an e-mail address such as name@example.org."));
    if (read.email && !(read.email = email_plain(ctx->arena, read.email)))
        return err_set(err, ERR_MEMORY, "no room for an address");
    return writer_do(ctx->writer, write_register, &job, err);
}

static err_code no_place(struct err *err)
{
    return err_set_field(err, ERR_CONFLICT, "session",
                         N_("She has no place in this session."));
}

static err_code write_dates(struct db *db, void *argument, struct err *err)
{
    const struct job *job = argument;
    const struct hand_note *note = job->note;
    const struct registration *hers;
    struct session session;
    err_code code = read_hers(db, job, &session, err);

    if (code != ERR_NONE)
        return code;
    hers = seats_of(session.registrations, session.registration_count, note->person_id);
    if (!hers || hers->state == REGISTRATION_LEFT)
        return no_place(err);
    code = session_suit(db, job->ctx, &session, note->person_id, note->dates,
                        note->date_count, err);
    if (code == ERR_NONE)
        code = sessions_save(db, &session, job->ctx->now, err);
    return code == ERR_NONE
               ? trace(db, job, &session, ACT_CHOOSE_DATES, note->person_id, err)
               : code;
}

err_code session_hand_dates(struct ctx *ctx, const struct hand_note *note,
                            struct err *err)
{
    struct job job = {.ctx = ctx, .note = note};

    return writer_do(ctx->writer, write_dates, &job, err);
}

static err_code write_leave(struct db *db, void *argument, struct err *err)
{
    const struct job *job = argument;
    int64_t person_id = job->note->person_id;
    struct session session;
    struct seating seating;
    err_code code = read_hers(db, job, &session, err);

    if (code == ERR_NONE)
        code = session_seating(job->ctx, &session, &seating, err);
    if (code == ERR_NONE && !seats_leave(&seating, person_id, job->ctx->now))
        code = no_place(err);
    if (code == ERR_NONE)
        code = session_choose(db, session.id, person_id, NULL, 0, job->ctx->now, err);
    if (code == ERR_NONE)
        code = session_seating_save(db, job->ctx, &session, &seating, err);
    return code == ERR_NONE ? trace(db, job, &session, ACT_LEAVE, person_id, err) : code;
}

err_code session_hand_leave(struct ctx *ctx, const struct hand_note *note,
                            struct err *err)
{
    struct job job = {.ctx = ctx, .note = note};

    return writer_do(ctx->writer, write_leave, &job, err);
}

err_code session_hand_noted(struct ctx *ctx, int64_t session_id, int64_t **ids,
                            size_t *count, struct err *err)
{
    return session_noted(ctx->db, ctx->arena, session_id, ids, count, err);
}
