/* What following needs asks of the records: whose they are, which are due, how long a
 * pole waits, which sessions are coming on one. Reading only. */
#ifndef STORE_NEED_FOLLOW_H
#define STORE_NEED_FOLLOW_H

#include "store/driver.h"

/* Ids, latest first: the needs of a person, those she supports. */
MUST_USE err_code needs_of_person(struct db *db, struct arena *arena, int64_t person_id,
                                  int64_t most, int64_t **ids, size_t *count,
                                  struct err *err);
MUST_USE err_code needs_supported_by(struct db *db, struct arena *arena,
                                     int64_t person_id, int64_t most, int64_t **ids,
                                     size_t *count, struct err *err);
/* Those who support a need and for whom a facilitator noted that (the audit holds it),
 * ascending. */
MUST_USE err_code needs_supports_noted(struct db *db, struct arena *arena,
                                       int64_t need_id, int64_t **ids, size_t *count,
                                       struct err *err);
/* Open needs of people the site knows, not part of another, followed less than `step`,
 * stated at `before` or earlier, with a life of at most `life_s`. Needs that only an
 * import brought are their structure's to follow until their author comes in. */
MUST_USE err_code needs_due(struct db *db, struct arena *arena, int step, int64_t before,
                            int64_t life_s, int64_t most, int64_t **ids, size_t *count,
                            struct err *err);
/* The same, of which the time ended at `now`. */
MUST_USE err_code needs_ended(struct db *db, struct arena *arena, int64_t now,
                              int64_t most, int64_t **ids, size_t *count,
                              struct err *err);
/* The median time from a need of that pole to its first answer, of those answered since
 * `since`; *count is how many there were (0: *median_s is 0). */
MUST_USE err_code needs_median_wait(struct db *db, int64_t pole_id, int64_t since,
                                    int64_t *count, int64_t *median_s, struct err *err);
/* Coming sessions on a need, soonest first. */
MUST_USE err_code needs_sessions(struct db *db, struct arena *arena, int64_t need_id,
                                 int64_t now, int64_t most, int64_t **ids, size_t *count,
                                 struct err *err);

#endif
