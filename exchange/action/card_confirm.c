/* « Toujours d’actualité ? »: cards that grow old are asked about by mail. */
#include "exchange/action/card_invite.h"
#include "exchange/action/jobs.h"
#include "exchange/action/link.h"
#include "exchange/action/mail.h"
#include "store/cards.h"
#include "store/people.h"

enum { AT_ONCE = 100, BATCHES = 20, ASK_ARENA_MAX = 4 << 20, MONTH_DAYS = 30 };

struct asking {
    struct ctx *ctx;
    const int64_t *ids;
    size_t count;
};

err_code card_mail_confirm(struct db *db, struct arena *arena, struct ctx *ctx,
                           const struct person *person, struct err *err)
{
    const char *lang = ctx->config->languages[0];
    const struct mail mail = {
        .to = person->email, .lang = lang, .template = "card_confirm"};
    struct link link = {.purpose = LINK_CARD,
                        .subject_id = person->id,
                        .person_id = person->id,
                        .email = person->email,
                        .lang = lang,
                        .created_at = ctx->now,
                        .expires_at = ctx->now + CARD_LINK_S};
    char token[SECRET_TOKEN_TEXT_MAX];
    struct text values;
    err_code code = link_make(db, &link, token, err);

    if (code != ERR_NONE)
        return code;
    mail_begin(&values, &mail);
    json_text(&values, "name", person->name);
    json_int(&values, "since",
             person->confirmed_at ? person->confirmed_at : person->created_at);
    json_bool(&values, "is_never", !person->confirmed_at);
    json_open(&values, "skills", '[');
    for (size_t i = 0; i < person->skill_count; i++)
        json_text(&values, NULL, person->skills[i].label);
    json_close(&values, ']');
    json_text(&values, "link_url",
              site_url(arena, ctx->config, lang, "/fiche/%s", token));
    json_int(&values, "days", CARD_LINK_S / DAY_S);
    return mail_queue(db, ctx->config, &mail, &values, ctx->now, err);
}

static err_code write_all(struct db *db, void *argument, struct err *err)
{
    const struct asking *asking = argument;
    struct arena *arena = arena_new(ASK_ARENA_MAX);
    err_code code = arena ? ERR_NONE : err_set(err, ERR_MEMORY, "no room for questions");

    for (size_t i = 0; code == ERR_NONE && i < asking->count; i++) {
        struct person person;
        arena_reset(arena);
        code = people_get(db, arena, asking->ids[i], &person, err);
        if (code == ERR_NONE)
            code = cards_asked(db, person.id, asking->ctx->now, err);
        if (code == ERR_NONE && person.state == CARD_PUBLISHED && person.email)
            code = card_mail_confirm(db, arena, asking->ctx, &person, err);
    }
    arena_free(arena);
    return code;
}

err_code job_card_confirm(struct ctx *ctx, struct err *err)
{
    const struct config *config = ctx->config;
    const int64_t month_s = (int64_t)MONTH_DAYS * DAY_S;
    const int64_t ages_s[3] = {config->to_confirm_months * month_s,
                               config->sinks_months * month_s,
                               (config->hidden_months - 1) * month_s};
    err_code code = ERR_NONE;
    size_t last = AT_ONCE;

    for (int batch = 0; code == ERR_NONE && last == AT_ONCE && batch < BATCHES; batch++) {
        struct asking asking = {.ctx = ctx};
        int64_t *ids = NULL;
        code = cards_to_confirm(ctx->db, ctx->arena, ages_s, ctx->now, AT_ONCE, &ids,
                                &asking.count, err);
        asking.ids = ids;
        last = asking.count;
        if (code == ERR_NONE && last)
            code = writer_do(ctx->writer, write_all, &asking, err);
    }
    return code;
}
