/* Sessions seen so far. */
#include "exchange/plan/pool.h"

#include "base/random.h"

#include <stdlib.h>
#include <string.h>

static const size_t BYTES_MOST = (size_t)512 << 20;
enum { NEEDS_MOST = 64 };

struct pool {
    struct arena *arena;
    const struct rows *rows;
    struct column **columns; /* in order of coming */
    size_t count, capacity;
    size_t *places; /* open addressing: index + 1, 0: free; a power of two of them */
    size_t place_count;
};

err_code pool_new(struct pool **out, const struct rows *rows, struct err *err)
{
    struct pool *pool = calloc(1, sizeof *pool);

    if (pool)
        pool->arena = arena_new(BYTES_MOST);
    if (!pool || !pool->arena) {
        pool_free(pool);
        return err_set(err, ERR_MEMORY, "no memory for sessions");
    }
    pool->rows = rows;
    *out = pool;
    return ERR_NONE;
}

void pool_free(struct pool *pool)
{
    if (!pool)
        return;
    arena_free(pool->arena);
    free(pool->places);
    free(pool);
}

static uint64_t hash(const struct column *column)
{
    uint64_t mixed = random_mix((uint64_t)column->topic, (uint64_t)column->date);

    mixed = random_mix(mixed, (uint64_t)column->room_class);
    mixed = random_mix(mixed, (uint64_t)(column->trainer + 1));
    for (int i = 0; i < column->need_count; i++)
        mixed = random_mix(mixed, (uint64_t)column->needs[i]);
    return mixed;
}

static bool is_same(const struct column *a, const struct column *b)
{
    return a->topic == b->topic && a->date == b->date && a->room_class == b->room_class &&
           a->trainer == b->trainer && a->need_count == b->need_count &&
           memcmp(a->needs, b->needs, (size_t)a->need_count * sizeof(int)) == 0;
}

/* Where it is, or would go. */
static size_t *find(const struct pool *pool, const struct column *column)
{
    size_t at = (size_t)hash(column) & (pool->place_count - 1);

    while (pool->places[at] && !is_same(pool->columns[pool->places[at] - 1], column))
        at = (at + 1) & (pool->place_count - 1);
    return &pool->places[at];
}

static bool grow(struct pool *pool)
{
    size_t *places =
        calloc(pool->place_count ? 2 * pool->place_count : 1024, sizeof *places);

    if (!places)
        return false;
    free(pool->places);
    pool->places = places;
    pool->place_count = pool->place_count ? 2 * pool->place_count : 1024;
    for (size_t i = 0; i < pool->count; i++)
        *find(pool, pool->columns[i]) = i + 1;
    return true;
}

static void sort(int *needs, int count)
{
    for (int i = 1; i < count; i++)
        for (int k = i; k > 0 && needs[k - 1] > needs[k]; k--) {
            int other = needs[k];
            needs[k] = needs[k - 1];
            needs[k - 1] = other;
        }
}

long pool_add(struct pool *pool, const struct column *column)
{
    struct column *copy, kept = *column;
    int needs[NEEDS_MOST], *list;
    size_t *place;

    if (column->need_count > NEEDS_MOST ||
        (2 * pool->count >= pool->place_count && !grow(pool)))
        return -1;
    memcpy(needs, column->needs, (size_t)column->need_count * sizeof *needs);
    sort(needs, column->need_count);
    kept.needs = needs;
    place = find(pool, &kept);
    if (*place)
        return -1;
    kept.value = rows_value(pool->rows, &kept);
    pool->columns = arena_grow(pool->arena, pool->columns, pool->count, &pool->capacity,
                               sizeof(struct column *));
    copy = arena_alloc(pool->arena, sizeof *copy);
    list = arena_array(pool->arena, (size_t)column->need_count, sizeof *list);
    if (arena_failed(pool->arena))
        return -1;
    memcpy(list, needs, (size_t)column->need_count * sizeof *list);
    kept.needs = list;
    *copy = kept;
    pool->columns[pool->count] = copy;
    *place = ++pool->count;
    return (long)pool->count - 1;
}

bool pool_failed(const struct pool *pool)
{
    return arena_failed(pool->arena);
}

size_t pool_count(const struct pool *pool)
{
    return pool->count;
}

const struct column *pool_column(const struct pool *pool, size_t i)
{
    return pool->columns[i];
}
