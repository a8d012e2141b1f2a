/* The table of routes: which one a path is, and the address of one. */
#ifndef WEB_HTTP_ROUTE_H
#define WEB_HTTP_ROUTE_H

#include "base/url.h"
#include "web/http/server.h"

enum { PARTS_MOST = 4, URL_BYTES_MOST = 4096 };

/* The route of a request, or NULL. Fills the request's parts. */
const struct route *route_find(const struct route *routes, size_t count,
                               struct request *request);
/* What a path answers to, "GET, HEAD", "POST" or all three; NULL when it is not there. */
const char *route_allowed(const struct route *routes, size_t count, const char *path);

#endif
