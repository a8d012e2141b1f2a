/* What an account may do beyond coming in: structures it manages, admin of the site; poles it
 * keeps come from its person. Writing functions run inside a writer's job. */
#ifndef STORE_ROLES_H
#define STORE_ROLES_H

#include "store/driver.h"

enum role_kind { ROLE_MANAGER = 1, ROLE_ADMIN = 2 };

struct role {
    int64_t id, account_id;
    enum role_kind kind;
    int64_t structure_id; /* of a manager; 0 otherwise */
    int64_t granted_at;
    const char *email; /* of the account */
    bool has_come_in;  /* at least once, with that account */
};

/* Someone who keeps a pole, or stands in for who does. */
struct keeper {
    int64_t pole_id, position; /* position 0 keeps it */
    int64_t person_id;
    const char *name, *email; /* email NULL when neither account nor card has one */
};

/* Of one account, or of all (0), at most `most`, in order of id. */
MUST_USE err_code roles_list(struct db *db, struct arena *arena, int64_t account_id,
                             size_t most, struct role **out, size_t *count,
                             struct err *err);
/* Nothing happens when the account has it already. */
MUST_USE err_code roles_grant(struct db *db, int64_t account_id, enum role_kind kind,
                              int64_t structure_id, int64_t granted_by, int64_t now,
                              struct err *err);
/* ERR_NOT_FOUND when there is none with that id. */
MUST_USE err_code roles_revoke(struct db *db, int64_t id, int64_t now, struct err *err);
/* ERR_NOT_FOUND when there is none with that id. */
MUST_USE err_code roles_get(struct db *db, struct arena *arena, int64_t id,
                            struct role *out, struct err *err);
/* Those who have come in at least once: an address that nobody reads keeps no site. */
MUST_USE err_code roles_count_admins(struct db *db, int64_t *count, struct err *err);

/* Ids of the poles that person keeps or stands in for. */
MUST_USE err_code roles_poles_of(struct db *db, struct arena *arena, int64_t person_id,
                                 int64_t **out, size_t *count, struct err *err);

/* Who keeps the poles, at most `most`, by pole and position. */
MUST_USE err_code roles_keepers(struct db *db, struct arena *arena, size_t most,
                                struct keeper **out, size_t *count, struct err *err);

#endif
