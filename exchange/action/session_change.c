/* Changing a session after it was proposed or confirmed. */
#include "exchange/action/session_change.h"

#include "exchange/action/actor.h"
#include "exchange/action/session_date.h"
#include "exchange/action/session_form.h"
#include "exchange/action/session_mail.h"
#include "exchange/action/session_room.h"
#include "store/change.h"
#include "store/session_life.h"
#include "store/sessions.h"

#include <inttypes.h>
#include <string.h>

struct job {
    struct ctx *ctx;
    int64_t session_id;
    const struct session_form *form;
    struct session_mistakes *mistakes;
    struct session before;
    unsigned changed;
};

bool session_may_change(const struct session *session, int64_t now)
{
    return session->state < SESSION_HELD && session_first_at(session) > now;
}

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
    return changed;
}

/* Which parts, for the audit: "session 12: title, dates". */
static const char *parts_word(struct arena *arena, int64_t id, unsigned changed)
{
    static const char *const words[] = {"title", "about",     "dates",   "place",
                                        "seats", "threshold", "decision"};
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

/* Seats alone concern who waits, and a mail offers her hers. */
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
    return session_mail_all(db, job->ctx, &mail,
                            job->changed == PART_SEATS ? TOLD_GIVERS : TOLD_ALL, NULL,
                            err);
}

static err_code write_audit(struct db *db, const struct job *job,
                            const struct session *session, struct err *err)
{
    const struct ctx *ctx = job->ctx;
    const struct audit audit = {.actor = actor_word(ctx->arena, ctx->actor),
                                .verb = "change session",
                                .detail =
                                    parts_word(ctx->arena, session->id, job->changed),
                                .account_id = ctx->actor->account_id,
                                .pole_id = session->pole_id};

    return audit_of(db, &audit, ctx->now, err);
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
    if (code == ERR_NONE && !session_may_change(&job->before, ctx->now))
        code = err_set_field(err, ERR_CONFLICT, "session",
                             N_("This session has begun, is over or cancelled: nothing "
                                "of it is changed any more."));
    if (code == ERR_NONE)
        code = session_form_change(ctx, job->form, &job->before, session, job->mistakes,
                                   err);
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

static err_code write_change(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    struct session session;
    int64_t only_at = 0;
    err_code code;

    job->mistakes->count = 0;
    code = read_changed(db, job, &session, err);

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

    code = writer_do(ctx->writer, write_change, &job, err);
    if (code != ERR_NONE && !mistakes->count && err && err->message_id)
        mistakes->items[mistakes->count++] = *err;
    *changed = job.changed != 0;
    return code;
}
