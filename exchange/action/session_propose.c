/* « Proposer une séance ». */
#include "exchange/action/session_propose.h"

#include "base/unicode.h"
#include "exchange/action/actor.h"
#include "exchange/action/link.h"
#include "base/email.h"
#include "exchange/action/session_decide.h"
#include "exchange/action/session_form.h"
#include "exchange/action/session_mail.h"
#include "exchange/action/session_room.h"
#include "store/change.h"
#include "store/needs.h"
#include "store/people.h"
#include "store/session_life.h"
#include "store/sessions.h"

#include <ctype.h>
#include <string.h>

enum { TWICE_S = 600, ASKED_HOUR = 5 };

/* Someone who is asked to give it too. */
struct asked {
    int64_t person_id; /* 0: only the address is known */
    const char *email; /* NULL: that of the person */
};

struct job {
    struct ctx *ctx;
    const struct session_form *form;
    struct session *session;
    struct session_mistakes *mistakes;
    const struct asked *asked;
    size_t asked_count;
};

/* The needs are answered: grouped around the session. */
static err_code group_needs(struct db *db, const struct job *job, struct err *err)
{
    const struct session *session = job->session;
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < session->need_count; i++) {
        struct need need;
        code = needs_get(db, job->ctx->arena, session->need_ids[i], &need, err);
        if (code != ERR_NONE)
            return code;
        if (need.state != NEED_GROUPED && need_may_become(need.state, NEED_GROUPED))
            need.state = NEED_GROUPED;
        need.answered_at = need.answered_at ? need.answered_at : job->ctx->now;
        need.reason = "session";
        code = needs_save(db, &need, job->ctx->now, err);
    }
    return code;
}

/* Each who asked gets one mail, whatever the number of her needs; who proposes gets none.
 */
static err_code tell_askers(struct db *db, const struct ctx *ctx,
                            const struct session *session, struct err *err)
{
    struct session_mail mail = {
        .template = "session_asked", .session = session, .link = LINK_SESSION};
    size_t told_count = 0, capacity = 16;
    int64_t *told = arena_array(ctx->arena, capacity, sizeof *told);
    err_code code = told ? ERR_NONE : err_set(err, ERR_MEMORY, "no room for people");

    for (size_t i = 0; code == ERR_NONE && i < session->need_count; i++) {
        const char *email = NULL;
        int64_t *ids = NULL;
        size_t count = 0;
        code = need_askers(db, ctx->arena, session->need_ids[i], &ids, &count, err);
        for (size_t j = 0; code == ERR_NONE && j < count; j++) {
            bool is_told = ids[j] == session->created_by;
            for (size_t k = 0; k < told_count; k++)
                is_told = is_told || told[k] == ids[j];
            if (is_told)
                continue;
            told = arena_grow(ctx->arena, told, told_count, &capacity, sizeof *told);
            if (!told)
                return err_set(err, ERR_MEMORY, "no room for people");
            told[told_count++] = mail.person_id = ids[j];
            code = session_mail_queue(db, ctx, &mail, err);
        }
        if (code == ERR_NONE)
            code =
                need_unconfirmed_email(db, ctx->arena, session->need_ids[i], &email, err);
        if (code == ERR_NONE && email) {
            struct session_mail plain = mail;
            plain.person_id = 0;
            plain.link = LINK_COUNT;
            code = session_mail_address(db, ctx, &plain, email, err);
        }
    }
    return code;
}

/* However many sessions name her. */
static err_code may_ask(struct db *db, const struct job *job, const struct asked *asked,
                        struct err *err)
{
    struct person person = {.email = asked->email};
    int64_t count = 0;
    err_code code = asked->person_id
                        ? people_get(db, job->ctx->arena, asked->person_id, &person, err)
                        : ERR_NONE;

