/* « Proposer une séance ». */
#include "exchange/action/session_propose.h"

#include "exchange/action/actor.h"
#include "exchange/action/link.h"
#include "exchange/action/session_askers.h"
#include "exchange/action/session_date.h"
#include "exchange/action/session_decide.h"
#include "exchange/action/session_form.h"
#include "exchange/action/session_mail.h"
#include "exchange/action/session_room.h"
#include "exchange/action/session_trainers.h"
#include "store/change.h"
#include "store/links.h"
#include "store/needs.h"
#include "store/people.h"
#include "store/session_life.h"
#include "store/sessions.h"

#include <ctype.h>
#include <string.h>

enum { TWICE_S = 600 };

struct job {
    struct ctx *ctx;
    const struct session_form *form;
    struct session *session;
    struct session_mistakes *mistakes;
    struct trainers_asked asked;
};

/* The needs are grouped around the session; answered, unless who would give it has not
 * said yes. */
static err_code group_needs(struct db *db, const struct job *job, struct err *err)
{
    const struct session *session = job->session;
    bool is_answer = !job->form->is_for_others || session->format == FORMAT_CIRCLE;
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < session->need_count; i++) {
        struct need need;
        code = needs_get(db, job->ctx->arena, session->need_ids[i], &need, err);
        if (code != ERR_NONE)
            return code;
        if (need.state != NEED_GROUPED && need_may_become(need.state, NEED_GROUPED))
            need.state = NEED_GROUPED;
        if (is_answer && !need.answered_at)
            need.answered_at = job->ctx->now;
        need.reason = "session";
        code = needs_save(db, &need, job->ctx->now, err);
    }
    return code;
}

static err_code who_proposes(struct db *db, const struct job *job, struct person *person,
                             struct err *err)
{
    int64_t person_id = 0;
    err_code code = actor_person(db, job->ctx->actor->email,
                                 arena_trimmed(job->ctx->arena, job->form->name),
                                 job->ctx->now, &person_id, err);

    return code == ERR_NONE ? people_get(db, job->ctx->arena, person_id, person, err)
                            : code;
}

static err_code write_session(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    struct session *session = job->session;
    struct person person;
    err_code code = who_proposes(db, job, &person, err);

    session->id = 0;
    if (code == ERR_NONE)
        code = session_same(db, session, person.id, job->ctx->now - TWICE_S, &session->id,
                            err);
    if (code != ERR_NONE ||
        session->id) /* the form was sent twice: it is proposed already */
        return code;
    if (code == ERR_NONE) {
        session->created_by = person.id;
        session->trainer_ids = &session->created_by;
        session->trainer_count =
            session->format == FORMAT_CIRCLE || job->form->is_for_others ? 0 : 1;
        session->structure_id = person.structure_id;
        if (!session->pole_id && person.pole_count)
            session->pole_id = person.pole_ids[0];
        code = session_room_take(db, job->ctx, session, &job->mistakes->booked_id,
                                 &job->mistakes->booked_at, err);
    }
    if (code == ERR_NONE)
        code = sessions_save(db, session, job->ctx->now, err);
    if (code == ERR_NONE)
        code = group_needs(db, job, err);
    if (code == ERR_NONE && !job->form->is_for_others)
        code = session_tell_askers(
            db, job->ctx,
            &(struct session_mail){.template = "session_asked", .session = session}, err);
    if (code == ERR_NONE)
        code = session_trainers_ask(db, job->ctx, session, &job->asked, person.name,
                                    job->form->is_for_others, err);
    if (code == ERR_NONE)
        code = audit_of(
            db,
            &(struct audit){.actor = actor_word(job->ctx->arena, job->ctx->actor),
                            .verb = "propose session",
                            .detail = arena_printf(job->ctx->arena, "session %lld",
                                                   (long long)session->id),
                            .account_id = job->ctx->actor->account_id,
                            .pole_id = session->pole_id,
                            .person_id = person.id},
            job->ctx->now, err);
    return code;
}

/* Who keeps a pole may propose what somebody else gives, once that somebody agrees. */
static void may_be_for_others(const struct ctx *ctx, const struct job *job)
{
    if (!ctx->actor->is_admin && !ctx->actor->pole_count)
        session_mistake(
            job->mistakes, ERR_FORBIDDEN, "trainers",
            N_("Only who facilitates a pole proposes what someone else gives."));
    else if (!job->asked.count)
        session_mistake(job->mistakes, ERR_INVALID, "trainers", N_("Name who gives it."));
}

err_code session_propose(struct ctx *ctx, const struct session_form *form,
                         struct session_mistakes *mistakes, int64_t *session_id,
                         struct err *err)
{
    struct session session;
    struct job job = {
        .ctx = ctx, .form = form, .session = &session, .mistakes = mistakes};
    int64_t decide_half;
    err_code code;

