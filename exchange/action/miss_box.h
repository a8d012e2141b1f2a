/* What was searched for in vain since the last turn of the jobs: words in memory, so that
 * a page does not wait until they are compared with the names of everybody. */
#ifndef EXCHANGE_ACTION_MISS_BOX_H
#define EXCHANGE_ACTION_MISS_BOX_H

#include "base/arena.h"
#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

enum {
    MISS_BYTES_MOST = 80, /* of words */
    MISS_DAY_MOST = 1000 /* different words a day: whoever sends nonsense fills nothing */
};

struct miss_box;

struct miss_box *miss_box_new(void);      /* NULL without memory */
void miss_box_free(struct miss_box *box); /* accepts NULL; the words in it are lost */

/* Any thread. Words of at most MISS_BYTES_MOST bytes, searched for on that day (since
 * 1970): nothing happens when they were put on that day before, or when the day is full.
 */
void miss_box_put(struct miss_box *box, const char *words, int64_t day);

/* Takes out what was put since the last time, with its day. ERR_MEMORY takes nothing. */
MUST_USE err_code miss_box_take(struct miss_box *box, struct arena *arena,
                                const char ***words, size_t *count, int64_t *day,
                                struct err *err);

#endif
