/* What a client would rather read. Pure. */
#ifndef WEB_HTTP_NEGOTIATE_H
#define WEB_HTTP_NEGOTIATE_H

#include <stdbool.h>

/* True when an Accept header (NULL: none) gives application/json more weight than text/html,
 * or the same weight and an earlier place. Wildcards never mean JSON: pages come first. A
 * weight that cannot be read counts as 0. */
bool negotiate_json(const char *accept);

/* True when an Accept-Encoding header (NULL: none) takes gzip, by name or by "*", at no less
 * weight than the plain bytes. */
bool negotiate_gzip(const char *accept_encoding);

#endif
