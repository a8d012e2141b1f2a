/* How much memory planning may take. */
#ifndef EXCHANGE_PLAN_MEMORY_H
#define EXCHANGE_PLAN_MEMORY_H

#include <stddef.h>

/* Of all processes together; of the child, kept by the system; of a bound, by its arena.
 */
#define PLAN_BYTES_MOST ((size_t)1 << 30)
#define PLAN_CHILD_BYTES_MOST (PLAN_BYTES_MOST / 2)
#define PLAN_BOUND_BYTES_MOST (PLAN_BYTES_MOST / 4)

#endif
