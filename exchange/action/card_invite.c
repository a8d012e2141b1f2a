/* Inviting people to confirm their cards. */
#include "exchange/action/card_invite.h"

#include "exchange/action/actor.h"
#include "exchange/action/jobs.h"
#include "exchange/action/link.h"
#include "exchange/action/mail.h"
#include "store/cards.h"
#include "store/change.h"
#include "store/people.h"
#include "store/structures.h"

#include <inttypes.h>

enum { AT_ONCE = 100, ASK_ARENA_MAX = 4 << 20 };

enum invite_state card_invite_state(const struct person *person)
{
    if (person->declined_at)
        return INVITE_DECLINED;
    if (person->state != CARD_DRAFT)
        return INVITE_NOT_DRAFT;
    if (!person->email)
        return INVITE_NO_ADDRESS;
    return person->invited_at ? INVITE_LEFT : INVITE_DUE;
}

struct inviting {
    struct ctx *ctx;
    const int64_t *ids;
    size_t count, invited;
    bool is_reminder;
};

err_code card_mail_invite(struct db *db, struct arena *arena, struct ctx *ctx,
                          const struct person *person, bool is_reminder, struct err *err)
{
    const char *lang = ctx->config->languages[0];
    const struct mail mail = {
        .to = person->email, .lang = lang, .template = "card_invite"};
    struct link link = {.purpose = LINK_CARD,
                        .subject_id = person->id,
                        .person_id = person->id,
                        .email = person->email,
                        .lang = lang,
                        .created_at = ctx->now,
                        .expires_at = ctx->now + CARD_LINK_S};
    char token[SECRET_TOKEN_TEXT_MAX];
    struct structure structure = {.name = NULL};
    struct text values;
    err_code code = link_make(db, &link, token, err);

    if (code == ERR_NONE && person->structure_id)
        code = structures_get(db, arena, person->structure_id, &structure, err);
    if (code != ERR_NONE)
        return code;
    mail_begin(&values, &mail);
    json_text(&values, "name", person->name);
    json_text(&values, "structure", structure.name);
    json_bool(&values, "is_reminder", is_reminder);
    json_text(&values, "link_url",
              site_url(arena, ctx->config, lang, "/fiche/%s", token));
    json_int(&values, "until",
             (is_reminder ? person->invited_at : ctx->now) + CARD_LINK_S);
    return mail_queue(db, ctx->config, &mail, &values, ctx->now, err);
}

static err_code write_one(struct db *db, struct arena *arena, struct inviting *inviting,
                          int64_t id, struct err *err)
{
    struct ctx *ctx = inviting->ctx;
    struct person person;
    bool was_due = true;
    err_code code = people_get(db, arena, id, &person, err);

    if (code != ERR_NONE)
        return code;
    if (card_invite_state(&person) != (inviting->is_reminder ? INVITE_LEFT : INVITE_DUE))
        return ERR_NONE;
    code = inviting->is_reminder ? cards_asked(db, id, ctx->now, err)
                                 : cards_invited(db, id, ctx->now, &was_due, err);
    if (code != ERR_NONE || !was_due)
        return code;
    code = card_mail_invite(db, arena, ctx, &person, inviting->is_reminder, err);
    if (code == ERR_NONE)
        code = audit_of(
            db,
            &(struct audit){.actor = ctx->actor ? actor_word(arena, ctx->actor) : "job",
                            .verb = inviting->is_reminder ? "remind card" : "invite card",
                            .account_id = ctx->actor ? ctx->actor->account_id : 0,
                            .person_id = id},
            ctx->now, err);
    inviting->invited += code == ERR_NONE;
    return code;
}

static err_code write_all(struct db *db, void *argument, struct err *err)
{
    struct inviting *inviting = argument;
    struct arena *arena = arena_new(ASK_ARENA_MAX);
    err_code code =
        arena ? ERR_NONE : err_set(err, ERR_MEMORY, "no room for invitations");

    inviting->invited = 0;
    for (size_t i = 0; code == ERR_NONE && i < inviting->count; i++)
        code = write_one(db, arena, inviting, inviting->ids[i], err);
    if (code == ERR_NONE && !inviting->invited) /* nothing was due: that is fine too */
        code = change_note(db, THING_MAIL, 0, inviting->ctx->now, err);
    arena_free(arena);
    return code;
}

/* Every one of them is there and hers to invite. */
static err_code check(struct ctx *ctx, const int64_t *ids, size_t count, struct err *err)
{
    struct person person;
    err_code code = ERR_NONE;

    if (count > CARD_INVITE_MOST)
        return err_set(err, ERR_LIMIT, "%zu people at once: at most %d", count,
                       CARD_INVITE_MOST);
    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        code = people_get(ctx->db, ctx->arena, ids[i], &person, err);
        if (code == ERR_NONE && ctx->actor)
            code =
                actor_must(VERB_INVITE_CARD, actor_who_person(ctx->actor, &person), err);
    }
    return code;
}

err_code card_invite(struct ctx *ctx, const int64_t *ids, size_t count, size_t *invited,
                     struct err *err)
{
    size_t made = 0;
    err_code code = check(ctx, ids, count, err);

    for (size_t done = 0; code == ERR_NONE && done < count; done += AT_ONCE) {
        struct inviting inviting = {.ctx = ctx,
                                    .ids = ids + done,
                                    .count =
                                        count - done < AT_ONCE ? count - done : AT_ONCE};
        code = writer_do(ctx->writer, write_all, &inviting, err);
        made += code == ERR_NONE ? inviting.invited : 0;
    }
    if (code == ERR_NONE)
        *invited = made;
    return code;
}

err_code job_card_remind(struct ctx *ctx, struct err *err)
{
    struct inviting inviting = {.ctx = ctx, .is_reminder = true};
    int64_t *ids = NULL;
    err_code code =
        cards_to_remind(ctx->db, ctx->arena, ctx->now - CARD_LINK_S,
                        ctx->now - CARD_REMIND_S, AT_ONCE, &ids, &inviting.count, err);

    inviting.ids = ids;
    return code == ERR_NONE && inviting.count
               ? writer_do(ctx->writer, write_all, &inviting, err)
               : code;
}
