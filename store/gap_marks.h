/* Marks what the gaps must count anew, in the transaction of what changes. change_note
 * does it for the records as they are then; these are for what a record leaves behind. */
#ifndef STORE_GAP_MARKS_H
#define STORE_GAP_MARKS_H

#include "store/change.h"

/* What this person, need, skill or session counts in as it is now; 0: everything. Other
 * things count nowhere. */
MUST_USE err_code gap_mark(struct db *db, enum thing thing, int64_t id, struct err *err);
MUST_USE err_code gap_mark_all(struct db *db, struct err *err);
/* The people whom this one asked, and those who were asked for this need; 0: none. */
MUST_USE err_code gap_mark_asked(struct db *db, int64_t asker_id, int64_t need_id,
                                 struct err *err);

#endif
