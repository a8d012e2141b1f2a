/* Fields of a multipart/form-data body (RFC 7578), as mail providers send them for a one-click
 * unsubscription (RFC 8058) and as browsers send forms with files. Pure. Not for large files: the
 * body is in memory. */
#ifndef WEB_HTTP_MULTIPART_H
#define WEB_HTTP_MULTIPART_H

#include "web/http/request.h"

/* Whether a Content-Type (NULL: none) says so. */
bool multipart_is_typed(const char *content_type);

/* Reads every part that has a name; its value is cleaned as that of any field. False when there is
 * no boundary, a part has no end or no name, or there are more than FIELDS_MOST. */
bool multipart_read(struct arena *arena, const char *content_type, const char *raw,
                    size_t length, const struct field **out, size_t *count);

#endif
