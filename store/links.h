/* Links in mails (and addresses of private feeds) that let their holder do one thing.
 * Only the hash of a token is stored (base/secret.h). Writing functions run inside a
 * writer's job. */
#ifndef STORE_LINKS_H
#define STORE_LINKS_H

#include "store/driver.h"

enum link_purpose {
    LINK_FIRST_ADMIN,   /* become the first admin */
    LINK_FOLLOW_NEED,   /* follow, amend, withdraw one's need: subject need */
    LINK_CONFIRM,       /* do what was asked for on a page without coming in: payload */
    LINK_CARD,          /* accept, correct, decline, confirm a card: subject person */
    LINK_INTRODUCTION,  /* answer a contact: subject introduction */
    LINK_SESSION,       /* one's place in a session: subject session */
    LINK_FEEDBACK,      /* the two questions: subject session */
    LINK_UNSUBSCRIBE,   /* no more mail of that kind to that address */
    LINK_FEED,          /* a private calendar: subject person */
    LINK_DIGEST_ANSWER, /* yes / not now / not me under a need of the digest: subject need
                         */
    LINK_SESSION_PROPOSAL, /* a trainer answers a proposed session: subject session */
    LINK_COUNT
};

struct link {
    int64_t id;
    enum link_purpose purpose;
    int64_t subject_id, person_id; /* 0 when none */
    const char *email;             /* NULL for a feed */
    const char *payload;           /* JSON; NULL when none */
    const char *lang;
    const char
        *address_hash; /* of the network address that asked; NULL: the site itself */
    int64_t created_at, expires_at, used_at; /* used_at 0: not yet */
};

/* Sets id. */
MUST_USE err_code links_add(struct db *db, struct link *link, const char *token_hash,
                            struct err *err);
/* ERR_NOT_FOUND when there is none; past its time it is found all the same. */
MUST_USE err_code links_find(struct db *db, struct arena *arena, const char *token_hash,
                             struct link *out, struct err *err);
/* Uses it up. *was_good is false when it is past its time or was used already. */
MUST_USE err_code links_use(struct db *db, int64_t id, int64_t now, bool *was_good,
                            struct err *err);
/* How many visitors asked for since `since`: for the e-mail address, from the network
 * address. */
MUST_USE err_code links_count(struct db *db, const char *email, const char *address_hash,
                              int64_t since, int64_t *of_email, int64_t *of_address,
                              struct err *err);
/* How many of that purpose were made for the e-mail address since `since`, whoever asked.
 */
MUST_USE err_code links_count_purpose(struct db *db, const char *email,
                                      enum link_purpose purpose, int64_t since,
                                      int64_t *count, struct err *err);
/* Those of that purpose for that person and subject (0: whatever) end. */
MUST_USE err_code links_revoke(struct db *db, enum link_purpose purpose,
                               int64_t person_id, int64_t subject_id, struct err *err);
/* All of that purpose end. */
MUST_USE err_code links_revoke_all(struct db *db, enum link_purpose purpose,
                                   struct err *err);
/* Those whose time ended before `before` go. */
MUST_USE err_code links_forget(struct db *db, int64_t before, struct err *err);

/* How many links of that purpose about that record may still be used. */
MUST_USE err_code links_waiting(struct db *db, enum link_purpose purpose,
                                int64_t subject_id, int64_t now, int64_t *count,
                                struct err *err);

#endif
