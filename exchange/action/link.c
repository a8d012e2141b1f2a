/* Links that act without an account. */
#include "exchange/action/link.h"

#include <string.h>

err_code link_make(struct db *db, struct link *link, char token[SECRET_TOKEN_TEXT_MAX],
                   struct err *err)
{
    char hash[SECRET_HASH_TEXT_MAX];

    secret_token(token);
    secret_hash(token, strlen(token), NULL, hash);
    return links_add(db, link, hash, err);
}

static err_code not_good(struct err *err)
{
    return err_set_field(
        err, ERR_NOT_FOUND, "link",
        N_("This link was used already or is too old. Ask for another one."));
}

err_code link_read(struct db *db, struct arena *arena, const char *token,
                   enum link_purpose purpose, int64_t now, struct link *out,
                   struct err *err)
{
    char hash[SECRET_HASH_TEXT_MAX];
    struct err missing = {0};
    err_code code;

    secret_hash(token, strlen(token), NULL, hash);
    code = links_find(db, arena, hash, out, &missing);
    if (code == ERR_NOT_FOUND)
        return not_good(err);
    if (code != ERR_NONE)
        return err_set(err, code, "%s", missing.text);
    return out->purpose == purpose && out->expires_at > now ? ERR_NONE : not_good(err);
}

err_code link_use(struct db *db, struct arena *arena, const char *token,
                  enum link_purpose purpose, int64_t now, struct link *out,
                  struct err *err)
{
    bool was_good = false;
    err_code code = link_read(db, arena, token, purpose, now, out, err);

    if (code == ERR_NONE)
        code = links_use(db, out->id, now, &was_good, err);
    return code == ERR_NONE && !was_good ? not_good(err) : code;
}

struct doing {
    const struct ctx *ctx;
    write_job job;
    void *argument;
};

static err_code write_doing(struct db *db, void *argument, struct err *err)
{
    const struct doing *doing = argument;
    bool was_good = false;
    err_code code = links_use(db, doing->ctx->link_id, doing->ctx->now, &was_good, err);

    if (code == ERR_NONE && !was_good)
        return not_good(err);
    return code == ERR_NONE ? doing->job(db, doing->argument, err) : code;
}

err_code link_do(struct ctx *ctx, write_job job, void *argument, struct err *err)
{
    struct doing doing = {ctx, job, argument};

    return ctx->link_id ? writer_do(ctx->writer, write_doing, &doing, err)
                        : writer_do(ctx->writer, job, argument, err);
}
