/* A file read through the page cache, mapped whole and read only. */
#ifndef BASE_MAPPED_H
#define BASE_MAPPED_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct mapped {
    const void *bytes; /* NULL: nothing is mapped */
    size_t length;
    uint64_t identity; /* tells this file, as it was when it was mapped, from others */
};

/* ERR_NOT_FOUND when there is no such file, ERR_STORE when it is empty, ERR_IO with the
 * system's reason. Whoever replaces the file renames another over it: what is mapped
 * stays as it was. */
MUST_USE err_code mapped_open(struct mapped *out, const char *path, struct err *err);
void mapped_close(struct mapped *mapped); /* accepts what was never opened, all zero */

#endif