    if (code == ERR_NONE && person.email)
        code = links_count_purpose(db, person.email, LINK_SESSION_PROPOSAL,
                                   job->ctx->now - HOUR_S, &count, err);
    if (code == ERR_NONE && count >= ASKED_HOUR)
        code =
            err_set_field(err, ERR_LIMIT, "trainers",
                          N_("Someone named here was asked five times within the hour. "
                             "Ask again later."));
    return code;
}

static err_code ask_trainers(struct db *db, const struct job *job, const char *from,
                             struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < job->asked_count; i++) {
        struct session_mail mail = {.template = "session_cotrainer",
                                    .session = job->session,
                                    .person_id = job->asked[i].person_id,
                                    .link = LINK_SESSION_PROPOSAL,
                                    .from_name = from,
                                    .is_alone = job->form->is_for_others};
        code = may_ask(db, job, &job->asked[i], err);
        if (code == ERR_NONE)
            code =
                job->asked[i].person_id
                    ? session_mail_queue(db, job->ctx, &mail, err)
                    : session_mail_address(db, job->ctx, &mail, job->asked[i].email, err);
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
        code = tell_askers(db, job->ctx, session, err);
    if (code == ERR_NONE)
        code = ask_trainers(db, job, person.name, err);
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

static err_code find_trainer(struct ctx *ctx, const char *text, struct asked *asked,
                             struct err *err)
{
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code;

    *asked = (struct asked){0};
    if (email_is_plausible(text)) {
        asked->email = email_plain(ctx->arena, text);
        if (!asked->email)
            return err_set(err, ERR_MEMORY, "no room for an address");
        code = people_find_email(ctx->db, text, &asked->person_id, err);
    } else {
        code = people_named(ctx->db, ctx->arena, text, &ids, &count, err);
        asked->person_id = code == ERR_NONE && count == 1 ? ids[0] : 0;
    }
    return code;
}

/* Whom the field names: by address, or by a name that only one published card bears. */
static err_code find_trainers(struct ctx *ctx, struct job *job, struct err *err)
{
    struct asked *asked = arena_array(ctx->arena, PROPOSE_TRAINERS_MOST, sizeof *asked);
    const char *at = job->form->trainers ? job->form->trainers : "";
    err_code code = asked ? ERR_NONE : err_set(err, ERR_MEMORY, "no room for trainers");

    job->asked = asked;
    while (code == ERR_NONE && *at) {
        size_t length = strcspn(at, ",;\n");
        const char *text =
            arena_trimmed(ctx->arena, arena_strndup(ctx->arena, at, length));
        at += length + (at[length] != '\0');
        if (!text)
            continue;
        if (job->asked_count == PROPOSE_TRAINERS_MOST) {
            session_mistake(job->mistakes, ERR_INVALID, "trainers",
                            N_("Name five people at most."));
            break;
        }
        code = find_trainer(ctx, text, &asked[job->asked_count], err);
        if (code == ERR_NONE && !asked[job->asked_count].person_id &&
            !asked[job->asked_count].email)
            session_mistake(
                job->mistakes, ERR_INVALID, "trainers",
                N_("Someone named here is not in the directory, or several people bear "
                   "that name: write her e-mail address."));
        job->asked_count++;
    }
    return code;
}

/* Who keeps a pole may propose what somebody else gives, once that somebody agrees. */
static void may_be_for_others(const struct ctx *ctx, const struct job *job)
{
    if (!ctx->actor->is_admin && !ctx->actor->pole_count)
        session_mistake(
            job->mistakes, ERR_FORBIDDEN, "trainers",
            N_("Only who facilitates a pole proposes what someone else gives."));
    else if (!job->asked_count)
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
        code = find_trainers(ctx, &job, err);
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
        return is_first && session.state == SESSION_PROPOSED
                   ? session_call_off(db, ctx, &session, "declined", NULL, err)
                   : change_note(db, THING_MAIL, 0, ctx->now, err);
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
    code = sessions_save(db, &session, ctx->now, err);
    return code == ERR_NONE && is_first && session.state < SESSION_HELD
               ? tell_askers(db, ctx, &session, err)
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
