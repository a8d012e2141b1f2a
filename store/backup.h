/* A copy of the records in one file, made while others read and write, and read again before it
 * gets its name: a backup that is there is whole. Not the index: that is made from the records. */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "store/driver.h"

struct backup {
    int64_t bytes, people, changes; /* of the copy, as it was read again */
};

/* Copies the records at `address` to `path`, in place of an older backup of that name. Written as
 * `path`.new, checked (db_integrity), made durable, then renamed; on failure there is no new file.
 * `progress` may be NULL. ERR_INVALID when `path` is the records themselves or no plain file,
 * ERR_IO or ERR_STORE with the reason, a full disk among them. */
MUST_USE err_code records_backup(const char *address, const char *path,
                                 struct progress *progress, struct backup *out,
                                 struct err *err);

#endif
