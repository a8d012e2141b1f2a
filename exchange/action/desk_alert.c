/* A pole without an action for exchange.pole_alert days: who keeps it is told, then the
 * admins. */
#include "exchange/action/jobs.h"

#include "exchange/action/mail.h"
#include "store/change.h"
#include "store/desk.h"
#include "store/rows.h"
#include "store/structures.h"

#include <inttypes.h>
#include <string.h>

enum { ADMINS_LATER_S = 7 * 24 * 3600 };

/* One letter about one pole; the job table remembers when it left, by its name. */
struct alert {
    struct ctx *ctx;
    const struct pole *pole;
    const char *name; /* in the job table */
    const char **emails;
    size_t count;
    int64_t days;
    bool is_for_admins;
};

static err_code write_alert(struct db *db, void *argument, struct err *err)
{
    const struct alert *alert = argument;
    struct ctx *ctx = alert->ctx;
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_JOB_RAN, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, alert->name);
    stmt_int(stmt, 2, ctx->now);
    code = stmt_run(stmt, NULL, err);
    for (size_t i = 0; code == ERR_NONE && i < alert->count; i++) {
        const struct mail mail = {.to = alert->emails[i], .template = "pole_quiet"};
        struct text values;
        mail_begin(&values, &mail);
        json_text(&values, "pole", alert->pole->name);
        json_int(&values, "days", alert->days);
        json_bool(&values, "is_for_admins", alert->is_for_admins);
        json_text(&values, "desk_url",
                  site_url(ctx->arena, ctx->config, "fr", "/poles/%s/bureau",
                           alert->pole->key));
        code = mail_queue(db, ctx->config, &mail, &values, ctx->now, err);
    }
    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, ctx->now, err) : code;
}

/* When the letter of that name last left; 0: never. */
static err_code last_of(struct ctx *ctx, const char *name, int64_t *at, struct err *err)
{
    *at = 0;
    return rows_number_by_text(ctx->db, QUERY_JOB_LAST, name, at, err);
}

static err_code alert_pole(struct ctx *ctx, const struct pole *pole, struct err *err)
{
    struct alert alert = {.ctx = ctx, .pole = pole};
    int64_t since, told = 0, told_admins = 0;
    const char *name = arena_printf(ctx->arena, "pole_quiet %" PRId64, pole->id);
    const char *later = arena_printf(ctx->arena, "pole_quiet_admins %" PRId64, pole->id);
    err_code code = desk_quiet_since(ctx->db, pole->id, &since, err);

    if (code != ERR_NONE)
        return code;
    alert.days = (ctx->now - since) / DAY_S;
    if (alert.days < ctx->config->pole_alert_days)
        return ERR_NONE;
    code = last_of(ctx, name, &told, err);
    if (code == ERR_NONE)
        code = last_of(ctx, later, &told_admins, err);
    if (code != ERR_NONE)
        return code;
    if (told < since || !told) { /* once a silence */
        alert.name = name;
        code =
            desk_keepers(ctx->db, ctx->arena, pole->id, &alert.emails, &alert.count, err);
    } else if (ctx->now - told >= ADMINS_LATER_S && told_admins < told) {
        alert.name = later;
        alert.is_for_admins = true;
        code = desk_admins(ctx->db, ctx->arena, &alert.emails, &alert.count, err);
    }
    return code == ERR_NONE && alert.name
               ? writer_do(ctx->writer, write_alert, &alert, err)
               : code;
}

err_code job_poles_quiet(struct ctx *ctx, struct err *err)
{
    struct pole *poles = NULL;
    size_t count = 0;
    err_code code = poles_all(ctx->db, ctx->arena, &poles, &count, err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = alert_pole(ctx, &poles[i], err);
    return code;
}
