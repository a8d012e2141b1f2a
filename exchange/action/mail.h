/* Putting a mail into the outbox, with what it tells of, in the same transaction. */
#ifndef EXCHANGE_ACTION_MAIL_H
#define EXCHANGE_ACTION_MAIL_H

#include "base/json.h"
#include "config/config.h"
#include "store/driver.h"

enum { MAIL_VALUES_MOST = 64 * 1024, MAIL_UNSUBSCRIBE_S = 60 * 24 * 3600 };

/* What the unsubscribe link of the weekly digest carries, so that one click ends only that. */
#define MAIL_DIGEST_TEMPLATE "digest"
#define MAIL_DIGEST_PAYLOAD "\"digest\""

struct mail {
    const char *to;       /* e-mail address */
    const char *lang;     /* "fr" or "en"; NULL: French */
    const char *template; /* of content/mails, without ending */
    const char *ics;      /* a whole calendar that goes with it; NULL when none */
    const char *ics_method; /* "REQUEST", "CANCEL" or "PUBLISH"; with `ics` */
    /* She asked for it a moment ago (a link to come in): it leaves though she stopped mails.
     * Any other one does not. */
    bool is_asked_for;
};

/* Begins the values of a mail: an open JSON object with "lang". `values` is text_init'ed here with
 * MAIL_VALUES_MOST; add with json_*(); mail_queue closes and frees it whatever happens. */
void mail_begin(struct text *values, const struct mail *mail);

/* Inside a writer's job. Adds the unsubscribe link that every mail bears. Nothing is queued to an
 * address that stopped mails (unless is_asked_for) nor when mail.mode is off. ERR_LIMIT when the
 * values are longer than MAIL_VALUES_MOST. */
MUST_USE err_code mail_queue(struct db *db, const struct config *config,
                             const struct mail *mail, struct text *values, int64_t now,
                             struct err *err);

/* An address of the site for a mail: base_url, "/en" when lang is "en", then the path made by
 * `format`. NULL without room. */
const char *site_url(struct arena *arena, const struct config *config, const char *lang,
                     const char *format, ...) PRINTF_LIKE(4, 5);

#endif
