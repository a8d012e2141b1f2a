/* Numbers to numbers, for counting and looking up: open addressing, linear probing. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct map_slot {
    uint64_t key; /* 0: empty */
    uint64_t value;
};

struct map {
    struct map_slot *slots; /* `capacity` of them, for walking over those with a key */
    size_t count, capacity;
};

void map_init(struct map *map);
void map_done(struct map *map);  /* the map can be map_init'ed again */
void map_clear(struct map *map); /* empty, memory kept */
/* The value of `key` (not 0), made 0 when it is new; valid until the next map_at. NULL
 * when out of memory. */
uint64_t *map_at(struct map *map, uint64_t key);
/* NULL when there is none. */
const uint64_t *map_find(const struct map *map, uint64_t key);
/* A key (never 0) for a string: FNV-1a, 64 bits. */
uint64_t map_key(const char *bytes, size_t length);

#endif
