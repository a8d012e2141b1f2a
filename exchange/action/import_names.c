/* Structures and poles by the names people write: found, made when new, doubted when near. */
#include "exchange/action/import_table.h"

#include "base/unicode.h"
#include "store/structures.h"

#include <string.h>

enum { KEY_MOST = 60, NEAR = 2, NEAR_LENGTH_LEAST = 6 };

struct known {
    int64_t id;
    const char *key, *name;
};

/* The one that is called `name`, by key or folded name; *near the one that nearly is. */
static const struct known *find_known(struct arena *arena, const struct known *all,
                                      size_t count, const char *name,
                                      const struct known **near)
{
    const char *folded = unicode_fold(arena, name);

    *near = NULL;
    for (size_t i = 0; folded && i < count; i++) {
        const char *other = unicode_fold(arena, all[i].name);
        if (strcmp(all[i].key, name) == 0 || (other && strcmp(other, folded) == 0))
            return &all[i];
        if (other && strlen(folded) >= NEAR_LENGTH_LEAST &&
            unicode_distance(other, folded, NEAR) <= NEAR)
            *near = &all[i];
    }
    return NULL;
}

static bool is_doubtful(struct table *table, enum column column, const char *name,
                        const struct known *near)
{
    if (near)
        table_mistake(table, column,
                      "\"%.80s\" is not known; is it \"%.80s\"? Write it alike, or add the "
                      "new one to the configuration first",
                      name, near->name);
    return near != NULL;
}

err_code name_structure(struct table *table, const char *name, bool is_applied, int64_t *id)
{
    struct structure *all, made = {0};
    const struct known *found, *near;
    struct known *known;
    size_t count;
    err_code code = structures_all(table->db, table->row_arena, &all, &count, table->err);

    *id = 0;
    if (code != ERR_NONE)
        return code;
    known = arena_array(table->row_arena, count, sizeof *known);
    for (size_t i = 0; known && i < count; i++)
        known[i] = (struct known){all[i].id, all[i].key, all[i].name};
    found = known ? find_known(table->row_arena, known, count, name, &near) : NULL;
    if (found) {
        *id = found->id;
        return ERR_NONE;
    }
    if (!known)
        return err_set(table->err, ERR_MEMORY, "no room for structures");
    if (is_doubtful(table, COLUMN_structure, name, near) || !is_applied)
        return ERR_NONE;
    made.name = name;
    made.key = unicode_slug(table->row_arena, name, KEY_MOST);
    code = made.key && *made.key
               ? structures_save(table->db, &made, table->options->now, table->err)
               : err_set(table->err, ERR_INVALID, "structure \"%s\" has no letters", name);
    *id = made.id;
    return code;
}

err_code name_pole(struct table *table, const char *name, bool is_applied, int64_t *id)
{
    struct pole *all, made = {.kind = "trade"};
    const struct known *found, *near;
    struct known *known;
    size_t count;
    err_code code = poles_all(table->db, table->row_arena, &all, &count, table->err);

    *id = 0;
    if (code != ERR_NONE)
        return code;
    known = arena_array(table->row_arena, count, sizeof *known);
    for (size_t i = 0; known && i < count; i++)
        known[i] = (struct known){all[i].id, all[i].key, all[i].name};
    found = known ? find_known(table->row_arena, known, count, name, &near) : NULL;
    if (found) {
        *id = found->id;
        return ERR_NONE;
    }
    if (!known)
        return err_set(table->err, ERR_MEMORY, "no room for poles");
    if (is_doubtful(table, COLUMN_pole, name, near) || !is_applied)
        return ERR_NONE;
    made.name = name;
    made.key = unicode_slug(table->row_arena, name, KEY_MOST);
    code = made.key && *made.key
               ? poles_save(table->db, &made, table->options->now, table->err)
               : err_set(table->err, ERR_INVALID, "pole \"%s\" has no letters", name);
    *id = made.id;
    return code;
}
