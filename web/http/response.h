/* What goes back. */
#ifndef WEB_HTTP_RESPONSE_H
#define WEB_HTTP_RESPONSE_H

#include "base/text.h"

enum { RESPONSE_BODY_MAX = 4 * 1024 * 1024, RESPONSE_HEADERS_MAX = 12 };

struct response {
    int status;               /* 200 when not set */
    const char *content_type; /* static; "text/html; charset=utf-8" when not set */
    struct text body;         /* text_init'ed by the server */
    const char *location; /* for 303 and 308: made from a route, in the request's arena */
    const char *cache_control; /* static; "no-store" when not set */
    bool is_personal; /* made for who has come in: neither cached nor compressed */
    bool has_effect;  /* answering did something: it is made anew for each request */
    const char *etag; /* quoted, NULL when none: the server answers 304 by itself */
    const char *extra_names[RESPONSE_HEADERS_MAX];
    const char *extra_values[RESPONSE_HEADERS_MAX];
    size_t extra_count;
};

/* Adds a header, borrowed until the answer is sent; one with a line end in it is left
 * out. */
void response_header(struct response *response, const char *name, const char *value);

#endif
