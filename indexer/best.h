/* The best of many, without keeping the others: highest sum first, then lowest docid. */
#ifndef INDEXER_BEST_H
#define INDEXER_BEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct best_found {
    uint32_t docid;
    uint16_t sum;
};

struct best {
    struct best_found *heap; /* room for `wanted`; the worst first */
    size_t count, wanted;
};

/* Whether some docid beyond those kept would be kept with this sum. */
static inline bool best_wants(const struct best *best, uint16_t sum)
{
    return best->count < best->wanted || (best->wanted && sum > best->heap[0].sum);
}

void best_keep(struct best *best, struct best_found found);
/* Puts them in order, best first; nothing can be kept after. */
void best_sort(struct best *best);

#endif
