/* What was searched for in vain: folded words and days (since 1970), nothing else. */
#ifndef STORE_SEARCH_MISS_H
#define STORE_SEARCH_MISS_H

#include "store/driver.h"

/* Whether these words need not be noted: they were that day, or that day has `most`
 * already. */
MUST_USE err_code search_miss_is_known(struct db *db, const char *words, int64_t day,
                                       int64_t most, bool *is_known, struct err *err);
MUST_USE err_code search_miss_add(struct db *db, const char *words, int64_t day,
                                  struct err *err);
MUST_USE err_code search_miss_drop(struct db *db, const char *words, struct err *err);

struct search_miss {
    const char *words;
    int64_t days;     /* different ones */
    int64_t last_day; /* since 1970 */
};
/* Those of at least `days_least` different days, the most first. */
MUST_USE err_code search_miss_list(struct db *db, struct arena *arena, int64_t days_least,
                                   int64_t most, struct search_miss **out, size_t *count,
                                   struct err *err);

#endif
