/* E-mail addresses as people type them. */
#ifndef BASE_EMAIL_H
#define BASE_EMAIL_H

#include "base/arena.h"

#include <stdbool.h>

enum { EMAIL_BYTES_MOST = 254 }; /* RFC 5321, 4.5.3.1.3, less the angle brackets */

/* Whether a text could be an address that mail can be sent to: one @, a local part, a domain with a
 * dot, no blanks or control characters, at most EMAIL_BYTES_MOST bytes. */
bool email_is_plausible(const char *email);

/* The same address however it is typed: no blanks around, A to Z in lower case. NULL without
 * room. */
const char *email_plain(struct arena *arena, const char *typed);

#endif
