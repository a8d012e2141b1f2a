/* The target and the fields of a request: read, or refused. Pure. */
#ifndef WEB_HTTP_GUARD_H
#define WEB_HTTP_GUARD_H

#include "web/http/request.h"

enum { TARGET_BYTES_MOST = 4096, FIELDS_MOST = 50 };
enum { FORM_FIELDS_MOST = 160 }; /* a card has up to thirty lines of three fields */

/* Reads the raw target into path, lang, wants_json and query. 0, or the status to refuse it
 * with: 400 for anything but an absolute path of valid, percent-decoded UTF-8 without NUL,
 * control characters, "." and "..", 414 when too long. *needs_slash_cut: the path ends in '/'. */
int target_read(struct arena *arena, const char *raw, struct request *request,
                bool *needs_slash_cut);

/* True when it has more fields than are ever read. */
bool target_is_crowded(const char *raw);

/* True when a Content-Type (NULL: none) says "a=1&b=2". */
bool fields_are_typed(const char *content_type);

/* Reads "a=1&b=2" (query or form). False on bad encoding or more than `most` fields. */
bool fields_read(struct arena *arena, const char *raw, size_t length, size_t most,
                 const struct field **out, size_t *count);

/* Reads the body of a POST by its Content-Type (NULL: none). 0, or the status to refuse it with:
 * 415 for what is no form, 400 for one that cannot be read. */
int form_read(struct arena *arena, const char *content_type, const char *raw,
              size_t length, const struct field **out, size_t *count);

#endif
