/* Having a seat. */
#include "exchange/action/session_register.h"

#include "exchange/action/actor.h"
#include "exchange/action/link.h"
#include "store/needs.h"
#include "store/session_life.h"
#include "store/sessions.h"

err_code session_seating(const struct ctx *ctx, const struct session *session,
                         struct seating *out, struct err *err)
{
    size_t count = session->registration_count;
    struct registration *items = arena_array(ctx->arena, count + 1, sizeof *items);
    struct seat_change *changes = arena_array(ctx->arena, 2 * count + 2, sizeof *changes);

    if (!items || !changes)
        return err_set(err, ERR_MEMORY, "no room for the seats of a session");
    for (size_t i = 0; i < count; i++) {
        items[i] = session->registrations[i];
        if (session_has_trainer(session, items[i].person_id) &&
            (items[i].state == REGISTRATION_SEATED ||
             items[i].state == REGISTRATION_WAITING)) { /* she gives it by now */
            items[i].state = REGISTRATION_LEFT;
            items[i].hold_until = 0;
        }
    }
    *out = (struct seating){.seats = session->seats,
                            .starts_at = session_first_at(session),
                            .priority_until = session->priority_until,
                            .hold_s = ctx->config->waitlist_hold_h * HOUR_S,
                            .items = items,
                            .count = count,
                            .changes = changes};
    return ERR_NONE;
}

err_code session_seating_save(struct db *db, const struct ctx *ctx,
                              struct session *session, const struct seating *seating,
                              struct err *err)
{
    static const struct {
        const char *template, *ics_method;
    } mails[] = {[SEAT_GIVEN] = {"session_registered", "REQUEST"},
                 [SEAT_WAITS] = {"session_waitlisted", NULL},
                 [SEAT_OFFERED] = {"session_seat_free", NULL},
                 [SEAT_PASSED_ON] = {"session_passed_on", NULL},
                 [SEAT_LEFT] = {"session_left", "CANCEL"},
                 [SEAT_UNSUITED] = {"session_unsuited", NULL}};
    err_code code;

    session->registrations = seating->items;
    session->registration_count = seating->count;
    session->priority_until = seating->priority_until;
    code = sessions_save(db, session, ctx->now, err);
    for (size_t i = 0; code == ERR_NONE && i < seating->change_count; i++) {
        const struct seat_change *change = &seating->changes[i];
        code = session_mail_queue(
            db, ctx,
            &(struct session_mail){.template = mails[change->event].template,
                                   .session = session,
                                   .person_id = change->person_id,
                                   .link = LINK_SESSION,
                                   .ics_method = mails[change->event].ics_method},
            err);
    }
    return code;
}

struct job {
    struct ctx *ctx;
    int64_t session_id, person_id;
    const struct session_wish *wish;
    const int64_t *dates;
    size_t date_count;
    struct session_place *place;
};

err_code session_read_open(struct db *db, const struct ctx *ctx, int64_t session_id,
                           struct session *session, struct err *err)
{
    err_code code = sessions_get(db, ctx->arena, session_id, session, err);

    if (code == ERR_NONE &&
        (session->state == SESSION_CANCELLED || session->state == SESSION_HELD ||
         session_first_at(session) <= ctx->now))
        code = err_set_field(err, ERR_CONFLICT, "session",
                             session->state == SESSION_CANCELLED
                                 ? N_("This session is cancelled.")
                                 : N_("This session has begun or is over."));
    return code;
}

err_code session_suit(struct db *db, const struct ctx *ctx, const struct session *session,
                      int64_t person_id, const int64_t *dates, size_t count,
                      struct err *err)
{
    int64_t *chosen = arena_array(ctx->arena, session->date_count + 1, sizeof *chosen);
    size_t chosen_count = 0;

    if (session_has_trainer(session, person_id))
        return err_set_field(
            err, ERR_CONFLICT, "session",
            N_("Who gives a session needs no place in it: places are for the others."));
    if (session_fixed(session))
        return ERR_NONE;
    if (!chosen)
        return err_set(err, ERR_MEMORY, "no room for dates");
    for (size_t i = 0; i < session->date_count; i++)
        for (size_t j = 0; j < count; j++)
            if (session->dates[i].starts_at == dates[j]) {
                chosen[chosen_count++] = dates[j];
                break;
            }
    if (chosen_count == 0)
        return err_set_field(err, ERR_INVALID, "dates",
                             N_("Tick at least one date that suits you."));
    return session_choose(db, session->id, person_id, chosen, chosen_count, ctx->now,
                          err);
}

static err_code fill_place(struct db *db, const struct job *job,
                           const struct session *session, int64_t person_id,
                           struct err *err)
{
    const struct registration *hers =
        seats_of(session->registrations, session->registration_count, person_id);

    job->place->person_id = person_id;
    job->place->registration = *hers;
    job->place->rank =
        seats_rank(session->registrations, session->registration_count, person_id);
    return session_link(db, job->ctx, session, LINK_SESSION, person_id, job->wish->email,
                        job->ctx->lang, job->place->token, err);
}

