/* Paying together for a training. */
#include "exchange/action/funding.h"

#include "base/calendar.h"
#include "base/unicode.h"
#include "exchange/action/actor.h"
#include "exchange/action/jobs.h"
#include "exchange/action/mail.h"
#include "exchange/action/subject.h"
#include "store/change.h"
#include "store/rows.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    TITLE_LEAST = 3,
    TITLE_MOST = 200,
    EUROS_MOST = 1000000,
    PEOPLE_MOST = 1000,
    HOURS_MOST = 1000
};

struct job {
    struct ctx *ctx;
    struct funding funding;
    struct funding_pledge pledge;
    bool is_start;
};

static err_code write_note(struct db *db, const struct job *job, const char *verb,
                           struct err *err)
{
    const struct ctx *ctx = job->ctx;
    const struct audit audit = {
        .actor = ctx->actor ? actor_word(ctx->arena, ctx->actor) : "job",
        .verb = verb,
        .detail = arena_printf(ctx->arena, "funding %" PRId64, job->funding.id),
        .account_id = ctx->actor ? ctx->actor->account_id : 0,
        .pole_id = job->is_start ? job->funding.pole_id : 0,
        .person_id = ctx->actor ? ctx->actor->person_id : 0};
    err_code code = audit_of(db, &audit, ctx->now, err);

    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, ctx->now, err) : code;
}

/* A whole number of that field; -1 when it is none from `least` to `most`. */
static int64_t whole(const char *text, int64_t least, int64_t most)
{
    char *end = NULL;
    long long number = text && *text ? strtoll(text, &end, 10) : -1;

    return end && end != text && !*end && number >= least && number <= most ? number : -1;
}

/* The end of that day on the clocks of the place: a promise counts on it still. */
static bool read_deadline(const struct ctx *ctx, const struct when_typed *typed,
                          int64_t *at)
{
    enum { LAST_MINUTE = 23 * 60 + 59 };

    return when_day(ctx->arena, typed, LAST_MINUTE, ctx->config->zone, at) == WHEN_NONE &&
           *at > ctx->now && *at <= ctx->now + (FUNDING_DAYS_MOST + 1) * (int64_t)DAY_S;
}

/* A skill, or a group of needs of the pole, comes with the address of the page; one that
 * is gone is none. */
static err_code read_skill(struct ctx *ctx, int64_t id, struct funding *out,
                           struct err *err)
{
    struct subject subject = {.pole_id = 0};
    err_code code = id ? subject_read(ctx, id, &subject, err) : ERR_NONE;
    bool is_ours = !subject.group_id || subject.pole_id == out->pole_id;

    out->skill_id = code == ERR_NONE && is_ours ? id : 0;
    if (code != ERR_NOT_FOUND)
        return code;
    err_clear(err);
    return ERR_NONE;
}

static err_code read_form(const struct ctx *ctx, const struct funding_form *form,
                          struct funding *out, struct err *err)
{
    size_t length;

    out->title = form->title ? arena_trimmed(ctx->arena, form->title) : NULL;
    length = out->title ? unicode_length(out->title) : 0;
    out->cost = whole(form->cost, 1, EUROS_MOST);
    out->least = whole(form->least, 1, PEOPLE_MOST);
    out->hours = form->hours && *form->hours ? whole(form->hours, 1, HOURS_MOST) : 0;
    if (length < TITLE_LEAST || length > TITLE_MOST)
        return err_set_field(err, ERR_INVALID, "title",
                             N_("Say which training: 3 to 200 characters."));
    if (out->cost < 0)
        return err_set_field(
            err, ERR_INVALID, "cost",
            N_("Write what it costs in whole euros, 1,000,000 at most."));
    if (out->least < 0)
        return err_set_field(err, ERR_INVALID, "least",
                             N_("Write how many people it needs: 1 to 1,000."));
    if (out->hours < 0)
        return err_set_field(err, ERR_INVALID, "hours",
                             N_("Write how many hours it lasts: 1 to 1,000; or leave it "
                                "empty."));
    if (!read_deadline(ctx, &form->deadline, &out->deadline_at))
        return err_set_field(
            err, ERR_INVALID, "deadline",
            N_("Write a day to come within a year, such as 1 March 2027."));
    return ERR_NONE;
}

/* What every mail about a funding says. */
static void begin_mail(struct ctx *ctx, const struct funding *funding,
                       const struct mail *mail, struct text *values)
{
    mail_begin(values, mail);
    json_text(values, "title", funding->title);
    json_int(values, "cost", funding->cost);
    json_int(values, "least", funding->least);
    json_text(values, "funding_url",
              site_url(ctx->arena, ctx->config, mail->lang, "/financements/%" PRId64,
                       funding->id));
}

/* Who asks for it hears of it, unless she stopped her mails. */
static err_code tell_askers(struct db *db, struct job *job, struct err *err)
{
    struct ctx *ctx = job->ctx;
    const struct funding *funding = &job->funding;
    struct funding_asker *askers = NULL;
    size_t count = 0;
    err_code code = funding->skill_id
                        ? fundings_askers(db, ctx->arena, funding, ctx->actor->person_id,
                                          ctx->now, &askers, &count, err)
                        : ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        const struct mail mail = {
            .to = askers[i].email, .template = "funding_opened", .lang = askers[i].lang};
        struct text values;
        if (!mail.to)
            continue;
        begin_mail(ctx, funding, &mail, &values);
        json_int(&values, "deadline_at", funding->deadline_at);
        code = mail_queue(db, ctx->config, &mail, &values, ctx->now, err);
    }
    return code;
}

