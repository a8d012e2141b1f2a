/* The HTTP server: the only file that knows libmicrohttpd.
 *
 * It refuses what libmicrohttpd lets through (smuggling, odd methods, two Hosts, %00,
 * "..", bad UTF-8: 400 and close), holds absolute deadlines, sets the security headers on
 * every answer, finds the route (404, 405 with Allow, HEAD and 304 follow from the
 * table), and calls the handler on one of its threads. */
#ifndef WEB_HTTP_SERVER_H
#define WEB_HTTP_SERVER_H

#include "config/config.h"
#include "web/http/memory.h"
#include "web/http/request.h"
#include "web/http/response.h"

/* `hall` is what the pages share; it is passed through untouched. */
typedef void (*handler)(void *hall, const struct request *request,
                        struct response *response);

struct route {
    const char *name;   /* "person": links are made from it */
    enum method method; /* METHOD_GET covers HEAD */
    const char *path;   /* "/personnes/{id}" ; a placeholder matches one segment */
    handler handler;
    bool is_cacheable; /* public: may carry an ETag, unless the answer is personal */
    int verb;          /* what it takes to be let in; known to the pages only */
};

struct server;
struct static_files;

struct server_options {
    const struct config *config;
    const struct route *routes;
    size_t route_count;
    handler
        error_page; /* fills the body for response->status 400, 403, 404, 405, 413, 429,
                       500, 503; called with the request as far as it was understood */
    void *hall;
    const struct static_files *files;
    int64_t (*now)(void *hall);
    /* Of what public pages are made from; false: unknown just now, nothing is kept. NULL:
     * every page is made for each request. */
    bool (*version)(void *hall, struct page_version *out);
    /* Told the port before the first request is taken; NULL: nobody asks. */
    void (*listening)(void *state, int port);
    void *listening_state;
};

/* Starts to listen and returns. ERR_IO with the address and the system's reason. */
MUST_USE err_code server_start(struct server **out, const struct server_options *options,
                               struct err *err);
int server_port(const struct server *server);
/* Accepts no more, lets running requests end (at most `grace_ms`), then frees. */
void server_stop(struct server *server, int grace_ms);

/* Writes the address of a route with its placeholders filled in order, each
 * percent-encoded;
 * "/en" in front when lang is "en". NULL when there is no such route. */
const char *route_url(struct arena *arena, const struct route *routes, size_t count,
                      const char *name, const char *lang, const char *const *parts);

#endif
