/* Needs merged into another one, and the way back. Writing runs inside a writer's job. */
#ifndef STORE_NEED_GROUPS_H
#define STORE_NEED_GROUPS_H

#include "exchange/model/need.h"
#include "store/driver.h"

/* `id` becomes part of `into`: grouped, its state before kept aside. The caller saw to it that
 * neither is part of another one and that `id` holds none. */
MUST_USE err_code needs_merge(struct db *db, int64_t id, int64_t into, int64_t now,
                              struct err *err);
/* `id` stands alone again, in its state before; one that was closed meanwhile stays closed. */
MUST_USE err_code needs_split(struct db *db, int64_t id, int64_t now, struct err *err);
/* The needs merged into `id`, oldest first, `most` at most. */
MUST_USE err_code needs_merged(struct db *db, struct arena *arena, int64_t id, size_t most,
                               struct need **out, size_t *count, struct err *err);

/* Sessions not held yet that serve `from` serve `to` from now on. */
MUST_USE err_code needs_sessions_move(struct db *db, int64_t from, int64_t to, int64_t now,
                                      struct err *err);

/* A need as it is compared with others of its pole. */
struct need_words {
    int64_t id, skill_id, created_at, people;
    bool holds_others; /* others are merged into it */
    const char *text;
};
/* Open needs of the pole (0: of none) at `now`, neither private nor merged, oldest first. */
MUST_USE err_code needs_words(struct db *db, struct arena *arena, int64_t pole_id,
                              int64_t now, size_t most, struct need_words **out,
                              size_t *count, struct err *err);

#endif
