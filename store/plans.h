/* What planning sessions reads beside needs and cards: what a pole refused, what is
 * agreed already. Writing functions run inside a writer's job. */
#ifndef STORE_PLANS_H
#define STORE_PLANS_H

#include "store/driver.h"

/* One of the three; the others 0. */
struct plan_refusal {
    int64_t skill_id; /* below 0: minus a group of needs in free words */
    int64_t person_id;
    int64_t day; /* year × 10000 + month × 100 + day */
};

MUST_USE err_code plans_refusals(struct db *db, struct arena *arena, int64_t pole_id,
                                 int64_t now, struct plan_refusal **out, size_t *count,
                                 struct err *err);
/* Up to `until`; one that was there already lasts longer. What has ended goes. */
MUST_USE err_code plans_refuse(struct db *db, int64_t pole_id,
                               const struct plan_refusal *refusal, int64_t until,
                               int64_t now, struct err *err);
MUST_USE err_code plans_allow_all(struct db *db, int64_t pole_id, int64_t now,
                                  struct err *err);

/* What a session proposed or confirmed serves: a need, for a person who has a seat or
 * waits for one, or for all who ask (0) while nobody has one. */
struct plan_kept {
    int64_t need_id, person_id;
};
MUST_USE err_code plans_kept(struct db *db, struct arena *arena, int64_t pole_id,
                             struct plan_kept **out, size_t *count, struct err *err);
/* Whether one of them serves that need for that person. */
bool plans_keep(const struct plan_kept *kept, size_t count, int64_t need_id,
                int64_t person_id);

/* Who knows a skill and passes it on to nobody, the best first. */
struct plan_next {
    int64_t person_id, level;
};
MUST_USE err_code plans_next(struct db *db, struct arena *arena, int64_t skill_id,
                             int64_t now, size_t most, struct plan_next **out,
                             size_t *count, struct err *err);

struct plan_busy {
    int64_t person_id, starts_at, ends_at;
};
/* Who is somewhere else after `now`, or was asked to be. */
MUST_USE err_code plans_busy(struct db *db, struct arena *arena, int64_t now,
                             struct plan_busy **out, size_t *count, struct err *err);

#endif
