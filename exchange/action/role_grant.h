/* Who may do more than others: the first admin by a one-time link, roles given and taken back. */
#ifndef EXCHANGE_ACTION_ROLE_GRANT_H
#define EXCHANGE_ACTION_ROLE_GRANT_H

#include "base/secret.h"
#include "exchange/action/ctx.h"

enum { FIRST_LINK_S = 24 * 3600 };

enum granted { GRANT_ADMIN, GRANT_MANAGER, GRANT_FACILITATOR, GRANT_DEPUTY };
enum { GRANT_COUNT = 4 };

struct role_wanted {
    enum granted kind;
    const char *email; /* as typed */
    const char *name;  /* for a facilitator or deputy who has no card; else NULL or "" */
    const char *structure_key; /* of a manager */
    const char *pole_key;      /* of a facilitator or deputy */
};

/* "admin", "manager", "facilitator", "deputy" */
const char *granted_word(enum granted kind);
bool granted_parse(const char *word, enum granted *out);

/* A link that makes whoever opens it admin, good for FIRST_LINK_S; those made before end. Unless
 * `is_forced`, only when no admin ever came in: else *is_made is false and token untouched. */
MUST_USE err_code role_first_link(struct writer *writer, bool is_forced, int64_t now,
                                  char token[SECRET_TOKEN_TEXT_MAX], bool *is_made,
                                  struct err *err);
/* Uses it: the account of that address (made when new) is admin. ERR_NOT_FOUND for a link that is
 * no good, ERR_INVALID on "email" for what is no address: nothing is done then. */
MUST_USE err_code role_first_admin(struct ctx *ctx, const char *token, const char *email,
                                   struct err *err);

/* Gives a role and tells her by mail. Her account is made when the address is new; she comes in by
 * a link like everyone. Who becomes facilitator stands first in her pole, who did so stands in from
 * then on; a deputy stands last. Doing it twice changes nothing and mails nobody. ctx->actor NULL:
 * the command line. ERR_INVALID on "email", "name", "structure" or "pole" (message_id set),
 * ERR_CONFLICT on "email" when several cards bear the address; ERR_FORBIDDEN. */
MUST_USE err_code role_grant(struct ctx *ctx, const struct role_wanted *wanted,
                             struct err *err);
/* Takes an admin's or manager's role back. ERR_CONFLICT on "roles" when it is the last admin's who
 * ever came in; ERR_NOT_FOUND. */
MUST_USE err_code role_revoke(struct ctx *ctx, int64_t role_id, struct err *err);
/* She keeps that pole no more; who stands in first keeps it then. ERR_NOT_FOUND when she did
 * not. */
MUST_USE err_code role_revoke_pole(struct ctx *ctx, int64_t pole_id, int64_t person_id,
                                   struct err *err);
/* The role that `wanted` tells of, whoever has it by that address: for the command line. */
MUST_USE err_code role_revoke_wanted(struct ctx *ctx, const struct role_wanted *wanted,
                                     struct err *err);

#endif
