/* Structures and poles by the names people write: found, made when new, doubted when
 * near. */
#include "exchange/action/import_table.h"

#include "base/unicode.h"
#include "store/structures.h"

#include <string.h>

enum { KEY_MOST = 60, NEAR = 2, NEAR_LENGTH_LEAST = 6 };

struct known {
    int64_t id;
    const char *key, *name;
};

/* "Atelier 1" and "Atelier 2" are two, however near. */
static bool has_same_digits(const char *a, const char *b)
{
    static const char digits[] = "0123456789";

    for (;;) {
        a += strcspn(a, digits);
        b += strcspn(b, digits);
        if (!*a || *a != *b)
            return *a == *b;
        a++;
        b++;
    }
}

/* The one that is called `name`, by key, folded name or what both make in an address;
 * *near the one of those before this run that nearly is. */
static const struct known *find_known(struct arena *arena, const struct known *all,
                                      size_t count, const char *name, int64_t newest,
                                      const struct known **near)
{
    const char *folded = unicode_fold(arena, name);
    const char *slug = unicode_slug(arena, name, KEY_MOST);

    *near = NULL;
    for (size_t i = 0; folded && slug && i < count; i++) {
        const char *other = unicode_fold(arena, all[i].name);
        if (strcmp(all[i].key, name) == 0 || strcmp(all[i].key, slug) == 0 ||
            (other && strcmp(other, folded) == 0))
            return &all[i];
        if (other && all[i].id <= newest && strlen(folded) >= NEAR_LENGTH_LEAST &&
            has_same_digits(other, folded) &&
            unicode_distance(other, folded, NEAR) <= NEAR)
            *near = &all[i];
    }
    return NULL;
}

/* What this run has found already for a name. */
static const struct named *find_named(const struct table *table, enum column column,
                                      const char *name)
{
    for (size_t i = 0; i < table->named_count; i++)
        if (table->named[i].column == column && strcmp(table->named[i].name, name) == 0)
            return &table->named[i];
    return NULL;
}

static err_code keep_named(struct table *table, enum column column, const char *name,
                           int64_t id)
{
    struct named *named = arena_grow(table->arena, table->named, table->named_count,
                                     &table->named_capacity, sizeof *named);
    const char *kept = arena_strdup(table->arena, name);

    if (!named || !kept)
        return err_set(table->err, ERR_MEMORY, "no room for names");
    table->named = named;
    named[table->named_count++] = (struct named){column, kept, id};
    return ERR_NONE;
}

/* The newest id the first time it is asked for: those above are made by this run. */
static int64_t newest_before(int64_t *newest, bool *is_known, const struct known *all,
                             size_t count)
{
    for (size_t i = 0; !*is_known && i < count; i++)
        *newest = all[i].id > *newest ? all[i].id : *newest;
    *is_known = true;
    return *newest;
}

static bool is_doubtful(struct table *table, enum column column, const char *name,
                        const struct known *near)
{
    if (!near || table->options->is_create)
        return false;
    table_mistake(table, column,
                  "\"%.80s\" is not known; is it \"%.80s\"? Write it alike, or add "
                  "--create to make it",
                  name, near->name);
    return true;
}

err_code name_structure(struct table *table, const char *name, bool is_applied,
                        int64_t *id)
{
    struct structure *all, made = {0};
    const struct known *found, *near;
    struct known *known;
    size_t count;
    const struct named *named = find_named(table, COLUMN_structure, name);
    err_code code;

    *id = named ? named->id : 0;
    if (named)
        return ERR_NONE;
    code = structures_all(table->db, table->row_arena, &all, &count, table->err);
    if (code != ERR_NONE)
        return code;
    known = arena_array(table->row_arena, count, sizeof *known);
    for (size_t i = 0; known && i < count; i++)
        known[i] = (struct known){all[i].id, all[i].key, all[i].name};
    found = known ? find_known(table->row_arena, known, count, name,
                               newest_before(&table->newest_structure,
                                             &table->is_structure_known, known, count),
                               &near)
                  : NULL;
    if (found) {
        *id = found->id;
        return keep_named(table, COLUMN_structure, name, *id);
    }
    if (!known)
        return err_set(table->err, ERR_MEMORY, "no room for structures");
    if (is_doubtful(table, COLUMN_structure, name, near))
        return ERR_NONE;
    table_note(table, "structure \"%s\" %s", name,
               is_applied ? "is made" : "will be made");
    if (!is_applied)
        return keep_named(table, COLUMN_structure, name, 0);
    made.name = name;
    made.key = unicode_slug(table->row_arena, name, KEY_MOST);
    code =
        made.key && *made.key
            ? structures_save(table->db, &made, table->options->now, table->err)
            : err_set(table->err, ERR_INVALID, "structure \"%s\" has no letters", name);
    *id = made.id;
    return code == ERR_NONE ? keep_named(table, COLUMN_structure, name, made.id) : code;
}

err_code name_pole(struct table *table, const char *name, bool is_applied, int64_t *id)
{
    struct pole *all, made = {.kind = "trade"};
    const struct known *found, *near;
    struct known *known;
    size_t count;
    const struct named *named = find_named(table, COLUMN_pole, name);
    err_code code;

    *id = named ? named->id : 0;
    if (named)
        return ERR_NONE;
    code = poles_all(table->db, table->row_arena, &all, &count, table->err);
    if (code != ERR_NONE)
        return code;
    known = arena_array(table->row_arena, count, sizeof *known);
    for (size_t i = 0; known && i < count; i++)
        known[i] = (struct known){all[i].id, all[i].key, all[i].name};
    found = known ? find_known(table->row_arena, known, count, name,
                               newest_before(&table->newest_pole, &table->is_pole_known,
                                             known, count),
                               &near)
                  : NULL;
    if (found) {
        *id = found->id;
        return keep_named(table, COLUMN_pole, name, *id);
    }
    if (!known)
        return err_set(table->err, ERR_MEMORY, "no room for poles");
    if (is_doubtful(table, COLUMN_pole, name, near))
        return ERR_NONE;
    table_note(table, "pole \"%s\" %s", name, is_applied ? "is made" : "will be made");
    if (!is_applied)
        return keep_named(table, COLUMN_pole, name, 0);
    made.name = name;
    made.key = unicode_slug(table->row_arena, name, KEY_MOST);
    code = made.key && *made.key
               ? poles_save(table->db, &made, table->options->now, table->err)
               : err_set(table->err, ERR_INVALID, "pole \"%s\" has no letters", name);
    *id = made.id;
    return code == ERR_NONE ? keep_named(table, COLUMN_pole, name, made.id) : code;
}
