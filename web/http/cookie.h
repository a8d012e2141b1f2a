/* Cookies that hold a token (base/secret.h): read strictly, set safely. */
#ifndef WEB_HTTP_COOKIE_H
#define WEB_HTTP_COOKIE_H

#include "base/secret.h"
#include "config/config.h"
#include "web/http/request.h"
#include "web/http/response.h"

/* Copies the token of the cookie `name` ("etabli"). False when there is none, or it is no
 * token. On a site served by https the cookie's name starts with "__Host-". */
bool cookie_read(const struct request *request, const struct config *config,
                 const char *name, char out[SECRET_TOKEN_TEXT_MAX]);
/* Adds Set-Cookie: for this host only, unseen by scripts, not sent by other sites' forms;
 * gone after `seconds` (0: now). */
void cookie_set(const struct request *request, const struct config *config,
                const char *name, const char *token, int seconds,
                struct response *response);

#endif
