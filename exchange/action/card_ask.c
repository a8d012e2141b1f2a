/* A facilitator asks about a silent card. */
#include "exchange/action/card_ask.h"

#include "exchange/action/actor.h"
#include "exchange/action/card_invite.h"
#include "store/cards.h"
#include "store/change.h"
#include "store/people.h"

struct asking {
    struct ctx *ctx;
    int64_t pole_id, person_id;
};

static bool is_of_pole(const struct person *person, int64_t pole_id)
{
    for (size_t i = 0; i < person->pole_count; i++)
        if (person->pole_ids[i] == pole_id)
            return true;
    return false;
}

static err_code conflict(struct err *err, const char *sentence)
{
    return err_set_field(err, ERR_CONFLICT, "fiche", sentence);
}

static err_code may_ask(struct db *db, const struct asking *asking,
                        const struct person *person, struct err *err)
{
    int64_t now = asking->ctx->now, asked_at = 0;
    bool is_waiting = person->state == CARD_DRAFT && person->invited_at;
    err_code code = ERR_NONE;

    if (!is_of_pole(person, asking->pole_id))
        return err_set(err, ERR_NOT_FOUND, "this card is not of that pole");
    if (person->declined_at || (person->state != CARD_PUBLISHED && !is_waiting))
        return conflict(err,
                        N_("There is nothing to ask about this card: it is hidden, or "
                           "its structure has not sent the invitation yet."));
    if (!person->email)
        return conflict(err, N_("No address is known for this card: give a call."));
    if (is_waiting && person->invited_at + CARD_LINK_S <= now)
        return conflict(err, N_("The invitation is over its time: its structure can "
                                "register the card again."));
    code = cards_asked_at(db, person->id, &asked_at, err);
    if (code == ERR_NONE && asked_at + CARD_ASK_AGAIN_S > now)
        return conflict(err,
                        N_("A mail about this card left less than a week ago: wait for "
                           "the answer, or give a call."));
    return code;
}

static err_code write_asked(struct db *db, void *argument, struct err *err)
{
    struct asking *asking = argument;
    struct ctx *ctx = asking->ctx;
    struct person person;
    err_code code = people_get(db, ctx->arena, asking->person_id, &person, err);

    if (code == ERR_NONE)
        code = may_ask(db, asking, &person, err);
    if (code == ERR_NONE)
        code = cards_asked(db, person.id, ctx->now, err);
    if (code == ERR_NONE)
        code = person.state == CARD_PUBLISHED
                   ? card_mail_confirm(db, ctx->arena, ctx, &person, err)
                   : card_mail_invite(db, ctx->arena, ctx, &person, true, err);
    return code == ERR_NONE
               ? audit_of(db,
                          &(struct audit){.actor = actor_word(ctx->arena, ctx->actor),
                                          .verb = "ask about card",
                                          .account_id = ctx->actor->account_id,
                                          .pole_id = asking->pole_id,
                                          .person_id = person.id},
                          ctx->now, err)
               : code;
}

err_code card_ask(struct ctx *ctx, int64_t pole_id, int64_t person_id, struct err *err)
{
    struct asking asking = {.ctx = ctx, .pole_id = pole_id, .person_id = person_id};
    err_code code = actor_must(VERB_ASK_CARD, actor_who(ctx->actor, 0, pole_id, 0), err);

    return code == ERR_NONE ? writer_do(ctx->writer, write_asked, &asking, err) : code;
}
