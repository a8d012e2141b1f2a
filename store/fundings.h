/* Records of collective fundings and the promises for them. */
#ifndef STORE_FUNDINGS_H
#define STORE_FUNDINGS_H

#include "exchange/model/funding.h"
#include "store/driver.h"

/* Inside a writer's job; sets id. */
MUST_USE err_code fundings_add(struct db *db, struct funding *funding, int64_t created_by,
                               int64_t now, struct err *err);
MUST_USE err_code fundings_get(struct db *db, struct arena *arena, int64_t id,
                               struct funding *out, struct err *err);
/* Those of a pole, open ones first. */
MUST_USE err_code fundings_of(struct db *db, struct arena *arena, int64_t pole_id,
                              int64_t **ids, size_t *count, struct err *err);
MUST_USE err_code fundings_pledges(struct db *db, struct arena *arena, int64_t id,
                                   struct funding_pledge **out, size_t *count,
                                   struct err *err);
/* Replaces what she promised before for herself, or anybody for that structure; amount 0
 * without coming takes it back. */
MUST_USE err_code fundings_pledge(struct db *db, int64_t id,
                                  const struct funding_pledge *pledge, int64_t now,
                                  struct err *err);
MUST_USE err_code fundings_end(struct db *db, int64_t id, enum funding_state state,
                               struct err *err);

/* Who asks in its pole for its skill, but that person. */
struct funding_asker {
    const char *email, *lang; /* NULL when there is none */
};
MUST_USE err_code fundings_askers(struct db *db, struct arena *arena,
                                  const struct funding *funding, int64_t but_id,
                                  int64_t now, struct funding_asker **out, size_t *count,
                                  struct err *err);

#endif
