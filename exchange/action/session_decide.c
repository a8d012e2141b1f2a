/* What is decided about a session. */
#include "exchange/action/session_decide.h"

#include "base/unicode.h"
#include "exchange/action/actor.h"
#include "exchange/action/need_parts.h"
#include "exchange/action/need_return.h"
#include "exchange/action/need_step.h"
#include "exchange/action/session_date.h"
#include "exchange/action/session_form.h"
#include "store/change.h"
#include "store/needs.h"
#include "store/people.h"
#include "store/relays.h"
#include "store/session_life.h"
#include "store/sessions.h"

#include <inttypes.h>
#include <string.h>

enum { WORDS_MOST = 2000, PROLONG_MOST_S = 3 * DAY_S, MESSAGES_DAY = 5 };

struct job {
    struct ctx *ctx;
    int64_t session_id, starts_at;
    const char *words, *name;
    const int64_t *person_ids;
    size_t count, told;
};

static err_code not_now(struct err *err)
{
    return err_set_field(err, ERR_CONFLICT, "session",
                         N_("This cannot be done with the session as it is now."));
}

/* The session, when the actor may run it. */
static err_code read_hers(struct db *db, const struct job *job, struct session *session,
                          struct err *err)
{
    err_code code = sessions_get(db, job->ctx->arena, job->session_id, session, err);

    return code == ERR_NONE ? actor_must(VERB_RUN_SESSION,
                                         actor_who_session(job->ctx->actor, session), err)
                            : code;
}

static err_code note(struct db *db, const struct job *job, const struct session *session,
                     const char *verb, struct err *err)
{
    const struct ctx *ctx = job->ctx;
    const struct audit audit = {
        .actor = actor_word(ctx->arena, ctx->actor),
        .verb = verb,
        .detail = arena_printf(ctx->arena, "session %" PRId64, session->id),
        .account_id = ctx->actor->account_id,
        .pole_id = session->pole_id};

    return audit_of(db, &audit, ctx->now, err);
}

static err_code confirm(struct db *db, const struct ctx *ctx, struct session *session,
                        int64_t starts_at, struct err *err)
{
    size_t come = 0;
    err_code code = ERR_NONE;

    if (!starts_at)
        code = session_best_date(db, ctx, session, &starts_at, &come, err);
    if (code == ERR_NONE &&
        (starts_at <= ctx->now || !session_is_offered(session, starts_at) ||
         !session_may_become(session->state, SESSION_CONFIRMED)))
        code = not_now(err);
    if (code != ERR_NONE)
        return code;
    session->state = SESSION_CONFIRMED;
    /* the mail that confirms reminds well enough */
    session->reminded |= session_reminded_by(ctx, starts_at);
    code = session_fix_date(db, ctx, session, starts_at, err);
    return code == ERR_NONE
               ? session_mail_all(db, ctx,
                                  &(struct session_mail){.template = "session_confirmed",
                                                         .session = session,
                                                         .ics_method = "REQUEST"},
                                  TOLD_ALL, NULL, err)
               : code;
}

/* Needs that are grouped around it are open again, as they were qualified. */
static err_code give_back(struct db *db, const struct ctx *ctx,
                          const struct session *session, struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < session->need_count; i++) {
        struct need need;
        code = needs_get(db, ctx->arena, session->need_ids[i], &need, err);
        if (code != ERR_NONE || need.state != NEED_GROUPED)
            continue;
        code = need_return(db, &need, session->id, ctx->now, err);
    }
    return code;
}

err_code session_call_off(struct db *db, const struct ctx *ctx, struct session *session,
                          const char *reason, const char *words, struct err *err)
{
    err_code code;

    if (!session_may_become(session->state, SESSION_CANCELLED))
        return not_now(err);
    session->state = SESSION_CANCELLED;
    session->reason = reason;
    code = sessions_save(db, session, ctx->now, err);
    if (code == ERR_NONE)
        code = give_back(db, ctx, session, err);
    return code == ERR_NONE
               ? session_mail_all(db, ctx,
                                  &(struct session_mail){.template = "session_cancelled",
                                                         .session = session,
                                                         .ics_method = "CANCEL",
                                                         .words = words},
                                  TOLD_ALL, NULL, err)
               : code;
}

int64_t session_prolonged_to(const struct session *session, int64_t now)
{
    int64_t from = session->decide_at > now ? session->decide_at : now;
    int64_t half = (session_first_at(session) - from) / 2;

    if (session->state != SESSION_PROPOSED || session->is_prolonged || half < HOUR_S)
        return 0;
    return from + (half < PROLONG_MOST_S ? half : PROLONG_MOST_S);
}

static err_code prolong(struct db *db, const struct ctx *ctx, struct session *session,
                        size_t come, struct err *err)
{
    int64_t before = session->decide_at;
    err_code code;

    session->decide_at = session_prolonged_to(session, ctx->now);
    session->is_prolonged = true;
    code = sessions_save(db, session, ctx->now, err);
    return code == ERR_NONE
               ? session_mail_all(db, ctx,
                                  &(struct session_mail){.template = "session_prolonged",
                                                         .session = session,
                                                         .decided_before = before,
                                                         .number = (int64_t)come},
                                  TOLD_ALL, NULL, err)
               : code;
}

