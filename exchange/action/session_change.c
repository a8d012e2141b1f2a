/* Changing a session after it was proposed or confirmed. */
#include "exchange/action/session_change.h"

#include "exchange/action/actor.h"
#include "exchange/action/session_askers.h"
#include "exchange/action/session_date.h"
#include "exchange/action/session_form.h"
#include "exchange/action/session_mail.h"
#include "exchange/action/session_merge.h"
#include "exchange/action/session_room.h"
#include "exchange/action/session_trainers.h"
#include "exchange/action/session_was.h"
#include "store/change.h"
#include "store/people.h"
#include "store/session_life.h"
#include "store/sessions.h"

#include <inttypes.h>
#include <string.h>

struct job {
    struct ctx *ctx;
    int64_t session_id;
    const struct session_form *form;
    struct session_mistakes *mistakes;
    struct trainers_asked asked;
    struct session before;
    unsigned changed;
    bool is_asking; /* somebody is asked to give it too */
};

static bool is_same(const char *left, const char *right)
{
    return strcmp(left ? left : "", right ? right : "") == 0;
}

/* A date that is left of several is another answer to "when", though it was there before.
 */
static bool has_same_dates(const struct session *left, const struct session *right)
{
    const struct session_date *one = session_fixed(left), *other = session_fixed(right);

    if (one && other)
        return one->starts_at == other->starts_at && one->ends_at == other->ends_at;
    if (left->date_count != right->date_count)
        return false;
    for (size_t i = 0; i < left->date_count; i++)
        if (left->dates[i].starts_at != right->dates[i].starts_at ||
            left->dates[i].ends_at != right->dates[i].ends_at)
            return false;
    return true;
}

static unsigned compare(const struct session *before, const struct session *after)
{
    unsigned changed = 0;

    changed |= is_same(before->title, after->title) ? 0 : PART_TITLE;
    changed |= is_same(before->about, after->about) ? 0 : PART_ABOUT;
    changed |= has_same_dates(before, after) ? 0 : PART_DATES;
    if (before->room_id != after->room_id || before->is_online != after->is_online ||
        !is_same(before->place, after->place) ||
        !is_same(before->commune, after->commune) ||
        !is_same(before->access, after->access) ||
        !is_same(before->online_url, after->online_url))
        changed |= PART_PLACE;
    changed |= before->seats == after->seats ? 0 : PART_SEATS;
    changed |= before->threshold == after->threshold ? 0 : PART_THRESHOLD;
    changed |= before->decide_at == after->decide_at ? 0 : PART_DECISION;
    changed |= before->level == after->level ? 0 : PART_LEVEL;
    changed |= before->format == after->format ? 0 : PART_FORMAT;
    changed |= before->pole_id == after->pole_id ? 0 : PART_POLE;
    changed |= before->skill_id == after->skill_id ? 0 : PART_SKILL;
    changed |= before->trainer_count == after->trainer_count ? 0 : PART_TRAINERS;
    return changed;
}

/* Which parts, for the audit: "session 12: title, dates". */
static const char *parts_word(struct arena *arena, int64_t id, unsigned changed)
{
    static const char *const words[] = {"title",  "about",     "dates",    "place",
                                        "seats",  "threshold", "decision", "level",
                                        "format", "pole",      "skill",    "trainers"};
    const char *text = arena_printf(arena, "session %" PRId64 ":", id);
    const char *between = " ";

    for (size_t i = 0; text && i < sizeof words / sizeof words[0]; i++)
        if (changed & (1U << i)) {
            text = arena_printf(arena, "%s%s%s", text, between, words[i]);
            between = ", ";
        }
    return text;
}

/* The mail that tells of the change reminds well enough, when the new date is that near.
 */
static void remind_anew(const struct ctx *ctx, struct session *session)
{
    session->reminded &= ~(unsigned)(REMINDED_EARLY | REMINDED_LATE);
    if (session_fixed(session)) /* else the date that is chosen tells */
        session->reminded |= session_reminded_by(ctx, session_first_at(session));
}

/* The only date left, when it was one of several and so does not suit everyone; else 0.
 * What people had ticked is forgotten where a new date replaces them all. */
static err_code only_date(struct db *db, const struct job *job,
                          const struct session *session, int64_t *only_at,
                          struct err *err)
{
    const struct session *before = &job->before;
    err_code code = ERR_NONE;

