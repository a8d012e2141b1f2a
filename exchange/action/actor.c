/* Who acts. */
#include "exchange/action/actor.h"

#include "base/unicode.h"
#include "store/cards.h"
#include "store/people.h"
#include "store/roles.h"

#include <inttypes.h>

enum { ROLES_MOST = 500, NAME_MOST = 200, PERSON_ARENA_MAX = 1 << 16 };

static err_code read_roles(struct ctx *ctx, struct actor *actor, struct err *err)
{
    struct role *roles = NULL;
    size_t count = 0;
    int64_t *structures;
    err_code code = roles_list(ctx->db, ctx->arena, actor->account_id, ROLES_MOST, &roles,
                               &count, err);

    if (code != ERR_NONE)
        return code;
    structures = arena_array(ctx->arena, count + 1, sizeof *structures);
    if (!structures)
        return err_set(err, ERR_MEMORY, "no room for roles");
    for (size_t i = 0; i < count; i++) {
        if (roles[i].kind == ROLE_ADMIN)
            actor->is_admin = true;
        else
            structures[actor->structure_count++] = roles[i].structure_id;
    }
    actor->structure_ids = structures;
    return ERR_NONE;
}

err_code actor_read(struct ctx *ctx, const struct account *account, struct actor *out,
                    struct err *err)
{
    struct actor actor = {.account_id = account->id,
                          .email = account->email,
                          .person_id = account->person_id};
    int64_t *poles = NULL;
    err_code code = read_roles(ctx, &actor, err);

    if (code == ERR_NONE && actor.person_id)
        code = roles_poles_of(ctx->db, ctx->arena, actor.person_id, &poles,
                              &actor.pole_count, err);
    if (code == ERR_NONE && actor.person_id)
        code = cards_structure(ctx->db, actor.person_id, &actor.structure_id, err);
    if (code != ERR_NONE)
        return code;
    actor.pole_ids = poles;
    *out = actor;
    return ERR_NONE;
}

static bool is_among(const int64_t *ids, size_t count, int64_t id)
{
    for (size_t i = 0; id && i < count; i++)
        if (ids[i] == id)
            return true;
    return false;
}

bool actor_keeps_pole(const struct actor *actor, int64_t pole_id)
{
    return is_among(actor->pole_ids, actor->pole_count, pole_id);
}

bool actor_sees_desk(const struct actor *actor, int64_t pole_id)
{
    return actor->is_admin || actor_keeps_pole(actor, pole_id);
}

bool actor_manages(const struct actor *actor, int64_t structure_id)
{
    return is_among(actor->structure_ids, actor->structure_count, structure_id);
}

unsigned actor_who(const struct actor *actor, int64_t owner_id, int64_t pole_id,
                   int64_t structure_id)
{
    unsigned who = actor->account_id ? WHO_CREATOR : WHO_ANYONE;

    if (owner_id && owner_id == actor->person_id)
        who |= WHO_OWNER;
    if (actor_keeps_pole(actor, pole_id))
        who |= WHO_FACILITATOR;
    if (actor_manages(actor, structure_id))
        who |= WHO_MANAGER;
    return actor->is_admin ? who | WHO_ADMIN : who;
}

unsigned actor_who_need(const struct actor *actor, const struct need *need)
{
    unsigned who = actor_who(actor, need->person_id, need->pole_id, need->structure_id);

    /* a need of no pole yet is every facilitator's to qualify */
    if (!need->pole_id && actor->pole_count)
        who |= WHO_FACILITATOR;
    return who;
}

unsigned actor_who_session(const struct actor *actor, const struct session *session)
{
    unsigned who =
        actor_who(actor, session->created_by, session->pole_id, session->structure_id);

    if (is_among(session->trainer_ids, session->trainer_count, actor->person_id))
        who |= WHO_OWNER;
    return who;
}

unsigned actor_who_person(const struct actor *actor, const struct person *person)
{
    unsigned who = actor_who(actor, person->id, 0, person->structure_id);

    for (size_t i = 0; i < person->pole_count; i++)
        if (actor_keeps_pole(actor, person->pole_ids[i]))
            who |= WHO_FACILITATOR;
    return who;
}

unsigned actor_who_anywhere(const struct actor *actor)
{
    if (!actor->account_id)
        return WHO_ANYONE;
    return WHO_CREATOR | WHO_OWNER | (actor->pole_count ? WHO_FACILITATOR : 0u) |
           (actor->structure_count ? WHO_MANAGER : 0u) |
           (actor->is_admin ? WHO_ADMIN : 0u);
}

err_code actor_must(enum verb verb, unsigned who, struct err *err)
{
    return policy_may(verb, who) ? ERR_NONE
                                 : err_set(err, ERR_FORBIDDEN, "this is not for you: %s",
                                           policy_word(verb));
}

err_code actor_must_need(enum verb verb, const struct actor *actor,
                         const struct need *need, struct err *err)
{
    unsigned who = actor_who_need(actor, need);

    if (need->is_private && !policy_may(VERB_SEE_PRIVATE_NEED, who))
        return err_set(err, ERR_NOT_FOUND, "there is no need %" PRId64, need->id);
    return actor_must(verb, who, err);
}

static err_code tie(struct db *db, const struct account *account, int64_t person_id,
                    int64_t now, struct err *err)
{
    return account->id && account->person_id != person_id
               ? accounts_set_person(db, account->id, person_id, now, err)
               : ERR_NONE;
}

static err_code make_person(struct db *db, struct arena *arena, const char *email,
                            const char *typed, int64_t now, int64_t *person_id,
                            struct err *err)
{
    const char *name = arena_trimmed(arena, typed);
    struct person person = {.name = name,
                            .email = email,
                            .quota_month = -1,
                            .state = CARD_HIDDEN,
                            .created_at = now};
    err_code code;

    if (!name || unicode_length(name) > NAME_MOST)
        return err_set_field(
            err, ERR_INVALID, "name",
            N_("Write your first and last name: 200 characters at most."));
    code = people_save(db, &person, now, err);
    if (code == ERR_NONE)
        *person_id = person.id;
    return code;
}

err_code actor_person(struct db *db, const char *email, const char *name, int64_t now,
                      int64_t *person_id, struct err *err)
{
    struct arena *arena = arena_new(PERSON_ARENA_MAX);
    struct account account = {.id = 0};
    int64_t *ids = NULL, found = 0;
    size_t count = 0;
    err_code code = arena ? accounts_find(db, arena, email, &account, err)
                          : err_set(err, ERR_MEMORY, "no room for a person");

    if (code == ERR_NONE && account.person_id) {
        found = account.person_id;
    } else if (code == ERR_NONE) {
        code = people_of_email(db, arena, email, &ids, &count, err);
        if (code == ERR_NONE && count > 1)
            code = err_set_field(
                err, ERR_CONFLICT, "email",
                N_("Several cards bear this address. Ask your structure to correct "
                   "them."));
        else if (code == ERR_NONE && count == 1)
            found = ids[0];
        else if (code == ERR_NONE)
            code = make_person(db, arena, email, name, now, &found, err);
        if (code == ERR_NONE)
            code = tie(db, &account, found, now, err);
    }
    arena_free(arena);
    if (code == ERR_NONE)
        *person_id = found;
    return code;
}

const char *actor_word(struct arena *arena, const struct actor *actor)
{
    const char *word = actor && actor->account_id
                           ? arena_printf(arena, "account %" PRId64, actor->account_id)
                           : "job";

    return word ? word : "";
}
