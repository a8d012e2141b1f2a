/* Who passes the filters of a search. */
#include "indexer/sieve.h"

#include "base/map.h"
#include "base/unicode.h"

#include <string.h>

static bool has_key(const char *const *keys, size_t count, uint64_t key)
{
    for (size_t i = 0; i < count; i++)
        if (map_key(keys[i], strlen(keys[i])) == key)
            return true;
    return false;
}

/* A byte for each value: whether it is one of the keys. */
static uint8_t *allow(struct sieve *sieve, enum lists_value which,
                      const char *const *keys, size_t count)
{
    const struct lists *lists = sieve->lists;
    uint8_t *allowed = arena_array(sieve->arena, lists->value_counts[which], 1);

    for (size_t i = 1; allowed && i < lists->value_counts[which]; i++)
        allowed[i] = has_key(keys, count, lists->values[which][i].key);
    return allowed;
}

/* The same for each set of poles: whether one of its poles is. */
static uint8_t *allow_sets(struct sieve *sieve, const uint8_t *poles)
{
    const struct lists *lists = sieve->lists;
    uint8_t *allowed = poles ? arena_array(sieve->arena, lists->set_count, 1) : NULL;

    for (size_t i = 0; allowed && i < lists->set_count; i++)
        for (uint32_t j = 0; j < lists->sets[i].count; j++) {
            size_t at = (size_t)lists->sets[i].from + j;
            if (at < lists->pole_count &&
                lists->poles[at] < lists->value_counts[VALUE_POLE])
                allowed[i] |= poles[lists->poles[at]];
        }
    return allowed;
}

bool sieve_read(struct sieve *sieve, const struct query_request *request,
                const struct config *config)
{
    const char **communes =
        arena_array(sieve->arena, request->commune_count, sizeof *communes);
    bool has_room = communes != NULL;

    sieve->shown_since = person_shown_since(request->now, (int)config->hidden_months);
    if (sieve->shown_since < 0 || request->kind != KIND_PERSON)
        sieve->shown_since = 0; /* nobody's */
    sieve->is_member = request->is_member;
    sieve->has_filters = request->level_least != LEVEL_UNSAID || request->day_parts ||
                         request->pole_count || request->structure_count ||
                         request->commune_count;
    sieve->level_least = request->level_least;
    sieve->day_parts = request->day_parts;
    for (size_t i = 0; has_room && i < request->commune_count; i++) {
        communes[i] = unicode_fold(sieve->arena, request->communes[i]);
        has_room = communes[i] != NULL;
    }
    if (has_room && request->commune_count) {
        sieve->allowed[VALUE_COMMUNE] =
            allow(sieve, VALUE_COMMUNE, communes, request->commune_count);
        has_room = sieve->allowed[VALUE_COMMUNE] != NULL;
    }
    if (has_room && request->structure_count) {
        sieve->allowed[VALUE_STRUCTURE] =
            allow(sieve, VALUE_STRUCTURE, request->structures, request->structure_count);
        has_room = sieve->allowed[VALUE_STRUCTURE] != NULL;
    }
    if (has_room && request->pole_count) {
        sieve->allowed[VALUE_POLE] = allow_sets(
            sieve, allow(sieve, VALUE_POLE, request->poles, request->pole_count));
        has_room = sieve->allowed[VALUE_POLE] != NULL;
    }
    return has_room;
}
