/* A mail as it travels: headers and two parts (RFC 5322, 2045 to 2047, 8058). */
#ifndef WEB_MAIL_MESSAGE_H
#define WEB_MAIL_MESSAGE_H

#include "base/text.h"

#include <stdint.h>

enum { MESSAGE_BYTES_MOST = 1 << 20 };

struct message {
    const char *from_name, *from, *to; /* addresses without brackets or line ends */
    const char *subject;               /* UTF-8 */
    const char *id;                    /* the left part of the Message-ID */
    const char *host;                  /* its right part */
    const char *plain, *html;          /* UTF-8 */
    const char *unsubscribe_url;       /* NULL: no List-Unsubscribe */
    const char *ics, *ics_method; /* a calendar that goes with it (RFC 6047); or NULL */
    int64_t at;
};

/* Adds the whole mail, lines ended by CR LF. ERR_INVALID when an address or the id holds
 * a blank or a line end, ERR_LIMIT when `out` is full. */
MUST_USE err_code message_write(const struct message *message, struct text *out,
                                struct err *err);

#endif
