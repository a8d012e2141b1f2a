/* Reading the form of a new session: what was typed becomes a session, or mistakes. */
#ifndef EXCHANGE_ACTION_SESSION_FORM_H
#define EXCHANGE_ACTION_SESSION_FORM_H

#include "exchange/action/session_propose.h"

void session_mistake(struct session_mistakes *mistakes, err_code code, const char *field,
                     const char *message_id);
/* Fills `session` but for who made it, its trainers and its room. */
MUST_USE err_code session_form_read(struct ctx *ctx, const struct session_form *form,
                                    struct session *session,
                                    struct session_mistakes *mistakes, struct err *err);

#endif
