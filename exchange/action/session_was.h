/* The form of a session that is changed, as it stood before: what is typed as it was is
 * left as it is, even where it would be refused today (a date of an import, a place
 * nobody wrote down). */
#ifndef EXCHANGE_ACTION_SESSION_WAS_H
#define EXCHANGE_ACTION_SESSION_WAS_H

#include "exchange/action/session_propose.h"

struct session_was {
    const struct session *session;
    struct session_form form; /* what the form shows of it; days and months by number */
    const struct session_date *dates; /* those it shows, PROPOSE_DATES at most */
    size_t date_count;
};

/* The word of the form for it; of several, one. */
const char *session_format_word(enum format format);
/* Whether a field is not in the form, or as it was. */
bool session_was_word(const char *typed, const char *was);
/* ERR_MEMORY and store errors. `session` is borrowed. */
MUST_USE err_code session_was_fill(const struct ctx *ctx, const struct session *session,
                                   struct session_was *was, struct err *err);
/* The date that stands there, when the form has it as it was; else NULL. */
const struct session_date *session_was_date(const struct session_was *was,
                                            const struct session_form *form, size_t i);
bool session_was_decided(const struct session_was *was, const struct session_form *form);
bool session_was_there(const struct session_was *was, const struct session_form *form);

#endif
