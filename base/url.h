/* Parts of addresses. */
#ifndef BASE_URL_H
#define BASE_URL_H

#include "base/text.h"

/* Adds a part of an address, all but letters, digits and - . _ ~ percent-encoded. */
void url_encode(struct text *out, const char *part);

#endif
