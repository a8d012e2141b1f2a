/* Where a mail goes: a server (libcurl speaks SMTP), a folder, or nowhere. */
#ifndef WEB_MAIL_SEND_H
#define WEB_MAIL_SEND_H

#include "config/config.h"

/* Sends `bytes`, a whole mail, to `to`. In mode "dir" it becomes the file NAME.eml of the
 * folder, whole or not at all; in mode "off" nothing happens. ERR_IO with the server's
 * reason: try again later; ERR_INVALID: the server refuses this mail for good. */
MUST_USE err_code send_mail(const struct config *config, const char *to, const char *name,
                            const char *bytes, size_t length, struct err *err);

#endif
