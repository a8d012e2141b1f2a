/* Counting what the found documents have in common. */
#include "indexer/facets.h"

#include "base/map.h"
#include "indexer/entry.h"
#include "indexer/shared.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEVELS = 5 };

struct facets {
    struct forward *forward;
    struct map counts[VALUE_COUNT]; /* by place of the key */
    int64_t levels[LEVELS];
    bool failed;
};

struct facets *facets_new(struct forward *forward)
{
    struct facets *facets = calloc(1, sizeof *facets);

    if (facets)
        facets->forward = forward;
    return facets;
}

void facets_free(struct facets *facets)
{
    if (!facets)
        return;
    for (int i = 0; i < VALUE_COUNT; i++)
        map_done(&facets->counts[i]);
    free(facets);
}

void facets_add(struct facets *facets, enum lists_value which, uint64_t place,
                uint64_t count)
{
    uint64_t *counted = place && count ? map_at(&facets->counts[which], place) : NULL;

    if (counted)
        *counted += count;
    else if (place && count)
        facets->failed = true;
}

void facets_add_level(struct facets *facets, unsigned level, uint64_t count)
{
    if (level < LEVELS)
        facets->levels[level] += (int64_t)count;
}

void facets_count(struct facets *facets, uint32_t docid)
{
    size_t length = 0;
    const void *item =
        forward_item(facets->forward, forward_place(facets->forward, docid), &length);
    struct entry entry;

    if (!item || !entry_read(item, length, &entry))
        return;
    for (size_t i = 0; i < entry.head.pole_count; i++)
        facets_add(facets, VALUE_POLE, entry_pole(&entry, i), 1);
    facets_add(facets, VALUE_STRUCTURE, entry.head.structure, 1);
    facets_add(facets, VALUE_COMMUNE, entry.head.commune, 1);
    facets_add_level(facets, entry.head.level, 1);
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct facet_value *)a)->key,
                  ((const struct facet_value *)b)->key);
}

static int by_count(const void *a, const void *b)
{
    const struct facet_value *x = a, *y = b;

    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return strcmp(x->label, y->label);
}

/* "KEY SEPARATOR NAME". */
static bool read_key(const struct facets *facets, struct arena *arena, uint64_t place,
                     struct facet_value *out)
{
    size_t length = 0;
    const char *item = forward_item(facets->forward, place, &length);
    char *copy = item ? arena_strndup(arena, item, length) : NULL;
    char *name = copy ? strchr(copy, SHARED_SEPARATOR) : NULL;

    if (!name)
        return false;
    *name++ = '\0';
    out->key = copy;
    out->label = name;
    return true;
}

/* The same key may stand at several places: one for each time the index was written. */
static size_t merge(struct facet_value *values, size_t count)
{
    size_t used = 0;

    qsort(values, count, sizeof *values, by_key);
    for (size_t i = 0; i < count; i++)
        if (used && strcmp(values[used - 1].key, values[i].key) == 0)
            values[used - 1].count += values[i].count;
        else
            values[used++] = values[i];
    qsort(values, used, sizeof *values, by_count);
    return used;
}

static bool read_places(const struct facets *facets, struct arena *arena, int which,
                        struct facet *out)
{
    const struct map *counts = &facets->counts[which];

    out->values = arena_array(arena, counts->count, sizeof *out->values);
    if (!out->values)
        return false;
    for (size_t i = 0; i < counts->capacity; i++) {
        const struct map_slot *slot = &counts->slots[i];
        if (slot->key && read_key(facets, arena, slot->key, &out->values[out->count]))
            out->values[out->count++].count = (int64_t)slot->value;
    }
    out->count = merge(out->values, out->count);
    return true;
}

static bool read_levels(const struct facets *facets, struct arena *arena,
                        struct facet *out)
{
    out->values = arena_array(arena, LEVELS, sizeof *out->values);
    for (int level = 1; out->values && level < LEVELS; level++)
        if (facets->levels[level]) {
            const char *key = arena_printf(arena, "%d", level);
            out->values[out->count++] = (struct facet_value){
                .key = key, .label = key, .count = facets->levels[level]};
            if (!key)
                return false;
        }
    if (out->values)
        qsort(out->values, out->count, sizeof *out->values, by_count);
    return out->values != NULL;
}

err_code facets_read(const struct facets *facets, struct arena *arena, struct facet **out,
                     size_t *count, struct err *err)
{
    static const char *const names[] = {"pole", "structure", "commune", "level"};
    struct facet *made = arena_array(arena, VALUE_COUNT + 1, sizeof *made);
    bool has_room = made && !facets->failed;

    for (int i = 0; has_room && i <= VALUE_COUNT; i++) {
        made[i].name = names[i];
        has_room = i < VALUE_COUNT ? read_places(facets, arena, i, &made[i])
                                   : read_levels(facets, arena, &made[i]);
    }
    if (!has_room)
        return err_set(err, ERR_MEMORY, "no room for the facets");
    *out = made;
    *count = VALUE_COUNT + 1;
    return ERR_NONE;
}
