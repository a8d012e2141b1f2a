/* The one writer of a process: concurrent writes are grouped into one commit.
 *
 * A job runs on the writer's thread inside a savepoint of its own; the caller waits until
 * the group is on disk. A job that fails is rolled back alone. A job that changed rows
 * without a row in `change` is rolled back too: that is our own mistake, reported as
 * ERR_STORE. */
#ifndef STORE_WRITER_H
#define STORE_WRITER_H

#include "store/driver.h"

struct writer;

/* Runs with a connection in DB_WRITE mode. May be run again after a lost race with
 * another process, so it must only depend on `argument` and the records. */
typedef err_code (*write_job)(struct db *db, void *argument, struct err *err);

MUST_USE err_code writer_open(struct writer **out, const char *address, struct err *err);
void writer_close(struct writer *writer); /* waits for accepted jobs; accepts NULL */

/* Returns what the job returned once its commit is durable; ERR_UNCERTAIN when the commit
 * itself failed in a way that leaves open whether it is on disk. */
MUST_USE err_code writer_do(struct writer *writer, write_job job, void *argument,
                            struct err *err);

/* `told` is called on the writer's thread after each group that is on disk, with the writer
 * locked: it must be short and not use the writer. One at a time; NULL: nobody. */
void writer_watch(struct writer *writer, void (*told)(void *state), void *state);

/* How many groups were written: what this process wrote since is told by another number.
 */
uint64_t writer_groups(struct writer *writer);

#endif
