/* The records as CSV that imports again to the same rows. */
#ifndef EXCHANGE_ACTION_EXPORT_H
#define EXCHANGE_ACTION_EXPORT_H

#include "base/text.h"
#include "config/config.h"
#include "store/driver.h"

/* Gives out a piece of the file; ERR_IO when it cannot be written. */
typedef err_code (*export_sink)(void *state, const char *bytes, size_t length,
                                struct err *err);

struct export_options {
    const char *what; /* people, skills, needs or sessions */
    struct zone zone; /* of dates */
    export_sink sink;
    void *state;
};

/* Rows in order of id. Contact details are in it: the file is for the structure that owns them.
 * ERR_INVALID when `what` is none of those. */
MUST_USE err_code export_run(struct db *db, const struct export_options *options,
                             struct err *err);

#endif