err_code session_decide(struct db *db, const struct ctx *ctx, int64_t session_id,
                        struct err *err)
{
    struct session session;
    int64_t best = 0;
    size_t come = 0;
    err_code code = sessions_get(db, ctx->arena, session_id, &session, err);

    if (code != ERR_NONE || session.state != SESSION_PROPOSED ||
        session.decide_at > ctx->now)
        return code;
    code = session_best_date(db, ctx, &session, &best, &come, err);
    if (code != ERR_NONE)
        return code;
    if (session_first_at(&session) <= ctx->now) /* the server slept too long */
        return session_call_off(db, ctx, &session, "too_late", NULL, err);
    if (come >= (size_t)session.threshold)
        return confirm(db, ctx, &session, best, err);
    if (session_prolonged_to(&session, ctx->now))
        return prolong(db, ctx, &session, come, err);
    return session_call_off(db, ctx, &session, "too_few", NULL, err);
}

static err_code write_confirm(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    struct session session;
    err_code code = read_hers(db, job, &session, err);

    if (code == ERR_NONE)
        code = confirm(db, job->ctx, &session, job->starts_at, err);
    return code == ERR_NONE ? note(db, job, &session, "confirm session", err) : code;
}

err_code session_confirm(struct ctx *ctx, int64_t session_id, int64_t starts_at,
                         struct err *err)
{
    struct job job = {.ctx = ctx, .session_id = session_id, .starts_at = starts_at};

    return writer_do(ctx->writer, write_confirm, &job, err);
}

static err_code write_prolong(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    struct session session;
    int64_t best = 0;
    size_t come = 0;
    err_code code = read_hers(db, job, &session, err);

    if (code == ERR_NONE && !session_prolonged_to(&session, job->ctx->now))
        return err_set_field(err, ERR_CONFLICT, "session",
                             N_("The decision can be put off once, while there is time: "
                                "confirm the session or cancel it."));
    if (code == ERR_NONE)
        code = session_best_date(db, job->ctx, &session, &best, &come, err);
    if (code == ERR_NONE)
        code = prolong(db, job->ctx, &session, come, err);
    return code == ERR_NONE ? note(db, job, &session, "prolong session", err) : code;
}

err_code session_prolong(struct ctx *ctx, int64_t session_id, struct err *err)
{
    struct job job = {.ctx = ctx, .session_id = session_id};

    return writer_do(ctx->writer, write_prolong, &job, err);
}

static err_code write_cancel(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    struct session session;
    err_code code = read_hers(db, job, &session, err);

    if (code == ERR_NONE)
        code = session_call_off(db, job->ctx, &session, "by_hand", job->words, err);
    return code == ERR_NONE ? note(db, job, &session, "cancel session", err) : code;
}

err_code session_cancel(struct ctx *ctx, int64_t session_id, const char *words,
                        struct err *err)
{
    struct job job = {
        .ctx = ctx, .session_id = session_id, .words = arena_trimmed(ctx->arena, words)};

    if (job.words && unicode_length(job.words) > WORDS_MOST)
        return err_set_field(err, ERR_INVALID, "words",
                             N_("Shorten your message: 2,000 characters at most."));
    return writer_do(ctx->writer, write_cancel, &job, err);
}

static err_code write_message(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    struct ctx *ctx = job->ctx;
    struct session session;
    struct person person;
    int64_t sent = 0, person_id = 0;
    bool is_new = false;
    err_code code = read_hers(db, job, &session, err);

    job->told = 0;
    if (code == ERR_NONE)
        code = session_messages_since(db, session.id, ctx->now - DAY_S, &sent, err);
    if (code == ERR_NONE && sent >= MESSAGES_DAY)
        code = err_set_field(err, ERR_LIMIT, "words",
                             N_("Five messages a day at most: write again tomorrow."));
    if (code == ERR_NONE)
        code = actor_person(db, ctx->actor->email, job->name, ctx->now, &person_id, err);
    if (code == ERR_NONE)
        code = people_get(db, ctx->arena, person_id, &person, err);
    if (code == ERR_NONE)
        code = relays_add(db,
                          &(struct relay){.from_id = person.id,
                                          .to_id = person.id,
                                          .session_id = session.id,
                                          .words = job->words,
                                          .created_at = ctx->now},
                          &is_new, err);
    if (code == ERR_NONE && !is_new) /* the form was sent twice */
        return change_note(db, THING_MAIL, 0, ctx->now, err);
    if (code == ERR_NONE)
        code = session_mail_all(db, ctx,
                                &(struct session_mail){.template = "session_message",
                                                       .session = &session,
                                                       .words = job->words,
                                                       .from_name = person.name},
                                TOLD_COMERS, &job->told, err);
    return code == ERR_NONE ? note(db, job, &session, "write to participants", err)
                            : code;
}

