/* What the report of the site is counted from. Reading only; lists live in the arena. */
#ifndef STORE_REPORTS_H
#define STORE_REPORTS_H

#include "exchange/model/report.h"
#include "store/driver.h"

/* Who asked from `from` to before `to`; `month` is not set. */
MUST_USE err_code reports_asks(struct db *db, struct arena *arena, int64_t from,
                               int64_t to, struct report_event **out, size_t *count,
                               struct err *err);
/* Sessions held in that time; `month` is not set. */
MUST_USE err_code reports_sessions(struct db *db, struct arena *arena, int64_t from,
                                   int64_t to, struct report_event **out, size_t *count,
                                   struct err *err);
/* What is asked for now and nobody live answers, by pole or by structure: an event each.
 */
MUST_USE err_code reports_gaps(struct db *db, struct arena *arena, enum report_by by,
                               struct report_event **out, size_t *count, struct err *err);

#endif
