/* The best of many. */
#include "indexer/best.h"

#include <stdlib.h>

static bool is_worse(struct best_found a, struct best_found b)
{
    return a.sum != b.sum ? a.sum < b.sum : a.docid > b.docid;
}

static void swap(struct best_found *a, struct best_found *b)
{
    struct best_found kept = *a;

    *a = *b;
    *b = kept;
}

static void sink(struct best_found *heap, size_t count)
{
    for (size_t at = 0;;) {
        size_t worst = at, left = 2 * at + 1;
        for (size_t i = left; i < left + 2 && i < count; i++)
            if (is_worse(heap[i], heap[worst]))
                worst = i;
        if (worst == at)
            return;
        swap(&heap[at], &heap[worst]);
        at = worst;
    }
}

void best_keep(struct best *best, struct best_found found)
{
    struct best_found *heap = best->heap;

    if (best->count == best->wanted) {
        if (!best->wanted || !is_worse(heap[0], found))
            return;
        heap[0] = found;
        sink(heap, best->count);
        return;
    }
    heap[best->count] = found;
    for (size_t at = best->count++; at; at = (at - 1) / 2) {
        if (!is_worse(heap[at], heap[(at - 1) / 2]))
            return;
        swap(&heap[at], &heap[(at - 1) / 2]);
    }
}

static int best_first(const void *a, const void *b)
{
    return is_worse(*(const struct best_found *)a, *(const struct best_found *)b) ? 1
                                                                                  : -1;
}

void best_sort(struct best *best)
{
    if (best->count)
        qsort(best->heap, best->count, sizeof *best->heap, best_first);
}
