/* Who acts: an account, the person she is, what she keeps. */
#ifndef EXCHANGE_ACTION_ACTOR_H
#define EXCHANGE_ACTION_ACTOR_H

#include "exchange/action/ctx.h"
#include "exchange/model/need.h"
#include "exchange/model/policy.h"
#include "exchange/model/session.h"
#include "store/accounts.h"

struct actor {
    int64_t account_id;   /* 0: has not come in */
    const char *email;    /* lower case; NULL when she has not come in */
    int64_t person_id;    /* her card; 0 when she never gave a name */
    int64_t structure_id; /* of her card; 0 when none */
    bool is_admin;
    const int64_t *pole_ids; /* that she keeps or stands in for */
    size_t pole_count;
    const int64_t *structure_ids; /* that she manages */
    size_t structure_count;
};

/* Everything about that account. */
MUST_USE err_code actor_read(struct ctx *ctx, const struct account *account,
                             struct actor *out, struct err *err);

/* What she is to a record that belongs to person `owner_id`, pole and structure (0:
 * none). */
unsigned actor_who(const struct actor *actor, int64_t owner_id, int64_t pole_id,
                   int64_t structure_id);
/* What she is to a need, a session, a card: everyone who owns it, keeps its pole, … */
unsigned actor_who_need(const struct actor *actor, const struct need *need);
unsigned actor_who_session(const struct actor *actor, const struct session *session);
unsigned actor_who_person(const struct actor *actor, const struct person *person);
/* What she is to some record or other: whether a page may be there for her at all. */
unsigned actor_who_anywhere(const struct actor *actor);

bool actor_keeps_pole(const struct actor *actor, int64_t pole_id);
/* The desk of the pole is there for her: she keeps it, or is admin. */
bool actor_sees_desk(const struct actor *actor, int64_t pole_id);
bool actor_manages(const struct actor *actor, int64_t structure_id);

/* ERR_FORBIDDEN, with the verb in words, unless policy_may. */
MUST_USE err_code actor_must(enum verb verb, unsigned who, struct err *err);
/* The same of a need. One that is hidden from her is ERR_NOT_FOUND, as one that is not
 * there: nothing tells them apart. */
MUST_USE err_code actor_must_need(enum verb verb, const struct actor *actor,
                                  const struct need *need, struct err *err);

/* Inside a writer's job: the person of an address (lower case). The account's one, else
 * the only card that bears it, else a new hidden one called `name`; an account that
 * exists is tied to it. ERR_INVALID on field "name" when a new one is needed and `name`
 * is NULL or empty or longer than 200 code points; ERR_CONFLICT when several cards bear
 * the address. */
MUST_USE err_code actor_person(struct db *db, const char *email, const char *name,
                               int64_t now, int64_t *person_id, struct err *err);

/* "account 12" for the audit; "job" or "cli" when nobody has come in. */
const char *actor_word(struct arena *arena, const struct actor *actor);

#endif
