/* Whether the records are whole: what the engine sees (pages, types, constraints, foreign keys) and
 * what every write must keep (the change log, seats, ids, folded texts). Reads only; says every
 * kind of trouble with the ids of up to ten records. Not for repairing: that takes a backup. */
#ifndef STORE_CHECK_H
#define STORE_CHECK_H

#include "base/text.h"
#include "store/driver.h"

/* Adds a line to `lines` for each trouble and counts them in *troubles (made 0 first). An error
 * only when the records cannot be read at all. */
MUST_USE err_code records_check(struct db *db, struct text *lines, int64_t *troubles,
                                struct err *err);

#endif
