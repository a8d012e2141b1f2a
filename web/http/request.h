/* What a browser asked, checked before any handler sees it. */
#ifndef WEB_HTTP_REQUEST_H
#define WEB_HTTP_REQUEST_H

#include "base/arena.h"

#include <stdint.h>

enum method { METHOD_GET, METHOD_HEAD, METHOD_POST };

struct route;

struct field {
    const char *name, *value; /* UTF-8, NFC, control characters removed */
    bool is_binary;           /* a file that is no text; its value is empty */
};

struct request {
    enum method method; /* HEAD is given to handlers as GET; the body is left out later */
    const char *path;   /* decoded, normalised, starts with '/', without the language
                           prefix and the ".json" ending */
    const char *target; /* as sent: path and query, for logs and links back */
    const char *lang;   /* "fr", or "en" under /en/ */
    bool wants_json;    /* ".json", or Accept prefers application/json */
    const struct field *query;
    size_t query_count;
    const struct field *form; /* POST: urlencoded, or multipart/form-data */
    size_t form_count;
    const char *const *parts; /* what the route's {placeholders} matched, in order */
    size_t part_count;
    const char *if_none_match; /* NULL when not sent */
    const char *cookies;       /* the raw header, NULL when not sent */
    const char *agent;   /* what the browser says it is, as sent; NULL when not sent */
    const char *address; /* the client's: listen_client() */
    char id[17];         /* of this request, for logs */
    const struct route *route; /* NULL when refused */
    int64_t now;
    struct arena *arena; /* freed after the last byte of the answer */
};

/* The first value of that name, or NULL. */
const char *request_query(const struct request *request, const char *name);
const char *request_form_nth(const struct request *request, const char *name, size_t n);
const char *request_form(const struct request *request, const char *name);
/* Whether the file sent under that name is no text: a spreadsheet's own format, a
 * picture. */
bool request_form_is_binary(const struct request *request, const char *name);
/* The n-th value of that name (0 first), or NULL: for filters given several times. */
const char *request_query_nth(const struct request *request, const char *name, size_t n);

#endif
