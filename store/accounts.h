/* Accounts, asked-for links and signed-in browsers. Secrets are never stored: their
 * hashes are (base/secret.h). Writing functions run inside a writer's job. */
#ifndef STORE_ACCOUNTS_H
#define STORE_ACCOUNTS_H

#include "store/driver.h"

struct account {
    int64_t id;
    const char *email; /* lower case */
    const char *lang;
    int64_t created_at, seen_at; /* seen before it was made: has not come in yet */
    int64_t person_id; /* the card that is hers; 0 when she never gave a name */
};

/* A link and a code asked for by mail. */
struct login {
    int64_t id;
    const char *email, *lang;
    const char *token_hash, *code_hash, *browser_hash, *address_hash;
    int64_t created_at, expires_at, tries;
    int64_t used_at; /* 0: not yet */
};

struct signed_in {
    int64_t id;
    const char *device;
    int64_t created_at, seen_at;
};

MUST_USE err_code logins_add(struct db *db, const struct login *login, struct err *err);
/* How many were asked since `since`, for the e-mail address and from the network address.
 */
MUST_USE err_code logins_count(struct db *db, const char *email, const char *address_hash,
                               int64_t since, int64_t *of_email, int64_t *of_address,
                               struct err *err);
/* ERR_NOT_FOUND when there is none. */
MUST_USE err_code logins_find(struct db *db, struct arena *arena, const char *token_hash,
                              struct login *out, struct err *err);
/* The last one asked for in that browser. ERR_NOT_FOUND when there is none. */
MUST_USE err_code logins_of_browser(struct db *db, struct arena *arena,
                                    const char *browser_hash, struct login *out,
                                    struct err *err);
/* Uses it up. *was_good is false when it is past its time or was used already. */
MUST_USE err_code logins_use(struct db *db, int64_t id, int64_t now, bool *was_good,
                             struct err *err);
MUST_USE err_code logins_tried(struct db *db, int64_t id, int64_t now, struct err *err);

/* The account of that address, made when there is none; it has come in. */
MUST_USE err_code accounts_come_in(struct db *db, const char *email, const char *lang,
                                   int64_t now, int64_t *id, struct err *err);
/* The account of that address, made when there is none; whose it is has not come in by this. */
MUST_USE err_code accounts_make(struct db *db, const char *email, const char *lang,
                                int64_t now, int64_t *id, struct err *err);
/* out->id is 0 when there is none. */
MUST_USE err_code accounts_find(struct db *db, struct arena *arena, const char *email,
                                struct account *out, struct err *err);
MUST_USE err_code accounts_set_person(struct db *db, int64_t id, int64_t person_id,
                                      int64_t now, struct err *err);
MUST_USE err_code signed_in_add(struct db *db, int64_t account_id, const char *token_hash,
                                const char *device, int64_t now, int64_t expires_at,
                                struct err *err);
/* ERR_NOT_FOUND when nobody came in with that cookie, or too long ago. */
MUST_USE err_code signed_in_find(struct db *db, struct arena *arena,
                                 const char *token_hash, int64_t now,
                                 struct signed_in *out, struct account *account,
                                 struct err *err);
MUST_USE err_code signed_in_seen(struct db *db, int64_t id, int64_t now,
                                 int64_t expires_at, struct err *err);
MUST_USE err_code signed_in_list(struct db *db, struct arena *arena, int64_t account_id,
                                 int64_t now, struct signed_in **out, size_t *count,
                                 struct err *err);
/* ERR_NOT_FOUND when the account has no such browser. */
MUST_USE err_code signed_in_end(struct db *db, int64_t account_id, int64_t id,
                                int64_t now, struct err *err);
/* What is past its time goes: links after a day, browsers after their term. */
MUST_USE err_code accounts_tidy(struct db *db, int64_t now, struct err *err);

#endif
