/* Records of needs. Reading fills plain structs of exchange/model in the caller's arena;
 * writing happens inside a writer's job and notes its change. */
#ifndef STORE_NEEDS_H
#define STORE_NEEDS_H

#include "exchange/model/need.h"
#include "store/driver.h"

/* ERR_NOT_FOUND when there is none with that id. */
MUST_USE err_code needs_get(struct db *db, struct arena *arena, int64_t id,
                            struct need *out, struct err *err);

/* In order of id, those after `after_id`, at most `most`; *count 0 at the end. Complete
 * with their lists, in a fixed number of statements however many rows. */
MUST_USE err_code needs_next(struct db *db, struct arena *arena, int64_t after_id,
                             size_t most, struct need **out, size_t *count,
                             struct err *err);
MUST_USE err_code needs_count(struct db *db, int64_t *count, struct err *err);

/* Saves the whole need with its lists. id 0 makes a new one and sets id, created_at and
 * version; otherwise version must be the one read (ERR_CONFLICT when it changed
 * meanwhile). */
MUST_USE err_code needs_save(struct db *db, struct need *need, int64_t now,
                             struct err *err);
MUST_USE err_code needs_erase(struct db *db, int64_t id, int64_t now, struct err *err);

/* The id of what an import called it, 0 when there is none. */
MUST_USE err_code needs_find_external(struct db *db, const char *external_id, int64_t *id,
                                      struct err *err);

/* Open needs, newest first; at most one of skill and pole is set. *total counts all. */
struct needs_filter {
    int64_t skill_id, pole_id;
    size_t offset, most;
};
MUST_USE err_code needs_list(struct db *db, struct arena *arena, int64_t now,
                             const struct needs_filter *filter, struct need **out,
                             size_t *count, int64_t *total, struct err *err);

/* How many of these there are in each pole; pole_id 0: in none yet. */
struct needs_in_pole {
    int64_t pole_id, count;
};
MUST_USE err_code needs_by_pole(struct db *db, struct arena *arena, int64_t now,
                                struct needs_in_pole **out, size_t *count,
                                struct err *err);

/* How many needs of that address are open at `now`, and confirmed. */
MUST_USE err_code needs_count_open_email(struct db *db, const char *email, int64_t now,
                                         int64_t *count, struct err *err);
/* *id of one that is open and was stated after `since` with the same words and address;
 * else 0. */
MUST_USE err_code needs_same(struct db *db, const struct need *need, int64_t since,
                             int64_t *id, struct err *err);
/* Those stated with that address (lower case), in whatever state, latest first. */
MUST_USE err_code needs_of_email(struct db *db, struct arena *arena, const char *email,
                                 size_t most, struct need **out, size_t *count,
                                 struct err *err);

/* Inside a writer's job: those of the needs of a session that were stated with that
 * address (lower case) and have no author yet are that person's. */
MUST_USE err_code needs_tie_person(struct db *db, struct arena *arena, const char *email,
                                   int64_t person_id, int64_t session_id, int64_t now,
                                   struct err *err);

#endif
