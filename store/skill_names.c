/* Which skill a name means: the one place that decides. */
#include "store/skill_names.h"

#include "base/unicode.h"

#include <stdlib.h>
#include <string.h>

enum { FOLD_ARENA_MAX = 1 << 20, NAMES_ARENA_MAX = 1 << 29, FIRST_SLOTS = 1 << 10 };

struct slot {
    const char *name; /* NULL: empty */
    int64_t id;
};

struct skill_names {
    struct db *db;
    struct arena *arena, *fold_arena;
    struct slot *slots; /* open addressing, at most half full */
    size_t count, capacity;
};

char *skill_label_fold(struct arena *arena, const char *label)
{
    char *folded = unicode_fold(arena, label), *to = folded;

    for (const char *from = folded; from && *from; from++)
        if ((*from != ' ' && *from != '\n') || (to > folded && to[-1] != ' '))
            *to++ = *from == '\n' ? ' ' : *from;
    if (folded) {
        to -= to > folded && to[-1] == ' ';
        *to = '\0';
    }
    return folded;
}

/* The id of a statement with the texts $1 and $2; 0 when there is no row. */
static err_code find_by_two(struct db *db, enum query query, const char *first,
                            const char *second, int64_t *id, struct err *err)
{
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, query, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, first);
    stmt_text(stmt, 2, second);
    code = stmt_next(stmt, &has_row, err);
    if (code != ERR_NONE)
        return code;
    *id = has_row ? row_int(stmt, 0) : 0;
    stmt_end(stmt);
    return ERR_NONE;
}

static err_code find_name(struct db *db, struct arena *arena, const char *name,
                          int64_t *id, struct err *err)
{
    const char *colon = strchr(name, ':');
    const char *folded = skill_label_fold(arena, name);
    int64_t found = 0;
    err_code code = ERR_NONE;

    if (!folded)
        return err_set(err, ERR_MEMORY, "no room for the name of a skill");
    if (colon) {
        const char *source = arena_strndup(arena, name, (size_t)(colon - name));
        if (!source)
            return err_set(err, ERR_MEMORY, "no room for the name of a skill");
        code = find_by_two(db, QUERY_SKILL_FIND_CODE, source, colon + 1, &found, err);
    }
    if (code == ERR_NONE && !found && *name)
        code = find_by_two(db, QUERY_SKILL_FIND_NAME, name, folded, &found, err);
    if (code == ERR_NONE)
        *id = found;
    return code;
}

err_code skill_named(struct db *db, const char *name, int64_t *id, struct err *err)
{
    struct arena *arena = arena_new(FOLD_ARENA_MAX);
    err_code code = arena ? find_name(db, arena, name, id, err)
                          : err_set(err, ERR_MEMORY, "no room for the name of a skill");

    arena_free(arena);
    return code;
}

err_code skill_names_new(struct skill_names **out, struct db *db, struct err *err)
{
    struct skill_names *names = calloc(1, sizeof *names);

    if (names) {
        names->db = db;
        names->arena = arena_new(NAMES_ARENA_MAX);
        names->fold_arena = arena_new(FOLD_ARENA_MAX);
        names->capacity = FIRST_SLOTS;
        names->slots = calloc(names->capacity, sizeof *names->slots);
    }
    if (!names || !names->arena || !names->fold_arena || !names->slots) {
        skill_names_free(names);
        return err_set(err, ERR_MEMORY, "no memory for the names of skills");
    }
    *out = names;
    return ERR_NONE;
}

void skill_names_free(struct skill_names *names)
{
    if (!names)
        return;
    arena_free(names->arena);
    arena_free(names->fold_arena);
    free(names->slots);
    free(names);
}

/* FNV-1a */
static size_t hash(const char *name)
{
    uint64_t sum = 0xcbf29ce484222325u;

    for (; *name; name++)
        sum = (sum ^ (unsigned char)*name) * 0x100000001b3u;
    return (size_t)(sum ^ sum >> 32);
}

/* Where `name` stands, or the empty slot where it would. */
static struct slot *slot_of(struct slot *slots, size_t capacity, const char *name)
{
    size_t at = hash(name) & (capacity - 1);

    while (slots[at].name && strcmp(slots[at].name, name) != 0)
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

static bool make_room(struct skill_names *names)
{
    size_t larger = names->capacity * 2;
    struct slot *slots;

    if (names->count < names->capacity / 2)
        return true;
    slots = calloc(larger, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < names->capacity; i++)
        if (names->slots[i].name)
            *slot_of(slots, larger, names->slots[i].name) = names->slots[i];
    free(names->slots);
    names->slots = slots;
    names->capacity = larger;
    return true;
}

err_code skill_names_find(struct skill_names *names, const char *name, int64_t *id,
                          struct err *err)
{
    struct slot *slot = slot_of(names->slots, names->capacity, name);
    struct slot found = {0};
    err_code code;

    if (slot->name) {
        *id = slot->id;
        return ERR_NONE;
    }
    arena_reset(names->fold_arena);
    code = find_name(names->db, names->fold_arena, name, &found.id, err);
    if (code != ERR_NONE)
        return code;
    found.name = arena_strdup(names->arena, name);
    if (!found.name || !make_room(names))
        return err_set(err, ERR_MEMORY, "no room for the names of skills");
    *slot_of(names->slots, names->capacity, name) = found;
    names->count++;
    *id = found.id;
    return ERR_NONE;
}