    mistakes->count = 0;
    code = session_form_read(ctx, form, &session, mistakes, err);
    if (code == ERR_NONE)
        code = session_trainers_find(ctx, form->trainers, &job.asked, mistakes, err);
    if (code == ERR_NONE && form->is_for_others)
        may_be_for_others(ctx, &job);
    if (code != ERR_NONE)
        return code;
    if (mistakes->count)
        return err_set(err, mistakes->items[0].code, "%s", mistakes->items[0].text);
    decide_half = (session.decide_at - ctx->now) / 2;
    if (session.need_count) {
        int64_t whole = ctx->config->priority_h * HOUR_S;
        session.priority_until = ctx->now + (whole < decide_half ? whole : decide_half);
    }
    code = writer_do(ctx->writer, write_session, &job, err);
    if (code != ERR_NONE && err && err->message_id)
        mistakes->items[mistakes->count++] = *err;
    if (code == ERR_NONE)
        *session_id = session.id;
    return code;
}

struct answer {
    struct ctx *ctx;
    const char *token, *name;
    bool is_yes;
    int64_t session_id;
};

/* Nobody gives it, and nobody is left who was asked. */
static err_code write_no(struct db *db, struct ctx *ctx, struct session *session,
                         bool is_first, struct err *err)
{
    int64_t waiting = 0;
    err_code code =
        links_waiting(db, LINK_SESSION_PROPOSAL, session->id, ctx->now, &waiting, err);

    if (code != ERR_NONE)
        return code;
    return is_first && !waiting && session->state == SESSION_PROPOSED
               ? session_call_off(db, ctx, session, "declined", NULL, err)
               : change_note(db, THING_MAIL, 0, ctx->now, err);
}

/* Somebody gives it: those who asked hear of it, and their needs are answered. */
static err_code tell_first(struct db *db, struct ctx *ctx, struct session *session,
                           struct err *err)
{
    err_code code = session_tell_askers(
        db, ctx, &(struct session_mail){.template = "session_asked", .session = session},
        err);

    for (size_t i = 0; code == ERR_NONE && i < session->need_count; i++) {
        struct need need;
        code = needs_get(db, ctx->arena, session->need_ids[i], &need, err);
        if (code != ERR_NONE || need.answered_at || !need_is_open(need.state))
            continue;
        need.answered_at = ctx->now;
        code = needs_save(db, &need, ctx->now, err);
    }
    return code;
}

static err_code write_answer(struct db *db, void *argument, struct err *err)
{
    struct answer *answer = argument;
    struct ctx *ctx = answer->ctx;
    struct session session;
    struct link link;
    int64_t person_id = 0, *ids;
    bool is_first;
    err_code code = link_use(db, ctx->arena, answer->token, LINK_SESSION_PROPOSAL,
                             ctx->now, &link, err);

    if (code == ERR_NONE)
        code = sessions_get(db, ctx->arena, link.subject_id, &session, err);
    if (code != ERR_NONE)
        return code;
    answer->session_id = session.id;
    is_first = session.trainer_count == 0 && session.format != FORMAT_CIRCLE;
    if (!answer->is_yes)
        return write_no(db, ctx, &session, is_first, err);
    code = actor_person(db, link.email, answer->name, ctx->now, &person_id, err);
    if (code != ERR_NONE)
        return code;
    ids = arena_array(ctx->arena, session.trainer_count + 1, sizeof *ids);
    if (!ids)
        return err_set(err, ERR_MEMORY, "no room for trainers");
    for (size_t i = 0; i < session.trainer_count; i++) {
        ids[i] = session.trainer_ids[i];
        if (ids[i] == person_id)
            return change_note(db, THING_MAIL, 0, ctx->now, err);
    }
    ids[session.trainer_count++] = person_id;
    session.trainer_ids = ids;
    code =
        session.state < SESSION_HELD
            ? session_reseat(db, ctx, &session, 0, err) /* she needs no place any more */
            : sessions_save(db, &session, ctx->now, err);
    return code == ERR_NONE && is_first && session.state < SESSION_HELD
               ? tell_first(db, ctx, &session, err)
               : code;
}

err_code session_join_trainers(struct ctx *ctx, const char *token, const char *name,
                               bool is_yes, int64_t *session_id, struct err *err)
{
    struct answer answer = {.ctx = ctx, .token = token, .name = name, .is_yes = is_yes};
    err_code code = writer_do(ctx->writer, write_answer, &answer, err);

    if (code == ERR_NONE)
        *session_id = answer.session_id;
    return code;
}
