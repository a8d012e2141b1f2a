/* Who sees whose card. */
#include "exchange/action/card_see.h"

#include "exchange/action/actor.h"

static bool is_of_age(const struct ctx *ctx, const struct person *person)
{
    int64_t since = person->confirmed_at ? person->confirmed_at : person->created_at;

    return since > person_shown_since(ctx->now, (int)ctx->config->hidden_months);
}

static bool is_seen(const struct actor *actor, const struct person *person)
{
    if (person->visibility == VISIBLE_PUBLIC)
        return true;
    if (!actor || !actor->account_id)
        return false;
    if (person->visibility == VISIBLE_MEMBERS)
        return true;
    return (person->structure_id && person->structure_id == actor->structure_id) ||
           (actor_who_person(actor, person) &
            (WHO_OWNER | WHO_FACILITATOR | WHO_MANAGER | WHO_ADMIN)) != 0;
}

bool card_is_shown(const struct ctx *ctx, const struct person *person)
{
    return person->state == CARD_PUBLISHED && is_of_age(ctx, person) &&
           is_seen(ctx->actor, person);
}

bool card_is_named(const struct person *person)
{
    return person->state != CARD_DRAFT && !person->declined_at;
}

struct people_viewer card_viewer(const struct ctx *ctx)
{
    const struct actor *actor = ctx->actor;

    if (!actor || !actor->account_id)
        return (struct people_viewer){.most = VISIBLE_PUBLIC};
    return (struct people_viewer){.most = VISIBLE_MEMBERS,
                                  .account_id = actor->account_id,
                                  .person_id = actor->person_id,
                                  .structure_id = actor->structure_id};
}
