/* The server with a few routes of its own, for what is asked of every site. */
#ifndef TESTS_STORY_SMALL_SITE_H
#define TESTS_STORY_SMALL_SITE_H

#include "web/http/server.h"
#include "web/http/static.h"

enum { STYLE_BYTES = 4000 };

/* Answers to "Host: a" and "etabli.example"; heads have one second, forms two. */
struct small_site {
    struct arena *arena;
    struct config config;
    struct static_files
        *files; /* x.css of STYLE_BYTES, y.css with one of the site's own */
    struct server *server;
    struct server_options options; /* it was started with */
    int port;
    char folder[40];
};

/* Listens at a free port of that address. Ends the program when it cannot. */
void small_site_open(struct small_site *site, const char *address);
void small_site_close(struct small_site *site); /* stops the server unless it is NULL */

#endif
