/* What is refused before any handler sees it, and what the rest becomes. Pure. */
#ifndef WEB_HTTP_GUARD_H
#define WEB_HTTP_GUARD_H

#include "web/http/request.h"

enum { TARGET_BYTES_MOST = 4096, FIELDS_MOST = 100, HEADERS_MOST = 100 };

/* Counts of the headers that framing depends on. */
struct framing {
    int headers, hosts, lengths, encodings;
    long long length;     /* what Content-Length says, 0 when not sent */
    bool is_chunked;      /* Transfer-Encoding is exactly "chunked" */
    bool has_bad_name;    /* a name that is no token: a blank before the colon, a folded line */
    bool has_bad_value;   /* control characters, or a Content-Length that is no number */
    bool is_http_1_1;
};

/* 0 for the methods a route can have (GET, HEAD, POST), 405 for the others HTTP knows, 501
 * for unknown ones, 400 for what is no method at all. */
int method_status(const char *method);

/* True when a form comes from another site, as browsers say in Sec-Fetch-Site and Origin (both
 * may be NULL): anything but same-origin or none, an Origin that is neither `base_url` nor the
 * Host asked. */
bool form_is_foreign(const char *fetch_site, const char *origin, const char *host,
                     const char *base_url);

/* Adds one header to the counts. */
void framing_add(struct framing *framing, const char *name, const char *value);
/* 0 when the request may go on, else the status to refuse it with. */
int framing_status(const struct framing *framing);

/* Reads the raw target into path, lang, wants_json and query. 0, or the status to refuse it
 * with: 400 for anything but an absolute path of valid, percent-decoded UTF-8 without NUL,
 * control characters, "." and "..", 414 when too long. *needs_slash_cut: the path ends in '/'. */
int target_read(struct arena *arena, const char *raw, struct request *request,
                bool *needs_slash_cut);

/* Reads "a=1&b=2" (query or form). False on bad encoding or too many fields. */
bool fields_read(struct arena *arena, const char *raw, size_t length,
                 const struct field **out, size_t *count);

#endif
