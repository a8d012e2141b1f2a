/* Brings a database to the schema this program knows, one numbered step at a time. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/driver.h"

/* Makes the database when there is none. Each step is one transaction; running it again
 * does nothing. *from and *to (may be NULL) are the schema numbers before and after.
 * ERR_STORE when the database is of a newer, unknown schema; ERR_NOT_FOUND when it is
 * gone or empty while the index made from it is there: nothing is touched. */
MUST_USE err_code migrate(const char *address, int64_t now, int *from, int *to,
                          struct err *err);

#endif
