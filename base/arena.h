/* Memory that is given back all at once.
 *
 * A request, an import row or a command has one arena; everything it makes lives there
 * and goes with it. Not for long-lived tables that shrink. Weak side: nothing is freed
 * singly. An arena is born with a limit; past it (or when the system has no more)
 * allocation returns NULL and the arena remembers, so that a chain of calls can be
 * checked once. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/err.h"

struct arena;

/* A new arena that gives out at most `limit_bytes`. Owned by the caller: arena_free().
 * NULL when out of memory. */
struct arena *arena_new(size_t limit_bytes);
void arena_free(struct arena *arena); /* accepts NULL */

/* Forgets all content and keeps the first block for the next use. */
void arena_reset(struct arena *arena);

/* Zeroed memory aligned for any type; NULL past the limit. size 0 gives a valid pointer.
 */
void *arena_alloc(struct arena *arena, size_t size);
/* Zeroed array; NULL when count × size overflows or passes the limit. */
void *arena_array(struct arena *arena, size_t count, size_t size);
/* Copies; NULL in gives NULL out. */
char *arena_strdup(struct arena *arena, const char *string);
char *arena_strndup(struct arena *arena, const char *bytes, size_t length);
/* A copy without the blanks at both ends; NULL when nothing is left, or NULL came in. */
char *arena_trimmed(struct arena *arena, const char *string);
char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);

/* True once any allocation failed. */
bool arena_failed(const struct arena *arena);
size_t arena_used(const struct arena *arena);

/* Makes room for one more item in an array that lives in the arena: when `count` equals
 * `*capacity` the array is moved to one twice as large. Returns the (moved) array or
 * NULL. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity,
                 size_t item_size);

#endif
