/* Records as spreadsheets that import again to the same rows.
 *
 * Lists stand in one cell, separated by "; ". What has no id of its own from outside is
 * told as "#" and its number here, which an import into the same records understands;
 * elsewhere that becomes its id. Weak sides: such an id from elsewhere and the number of a
 * row here without one may be the same text, which an import then refuses; a semicolon in
 * the words of a support becomes a comma; when something was made or said is told for needs
 * only. */
#ifndef EXCHANGE_ACTION_EXPORT_H
#define EXCHANGE_ACTION_EXPORT_H

#include "base/calendar.h"
#include "store/driver.h"

#include <stdio.h>

enum export_kind {
    EXPORT_PEOPLE,
    EXPORT_SKILLS,
    EXPORT_NEEDS,
    EXPORT_SESSIONS,
    EXPORT_STRUCTURES,
    EXPORT_POLES
};

struct export_options {
    enum export_kind kind;
    const char *source; /* skills: of that source only; NULL: of all */
    struct zone zone;   /* of the dates of sessions */
};

/* Writes a header line and a line for each row to `out`, all of one moment. Sets *rows.
 * ERR_IO when `out` takes no more, ERR_STORE when the records cannot be read. */
MUST_USE err_code export_run(struct db *db, const struct export_options *options,
                             FILE *out, int64_t *rows, struct err *err);

#endif
