/* Fields of a multipart/form-data body (RFC 7578), as mail providers send them for a
 * one-click unsubscription (RFC 8058) and as browsers send forms with files. Pure. Not
 * for large files: the body is in memory. */
#ifndef WEB_HTTP_MULTIPART_H
#define WEB_HTTP_MULTIPART_H

#include "web/http/request.h"

/* Whether a Content-Type (NULL: none) says so. */
bool multipart_is_typed(const char *content_type);

/* Reads every part that has a name; its value is cleaned as that of any field. A file
 * that is no UTF-8 is read as Windows-1252, as spreadsheets save CSV; one with a NUL is
 * binary. False when there is no boundary, a part has no end, no name or (no file) a NUL,
 * or there are more than FIELDS_MOST. */
bool multipart_read(struct arena *arena, const char *content_type, const char *raw,
                    size_t length, const struct field **out, size_t *count);

#endif
