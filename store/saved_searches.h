/* Searches whose new answers someone wants to hear of. Writing runs inside a writer's
 * job. */
#ifndef STORE_SAVED_SEARCHES_H
#define STORE_SAVED_SEARCHES_H

#include "store/driver.h"

struct saved_search {
    int64_t id;
    const char *words;
    const char *filters; /* narrow_text() of exchange/action/narrow.h */
    const char *known;   /* numbers of the people who answered so far, a blank between */
    int64_t told_at, created_at;
};

/* Those of an address (lower case), first the oldest; they live in `arena`. */
MUST_USE err_code saved_searches_list(struct db *db, struct arena *arena,
                                      const char *email, struct saved_search **out,
                                      size_t *count, struct err *err);
/* Its words, filters and known; nothing happens when the address has one of the same words
 * and filters. */
MUST_USE err_code saved_searches_add(struct db *db, const char *email,
                                     const struct saved_search *search, int64_t now,
                                     struct err *err);
/* Nothing happens when there is none or it is another's. */
MUST_USE err_code saved_searches_drop(struct db *db, const char *email, int64_t id,
                                      struct err *err);
MUST_USE err_code saved_searches_told(struct db *db, int64_t id, const char *known,
                                      int64_t now, struct err *err);

#endif
