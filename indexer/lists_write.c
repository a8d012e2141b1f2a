/* Writing the lists of the documents of an index that was just made. */
#include "indexer/lists.h"

#include "base/calendar.h"
#include "base/map.h"
#include "base/unicode.h"
#include "indexer/document.h"
#include "indexer/entry.h"
#include "indexer/shared.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEY_ARENA_MAX = 1 << 20, TERM_MOST = 256 };

/* What a search adds up, of each kind (find.c). */
static const struct {
    enum kind kind;
    const char *prefix;
} LISTED[] = {{KIND_PERSON, "E"},  {KIND_PERSON, "F"}, {KIND_PERSON, "XS"},
              {KIND_SKILL, "E"},   {KIND_SKILL, "F"},  {KIND_SKILL, "G"},
              {KIND_SKILL, "B"},   {KIND_NEED, "E"},   {KIND_NEED, "F"},
              {KIND_SESSION, "E"}, {KIND_SESSION, "F"}};

/* An array that grows. */
struct rows {
    char *items;
    size_t count, capacity, size; /* in items; of one */
};

struct making {
    FILE *file;
    uint64_t at; /* where the file ends */
    const struct forward *forward;
    struct arena *arena; /* of one key */
    struct lists_head head;
    struct rows terms, since, day_parts, what, values[VALUE_COUNT], sets, poles;
    struct map numbers[VALUE_COUNT]; /* by place */
    struct map set_numbers;          /* by what is in it */
    char term[TERM_MOST];            /* of the list that is being written */
    uint16_t *places;
    uint8_t *parts;
    size_t count; /* in `window` */
    uint32_t window;
    bool has_room;
};

static void *add_row(struct making *making, struct rows *rows)
{
    if (rows->count == rows->capacity) {
        size_t capacity = rows->capacity ? 2 * rows->capacity : 1024;
        char *grown = realloc(rows->items, capacity * rows->size);
        making->has_room = making->has_room && grown;
        if (!grown)
            return NULL;
        rows->items = grown;
        rows->capacity = capacity;
    }
    return memset(rows->items + rows->size * rows->count++, 0, rows->size);
}

static void put(struct making *making, const void *bytes, size_t length)
{
    if (length) /* what fails is seen by ferror() */
        making->at += fwrite(bytes, 1, length, making->file);
}

static void pad(struct making *making, size_t alignment)
{
    static const char zeros[sizeof(uint64_t)];

    put(making, zeros, (size_t)(0u - making->at) % alignment);
}

static void end_window(struct making *making)
{
    struct lists_block head = {(uint16_t)making->window, (uint16_t)(making->count - 1),
                               0};
    struct lists_term *terms = (void *)making->terms.items;

    if (!making->count)
        return;
    for (size_t i = 0; i < making->count; i++)
        head.most = making->parts[i] > head.most ? making->parts[i] : head.most;
    if (making->terms.count)
        terms[making->terms.count - 1].count += (uint32_t)making->count;
    put(making, &head, sizeof head);
    put(making, making->places, making->count * sizeof *making->places);
    put(making, making->parts, making->count);
    pad(making, sizeof(uint16_t));
    making->count = 0;
}

static void end_list(struct making *making)
{
    struct lists_term *term = (void *)making->terms.items;

    end_window(making);
    if (making->terms.count)
        term[making->terms.count - 1].length =
            (uint32_t)(making->at - term[making->terms.count - 1].at);
}

static void begin_list(struct making *making, const char *name)
{
    struct lists_term *term;

    end_list(making);
    snprintf(making->term, sizeof making->term, "%s", name);
    term = add_row(making, &making->terms);
    if (term)
        *term = (struct lists_term){.key = map_key(name, strlen(name)), .at = making->at};
}

static bool add_part(void *state, const char *term, uint32_t docid, double part)
{
    struct making *making = state;

    if (strcmp(term, making->term) != 0)
        begin_list(making, term);
    if (making->count && docid / LISTS_WINDOW != making->window)
        end_window(making);
    making->window = docid / LISTS_WINDOW;
    making->places[making->count] = (uint16_t)(docid % LISTS_WINDOW);
    making->parts[making->count++] = (uint8_t)fmax(lrint(part * LISTS_PART_MOST), 1);
    return making->has_room && !ferror(making->file);
}

