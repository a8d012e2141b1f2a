/* Parts of addresses. */
#ifndef BASE_URL_H
#define BASE_URL_H

#include "base/arena.h"
#include "base/text.h"

/* Adds a part of an address, all but letters, digits and - . _ ~ percent-encoded. */
void url_encode(struct text *out, const char *part);
/* Percent-decodes `length` bytes, in the arena; NULL when they are wrong, when a NUL stands
 * in them, and without room. */
char *url_decode(struct arena *arena, const char *raw, size_t length, bool plus_is_blank);

#endif
