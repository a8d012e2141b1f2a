/* Lines an operator can grep: key=value on standard error.
 *
 * Only pages, commands and main write here, each thing once. A value with blanks, quotes or
 * control characters is quoted and escaped, so that nobody forges a line. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/err.h"

#include <stdbool.h>

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

/* Lines above `level` are dropped. Set once at start. */
void log_start(enum log_level level);

bool log_is_on(enum log_level level); /* lines of that level are written */

/* log_line(LOG_INFO, "request", "id", id, "path", path, NULL): keys and values in turn,
 * ended by NULL; a NULL value prints as "-". One write(2), so lines never mix. */
void log_line(enum log_level level, const char *event, ...)
    __attribute__((sentinel));

#endif
