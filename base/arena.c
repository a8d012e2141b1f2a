/* Memory that is given back all at once. */
#include "base/arena.h"

#include <ctype.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK_SIZE = 16 * 1024,
    BLOCK_MOST = 64 * 1024,
    FIRST_CAPACITY = 8,
    PRINTED_FIRST = 256
};

struct block {
    struct block *next;
    size_t size, used;
    max_align_t data[];
};

struct arena {
    struct block *first; /* newest block, where allocation goes on */
    size_t limit, used;
    bool failed;
};

struct arena *arena_new(size_t limit_bytes)
{
    struct arena *arena = calloc(1, sizeof *arena);

    if (arena)
        arena->limit = limit_bytes;
    return arena;
}

void arena_free(struct arena *arena)
{
    struct block *block, *next;

    if (!arena)
        return;
    for (block = arena->first; block; block = next) {
        next = block->next;
        free(block);
    }
    free(arena);
}

void arena_reset(struct arena *arena)
{
    struct block *block, *next;

    if (arena->first) {
        for (block = arena->first; block->next; block = next) {
            next = block->next;
            free(block);
        }
        block->used = 0;
        arena->first = block;
    }
    arena->used = 0;
    arena->failed = false;
}

static void *fail(struct arena *arena)
{
    arena->failed = true;
    return NULL;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    struct block *block = arena->first;
    size_t rounded, block_size;
    void *memory;

    if (size > SIZE_MAX / 2)
        return fail(arena);
    rounded = size ? (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1)
                   : alignof(max_align_t);
    if (rounded > arena->limit - arena->used)
        return fail(arena);
    if (!block || rounded > block->size - block->used) {
        block_size = block ? 2 * block->size : BLOCK_SIZE; /* who needs much needs more */
        if (block_size > BLOCK_MOST)
            block_size = BLOCK_MOST;
        if (block_size < rounded)
            block_size = rounded;
        block = malloc(sizeof *block + block_size);
        if (!block)
            return fail(arena);
        block->size = block_size;
        block->used = 0;
        block->next = arena->first;
        arena->first = block;
    }
    memory = (char *)block->data + block->used;
    block->used += rounded;
    arena->used += rounded;
    return memset(memory, 0, rounded);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return fail(arena);
    return arena_alloc(arena, count * size);
}

char *arena_strndup(struct arena *arena, const char *bytes, size_t length)
{
    char *copy = bytes ? arena_alloc(arena, length + 1) : NULL;

    if (copy)
        memcpy(copy, bytes, length);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *string)
{
    return string ? arena_strndup(arena, string, strlen(string)) : NULL;
}

char *arena_trimmed(struct arena *arena, const char *string)
{
    size_t length;

    while (string && isspace((unsigned char)*string))
        string++;
    length = string ? strlen(string) : 0;
    while (length && isspace((unsigned char)string[length - 1]))
        length--;
    return length ? arena_strndup(arena, string, length) : NULL;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments, again;
    int length;
    char *out, first[PRINTED_FIRST]; /* most are short, and are printed once */

    va_start(arguments, format);
    va_copy(again, arguments);
    length = vsnprintf(first, sizeof first, format, arguments);
    va_end(arguments);
    out = length < 0 ? fail(arena) : arena_alloc(arena, (size_t)length + 1);
    if (out && (size_t)length < sizeof first)
        memcpy(out, first, (size_t)length + 1);
    else if (out)
        vsnprintf(out, (size_t)length + 1, format, again);
    va_end(again);
    return out;
}

bool arena_failed(const struct arena *arena)
{
    return arena->failed;
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity,
                 size_t item_size)
{
    size_t larger;
    void *moved;

    if (count < *capacity)
        return items;
    larger = *capacity ? *capacity * 2 : FIRST_CAPACITY;
    moved = arena_array(arena, larger, item_size);
    if (!moved)
        return NULL;
    if (count)
        memcpy(moved, items, count * item_size);
    *capacity = larger;
    return moved;
}
