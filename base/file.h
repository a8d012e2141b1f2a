/* Whole files in, whole files out. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/text.h"

/* Reads all of `path` into `out` (text_init'ed; its limit is the largest file accepted; the
 * bytes may hold NUL). ERR_NOT_FOUND when there is none, ERR_IO with the system's reason,
 * ERR_LIMIT when longer than the limit. */
MUST_USE err_code file_read(const char *path, struct text *out, struct err *err);

/* Writes beside and renames, so that a reader sees the old file or the new one. */
MUST_USE err_code file_write(const char *path, const char *bytes, size_t length,
                             struct err *err);

/* Makes the folder and those above it, mode 0750. Nothing happens when it is there. */
MUST_USE err_code file_make_folder(const char *path, struct err *err);

#endif
