/* A seat in a session for someone without e-mail. */
#include "exchange/action/act_for.h"

#include "exchange/action/actor.h"
#include "exchange/action/session_register.h"
#include "store/session_life.h"
#include "store/sessions.h"

struct seating_for {
    struct ctx *ctx;
    const struct act_person *person;
    int64_t session_id;
};

static err_code read_session(struct db *db, const struct seating_for *wanted,
                             struct session *session, struct err *err)
{
    struct ctx *ctx = wanted->ctx;
    err_code code = sessions_get(db, ctx->arena, wanted->session_id, session, err);

    if (code == ERR_NONE && session->pole_id != wanted->person->pole_id)
        return err_set(err, ERR_FORBIDDEN, "the session is of another pole");
    if (code == ERR_NONE &&
        (session->state == SESSION_CANCELLED || session->state == SESSION_HELD ||
         session_first_at(session) <= ctx->now))
        return err_set_field(err, ERR_CONFLICT, "seance",
                             N_("This session is over or cancelled."));
    return code;
}

/* Whatever date is fixed suits her: the facilitator asked. */
static err_code choose_all(struct db *db, const struct ctx *ctx,
                           const struct session *session, int64_t person_id,
                           struct err *err)
{
    int64_t *dates = arena_array(ctx->arena, session->date_count + 1, sizeof *dates);

    if (session_fixed(session))
        return ERR_NONE;
    if (!dates)
        return err_set(err, ERR_MEMORY, "no room for dates");
    for (size_t i = 0; i < session->date_count; i++)
        dates[i] = session->dates[i].starts_at;
    return session_choose(db, session->id, person_id, dates, session->date_count,
                          ctx->now, err);
}

static err_code write_seat(struct db *db, void *argument, struct err *err)
{
    const struct seating_for *wanted = argument;
    struct ctx *ctx = wanted->ctx;
    int64_t person_id = 0, need_id = 0;
    struct session session;
    struct seating seating;
    err_code code = read_session(db, wanted, &session, err);

    if (code == ERR_NONE)
        code = act_person(db, ctx, wanted->person, &person_id, err);
    if (code == ERR_NONE)
        code = session_need_of(db, session.id, person_id, &need_id, err);
    if (code == ERR_NONE)
        code = choose_all(db, ctx, &session, person_id, err);
    if (code == ERR_NONE)
        code = session_seating(ctx, &session, &seating, err);
    if (code != ERR_NONE)
        return code;
    if (!seats_register(&seating, person_id, need_id, ctx->now))
        return err_set_field(err, ERR_CONFLICT, "seance",
                             N_("She has her place in this session already."));
    code = session_seating_save(db, ctx, &session, &seating, err);
    return code == ERR_NONE ? act_note(db, ctx, ACT_REGISTER, "session", session.id,
                                       session.pole_id, person_id, err)
                            : code;
}

err_code act_register(struct ctx *ctx, struct act_person *person, int64_t session_id,
                      struct err *err)
{
    struct seating_for wanted = {.ctx = ctx, .person = person, .session_id = session_id};
    err_code code = act_may(ctx, person, err);

    if (code == ERR_NONE && !session_id)
        return err_set_field(err, ERR_INVALID, "seance",
                             N_("Choose one of the sessions."));
    return code == ERR_NONE ? writer_do(ctx->writer, write_seat, &wanted, err) : code;
}
