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

struct reading {
    struct near_labels *labels;
    const struct forward *forward;
    uint32_t mark;
    bool failed;
};

static void add_label(void *state, uint32_t docid)
{
    struct reading *reading = state;
    struct near_labels *labels = reading->labels;
    size_t length = 0;
    const void *item =
        forward_item(reading->forward, forward_place(reading->forward, docid), &length);
    struct entry entry;

    if (!item || !entry_read(item, length, &entry) || entry.head.kind != KIND_SKILL ||
        entry.head.vector_mark != reading->mark)
        return;
    if (labels->count == labels->capacity && !grow(labels)) {
        reading->failed = true;
        return;
    }
    memcpy(labels->vectors + labels->count * MODEL_DIMENSIONS, entry.vector,
           MODEL_DIMENSIONS);
    labels->docids[labels->count] = docid;
    labels->skills[labels->count++] = (uint32_t)entry.head.id;
}

err_code near_new(struct near_labels **out, struct engine *engine,
                  const struct forward *forward, uint32_t mark, struct err *err)
{
    struct reading reading = {
        .labels = calloc(1, sizeof *reading.labels), .forward = forward, .mark = mark};
    err_code code = ERR_NONE;

    if (!reading.labels)
        return err_set(err, ERR_MEMORY, "no memory for the labels");
    reading.labels->rows = forward_rows(forward);
    code = engine_documents(engine, "KS", add_label, &reading, err);
    if (code == ERR_NONE && reading.failed)
        code = err_set(err, ERR_MEMORY, "no memory for the labels");
    if (code != ERR_NONE)
        near_free(reading.labels);
    else
        *out = reading.labels;
    return code;
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