    *only_at = 0;
    if (!(job->changed & PART_DATES) || session->date_count != 1)
        return ERR_NONE;
    if (!session_fixed(before) &&
        session_is_offered(before, session->dates[0].starts_at)) {
        *only_at = session->dates[0].starts_at;
        return ERR_NONE;
    }
    for (size_t i = 0; code == ERR_NONE && i < session->registration_count; i++)
        code = session_choose(db, session->id, session->registrations[i].person_id, NULL,
                              0, job->ctx->now, err);
    return code;
}

/* Who gives it no more is told as those who give it are. */
static err_code tell_without(struct db *db, const struct job *job,
                             const struct session_mail *what, struct err *err)
{
    struct session_mail mail = *what;
    const struct session *session = what->session;
    err_code code = ERR_NONE;

    mail.link = LINK_COUNT;
    mail.choice_count = 0;
    mail.ics_method = "CANCEL";
    for (size_t i = 0; code == ERR_NONE && i < job->before.trainer_count; i++) {
        mail.person_id = job->before.trainer_ids[i];
        if (!session_has_trainer(session, mail.person_id))
            code = session_mail_queue(db, job->ctx, &mail, err);
    }
    return code;
}

/* Another date or place concerns who asked for it too, unless she was not told of it yet.
 */
static err_code tell_askers(struct db *db, const struct job *job,
                            const struct session_mail *mail, struct err *err)
{
    const struct session *session = mail->session;

    if (!(job->changed & (PART_DATES | PART_PLACE)) ||
        (!session->trainer_count && session->format != FORMAT_CIRCLE))
        return ERR_NONE;
    return session_tell_askers(db, job->ctx, mail, err);
}

/* Seats alone concern who waits, and a mail offers her hers; under which pole it stands
 * concerns who gives it, and a skill changes while nobody is registered. */
static err_code tell(struct db *db, const struct job *job, const struct session *session,
                     struct err *err)
{
    struct session_mail mail = {.template = "session_changed",
                                .session = session,
                                .ics_method = "REQUEST",
                                .before = &job->before,
                                .changed = job->changed};
    struct session_choice *choices = NULL;
    err_code code = session_choices(db, job->ctx->arena, session->id, &choices,
                                    &mail.choice_count, err);

    mail.choices = choices;
    if (code != ERR_NONE)
        return code;
    if (!(job->changed & PART_DATES) || session->date_count < 2)
        mail.choice_count = 0;
    code = session_mail_all(
        db, job->ctx, &mail,
        job->changed & ~(unsigned)(PART_SEATS | PART_POLE | PART_SKILL) ? TOLD_ALL
                                                                        : TOLD_GIVERS,
        NULL, err);
    if (code == ERR_NONE)
        code = tell_without(db, job, &mail, err);
    return code == ERR_NONE ? tell_askers(db, job, &mail, err) : code;
}

/* In the journal of its pole, and of the one it leaves. */
static err_code write_audit(struct db *db, const struct job *job,
                            const struct session *session, struct err *err)
{
    const struct ctx *ctx = job->ctx;
    struct audit audit = {.actor = actor_word(ctx->arena, ctx->actor),
                          .verb = "change session",
                          .detail = parts_word(ctx->arena, session->id, job->changed),
                          .account_id = ctx->actor->account_id,
                          .pole_id = job->before.pole_id};
    err_code code = ERR_NONE;

    if (audit.pole_id && audit.pole_id != session->pole_id)
        code = audit_of(db, &audit, ctx->now, err);
    audit.pole_id = session->pole_id;
    return code == ERR_NONE ? audit_of(db, &audit, ctx->now, err) : code;
}

/* What stands is no longer what the form showed: nothing is written. */
static err_code check_meanwhile(const struct job *job, struct err *err)
{
    struct session_was was;
    unsigned parts = 0;
    err_code code = session_was_fill(job->ctx, &job->before, &was, err);

    if (code == ERR_NONE)
        parts = session_meanwhile(job->ctx->arena, job->form, &was.form);
    return parts
               ? err_set_field(
                     err, ERR_CONFLICT, "meanwhile",
                     N_("Someone changed this session while you did. Nothing of yours is "
                        "lost: look at what changed, then send again."))
               : code;
}

/* Whom the form takes out; never who made it. */
static err_code drop_trainers(const struct job *job, struct session *session,
                              struct err *err)
{
    int64_t *ids = arena_array(job->ctx->arena, session->trainer_count + 1, sizeof *ids);
    size_t count = 0;

