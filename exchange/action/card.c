/* A card in the hands of those who may change it. */
#include "exchange/action/card.h"

#include "exchange/action/actor.h"
#include "exchange/action/card_invite.h"
#include "exchange/action/link.h"
#include "store/cards.h"
#include "store/change.h"
#include "store/people.h"

#include <inttypes.h>

/* The sentence she reads above the button that publishes; another sentence, another
 * version. */
static const char CONSENT_TEXT[] = "card 2026-11";

/* Who acts on which card. */
struct hand {
    struct person person;
    bool is_hers;
    const char *actor; /* for the audit */
    int64_t account_id;
};

static err_code by_link(struct ctx *ctx, struct db *db, const char *token,
                        struct hand *hand, struct err *err)
{
    struct link link;
    err_code code = link_read(db, ctx->arena, token, LINK_CARD, ctx->now, &link, err);

    if (code != ERR_NONE)
        return code;
    hand->is_hers = true;
    hand->actor = "link";
    return people_get(db, ctx->arena, link.subject_id, &hand->person, err);
}

/* The one of her account, else the only one that bears her address, else none. */
static err_code find_own(struct ctx *ctx, struct db *db, int64_t *id, struct err *err)
{
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code;

    *id = ctx->actor->person_id;
    if (*id)
        return ERR_NONE;
    code = people_of_email(db, ctx->arena, ctx->actor->email, &ids, &count, err);
    if (code == ERR_NONE && count > 1)
        return err_set_field(
            err, ERR_CONFLICT, "email",
            N_("Several cards bear this address. Ask your structure to correct them."));
    *id = code == ERR_NONE && count ? ids[0] : 0;
    return code;
}

static err_code by_actor(struct ctx *ctx, struct db *db, int64_t person_id,
                         struct hand *hand, struct err *err)
{
    int64_t own = 0, id;
    err_code code;

    if (!ctx->actor || !ctx->actor->account_id)
        return err_set(err, ERR_FORBIDDEN, "come in first");
    code = find_own(ctx, db, &own, err);
    id = person_id ? person_id : own;
    if (code != ERR_NONE)
        return code;
    hand->is_hers = id == own;
    hand->account_id = ctx->actor->account_id;
    hand->actor = actor_word(ctx->arena, ctx->actor);
    hand->person = (struct person){
        .email = ctx->actor->email, .quota_month = -1, .state = CARD_HIDDEN};
    if (id)
        code = people_get(db, ctx->arena, id, &hand->person, err);
    if (code == ERR_NONE && !hand->is_hers)
        code =
            actor_must(VERB_EDIT_CARD, actor_who_person(ctx->actor, &hand->person), err);
    return code;
}

static err_code take(struct ctx *ctx, struct db *db, const struct card_access *access,
                     struct hand *hand, struct err *err)
{
    *hand = (struct hand){.actor = ""};
    return access->token ? by_link(ctx, db, access->token, hand, err)
                         : by_actor(ctx, db, access->person_id, hand, err);
}

err_code card_read_for(struct ctx *ctx, const struct card_access *access,
                       struct person *out, bool *is_hers, struct err *err)
{
    struct hand hand;
    err_code code = take(ctx, ctx->db, access, &hand, err);

    if (code == ERR_NONE) {
        *out = hand.person;
        *is_hers = hand.is_hers;
    }
    return code;
}

static err_code note(struct db *db, const struct hand *hand, const char *verb,
                     int64_t now, struct err *err)
{
    return audit_of(db,
                    &(struct audit){.actor = hand->actor,
                                    .verb = verb,
                                    .account_id = hand->account_id,
                                    .person_id = hand->person.id},
                    now, err);
}

static err_code note_consent(struct db *db, const struct hand *hand, const char *kind,
                             bool is_given, int64_t now, struct err *err)
{
    const struct consent consent = {.person_id = hand->person.id,
                                    .kind = kind,
                                    .is_given = is_given,
                                    .text_version = CONSENT_TEXT,
                                    .actor = hand->is_hers ? "herself" : hand->actor};

    return consents_add(db, &consent, now, err);
}

/* What remains of a card nobody wants: enough not to ask again. */
static struct person emptied(const struct person *person, int64_t now)
{
    return (struct person){.id = person->id,
                           .external_id = person->external_id,
                           .structure_id = person->structure_id,
                           .name = person->name,
                           .email = person->email,
                           .quota_month = -1,
                           .state = CARD_HIDDEN,
                           .created_at = person->created_at,
                           .invited_at = person->invited_at,
                           .declined_at = now,
                           .version = person->version};
}

/* Whether someone else may publish it: its owner agreed on paper. That she confirmed it
 * once is not enough: she may have withdrawn it since. */
