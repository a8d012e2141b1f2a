/* The postman: a thread that takes mails from the outbox, words them and sends them,
 * until stopped. Each leaves at least once; after OUTBOX_TRIES_MOST tries it stays with
 * its reason. */
#ifndef WEB_MAIL_POST_H
#define WEB_MAIL_POST_H

#include "config/config.h"
#include "store/driver.h"
#include "store/writer.h"
#include "web/view/catalogue.h"
#include "web/view/template.h"

struct post_options {
    const struct config *config;
    const char *address;               /* of the records */
    struct writer *writer;             /* borrowed */
    const struct templates *templates; /* of mails; borrowed */
    const struct catalogue *(*catalogue)(void *state, const char *lang);
    void *catalogue_state;
    int64_t (*now)(void *state);
    void *now_state;
};

struct post;
MUST_USE err_code post_start(struct post **out, const struct post_options *options,
                             struct err *err);
void post_stop(struct post *post); /* lets the mail in hand go first; accepts NULL */

#endif
