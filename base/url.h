/* Parts of addresses. */
#ifndef BASE_URL_H
#define BASE_URL_H

#include "base/arena.h"
#include "base/text.h"

enum { KEY_BYTES_MOST = 60, WEB_ADDRESS_BYTES_MOST = 2000 };

/* Adds a part of an address, all but letters, digits and - . _ ~ percent-encoded. */
void url_encode(struct text *out, const char *part);
/* "https://" or "http://", a host, and nothing that has no place in an address: at most
 * WEB_ADDRESS_BYTES_MOST bytes. */
bool url_is_web(const char *text);
/* A key that stands in addresses: 1 to KEY_BYTES_MOST of a-z, 0-9 and inner hyphens. */
bool url_is_key(const char *text);
/* Percent-decodes `length` bytes, in the arena; NULL when they are wrong, when a NUL
 * stands in them, and without room. */
char *url_decode(struct arena *arena, const char *raw, size_t length, bool plus_is_blank);

#endif