static err_code must_be_agreed(const struct hand *hand, bool has_paper, struct err *err)
{
    if (hand->is_hers || has_paper || hand->person.state == CARD_PUBLISHED)
        return ERR_NONE;
    return err_set_field(
        err, ERR_INVALID, "consent",
        N_("Tick that she or he agreed in writing, or send the invitation: "
           "a card is published by its owner."));
}

/* Who declined her card comes back to it herself. */
static err_code must_be_wanted(const struct hand *hand, struct err *err)
{
    if (hand->is_hers || !hand->person.declined_at)
        return ERR_NONE;
    return err_set_field(err, ERR_CONFLICT, "consent",
                         N_("She or he wants no card: nobody else changes it."));
}

/* Sets what a deed changes; *was is whether the card was visible before. */
static err_code apply(struct hand *hand, enum card_deed deed, bool has_paper, int64_t now,
                      struct err *err)
{
    struct person *person = &hand->person;
    err_code code = must_be_wanted(hand, err);

    if (code != ERR_NONE)
        return code;
    switch (deed) {
    case CARD_PUBLISH:
        code = must_be_agreed(hand, has_paper, err);
        person->state = CARD_PUBLISHED;
        person->confirmed_at = now;
        person->declined_at = 0;
        break;
    case CARD_CONFIRM:
        if (!hand->is_hers && person->state != CARD_PUBLISHED)
            return err_set_field(
                err, ERR_CONFLICT, "consent",
                N_("Only a card that is shown is confirmed: send the invitation."));
        person->confirmed_at = now;
        break;
    case CARD_WITHDRAW:
        person->state = CARD_HIDDEN;
        break;
    case CARD_DECLINE:
        if (!hand->is_hers)
            return err_set(err, ERR_FORBIDDEN, "only she declines her card");
        *person = emptied(person, now);
        break;
    }
    return code;
}

static const char *deed_word(enum card_deed deed)
{
    static const char *const words[] = {"publish card", "confirm card", "withdraw card",
                                        "decline card"};

    return words[deed];
}

/* Her own other card with the address of this draft; id 0: none. */
static err_code find_other(struct ctx *ctx, struct db *db, const struct person *draft,
                           struct person *other, struct err *err)
{
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code = people_of_email(db, ctx->arena, draft->email, &ids, &count, err);

    *other = (struct person){.id = 0};
    if (code != ERR_NONE || !count || ids[0] == draft->id)
        return code;
    code = people_get(db, ctx->arena, ids[0], other, err);
    if (code == ERR_NONE && (other->state == CARD_DRAFT || other->declined_at))
        *other = (struct person){.id = 0};
    return code;
}

static bool says_something(const struct person *other)
{
    return other->state == CARD_PUBLISHED || other->structure_id || other->skill_count;
}

err_code card_has_other(struct ctx *ctx, const struct person *person, bool *has,
                        struct err *err)
{
    struct person other = {.id = 0};
    err_code code = ERR_NONE;

    if (person->state == CARD_DRAFT && person->email)
        code = find_other(ctx, ctx->db, person, &other, err);
    *has = other.id && says_something(&other);
    return code;
}

/* The draft a structure made becomes the card she has, when that one says nothing yet:
 * she came in, or shared a need, before she was invited. Two cards with something to say
 * stay two: one is shown. What remains of the draft bears no address and goes with the
 * drafts nobody answered. */
static err_code become_one(struct ctx *ctx, struct db *db, struct hand *hand,
                           struct err *err)
{
    struct person other, draft = hand->person;
    err_code code;

    if (!hand->is_hers || draft.state != CARD_DRAFT || !draft.email)
        return ERR_NONE;
    code = find_other(ctx, db, &draft, &other, err);
    if (code != ERR_NONE || !other.id)
        return code;
    if (says_something(&other))
        return err_set_field(
            err, ERR_CONFLICT, "consent",
            N_("Your address has another card on this site, and one is enough. Say here "
               "that you want no card, and keep the other one; you find it in “My "
               "space”."));
    hand->person.id = other.id;
    hand->person.version = other.version;
    hand->person.created_at = other.created_at;
    draft.email = NULL;
    draft.external_id = NULL;
    draft.invited_at = draft.invited_at ? draft.invited_at : ctx->now;
    code = people_save(db, &draft, ctx->now, err);
    return code == ERR_NONE ? cards_links_move(db, draft.id, other.id, err) : code;
}

struct doing {
    struct ctx *ctx;
    const struct card_access *access;
    enum card_deed deed;
    bool has_paper;
};