    if (!ids)
        return err_set(err, ERR_MEMORY, "no room for trainers");
    for (size_t i = 0; i < session->trainer_count; i++) {
        bool is_out = false;
        for (size_t j = 0; j < job->form->without_count; j++)
            is_out = is_out || job->form->without[j] == session->trainer_ids[i];
        if (!is_out || session->trainer_ids[i] == session->created_by)
            ids[count++] = session->trainer_ids[i];
    }
    if (!count && session->trainer_count) /* somebody has to give it */
        return ERR_NONE;
    session->trainer_ids = ids;
    session->trainer_count = count;
    return ERR_NONE;
}

/* The session as the form wants it; nothing is written yet. */
static err_code read_changed(struct db *db, struct job *job, struct session *session,
                             struct err *err)
{
    struct ctx *ctx = job->ctx;
    err_code code = sessions_get(db, ctx->arena, job->session_id, &job->before, err);

    if (code == ERR_NONE)
        code = actor_must(VERB_RUN_SESSION, actor_who_session(ctx->actor, &job->before),
                          err);
    if (code == ERR_NONE && !session_is_open(&job->before, ctx->now))
        code = err_set_field(err, ERR_CONFLICT, "session",
                             N_("This session has begun, is over or cancelled: nothing "
                                "of it is changed any more."));
    if (code == ERR_NONE)
        code = check_meanwhile(job, err);
    if (code == ERR_NONE)
        code = session_form_change(ctx, job->form, &job->before, session, job->mistakes,
                                   err);
    if (code == ERR_NONE)
        code = drop_trainers(job, session, err);
    if (code == ERR_NONE && job->mistakes->count)
        code = err_set(err, job->mistakes->items[0].code, "%s",
                       job->mistakes->items[0].text);
    if (code != ERR_NONE)
        return code;
    job->changed = compare(&job->before, session);
    if (job->changed & (PART_DATES | PART_PLACE | PART_SEATS))
        code = session_room_take(db, ctx, session, &job->mistakes->booked_id,
                                 &job->mistakes->booked_at, err);
    job->changed = compare(&job->before, session);
    return code;
}

/* In the name of who changes it. */
static err_code ask_trainers(struct db *db, struct job *job,
                             const struct session *session, struct err *err)
{
    struct person person = {.name = NULL};
    int64_t person_id = job->ctx->actor->person_id;
    err_code code = ERR_NONE;

    if (!job->asked.count)
        return ERR_NONE;
    if (session->format == FORMAT_CIRCLE)
        return err_set_field(err, ERR_CONFLICT, "trainers",
                             N_("A circle has nobody who gives it."));
    if (person_id)
        code = people_get(db, job->ctx->arena, person_id, &person, err);
    job->is_asking = true;
    return code == ERR_NONE
               ? session_trainers_ask(db, job->ctx, session, &job->asked, person.name,
                                      session->trainer_count == 0, err)
               : code;
}

static err_code write_change(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    struct session session;
    int64_t only_at = 0;
    err_code code;

    job->mistakes->count = 0;
    code = read_changed(db, job, &session, err);

    if (code == ERR_NONE)
        code = ask_trainers(db, job, &session, err);
    if (code == ERR_NONE && !job->changed)
        return change_note(db, THING_MAIL, 0, job->ctx->now, err);
    if (code == ERR_NONE)
        code = only_date(db, job, &session, &only_at, err);
    if (code != ERR_NONE)
        return code;
    if (job->changed & PART_DATES)
        remind_anew(job->ctx, &session);
    code = session_reseat(db, job->ctx, &session, only_at, err);
    if (code == ERR_NONE)
        code = tell(db, job, &session, err);
    return code == ERR_NONE ? write_audit(db, job, &session, err) : code;
}

err_code session_change(struct ctx *ctx, int64_t session_id,
                        const struct session_form *form,
                        struct session_mistakes *mistakes, bool *changed, struct err *err)
{
    struct job job = {
        .ctx = ctx, .session_id = session_id, .form = form, .mistakes = mistakes};
    err_code code;

    mistakes->count = 0;
    code = session_trainers_find(ctx, form->trainers, &job.asked, mistakes, err);
    if (code != ERR_NONE)
        return code;
    if (mistakes->count)
        return err_set(err, mistakes->items[0].code, "%s", mistakes->items[0].text);
    code = writer_do(ctx->writer, write_change, &job, err);
    if (code != ERR_NONE && !mistakes->count && err && err->message_id)
        mistakes->items[mistakes->count++] = *err;
    *changed = job.changed != 0 || job.is_asking;
    return code;
}
