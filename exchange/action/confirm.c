/* A link by mail for what a visitor asked for. */
#include "exchange/action/confirm.h"

#include "base/email.h"
#include "exchange/action/link.h"
#include "exchange/action/mail.h"

#include <string.h>

struct sending {
    struct ctx *ctx;
    const struct confirming *confirming;
    const char *email;
    char address_hash[SECRET_HASH_TEXT_MAX];
};

static err_code queue_link(struct db *db, const struct sending *sending,
                           const char *token, struct err *err)
{
    struct ctx *ctx = sending->ctx;
    const struct mail mail = {.to = sending->email,
                              .lang = ctx->lang,
                              .template = "confirm",
                              .is_asked_for = true};
    struct text values;

    mail_begin(&values, &mail);
    json_text(&values, "sentence", sending->confirming->sentence);
    json_text(&values, "title", sending->confirming->title);
    json_text(&values, "link_url",
              site_url(ctx->arena, ctx->config, ctx->lang, "/confirmer/%s", token));
    json_int(&values, "hours", sending->confirming->life_s / HOUR_S);
    return mail_queue(db, ctx->config, &mail, &values, ctx->now, err);
}

static err_code write_sending(struct db *db, void *argument, struct err *err)
{
    const struct sending *sending = argument;
    const struct confirming *confirming = sending->confirming;
    struct ctx *ctx = sending->ctx;
    struct link link = {.purpose = LINK_CONFIRM,
                        .subject_id = confirming->subject_id,
                        .email = sending->email,
                        .payload = confirming->payload,
                        .lang = ctx->lang,
                        .address_hash = sending->address_hash,
                        .created_at = ctx->now,
                        .expires_at = ctx->now + confirming->life_s};
    char token[SECRET_TOKEN_TEXT_MAX];
    int64_t of_email = 0, of_address = 0;
    err_code code = links_count(db, sending->email, sending->address_hash,
                                ctx->now - HOUR_S, &of_email, &of_address, err);

    if (code != ERR_NONE)
        return code;
    if (of_email >= confirming->email_hour || of_address >= confirming->address_hour)
        return err_set_field(
            err, ERR_LIMIT, "email",
            N_("Too many links were asked for. Try again in an hour, or use "
               "the last one."));
    code = link_make(db, &link, token, err);
    return code == ERR_NONE ? queue_link(db, sending, token, err) : code;
}

err_code confirm_send(struct ctx *ctx, const struct confirming *confirming,
                      struct err *err)
{
    struct sending sending = {.ctx = ctx, .confirming = confirming};

    sending.email = email_plain(ctx->arena, confirming->email ? confirming->email : "");
    if (!sending.email)
        return err_set(err, ERR_MEMORY, "no room for an address");
    if (!email_is_plausible(sending.email))
        return err_set_field(err, ERR_INVALID, "email",
                             N_("Write an e-mail address such as name@example.org."));
    secret_hash(confirming->address, strlen(confirming->address), NULL,
                sending.address_hash);
    return writer_do(ctx->writer, write_sending, &sending, err);
}
