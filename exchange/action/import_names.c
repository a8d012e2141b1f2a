/* Structures and poles by the names people write: found, made when new, doubted when
 * near. */
#include "exchange/action/import_table.h"

#include "base/unicode.h"
#include "store/structures.h"

#include <string.h>

enum {
    KEY_MOST = 60,
    NAME_MOST = 200,
    NEAR = 2,
    NEAR_LENGTH_LEAST = 6,
    NAMES_BYTES_MOST = 1 << 26
};

/* Structures and poles differ in where they are kept; a name finds them in the same way.
 */
struct naming {
    enum column column;
    const char *word;
    err_code (*load)(struct table *table, struct places *places);
    err_code (*make)(struct table *table, const char *name, const char *key, int64_t *id);
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

/* The id under `text` as a key or a folded name; NULL when there is none. */
static const int64_t *find_as(struct table *table, const struct places *places,
                              const char *what, const char *text)
{
    const char *mark = text ? arena_printf(table->row_arena, "%s %s", what, text) : NULL;

    return mark ? lookup_find(places->by_name, mark) : NULL;
}

/* The one that is called `name`: by its key, by the key it would have, by its folded
 * name. */
static const int64_t *find_place(struct table *table, const struct places *places,
                                 const char *name)
{
    const int64_t *id = find_as(table, places, "key", name);

    if (!id)
        id = find_as(table, places, "name", unicode_fold(table->row_arena, name));
    if (!id)
        id =
            find_as(table, places, "key", unicode_slug(table->row_arena, name, KEY_MOST));
    return id;
}

/* What goes by the same key or name as an earlier one is left to that one. */
static bool put_as(struct table *table, struct places *places, const char *what,
                   const char *text, int64_t id)
{
    const char *mark = text ? arena_printf(table->row_arena, "%s %s", what, text) : NULL;

    return mark &&
           (lookup_find(places->by_name, mark) || lookup_put(places->by_name, mark, id));
}

static err_code put_place(struct table *table, struct places *places, const char *key,
                          const char *name, int64_t id)
{
    if (put_as(table, places, "key", key, id) &&
        put_as(table, places, "name", unicode_fold(table->row_arena, name), id))
        return ERR_NONE;
    return err_set(table->err, ERR_MEMORY,
                   "no room for the names of structures and poles");
}

static err_code load_structures(struct table *table, struct places *places)
{
    struct structure *all;
    size_t count;
    err_code code = structures_all(table->db, table->arena, &all, &count, table->err);

    if (code != ERR_NONE)
        return code;
    places->names = arena_array(table->arena, count, sizeof *places->names);
    for (size_t i = 0; places->names && code == ERR_NONE && i < count; i++) {
        code = put_place(table, places, all[i].key, all[i].name, all[i].id);
        places->names[places->name_count++] = all[i].name;
    }
    return code;
}

static err_code load_poles(struct table *table, struct places *places)
{
    struct pole *all;
    size_t count;
    err_code code = poles_all(table->db, table->arena, &all, &count, table->err);

    if (code != ERR_NONE)
        return code;
    places->names = arena_array(table->arena, count, sizeof *places->names);
    for (size_t i = 0; places->names && code == ERR_NONE && i < count; i++) {
        code = put_place(table, places, all[i].key, all[i].name, all[i].id);
        places->names[places->name_count++] = all[i].name;
    }
    return code;
}

static err_code make_structure(struct table *table, const char *name, const char *key,
                               int64_t *id)
{
    struct structure made = {.name = name, .key = key};
    err_code code = structures_save(table->db, &made, table->options->now, table->err);

    *id = made.id;
    return code;
}

static err_code make_pole(struct table *table, const char *name, const char *key,
                          int64_t *id)
{
    struct pole made = {.name = name, .key = key, .kind = "trade"};
    err_code code = poles_save(table->db, &made, table->options->now, table->err);

    *id = made.id;
    return code;
}

/* The name of one that was there before this run and is nearly called so; NULL when none
 * is. */
static const char *find_near(struct table *table, const struct places *places,
                             const char *name)
{
    const char *folded = unicode_fold(table->row_arena, name);

    if (!folded || strlen(folded) < NEAR_LENGTH_LEAST)
        return NULL;
    for (size_t i = 0; i < places->name_count; i++) {
        const char *other = unicode_fold(table->row_arena, places->names[i]);
        if (other && has_same_digits(other, folded) &&
            unicode_distance(other, folded, NEAR) <= NEAR)
            return places->names[i];
    }
    return NULL;
}

static err_code make_place(struct table *table, const struct naming *naming,
                           struct places *places, const char *name, bool is_applied,
                           int64_t *id)
{
    const char *key = unicode_slug(table->row_arena, name, KEY_MOST);
    err_code code = ERR_NONE;

    if (!key)
        return err_set(table->err, ERR_MEMORY, "no room for a %s", naming->word);
    if (!*key || unicode_length(name) > NAME_MOST)
        table_mistake(table, naming->column,
                      "%s \"%.60s\" cannot be made: 1 to %d characters, with a letter or "
                      "digit from a to z",
                      naming->word, name, NAME_MOST);
    else
        table_note(table,
                   naming->column == COLUMN_pole
                       ? is_applied ? N_("the pole \"%s\" is made: it was not there")
                                    : N_("the pole \"%s\" will be made: it is not there")
                   : is_applied
                       ? N_("the structure \"%s\" is made: it was not there")
                       : N_("the structure \"%s\" will be made: it is not there"),
                   name);
    *id = --places->coming; /* one to be, like no other */
    if (is_applied && !table->report->mistakes)
        code = naming->make(table, name, key, id);
    return code == ERR_NONE ? put_place(table, places, key, name, *id) : code;
}

static err_code open_places(struct table *table, const struct naming *naming,
                            struct places *places)
{
    if (places->by_name)
        return ERR_NONE;
    places->by_name = lookup_new(NAMES_BYTES_MOST);
    return places->by_name ? naming->load(table, places)
                           : err_set(table->err, ERR_MEMORY, "no room for names");
}

static err_code find_or_make(struct table *table, const struct naming *naming,
                             struct places *places, const char *name, bool is_applied,
                             int64_t *id)
{
    err_code code = open_places(table, naming, places);
    const int64_t *found;
    const char *near = NULL;

    *id = 0;
    if (code != ERR_NONE)
        return code;
    found = find_place(table, places, name);
    if (found) {
        *id = *found;
        return ERR_NONE;
    }
    if (!table->options->is_create)
        near = find_near(table, places, name);
    if (!near)
        return make_place(table, naming, places, name, is_applied, id);
    table_mistake(table, naming->column,
                  "\"%.80s\" is not known; is it \"%.80s\"? Write it alike, or add "
                  "--create to make it",
                  name, near);
    return ERR_NONE;
}

err_code name_structure(struct table *table, const char *name, bool is_applied,
                        int64_t *id)
{
    static const struct naming naming = {COLUMN_structure, "structure", load_structures,
                                         make_structure};

    return find_or_make(table, &naming, &table->structures, name, is_applied, id);
}

err_code name_pole(struct table *table, const char *name, bool is_applied, int64_t *id)
{
    static const struct naming naming = {COLUMN_pole, "pole", load_poles, make_pole};

    return find_or_make(table, &naming, &table->poles, name, is_applied, id);
}
