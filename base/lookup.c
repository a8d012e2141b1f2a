/* Texts to numbers. */
#include "base/lookup.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1 << 10 };

struct slot {
    const char *text; /* NULL: empty */
    int64_t number;
};

struct lookup {
    struct arena *arena;
    struct slot *slots;
    size_t count, capacity; /* capacity is a power of 2, at most half of it is used */
};

struct lookup *lookup_new(size_t limit_bytes)
{
    struct lookup *lookup = calloc(1, sizeof *lookup);

    if (!lookup)
        return NULL;
    lookup->arena = arena_new(limit_bytes);
    lookup->capacity = FIRST_SLOTS;
    lookup->slots = calloc(lookup->capacity, sizeof *lookup->slots);
    if (lookup->arena && lookup->slots)
        return lookup;
    lookup_free(lookup);
    return NULL;
}

void lookup_free(struct lookup *lookup)
{
    if (!lookup)
        return;
    arena_free(lookup->arena);
    free(lookup->slots);
    free(lookup);
}

/* FNV-1a */
static size_t hash(const char *text)
{
    uint64_t sum = 0xcbf29ce484222325u;

    for (; *text; text++)
        sum = (sum ^ (unsigned char)*text) * 0x100000001b3u;
    return (size_t)(sum ^ sum >> 32);
}

/* Where `text` stands, or the empty slot where it would. */
static struct slot *slot_of(struct slot *slots, size_t capacity, const char *text)
{
    size_t at = hash(text) & (capacity - 1);

    while (slots[at].text && strcmp(slots[at].text, text) != 0)
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

static bool make_room(struct lookup *lookup)
{
    size_t larger = lookup->capacity * 2;
    struct slot *slots;

    if (lookup->count < lookup->capacity / 2)
        return true;
    slots = calloc(larger, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < lookup->capacity; i++)
        if (lookup->slots[i].text)
            *slot_of(slots, larger, lookup->slots[i].text) = lookup->slots[i];
    free(lookup->slots);
    lookup->slots = slots;
    lookup->capacity = larger;
    return true;
}

const int64_t *lookup_find(const struct lookup *lookup, const char *text)
{
    const struct slot *slot = slot_of(lookup->slots, lookup->capacity, text);

    return slot->text ? &slot->number : NULL;
}

bool lookup_put(struct lookup *lookup, const char *text, int64_t number)
{
    const char *kept = arena_strdup(lookup->arena, text);

    if (!kept || !make_room(lookup))
        return false;
    *slot_of(lookup->slots, lookup->capacity, text) = (struct slot){kept, number};
    lookup->count++;
    return true;
}
