/* Messages relayed between two people of an introduction, or to those who come to a
 * session. Their words stay for the two to read again, and are forgotten after a while.
 * Writing runs inside a writer's job and notes no change. */
#ifndef STORE_RELAYS_H
#define STORE_RELAYS_H

#include "store/driver.h"

enum { RELAY_TWICE_S = 600 }; /* the same words within: the form was sent twice */

struct relay {
    int64_t from_id, to_id; /* of a message to a whole session: both its sender */
    int64_t introduction_id, session_id; /* one of them is 0 */
    const char *words;                   /* NULL once forgotten */
    int64_t created_at;
};

/* Adds it; *is_new is false, and nothing is added, when the same was said within
 * RELAY_TWICE_S. */
MUST_USE err_code relays_add(struct db *db, const struct relay *relay, bool *is_new,
                             struct err *err);
MUST_USE err_code relays_count(struct db *db, int64_t from_id, int64_t introduction_id,
                               int64_t since, int64_t *count, struct err *err);
/* Those of an introduction, oldest first, at most `most`. */
MUST_USE err_code relays_list(struct db *db, struct arena *arena, int64_t introduction_id,
                              size_t most, struct relay **out, size_t *count,
                              struct err *err);

#endif