static err_code write_deed(struct db *db, void *argument, struct err *err)
{
    const struct doing *doing = argument;
    int64_t now = doing->ctx->now;
    enum card_deed deed = doing->deed;
    struct hand hand;
    bool was_published;
    err_code code = take(doing->ctx, db, doing->access, &hand, err);

    if (code == ERR_NONE && !hand.person.id)
        code = err_set(err, ERR_NOT_FOUND, "she has no card");
    if (code != ERR_NONE)
        return code;
    was_published = hand.person.state == CARD_PUBLISHED;
    if (deed == CARD_PUBLISH)
        code = become_one(doing->ctx, db, &hand, err);
    if (code == ERR_NONE)
        code = apply(&hand, deed, doing->has_paper, now, err);
    if (code == ERR_NONE)
        code = people_save(db, &hand.person, now, err);
    if (code == ERR_NONE &&
        ((deed == CARD_PUBLISH && !was_published) ||
         (deed == CARD_WITHDRAW && was_published) || deed == CARD_DECLINE))
        code = note_consent(db, &hand, "card", deed == CARD_PUBLISH, now, err);
    return code == ERR_NONE ? note(db, &hand, deed_word(deed), now, err) : code;
}

err_code card_do(struct ctx *ctx, const struct card_access *access, enum card_deed deed,
                 bool has_paper, struct err *err)
{
    struct doing doing = {ctx, access, deed, has_paper};

    return writer_do(ctx->writer, write_deed, &doing, err);
}

struct saving {
    struct ctx *ctx;
    const struct card_access *access;
    struct person *person;
    int64_t version;
    enum card_saving how;
    bool has_paper;
    int64_t id; /* of the saved card */
};

/* The card of someone who has none yet, made under her name. */
static err_code make_own(struct saving *saving, struct db *db, struct hand *hand,
                         struct err *err)
{
    int64_t id = 0;
    err_code code = actor_person(db, saving->ctx->actor->email, saving->person->name,
                                 saving->ctx->now, &id, err);

    if (code == ERR_NONE)
        code = people_get(db, saving->ctx->arena, id, &hand->person, err);
    if (code == ERR_NONE)
        saving->version = hand->person.version;
    return code;
}

/* Takes the words of the form; what no form shows stays as it is in the records. */
static void take_over(struct person *old, const struct person *filled)
{
    struct person person = *filled;

    person.id = old->id;
    person.external_id = old->external_id;
    person.structure_id = old->structure_id;
    person.email = old->email;
    person.phone = old->phone;
    person.state = old->state;
    person.confirmed_at = old->confirmed_at;
    person.created_at = old->created_at;
    person.invited_at = old->invited_at;
    person.declined_at = old->declined_at;
    person.pole_ids = old->pole_ids;
    person.pole_count = old->pole_count;
    person.version = old->version;
    *old = person;
}

static err_code write_saving(struct db *db, void *argument, struct err *err)
{
    struct saving *saving = argument;
    int64_t now = saving->ctx->now;
    struct hand hand;
    bool was_published, was_indexable;
    err_code code = take(saving->ctx, db, saving->access, &hand, err);

    if (code == ERR_NONE && !hand.person.id)
        code = make_own(saving, db, &hand, err);
    if (code != ERR_NONE)
        return code;
    if (hand.person.version != saving->version)
        return err_set_field(
            err, ERR_CONFLICT, "version",
            N_("This card was changed meanwhile, by someone else or in "
               "another window. What you wrote is below: look at it again, "
               "then save to put it in place."));
    was_published = hand.person.state == CARD_PUBLISHED;
    was_indexable = hand.person.is_indexable;
    code = must_be_wanted(&hand, err);
    if (code != ERR_NONE)
        return code;
    take_over(&hand.person, saving->person);
    if (saving->how == CARD_AND_PUBLISH)
        code = become_one(saving->ctx, db, &hand, err);
    if (code == ERR_NONE && saving->how == CARD_AND_PUBLISH)
        code = apply(&hand, CARD_PUBLISH, saving->has_paper, now, err);
    else if (code == ERR_NONE && hand.is_hers)
        hand.person.confirmed_at = now;
    if (code == ERR_NONE)
        code = people_save(db, &hand.person, now, err);
    if (code == ERR_NONE && saving->how == CARD_AND_PUBLISH && !was_published)
        code = note_consent(db, &hand, "card", true, now, err);
    if (code == ERR_NONE && hand.person.is_indexable != was_indexable)
        code = note_consent(db, &hand, "indexable", !was_indexable, now, err);
    if (code == ERR_NONE)
        code = note(db, &hand, "edit card", now, err);
    saving->id = hand.person.id;
    return code;
}

err_code card_save(struct ctx *ctx, const struct card_access *access,
                   struct person *person, int64_t version, enum card_saving saving,
                   bool has_paper, struct err *err)
{
    struct saving job = {ctx, access, person, version, saving, has_paper, 0};
    err_code code = writer_do(ctx->writer, write_saving, &job, err);

    if (code == ERR_NONE)
        person->id = job.id;
    return code;
}
