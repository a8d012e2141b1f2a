/* The head of a request: what its lines say, and whether they say all of it. Pure.
 *
 * libmicrohttpd 0.9 hides parts of a head from its users: it joins folded lines to the
 * name before them, cuts a value at a NUL, ends the head at a line without a name and
 * takes a bare LF for a line end. What follows such a line may then be read as another
 * request. But it parses in place: method, target, version, names and values are pointers
 * into the bytes as they came. So the head is accounted for byte by byte: each part must
 * begin where the one before ended, a single blank or CR LF later. What was hidden leaves
 * a gap, and is refused. Weak side: a NUL right before a bare LF looks like a CR LF; it
 * hides nothing. */
#ifndef WEB_HTTP_HEAD_H
#define WEB_HTTP_HEAD_H

#include <stdbool.h>
#include <stddef.h>

enum { HEADERS_MOST = 100 };

struct head {
    const char *method, *version;
    /* headers, NULL when not sent, the first when sent several times */
    const char *host, *accept, *accept_encoding, *cookies, *agent, *origin, *fetch_site,
        *if_none_match, *content_type, *content_length, *transfer_encoding;
    const char *forwarded; /* the last X-Forwarded-For */
    int headers;
    long long length; /* what Content-Length says, 0 when not sent */
    bool is_chunked;  /* Transfer-Encoding is exactly "chunked" */
    bool is_http_1_1;
    bool has_bad_name; /* a name that is no token: a blank before the colon, a folded line
                        */
    bool has_bad_value; /* control characters, a length that is no number, no host */
    bool is_twice;      /* a header that may stand once only */
    const char *at;     /* where the part before ended */
    bool has_gap;       /* bytes nobody told us about */
};

/* The request line, as pointers into the head; `target` is `target_length` bytes. */
void head_start(struct head *head, const char *method, const char *target,
                size_t target_length, const char *version);
/* The next header, as pointers into the head. `value` may be NULL: empty. */
void head_add(struct head *head, const char *name, const char *value);
/* The head is `size` bytes long, the empty line included. The line ends must have been
 * overwritten with NULs. Not to be called where the parts are not pointers into the head.
 */
void head_end(struct head *head, size_t size);

/* 0 when the request may go on, else the status to refuse it with: 400, 431, 505. */
int head_status(const struct head *head);

/* 0 for the methods a route can have (GET, HEAD, POST), 405 for the others HTTP knows,
 * 501 for unknown ones, 400 for what is no method at all. */
int method_status(const char *method);

/* True when the site answers to that Host (NULL: an old client named none, true): the
 * name in `base_url`, one of `hosts` (names or addresses, with a port or, without one, at
 * any, separated by blanks), or localhost, 127.0.0.1, [::1] and `address` with the `port`
 * listened on. */
bool host_is_ours(const char *host, const char *base_url, const char *hosts,
                  const char *address, int port);

/* True when a form comes from another site, as browsers say in Sec-Fetch-Site and Origin
 * (both may be NULL): anything but same-origin or none, an Origin that is neither
 * `base_url` nor the Host asked. */
bool form_is_foreign(const char *fetch_site, const char *origin, const char *host,
                     const char *base_url);

#endif
