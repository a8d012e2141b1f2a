/* What an address gets by mail. */
#include "exchange/action/mail_choice.h"

#include "exchange/action/link.h"
#include "exchange/action/mail.h"
#include "store/mail_settings.h"

#include <string.h>

err_code mail_choice_read(struct ctx *ctx, const char *email, struct mail_choice *out,
                          struct err *err)
{
    struct mail_setting setting;
    err_code code = mail_settings_get(ctx->db, email, &setting, err);

    if (code == ERR_NONE)
        *out = (struct mail_choice){.email = email,
                                    .wants_digest = setting.wants_digest,
                                    .is_asked_only = setting.stopped_at != 0};
    return code;
}

err_code mail_choice_of_link(struct ctx *ctx, const char *token, struct mail_choice *out,
                             struct err *err)
{
    struct link link;
    err_code code =
        link_read(ctx->db, ctx->arena, token, LINK_UNSUBSCRIBE, ctx->now, &link, err);

    if (code == ERR_NONE && !link.email)
        code = err_set(err, ERR_NOT_FOUND, "the link is of no address");
    return code == ERR_NONE ? mail_choice_read(ctx, link.email, out, err) : code;
}

struct saving {
    const struct mail_choice *choice;
    int64_t now;
};

static err_code write_choice(struct db *db, void *argument, struct err *err)
{
    const struct saving *saving = argument;
    struct mail_setting setting;
    err_code code = mail_settings_get(db, saving->choice->email, &setting, err);

    if (code != ERR_NONE)
        return code;
    setting.wants_digest = saving->choice->wants_digest;
    if (!saving->choice->is_asked_only)
        setting.stopped_at = 0;
    else if (!setting.stopped_at)
        setting.stopped_at = saving->now;
    return mail_settings_put(db, saving->choice->email, &setting, saving->now, err);
}

err_code mail_choice_save(struct ctx *ctx, const struct mail_choice *choice,
                          struct err *err)
{
    struct saving saving = {choice, ctx->now};

    return writer_do(ctx->writer, write_choice, &saving, err);
}

err_code mail_choice_stop(struct ctx *ctx, const char *token, struct err *err)
{
    struct mail_choice choice;
    struct link link;
    err_code code =
        link_read(ctx->db, ctx->arena, token, LINK_UNSUBSCRIBE, ctx->now, &link, err);

    if (code == ERR_NONE)
        code = mail_choice_of_link(ctx, token, &choice, err);
    if (code != ERR_NONE)
        return code;
    choice.wants_digest = false;
    if (!link.payload || strcmp(link.payload, MAIL_DIGEST_PAYLOAD) != 0)
        choice.is_asked_only = true;
    return mail_choice_save(ctx, &choice, err);
}
