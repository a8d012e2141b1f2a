/* Lists of ids in ascending order, each once: places in them stand for the ids. */
#ifndef EXCHANGE_ACTION_IDS_H
#define EXCHANGE_ACTION_IDS_H

#include <stddef.h>
#include <stdint.h>

/* Sorts and drops what stands twice. Returns how many are left. */
size_t ids_unique(int64_t *ids, size_t count);
/* The place of `id` in such a list; IDS_NONE when it is not there. */
#define IDS_NONE SIZE_MAX
size_t ids_place(const int64_t *ids, size_t count, int64_t id);

#endif
