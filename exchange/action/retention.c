/* What the site forgets by itself (the settings of privacy.…). */
#include "exchange/action/erase.h"
#include "exchange/action/jobs.h"
#include "exchange/action/mail.h"
#include "store/change.h"
#include "store/relays.h"
#include "store/rows.h"

#include <string.h>

enum { AT_ONCE = 20, WARNED_AT_ONCE = 100, MONTH_DAYS = 30, TURN_ARENA_MAX = 16 << 20 };

static err_code write_whole(struct db *db, void *argument, struct err *err)
{
    const int64_t *now = argument;

    return change_note(db, THING_PERSON, 0, *now, err);
}

err_code job_sweep(struct ctx *ctx, struct err *err)
{
    int64_t last = 0, erased = 0;
    err_code code = rows_number_by_text(ctx->db, QUERY_JOB_LAST, "sweep", &last, err);

    if (code == ERR_NONE)
        code = rows_number(ctx->db, QUERY_ERASED_SINCE, &last, 1, 0, &erased, err);
    return code == ERR_NONE && erased
               ? writer_do(ctx->writer, write_whole, &ctx->now, err)
               : code;
}

/* Each in a job of its own, so that others write between them. */
static err_code erase_people(struct ctx *ctx, const int64_t *ids, size_t count,
                             struct err *err)
{
    struct ctx own = *ctx;
    err_code code = ERR_NONE;

    own.arena = arena_new(TURN_ARENA_MAX);
    if (!own.arena)
        return err_set(err, ERR_MEMORY, "no room to erase");
    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct identity identity;
        arena_reset(own.arena);
        code = identity_of_person(own.db, own.arena, ids[i], &identity, err);
        if (code == ERR_NONE)
            code = person_erase(&own, &identity, "job", err);
    }
    arena_free(own.arena);
    return code;
}

err_code job_silent(struct ctx *ctx, struct err *err)
{
    const int64_t parameters[] = {ctx->now - ctx->config->silent_days * DAY_S, AT_ONCE};
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code;

    do {
        code = rows_ids(ctx->db, ctx->arena, QUERY_PERSON_SILENT, parameters, 2, &ids,
                        &count, err);
        if (code == ERR_NONE)
            code = erase_people(ctx, ids, count, err);
    } while (code == ERR_NONE && count == AT_ONCE);
    return code;
}

struct warning {
    const struct config *config;
    const struct personal_line *lines; /* id, address, language */
    size_t count;
    int64_t now;
};

static err_code warn(struct db *db, const struct warning *warning,
                     const struct personal_line *line, struct arena *arena,
                     struct err *err)
{
    const struct mail mail = {.to = line->cells[1].text,
                              .lang = line->cells[2].text,
                              .template = "inactive",
                              .is_asked_for = true}; /* what happens to her data */
    const int64_t parameters[] = {line->cells[0].number, warning->now};
    struct text values;
    err_code code = rows_run(db, QUERY_ACCOUNT_WARN, parameters, 2, err);

    mail_begin(&values, &mail);
    json_int(&values, "until_at", warning->now + warning->config->warning_days * DAY_S);
    json_text(&values, "sign_in_url",
              site_url(arena, warning->config, mail.lang, "/connexion"));
    if (code == ERR_NONE)
        return mail_queue(db, warning->config, &mail, &values, warning->now, err);
    text_done(&values);
    return code;
}

static err_code write_warnings(struct db *db, void *argument, struct err *err)
{
    const struct warning *warning = argument;
    struct arena *arena = arena_new(TURN_ARENA_MAX);
    err_code code = arena ? change_note(db, THING_ACCOUNT, 0, warning->now, err)
                          : err_set(err, ERR_MEMORY, "no room to warn");

    for (size_t i = 0; code == ERR_NONE && i < warning->count; i++)
        code = warn(db, warning, &warning->lines[i], arena, err);
    arena_free(arena);
    return code;
}

static err_code warn_inactive(struct ctx *ctx, struct err *err)
{
    const struct personal_key before = {.id = ctx->now - ctx->config->inactive_months *
                                                             MONTH_DAYS * DAY_S};
    struct warning warning = {.config = ctx->config, .now = ctx->now};
    err_code code;

    do {
        struct personal_line *lines = NULL;
        size_t count = 0, capacity = 0;
        code = personal_read(ctx->db, ctx->arena, QUERY_ACCOUNT_INACTIVE, &before, &lines,
                             &count, &capacity, err);
        warning.lines = lines;
        warning.count = count;
        if (code == ERR_NONE && count)
            code = writer_do(ctx->writer, write_warnings, &warning, err);
    } while (code == ERR_NONE && warning.count == WARNED_AT_ONCE);
    return code;
}

err_code job_inactive(struct ctx *ctx, struct err *err)
{
    const struct personal_key before = {.id =
                                            ctx->now - ctx->config->warning_days * DAY_S};
    struct personal_line *lines = NULL;
    size_t count = 0, capacity = 0;
    err_code code;

    if (strcmp(ctx->config->mail_mode, "off") == 0)
        return ERR_NONE; /* nobody could be warned */
    code = warn_inactive(ctx, err);
    if (code == ERR_NONE)
        code = personal_read(ctx->db, ctx->arena, QUERY_ACCOUNT_GONE, &before, &lines,
                             &count, &capacity, err);
    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct identity identity;
        code = identity_of_email(ctx->db, ctx->arena, lines[i].cells[0].text, &identity,
                                 err);
        if (code == ERR_NONE)
            code = person_erase(ctx, &identity, "job", err);
    }
    return code;
}

static err_code write_forgotten(struct db *db, void *argument, struct err *err)
{
    const struct ctx *ctx = argument;
    const int64_t closed =
        ctx->now - ctx->config->need_author_months * MONTH_DAYS * DAY_S;
    const int64_t logged = ctx->now - ctx->config->log_days * DAY_S;
    const int64_t relayed = ctx->now - RELAY_WORDS_DAYS * DAY_S;
    err_code code = rows_run(db, QUERY_NEED_FORGET_MAIL, &closed, 1, err);

    if (code == ERR_NONE)
        code = rows_run(db, QUERY_AUDIT_FORGET, &logged, 1, err);
    if (code == ERR_NONE)
        code = rows_run(db, QUERY_OUTBOX_FORGET_FAILED, &logged, 1, err);
    if (code == ERR_NONE)
        code = rows_run(db, QUERY_RELAY_FORGET, &relayed, 1, err);
    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, ctx->now, err) : code;
}

err_code job_forget(struct ctx *ctx, struct err *err)
{
    return writer_do(ctx->writer, write_forgotten, ctx, err);
}
