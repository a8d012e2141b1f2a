/* Reading the form of a session, new or changed: what was typed becomes a session, or
 * mistakes. */
#ifndef EXCHANGE_ACTION_SESSION_FORM_H
#define EXCHANGE_ACTION_SESSION_FORM_H

#include "exchange/action/session_propose.h"

void session_mistake(struct session_mistakes *mistakes, err_code code, const char *field,
                     const char *message_id);
/* Fills `session` but for who made it, its trainers and its room. */
MUST_USE err_code session_form_read(struct ctx *ctx, const struct session_form *form,
                                    struct session *session,
                                    struct session_mistakes *mistakes, struct err *err);
/* Fills `session` with `before` as the form changes it, but for its room's place; a
 * session that is confirmed keeps its threshold and has one date. ERR_MEMORY only. */
MUST_USE err_code session_form_change(struct ctx *ctx, const struct session_form *form,
                                      const struct session *before,
                                      struct session *session,
                                      struct session_mistakes *mistakes, struct err *err);

#endif
