/* What goes back for an admitted or refused request: a static file, a page made by its
 * handler or kept from before, an error page; its ETag, 304, and compression. */
#ifndef WEB_HTTP_ANSWER_H
#define WEB_HTTP_ANSWER_H

#include "web/http/server.h"

struct answering {
    const struct server_options *options; /* these are the server's to fill */
    struct page_memory *memory;           /* NULL: nothing is kept */
    const struct request *request;
    const struct route *route;   /* NULL: a static file, or refused */
    int refused;                 /* a status, 0 when fine */
    const char *accept_encoding; /* NULL when not sent */
    struct response *response;
    struct text gzip; /* text_init'ed */

    const struct kept_page *kept; /* what answer_make found or kept */
    const struct text *bytes;     /* what is sent: there until answer_done */
    bool is_gzip;
};

/* Fills the response, what is sent and how. */
void answer_make(struct answering *answering);
void answer_done(struct answering *answering); /* for one never made too */

#endif
