/* Changing a session after it was proposed or confirmed: its words, dates, place, seats,
 * threshold, day of the decision, level, format, pole, who gives it, its skill while
 * nobody is registered. Those concerned are told what changed. */
#ifndef EXCHANGE_ACTION_SESSION_CHANGE_H
#define EXCHANGE_ACTION_SESSION_CHANGE_H

#include "exchange/action/session_propose.h"

/* Each who has a seat or waits and each who gives it get one mail with what it was and
 * what it is, and the date for their calendars: the same event, moved. More seats are
 * offered to who waits, and only those who give it are told of them. When one date is
 * left of several that were offered, whom it does not suit gives her place back; where
 * others are offered, whom none suits is asked to choose again. Who asked for it and is
 * not registered is told of another date or place. When the form shows what somebody else
 * changed meanwhile (session_merge.h), nothing is written: ERR_CONFLICT on "meanwhile".
 * Noted in the audit, without anyone's words. *changed is false when nothing was.
 * ERR_FORBIDDEN unless the actor may run it; ERR_CONFLICT (field "session") when it has
 * begun, is over or cancelled; ERR_INVALID or ERR_CONFLICT with `mistakes`. */
MUST_USE err_code session_change(struct ctx *ctx, int64_t session_id,
                                 const struct session_form *form,
                                 struct session_mistakes *mistakes, bool *changed,
                                 struct err *err);

#endif
