/* The change log: what the index (and later mail) has to follow, in order. */
#ifndef STORE_CHANGE_H
#define STORE_CHANGE_H

#include "store/driver.h"

enum thing {
    THING_PERSON,
    THING_SKILL,
    THING_NEED,
    THING_SESSION,
    THING_POLE,
    THING_STRUCTURE,
    THING_ACCOUNT, /* who comes in; not in the index */
    THING_MAIL     /* the outbox; not in the index */
};
enum { THING_COUNT = 8 };

struct change {
    int64_t number; /* 1, 2, 3 … without gaps in commit order */
    enum thing thing;
    int64_t id; /* 0: all of that kind changed (a bulk import) */
    int64_t at;
};

/* Notes a change inside the caller's transaction. */
MUST_USE err_code change_note(struct db *db, enum thing thing, int64_t id, int64_t now,
                              struct err *err);
/* Up to `most` changes after `number`, oldest first; *count 0 when there is none. */
MUST_USE err_code change_after(struct db *db, struct arena *arena, int64_t number,
                               size_t most, struct change **out, size_t *count,
                               struct err *err);
MUST_USE err_code change_last(struct db *db, int64_t *number, struct err *err);

/* Who did what, for those who must answer for it: never anyone's words. Inside a writer's
 * job. ERR_INVALID: deed.def has no such verb. */
struct audit {
    const char *actor;  /* "cli", "job", "account 12" (actor_word) */
    const char *verb;   /* what, of exchange/model/deed.def */
    const char *detail; /* how much, which number; never anyone's words; may be NULL */
    int64_t account_id; /* who acted; 0: nobody who came in */
    int64_t pole_id;    /* an action of that pole; 0: none */
    int64_t person_id;  /* on whose behalf, or about whom; 0: nobody */
};
MUST_USE err_code audit_of(struct db *db, const struct audit *audit, int64_t now,
                           struct err *err);

#endif
