/* Whom a mail of the exchange goes to, in which language, with which link. For people of the
 * exchange; not for links asked for by visitors (confirm.h, sign_in.h). */
#ifndef EXCHANGE_ACTION_REACH_H
#define EXCHANGE_ACTION_REACH_H

#include "exchange/action/mail.h"
#include "exchange/model/need.h"
#include "store/links.h"

struct reach {
    int64_t person_id; /* 0: only an address so far */
    const char *name;  /* NULL with person_id 0 */
    const char *email; /* lower case; NULL: no mail reaches her */
    const char *lang;  /* that of her account, else the site's first */
    const char *address_hash; /* of the network a visitor asked from; NULL: nobody's */
};

/* Everything lives in `arena`. Inside a writer's job too, with its own connection. */
MUST_USE err_code reach_person(struct db *db, struct arena *arena,
                               const struct config *config, int64_t person_id,
                               struct reach *out, struct err *err);
/* The author of a need: her person, else the address she gave. email NULL when there is none. */
MUST_USE err_code reach_author(struct db *db, struct arena *arena,
                               const struct config *config, const struct need *need,
                               struct reach *out, struct err *err);
/* Inside a writer's job: a link of hers, and its address below `path` ("/suivi/"). */
MUST_USE err_code reach_link(struct db *db, struct arena *arena,
                             const struct config *config, const struct reach *reach,
                             enum link_purpose purpose, int64_t subject_id, int64_t now,
                             int64_t expires_at, const char *path, const char **url,
                             struct err *err);

#endif