/* The number of a value, a new one when it is first met; 0 for none. */
static uint64_t number_of(struct making *making, enum lists_value which, uint64_t place)
{
    uint64_t *number = place ? map_at(&making->numbers[which], place) : NULL;
    struct lists_place *value;
    const char *item, *end, *key;
    size_t length = 0;

    if (!number) {
        making->has_room = making->has_room && !place;
        return 0;
    }
    if (*number)
        return *number;
    item = forward_item(making->forward, place, &length);
    end = item ? memchr(item, SHARED_SEPARATOR, length) : NULL;
    arena_reset(making->arena);
    key = end ? arena_strndup(making->arena, item, (size_t)(end - item)) : "";
    if (key && which == VALUE_COMMUNE)
        key = unicode_fold(making->arena, key);
    value = add_row(making, &making->values[which]);
    making->has_room = making->has_room && key;
    if (!value || !key)
        return 0;
    *value = (struct lists_place){place, map_key(key, strlen(key))};
    *number = making->values[which].count - 1;
    return *number;
}

static uint64_t set_of(struct making *making, const struct entry *entry)
{
    size_t count = entry->head.pole_count;
    uint64_t *number =
        count ? map_at(&making->set_numbers,
                       map_key((const char *)entry->poles, count * sizeof(uint64_t)))
              : NULL;
    struct lists_set *set;

    if (!number || *number) {
        making->has_room = making->has_room && (number || !count);
        return number ? *number : 0;
    }
    set = add_row(making, &making->sets);
    if (!set)
        return 0;
    *set = (struct lists_set){(uint32_t)making->poles.count, (uint32_t)count};
    for (size_t i = 0; i < count; i++) {
        uint32_t *pole = add_row(making, &making->poles);
        if (pole)
            *pole = (uint32_t)number_of(making, VALUE_POLE, entry_pole(entry, i));
    }
    *number = making->sets.count - 1;
    return *number;
}

static uint32_t seconds(int64_t at)
{
    return at < 1 ? 1 : at > UINT32_MAX ? UINT32_MAX : (uint32_t)at;
}

static void add_columns(struct making *making, uint32_t row)
{
    uint32_t *since = add_row(making, &making->since);
    uint32_t *day_parts = add_row(making, &making->day_parts);
    uint64_t *what = add_row(making, &making->what), level;
    size_t length = 0;
    const void *item =
        forward_item(making->forward, forward_place(making->forward, row), &length);
    struct entry entry;

    if (!since || !day_parts || !what || !item || !entry_read(item, length, &entry) ||
        entry.head.visibility > VISIBLE_MEMBERS)
        return;
    *since = entry.head.kind != KIND_PERSON
                 ? 1
                 : seconds(entry.head.confirmed_at ? entry.head.confirmed_at
                                                   : entry.head.created_at);
    *day_parts = entry.head.day_parts;
    level = entry.head.level < LISTS_LEVEL_MOST ? entry.head.level : LISTS_LEVEL_MOST;
    *what = set_of(making, &entry) |
            number_of(making, VALUE_STRUCTURE, entry.head.structure)
                << LISTS_STRUCTURE_AT |
            number_of(making, VALUE_COMMUNE, entry.head.commune) << LISTS_COMMUNE_AT |
            level << LISTS_LEVEL_AT |
            (uint64_t)(entry.head.visibility == VISIBLE_MEMBERS) << LISTS_MEMBERS_AT;
}

static struct lists_section put_rows(struct making *making, const struct rows *rows)
{
    struct lists_section section;

    pad(making, sizeof(uint64_t));
    section = (struct lists_section){making->at, rows->count};
    put(making, rows->items, rows->count * rows->size);
    return section;
}

static int by_key(const void *a, const void *b)
{
    uint64_t x = ((const struct lists_term *)a)->key;
    uint64_t y = ((const struct lists_term *)b)->key;

    return x < y ? -1 : x > y;
}

