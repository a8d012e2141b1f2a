/* May this request come in, and who answers it? */
#ifndef WEB_HTTP_ADMIT_H
#define WEB_HTTP_ADMIT_H

#include "web/http/head.h"
#include "web/http/server.h"

struct admission {
    const struct route *route; /* NULL: a static file, or refused */
    const char *allowed;       /* for 405: the methods of that path */
    bool is_head;
};

/* 0, or the status to refuse the request with; fills `request` as far as it was
 * understood. Its arena is set; `raw` is the target as sent, NULL when there was no
 * memory for it. */
int admit(const struct server_options *options, int port, const struct head *head,
          const char *raw, struct request *request, struct admission *out);
/* 421 in plain words: a page of the site would link to a name that is not ours. */
void admit_refuse_host(struct response *response);

#endif
