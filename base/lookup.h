/* Texts to numbers: what a run has met already. Open addressing, texts copied into an arena. Not
 * for text that an attacker sends in bulk: the hash is not keyed. */
#ifndef BASE_LOOKUP_H
#define BASE_LOOKUP_H

#include "base/arena.h"

#include <stdint.h>

struct lookup;

/* At most `limit_bytes` of texts. NULL when out of memory. Owned by the caller: lookup_free(). */
struct lookup *lookup_new(size_t limit_bytes);
void lookup_free(struct lookup *lookup); /* accepts NULL */
/* The number of `text`; NULL when it was not put. Valid until the next lookup_put. */
const int64_t *lookup_find(const struct lookup *lookup, const char *text);
/* Puts a text that is not there yet. False when out of memory or over the limit. */
bool lookup_put(struct lookup *lookup, const char *text, int64_t number);

#endif