static err_code write_lists(struct making *making, struct engine *engine, struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < sizeof LISTED / sizeof *LISTED; i++) {
        const char letter = kind_letter(LISTED[i].kind);
        const char population[] = {'K', letter, '\0'};
        char prefix[8];
        snprintf(prefix, sizeof prefix, "%s%c", LISTED[i].prefix, letter);
        code = engine_parts(engine, population, prefix, add_part, making, err);
    }
    end_list(making);
    return code;
}

static err_code write_all(struct making *making, struct engine *engine, struct err *err)
{
    struct lists_head *head = &making->head;
    err_code code;

    put(making, head, sizeof *head); /* its room */
    code = write_lists(making, engine, err);
    if (code != ERR_NONE)
        return code;
    for (int i = 0; i < VALUE_COUNT; i++)
        (void)add_row(making, &making->values[i]); /* number 0: none */
    (void)add_row(making, &making->sets);
    (void)add_row(making, &making->poles);
    for (uint32_t row = 0; making->has_room && row < forward_rows(making->forward); row++)
        add_columns(making, row);
    if (!making->has_room)
        return err_set(err, ERR_MEMORY, "no memory for the index");
    if (making->terms.count)
        qsort(making->terms.items, making->terms.count, making->terms.size, by_key);
    memcpy(head->magic, LISTS_MAGIC, sizeof head->magic);
    head->terms = put_rows(making, &making->terms);
    head->since = put_rows(making, &making->since);
    head->day_parts = put_rows(making, &making->day_parts);
    head->what = put_rows(making, &making->what);
    for (int i = 0; i < VALUE_COUNT; i++)
        head->values[i] = put_rows(making, &making->values[i]);
    head->sets = put_rows(making, &making->sets);
    head->poles = put_rows(making, &making->poles);
    rewind(making->file);
    put(making, head, sizeof *head);
    return ERR_NONE;
}

static bool has_too_many(const struct making *making)
{
    size_t most = making->sets.count;

    for (int i = 0; i < VALUE_COUNT; i++)
        most = making->values[i].count > most ? making->values[i].count : most;
    return most > 1u << LISTS_NUMBER_BITS;
}

static err_code make(struct making *making, const char *path, struct engine *engine,
                     struct err *err)
{
    err_code code;

    making->arena = arena_new(KEY_ARENA_MAX);
    making->places = malloc(LISTS_WINDOW * sizeof *making->places);
    making->parts = malloc(LISTS_WINDOW);
    if (!making->arena || !making->places || !making->parts)
        return err_set(err, ERR_MEMORY, "no memory for the index");
    errno = 0;
    making->file = fopen(path, "we");
    if (!making->file)
        return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
    code = write_all(making, engine, err);
    if (code == ERR_NONE && (fflush(making->file) != 0 || ferror(making->file) ||
                             fdatasync(fileno(making->file)) != 0))
        code = err_set(err, errno == ENOSPC ? ERR_LIMIT : ERR_IO, "%s: %s", path,
                       strerror(errno));
    fclose(making->file);
    if (code == ERR_NONE && has_too_many(making))
        unlink(path);
    return code;
}

err_code lists_write(const char *folder, struct engine *engine,
                     const struct forward *forward, struct err *err)
{
    struct making making = {.forward = forward,
                            .terms.size = sizeof(struct lists_term),
                            .since.size = sizeof(uint32_t),
                            .day_parts.size = sizeof(uint32_t),
                            .what.size = sizeof(uint64_t),
                            .sets.size = sizeof(struct lists_set),
                            .poles.size = sizeof(uint32_t),
                            .has_room = true};
    struct rows *all[] = {&making.terms, &making.since, &making.day_parts,
                          &making.what,  &making.sets,  &making.poles};
    char path[PATH_MAX + NAME_MAX];
    err_code code;

    snprintf(path, sizeof path, "%s/%s", folder, LISTS_FILE);
    map_init(&making.set_numbers);
    for (int i = 0; i < VALUE_COUNT; i++) {
        making.values[i].size = sizeof(struct lists_place);
        map_init(&making.numbers[i]);
    }
    code = make(&making, path, engine, err);
    for (int i = 0; i < VALUE_COUNT; i++) {
        free(making.values[i].items);
        map_done(&making.numbers[i]);
    }
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]->items);
    map_done(&making.set_numbers);
    arena_free(making.arena);
    free(making.places);
    free(making.parts);
    return code;
}
