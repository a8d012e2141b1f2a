/* Keeps the index equal to the records.
 *
 * The change log is followed in order; what was applied and the number of the last
 * applied change become durable in one index commit, so that killing the program anywhere
 * loses and doubles nothing. The records are the truth: an index that is missing, damaged
 * or too far behind is rebuilt beside and swapped in. */
#ifndef EXCHANGE_ACTION_INDEX_SYNC_H
#define EXCHANGE_ACTION_INDEX_SYNC_H

#include "base/progress.h"
#include "config/config.h"
#include "indexer/search.h"
#include "store/driver.h"

/* The index folder of a data folder, in `arena`. */
const char *index_folder(struct arena *arena, const char *data_folder);

/* Applies every change up to the last. *applied (may be NULL) is how many things were put
 * or removed. ERR_BUSY when another process (the running server) keeps the index: it will
 * do it. Rebuilds when a change concerns a whole kind, there is no usable index, or it is
 * of yesterday; what a rebuild replaced is removed a little later, so that nothing of who
 * was erased is there a day after. `progress` may be NULL. */
MUST_USE err_code index_catch_up(const struct config *config, struct db *db, int64_t now,
                                 struct progress *progress, int64_t *applied,
                                 struct err *err);

/* Builds a new index beside the old one and swaps it in. */
MUST_USE err_code index_rebuild(const struct config *config, struct db *db, int64_t now,
                                struct progress *progress, struct err *err);

/* A thread that keeps catching up until stopped. Opens its own connection to `address`.
 */
struct index_worker;
MUST_USE err_code index_worker_start(struct index_worker **out,
                                     const struct config *config, const char *address,
                                     int64_t (*now)(void *state), void *now_state,
                                     struct err *err);
void index_worker_stop(struct index_worker *worker); /* accepts NULL */
/* Something was written: it looks at once. `worker` is a struct index_worker. */
void index_worker_wake(void *worker);

#endif
