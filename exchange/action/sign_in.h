/* Coming in without a password: a link and a code by mail, good once and for ten minutes,
 * for the browser that asked. */
#ifndef EXCHANGE_ACTION_SIGN_IN_H
#define EXCHANGE_ACTION_SIGN_IN_H

#include "base/secret.h"
#include "exchange/action/ctx.h"
#include "store/accounts.h"

enum {
    SIGN_IN_LINK_S = 600, /* a link is good this long */
    SIGN_IN_CODE_DIGITS = 6,
    SIGN_IN_TRIES_MOST = 10,   /* wrong codes before the link is worth nothing */
    SIGN_IN_EMAIL_HOUR = 5,    /* links an hour for an e-mail address */
    SIGN_IN_ADDRESS_HOUR = 20, /* links an hour from a network address */
    SIGN_IN_STAYS_S =
        90 * 24 * 3600 /* a browser stays signed in this long after it was seen */
};

struct sign_in_request {
    const char *email;
    const char *browser; /* the token in the cookie of the browser that asks */
    const char *address; /* of the network */
    const char *after;   /* path she wanted to go to; NULL: her own page */
};

/* Puts a link and a code into the outbox. The answer is the same whether the address is
 * known or not. ERR_INVALID for what is no e-mail address, ERR_LIMIT past the number of
 * links an hour (message_id is set for both). */
MUST_USE err_code sign_in_ask(struct ctx *ctx, const struct sign_in_request *request,
                              struct err *err);

/* Whether a link can be used here and now; nothing changes. ERR_NOT_FOUND when it is
 * unknown, used or past its time; ERR_INVALID when another browser asked for it. */
MUST_USE err_code sign_in_look(struct ctx *ctx, const char *token, const char *browser,
                               struct err *err);

/* Uses a link (`token`), or the code that goes with the last link asked for in this
 * browser
 * (`token` NULL). *out is the token for the browser's cookie. ERR_NOT_FOUND and
 * ERR_INVALID as above, or for a wrong code; ERR_LIMIT after too many of these. */
MUST_USE err_code sign_in_use(struct ctx *ctx, const char *token, const char *code,
                              const char *browser, const char *device,
                              char out[SECRET_TOKEN_TEXT_MAX], struct err *err);

/* Who holds that cookie. ERR_NOT_FOUND when nobody does. Notes that she was seen, at most
 * once an hour. */
MUST_USE err_code sign_in_who(struct ctx *ctx, const char *cookie,
                              struct account *account, int64_t *signed_in,
                              struct err *err);

/* Ends one browser of an account. */
MUST_USE err_code sign_in_end(struct ctx *ctx, int64_t account_id, int64_t signed_in,
                              struct err *err);

#endif
