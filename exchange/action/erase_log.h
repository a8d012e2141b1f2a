/* DATA/erased.log: a line for each person or account that was erased, "person 12 1764…": number and
 * time, no name. Only ever longer; on the disk before an erasure begins. */
#ifndef EXCHANGE_ACTION_ERASE_LOG_H
#define EXCHANGE_ACTION_ERASE_LOG_H

#include "base/arena.h"

#include <stdint.h>

struct erased_entry {
    bool is_account;
    int64_t id, at;
};

/* Everything in it, in order; nothing when there is no file. A line that cannot be read (the end of
 * a write that was cut) is left out. */
MUST_USE err_code erase_log_read(struct arena *arena, const char *data_folder,
                                 struct erased_entry **out, size_t *count,
                                 struct err *err);
MUST_USE err_code erase_log_add(const char *data_folder,
                                const struct erased_entry *entries, size_t count,
                                struct err *err);

#endif