static err_code write_register(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    const struct session_wish *wish = job->wish;
    int64_t person_id = 0, need_id = 0;
    struct session session;
    struct seating seating;
    err_code code = session_read_open(db, job->ctx, job->session_id, &session, err);

    if (code == ERR_NONE)
        code = actor_person(db, wish->email, wish->name, job->ctx->now, &person_id, err);
    if (code == ERR_NONE)
        code = needs_tie_person(db, job->ctx->arena, wish->email, person_id, session.id,
                                job->ctx->now, err);
    if (code == ERR_NONE)
        code = session_need_of(db, session.id, person_id, &need_id, err);
    if (code == ERR_NONE)
        code = session_suit(db, job->ctx, &session, person_id, wish->dates,
                            wish->date_count, err);
    if (code == ERR_NONE)
        code = session_seating(job->ctx, &session, &seating, err);
    if (code != ERR_NONE)
        return code;
    seats_register(&seating, person_id, need_id, job->ctx->now);
    code = session_link(db, job->ctx, &session, LINK_SESSION, person_id, wish->email,
                        job->ctx->lang, job->place->token, err); /* tells her language */
    if (code == ERR_NONE)
        code = session_seating_save(db, job->ctx, &session, &seating, err);
    return code == ERR_NONE ? fill_place(db, job, &session, person_id, err) : code;
}

err_code session_register(struct ctx *ctx, const struct session_wish *wish,
                          struct session_place *place, struct err *err)
{
    struct job job = {
        .ctx = ctx, .session_id = wish->session_id, .wish = wish, .place = place};

    return link_do(ctx, write_register, &job, err);
}

static err_code no_place(struct err *err)
{
    return err_set_field(err, ERR_CONFLICT, "session",
                         N_("You have no place in this session."));
}

static err_code write_leave(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    struct session session;
    struct seating seating;
    err_code code = session_read_open(db, job->ctx, job->session_id, &session, err);

    if (code == ERR_NONE)
        code = session_seating(job->ctx, &session, &seating, err);
    if (code == ERR_NONE && !seats_leave(&seating, job->person_id, job->ctx->now))
        code = no_place(err);
    if (code == ERR_NONE)
        code =
            session_choose(db, session.id, job->person_id, NULL, 0, job->ctx->now, err);
    return code == ERR_NONE ? session_seating_save(db, job->ctx, &session, &seating, err)
                            : code;
}

err_code session_leave(struct ctx *ctx, int64_t session_id, int64_t person_id,
                       struct err *err)
{
    struct job job = {.ctx = ctx, .session_id = session_id, .person_id = person_id};

    return writer_do(ctx->writer, write_leave, &job, err);
}

static err_code write_take(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    struct session session;
    struct seating seating;
    err_code code = session_read_open(db, job->ctx, job->session_id, &session, err);

    if (code == ERR_NONE)
        code = session_seating(job->ctx, &session, &seating, err);
    if (code == ERR_NONE && !seats_take(&seating, job->person_id, job->ctx->now))
        code = err_set_field(err, ERR_CONFLICT, "session",
                             N_("This seat is no longer held for you."));
    return code == ERR_NONE ? session_seating_save(db, job->ctx, &session, &seating, err)
                            : code;
}

err_code session_take_seat(struct ctx *ctx, int64_t session_id, int64_t person_id,
                           struct err *err)
{
    struct job job = {.ctx = ctx, .session_id = session_id, .person_id = person_id};

    return writer_do(ctx->writer, write_take, &job, err);
}

static err_code write_dates(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    const struct registration *hers;
    struct session session;
    err_code code = session_read_open(db, job->ctx, job->session_id, &session, err);

    if (code != ERR_NONE)
        return code;
    hers = seats_of(session.registrations, session.registration_count, job->person_id);
    if (!hers || hers->state == REGISTRATION_LEFT)
        return no_place(err);
    code = session_suit(db, job->ctx, &session, job->person_id, job->dates,
                        job->date_count, err);
    return code == ERR_NONE ? sessions_save(db, &session, job->ctx->now, err) : code;
}

err_code session_choose_dates(struct ctx *ctx, int64_t session_id, int64_t person_id,
                              const int64_t *dates, size_t count, struct err *err)
{
    struct job job = {.ctx = ctx,
                      .session_id = session_id,
                      .person_id = person_id,
                      .dates = dates,
                      .date_count = count};

    return writer_do(ctx->writer, write_dates, &job, err);
}

err_code session_seats_turn(struct db *db, const struct ctx *ctx, int64_t session_id,
                            struct err *err)
{
    struct session session;
    struct seating seating;
    err_code code = sessions_get(db, ctx->arena, session_id, &session, err);

    if (code == ERR_NONE)
        code = session_seating(ctx, &session, &seating, err);
    if (code != ERR_NONE)
        return code;
    seats_turn(&seating, ctx->now);
    return session_seating_save(db, ctx, &session, &seating, err);
}
