/* Numbers to numbers, for counting and looking up. */
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

enum { CAPACITY_LEAST = 64 };

void map_init(struct map *map)
{
    *map = (struct map){0};
}

void map_done(struct map *map)
{
    free(map->slots);
    *map = (struct map){0};
}

void map_clear(struct map *map)
{
    if (map->slots)
        memset(map->slots, 0, map->capacity * sizeof *map->slots);
    map->count = 0;
}

/* The slot that holds `key` or would; there is always an empty one. */
static struct map_slot *slot_of(const struct map *map, uint64_t key)
{
    size_t at = (size_t)((key * 0x9e3779b97f4a7c15u) >> 20) & (map->capacity - 1);

    while (map->slots[at].key && map->slots[at].key != key)
        at = (at + 1) & (map->capacity - 1);
    return &map->slots[at];
}

static bool grow(struct map *map)
{
    struct map larger = {.count = map->count,
                         .capacity = map->capacity ? 2 * map->capacity : CAPACITY_LEAST};

    larger.slots = calloc(larger.capacity, sizeof *larger.slots);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < map->capacity; i++)
        if (map->slots[i].key)
            *slot_of(&larger, map->slots[i].key) = map->slots[i];
    free(map->slots);
    *map = larger;
    return true;
}

uint64_t *map_at(struct map *map, uint64_t key)
{
    struct map_slot *slot;

    if (2 * (map->count + 1) > map->capacity && !grow(map))
        return NULL;
    slot = slot_of(map, key);
    if (!slot->key) {
        slot->key = key;
        map->count++;
    }
    return &slot->value;
}

const uint64_t *map_find(const struct map *map, uint64_t key)
{
    const struct map_slot *slot = map->capacity ? slot_of(map, key) : NULL;

    return slot && slot->key ? &slot->value : NULL;
}

uint64_t map_key(const char *bytes, size_t length)
{
    uint64_t key = 0xcbf29ce484222325u;

    for (size_t i = 0; i < length; i++)
        key = (key ^ (unsigned char)bytes[i]) * 0x100000001b3u;
    return key ? key : 1;
}