err_code session_write_all(struct ctx *ctx, int64_t session_id, const char *words,
                           const char *name, size_t *told, struct err *err)
{
    struct job job = {.ctx = ctx,
                      .session_id = session_id,
                      .words = arena_trimmed(ctx->arena, words),
                      .name = arena_trimmed(ctx->arena, name)};
    err_code code;

    if (!job.words || unicode_length(job.words) > WORDS_MOST)
        return err_set_field(err, ERR_INVALID, "words",
                             N_("Write your message: 2,000 characters at most."));
    code = writer_do(ctx->writer, write_message, &job, err);
    *told = job.told;
    return code;
}

static bool is_among(const struct job *job, int64_t person_id)
{
    for (size_t i = 0; i < job->count; i++)
        if (job->person_ids[i] == person_id)
            return true;
    return false;
}

/* A need is met when someone who came had it; what nobody came for is a need again. */
static err_code settle_needs(struct db *db, const struct ctx *ctx,
                             const struct session *session, struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < session->need_count; i++) {
        bool is_met = false;
        struct need need;
        code = needs_get(db, ctx->arena, session->need_ids[i], &need, err);
        for (size_t j = 0; j < session->registration_count; j++)
            is_met =
                is_met || (session->registrations[j].need_id == session->need_ids[i] &&
                           session->registrations[j].state == REGISTRATION_ATTENDED);
        if (code != ERR_NONE || (need.state != NEED_GROUPED && need.state != NEED_MET &&
                                 !(is_met && need.state == NEED_QUALIFIED)))
            continue; /* one given back for the date is met when she came after all */
        if (!is_met) {
            code = need_return(db, &need, session->id, ctx->now, err);
            continue;
        }
        need.state = NEED_MET;
        need.reason = NEED_SESSION_HELD;
        need.closed_at = ctx->now;
        code = needs_save(db, &need, ctx->now, err);
        if (code == ERR_NONE)
            code = need_parts_settle(db, ctx->arena, ctx->config, &need, ctx->now, err);
    }
    return code;
}

err_code session_presume(struct db *db, const struct ctx *ctx, int64_t session_id,
                         struct err *err)
{
    struct registration *items;
    struct session session;
    size_t seated = 0;
    err_code code = sessions_get(db, ctx->arena, session_id, &session, err);

    if (code != ERR_NONE ||
        (session.state != SESSION_CONFIRMED && session.state != SESSION_HELD))
        return code;
    items = arena_array(ctx->arena, session.registration_count + 1, sizeof *items);
    if (!items)
        return err_set(err, ERR_MEMORY, "no room for those who came");
    for (size_t i = 0; i < session.registration_count; i++) {
        items[i] = session.registrations[i];
        items[i].hold_until = 0;
        if (items[i].state != REGISTRATION_SEATED)
            continue;
        items[i].state = REGISTRATION_ATTENDED;
        seated++;
    }
    if (seated == 0)
        return ERR_NONE;
    session.registrations = items;
    session.state = SESSION_HELD;
    code = sessions_save(db, &session, ctx->now, err);
    return code == ERR_NONE ? settle_needs(db, ctx, &session, err) : code;
}

static err_code write_ticks(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    struct registration *items;
    struct session session;
    err_code code = read_hers(db, job, &session, err);

    if (code == ERR_NONE &&
        (session_first_at(&session) > job->ctx->now ||
         session.state == SESSION_PROPOSED || session.state == SESSION_CANCELLED))
        code =
            err_set_field(err, ERR_CONFLICT, "session",
                          N_("Who came is ticked from the beginning of the session on."));
    if (code != ERR_NONE)
        return code;
    items = arena_array(job->ctx->arena, session.registration_count + 1, sizeof *items);
    if (!items)
        return err_set(err, ERR_MEMORY, "no room for those who came");
    for (size_t i = 0; i < session.registration_count; i++) {
        items[i] = session.registrations[i];
        if (is_among(job, items[i].person_id))
            items[i].state = REGISTRATION_ATTENDED;
        else if (items[i].state != REGISTRATION_LEFT &&
                 items[i].state != REGISTRATION_WAITING)
            items[i].state = REGISTRATION_ABSENT;
        items[i].hold_until = 0;
    }
    session.registrations = items;
    session.state = SESSION_HELD;
    code = sessions_save(db, &session, job->ctx->now, err);
    if (code == ERR_NONE)
        code = settle_needs(db, job->ctx, &session, err);
    return code == ERR_NONE ? note(db, job, &session, "tick who came", err) : code;
}

err_code session_tick(struct ctx *ctx, int64_t session_id, const int64_t *person_ids,
                      size_t count, struct err *err)
{
    struct job job = {
        .ctx = ctx, .session_id = session_id, .person_ids = person_ids, .count = count};

    return writer_do(ctx->writer, write_ticks, &job, err);
}
