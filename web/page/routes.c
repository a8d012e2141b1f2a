/* The table of addresses. */
#include "web/page/routes.h"

#include "exchange/model/policy.h"

const struct route routes[] = {
#define ROUTE(name, method, path, function, is_cacheable, verb)                          \
    {name, METHOD_##method, path, function, is_cacheable, VERB_##verb},
#include "web/page/routes.def"
#undef ROUTE
};
const size_t route_count = sizeof routes / sizeof routes[0];
