/* The table of addresses and the handlers behind them. */
#ifndef WEB_PAGE_ROUTES_H
#define WEB_PAGE_ROUTES_H

#include "web/http/server.h"

extern const struct route routes[];
extern const size_t route_count;

#define ROUTE(name, method, path, function, is_cacheable, verb) \
    void function(void *hall, const struct request *request, struct response *response);
#include "web/page/routes.def"
#undef ROUTE

void page_error(void *hall, const struct request *request, struct response *response);

#endif
