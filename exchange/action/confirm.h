/* A link by mail for what a visitor asked for without coming in. */
#ifndef EXCHANGE_ACTION_CONFIRM_H
#define EXCHANGE_ACTION_CONFIRM_H

#include "exchange/action/ctx.h"

struct confirming {
    const char *email;   /* as typed */
    const char *address; /* of the network */
    int64_t subject_id;
    const char *payload;              /* JSON, kept with the link */
    const char *sentence;             /* what will be done, in the language of the page */
    const char *title;                /* of the record */
    int64_t life_s;                   /* of the link */
    int64_t email_hour, address_hour; /* links an hour at most */
};

/* ERR_INVALID and ERR_LIMIT on field "email", with their sentences. */
MUST_USE err_code confirm_send(struct ctx *ctx, const struct confirming *confirming,
                               struct err *err);

#endif
