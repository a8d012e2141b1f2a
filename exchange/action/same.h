/* Whether two values of a record are alike: what an import or a start need not write. */
#ifndef EXCHANGE_ACTION_SAME_H
#define EXCHANGE_ACTION_SAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* NULL and "" are the same. */
bool same_text(const char *a, const char *b);
/* Whether `id` is one of them. */
bool is_among(const int64_t *ids, size_t count, int64_t id);
bool same_ids(const int64_t *a, size_t a_count, const int64_t *b, size_t b_count);

#endif