static err_code write_start(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    err_code code =
        fundings_add(db, &job->funding, job->ctx->actor->person_id, job->ctx->now, err);

    if (code == ERR_NONE)
        code = tell_askers(db, job, err);
    return code == ERR_NONE ? write_note(db, job, "open funding", err) : code;
}

err_code funding_start(struct ctx *ctx, int64_t pole_id, const struct funding_form *form,
                       int64_t *id, struct err *err)
{
    struct job job = {.ctx = ctx, .funding = {.pole_id = pole_id}, .is_start = true};
    err_code code =
        actor_must(VERB_START_FUNDING, actor_who(ctx->actor, 0, pole_id, 0), err);

    if (code == ERR_NONE)
        code = read_form(ctx, form, &job.funding, err);
    if (code == ERR_NONE)
        code = read_skill(ctx, form->skill_id, &job.funding, err);
    if (code == ERR_NONE)
        code = writer_do(ctx->writer, write_start, &job, err);
    *id = job.funding.id;
    return code;
}

static err_code write_promise(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    struct funding now;
    err_code code = fundings_get(db, job->ctx->arena, job->funding.id, &now, err);

    if (code == ERR_NONE &&
        (now.state != FUNDING_OPEN || now.deadline_at <= job->ctx->now))
        code = err_set_field(err, ERR_CONFLICT, "amount",
                             N_("It ended meanwhile: nothing can be promised any more."));
    if (code == ERR_NONE)
        code = fundings_pledge(db, job->funding.id, &job->pledge, job->ctx->now, err);
    return code == ERR_NONE ? write_note(db, job, "promise", err) : code;
}

err_code funding_promise(struct ctx *ctx, int64_t id, int64_t structure_id,
                         const char *amount, bool comes, struct err *err)
{
    struct job job = {
        .ctx = ctx,
        .funding = {.id = id},
        .pledge = {.person_id = ctx->actor->person_id,
                   .structure_id = structure_id,
                   .amount = amount && *amount ? whole(amount, 0, EUROS_MOST) : 0,
                   .comes = comes && !structure_id}};
    unsigned who = structure_id ? actor_who(ctx->actor, 0, 0, structure_id)
                                : actor_who(ctx->actor, ctx->actor->person_id, 0, 0);
    err_code code = actor_must(structure_id ? VERB_PLEDGE_FOR : VERB_PLEDGE, who, err);

    if (code == ERR_NONE && !ctx->actor->person_id)
        code = err_set_field(err, ERR_INVALID, "amount",
                             N_("Give yourself a name first: fill in your card."));
    if (code == ERR_NONE && job.pledge.amount < 0)
        code = err_set_field(err, ERR_INVALID, "amount",
                             N_("Write an amount in whole euros, or leave it empty."));
    return code == ERR_NONE ? writer_do(ctx->writer, write_promise, &job, err) : code;
}

/* Everybody who promised, once each. */
static err_code tell_end(struct db *db, struct ctx *ctx, const struct funding *funding,
                         const struct funding_pledge *pledges, size_t count,
                         const struct funding_sum *sum, struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        const struct mail mail = {
            .to = pledges[i].email, .template = "funding_ended", .lang = pledges[i].lang};
        struct text values;
        bool is_told = !pledges[i].email;
        for (size_t j = 0; j < i; j++)
            is_told = is_told || (pledges[i].email && pledges[j].email &&
                                  strcmp(pledges[j].email, pledges[i].email) == 0);
        if (is_told)
            continue;
        begin_mail(ctx, funding, &mail, &values);
        json_bool(&values, "is_reached", sum->is_reached);
        json_int(&values, "people", sum->people);
        json_int(&values, "pledged", sum->pledged);
        code = mail_queue(db, ctx->config, &mail, &values, ctx->now, err);
    }
    return code;
}

static err_code write_end(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    struct ctx *ctx = job->ctx;
    struct funding_pledge *pledges = NULL;
    struct funding_sum sum;
    size_t count = 0;
    err_code code = fundings_get(db, ctx->arena, job->funding.id, &job->funding, err);

    if (code == ERR_NONE)
        code = fundings_pledges(db, ctx->arena, job->funding.id, &pledges, &count, err);
    if (code != ERR_NONE || job->funding.state != FUNDING_OPEN)
        return code == ERR_NONE ? change_note(db, THING_MAIL, 0, ctx->now, err) : code;
    sum = funding_sum_of(&job->funding, pledges, count);
    code = fundings_end(db, job->funding.id,
                        sum.is_reached ? FUNDING_REACHED : FUNDING_FELL, err);
    if (code == ERR_NONE)
        code = tell_end(db, ctx, &job->funding, pledges, count, &sum, err);
    return code == ERR_NONE ? write_note(db, job, "end funding", err) : code;
}

err_code job_fundings(struct ctx *ctx, struct err *err)
{
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code = rows_ids(ctx->db, ctx->arena, QUERY_FUNDING_IDS_DUE, &ctx->now, 1,
                             &ids, &count, err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct job job = {.ctx = ctx, .funding = {.id = ids[i]}};
        code = writer_do(ctx->writer, write_end, &job, err);
    }
    return code;
}
