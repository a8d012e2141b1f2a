/* The gaps as they were counted (exchange/model/gap_count.h), kept in tables. */
#ifndef STORE_GAP_COUNTS_H
#define STORE_GAP_COUNTS_H

#include "exchange/model/gap_count.h"
#include "store/driver.h"

/* What must be counted anew before the kept counts are right. */
struct gap_stale {
    bool all;           /* nothing kept is right */
    int64_t *skill_ids; /* marked: as records name them */
    size_t skill_count;
    int64_t *expired_ids; /* skills whose counts ended */
    size_t expired_count;
    int64_t *pole_ids; /* poles whose totals changed or ended; 0: needs without a pole */
    size_t pole_count;
};
/* `rules` as for gap_counts_put_made: counts made by others, or after `now`, are all
 * stale.
 */
MUST_USE err_code gap_counts_stale(struct db *db, struct arena *arena, int64_t rules,
                                   int64_t now, struct gap_stale *out, struct err *err);

/* The demands of a pole (0: anywhere), and the supply of each of these skills at the same
 * place. */
MUST_USE err_code gap_counts_read(struct db *db, struct arena *arena, int64_t pole_id,
                                  struct gap_counts *out, struct err *err);
/* The shares of a scope, by skill and of whom. */
MUST_USE err_code gap_counts_shares(struct db *db, struct arena *arena, int64_t scope,
                                    struct gap_share **out, size_t *count,
                                    struct err *err);
/* The same of these skills only. */
MUST_USE err_code gap_counts_shares_of(struct db *db, struct arena *arena, int64_t scope,
                                       const int64_t *skill_ids, size_t id_count,
                                       struct gap_share **out, size_t *count,
                                       struct err *err);
/* Live people of the pole (`live`) for each skill, by skill. */
MUST_USE err_code gap_counts_live_in(struct db *db, struct arena *arena, int64_t pole_id,
                                     struct gap_share **out, size_t *count,
                                     struct err *err);
/* False when none is kept. */
MUST_USE err_code gap_counts_total(struct db *db, int64_t pole_id, struct gap_total *out,
                                   bool *is_there, struct err *err);
/* Who asks now, counted from the needs themselves: a total without its trend. */
MUST_USE err_code gap_counts_asking_now(struct db *db, int64_t pole_id, int64_t now,
                                        struct gap_total *out, struct err *err);

/* Inside a writer's job. */
MUST_USE err_code gap_counts_clear(struct db *db, struct err *err);
MUST_USE err_code gap_counts_drop(struct db *db, int64_t skill_id, struct err *err);
MUST_USE err_code gap_counts_put(struct db *db, const struct gap_counts *counts,
                                 struct err *err);
MUST_USE err_code gap_counts_put_total(struct db *db, const struct gap_total *total,
                                       struct err *err);
/* What was counted is right for all changes up to `number`: its marks go. */
MUST_USE err_code gap_counts_fresh(struct db *db, const struct gap_stale *stale,
                                   int64_t number, struct err *err);
/* rules 0: they are to be made anew. */
MUST_USE err_code gap_counts_put_made(struct db *db, int64_t rules, int64_t now,
                                      struct err *err);

#endif
