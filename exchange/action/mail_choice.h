/* What an address gets by mail, as its holder chooses: signed in, by the link in every mail's foot,
 * or by the button of her mail reader (RFC 8058). */
#ifndef EXCHANGE_ACTION_MAIL_CHOICE_H
#define EXCHANGE_ACTION_MAIL_CHOICE_H

#include "exchange/action/ctx.h"

struct mail_choice {
    const char *email;  /* lower case */
    bool wants_digest;  /* the weekly one */
    bool is_asked_only; /* no mail but what she asks for at that moment */
};

/* Of an address (lower case). */
MUST_USE err_code mail_choice_read(struct ctx *ctx, const char *email,
                                   struct mail_choice *out, struct err *err);
/* Of the address a link of a mail's foot was sent to. ERR_NOT_FOUND as link_read. */
MUST_USE err_code mail_choice_of_link(struct ctx *ctx, const char *token,
                                      struct mail_choice *out, struct err *err);
MUST_USE err_code mail_choice_save(struct ctx *ctx, const struct mail_choice *choice,
                                   struct err *err);
/* The one click: no more mails like the one that brought the link. That of the weekly digest ends
 * the digest; any other one ends all that is not asked for. Twice is once. */
MUST_USE err_code mail_choice_stop(struct ctx *ctx, const char *token, struct err *err);

#endif
