/* Lists of ids. */
#include "exchange/action/ids.h"

#include <stdlib.h>

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

size_t ids_unique(int64_t *ids, size_t count)
{
    size_t used = 0;

    if (count)
        qsort(ids, count, sizeof *ids, by_id);
    for (size_t i = 0; i < count; i++)
        if (!used || ids[used - 1] != ids[i])
            ids[used++] = ids[i];
    return used;
}

size_t ids_place(const int64_t *ids, size_t count, int64_t id)
{
    const int64_t *found = count ? bsearch(&id, ids, count, sizeof id, by_id) : NULL;

    return found ? (size_t)(found - ids) : IDS_NONE;
}
