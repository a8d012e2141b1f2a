/* The table of routes: which one a path is, and the address of one. */
#ifndef WEB_HTTP_ROUTE_H
#define WEB_HTTP_ROUTE_H

#include "base/url.h"
#include "web/http/server.h"

enum { PARTS_MOST = 4, URL_BYTES_MOST = 4096 };

/* The route of a request, or NULL: then *has_path says whether the path is there for
 * another method, and *allowed which. Fills the request's parts. */
const struct route *route_find(const struct route *routes, size_t count,
                               struct request *request, bool *has_path,
                               const char **allowed);

#endif
