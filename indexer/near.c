/* Which labels of the thesaurus mean about the same as a text. */
#include "indexer/near.h"

#include "indexer/entry.h"
#include "indexer/search.h"

#include <stdlib.h>
#include <string.h>

enum { GROWN_BY = 50 }; /* read again when a part in so many is new */

struct near_labels {
    int8_t *vectors;
    uint32_t *docids, *skills;
    size_t count, capacity;
    uint32_t rows; /* of the index when it was read */
};

static bool grow(struct near_labels *labels)
{
    size_t wanted = labels->capacity ? 2 * labels->capacity : 1024;
    int8_t *vectors = realloc(labels->vectors, wanted * MODEL_DIMENSIONS);
    uint32_t *docids, *skills;

    labels->vectors = vectors ? vectors : labels->vectors;
    docids = vectors ? realloc(labels->docids, wanted * sizeof *docids) : NULL;
    labels->docids = docids ? docids : labels->docids;
    skills = docids ? realloc(labels->skills, wanted * sizeof *skills) : NULL;
    labels->skills = skills ? skills : labels->skills;
    if (skills)
        labels->capacity = wanted;
    return skills != NULL;
}

struct near_labels *near_new(const struct forward *forward, uint32_t mark)
{
    struct near_labels *labels = calloc(1, sizeof *labels);

    if (!labels)
        return NULL;
    labels->rows = forward_rows(forward);
    for (uint32_t row = 0; row < labels->rows; row++) {
        size_t length = 0;
        const void *item = forward_item(forward, forward_place(forward, row), &length);
        struct entry entry;
        if (!item || !entry_read(item, length, &entry) || entry.head.kind != KIND_SKILL ||
            entry.head.vector_mark != mark)
            continue;
        if (labels->count == labels->capacity && !grow(labels)) {
            near_free(labels);
            return NULL;
        }
        memcpy(labels->vectors + labels->count * MODEL_DIMENSIONS, entry.vector,
               MODEL_DIMENSIONS);
        labels->docids[labels->count] = row;
        labels->skills[labels->count++] = (uint32_t)entry.head.id;
    }
    return labels;
}

void near_free(struct near_labels *labels)
{
    if (!labels)
        return;
    free(labels->vectors);
    free(labels->docids);
    free(labels->skills);
    free(labels);
}

bool near_is_current(const struct near_labels *labels, const struct forward *forward)
{
    uint32_t rows = forward_rows(forward);

    return rows >= labels->rows && rows - labels->rows <= labels->rows / GROWN_BY;
}

size_t near_find(const struct near_labels *labels, const int8_t *vector, float least,
                 struct near_label *out, size_t most)
{
    size_t used = 0;

    for (size_t i = 0; i < labels->count; i++) {
        float cosine =
            (float)model_cosine(vector, labels->vectors + i * MODEL_DIMENSIONS);
        size_t at;
        if (cosine < least || (used == most && cosine <= out[used - 1].cosine))
            continue;
        used += used < most;
        for (at = used - 1; at > 0 && out[at - 1].cosine < cosine; at--)
            out[at] = out[at - 1];
        out[at] = (struct near_label){labels->docids[i], labels->skills[i], cosine};
    }
    return used;
}
