/* Those who asked for what a session is about, registered or not. */
#ifndef EXCHANGE_ACTION_SESSION_ASKERS_H
#define EXCHANGE_ACTION_SESSION_ASKERS_H

#include "exchange/action/session_mail.h"

/* Inside a writer's job: one mail each to those who stated or share a need of the
 * session, whatever the number of her needs; to nobody who is registered or was, gives it
 * or made it. An address that was not confirmed gets it too. */
MUST_USE err_code session_tell_askers(struct db *db, const struct ctx *ctx,
                                      const struct session_mail *what, struct err *err);

#endif
