/* Structures and poles by the names people write: found, made when new, doubted when
 * near. */
#include "exchange/action/import_table.h"

#include "base/unicode.h"
#include "store/structures.h"

#include <string.h>

enum { KEY_MOST = 60, NAME_MOST = 200, NEAR = 2, NEAR_LENGTH_LEAST = 6 };

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

/* What this run is going to make under another spelling of a name. */
static const struct named *find_coming(const struct table *table, enum column column,
                                       const char *name)
{
    const char *slug = unicode_slug(table->row_arena, name, KEY_MOST);

    for (size_t i = 0; slug && i < table->named_count; i++) {
        const struct named *named = &table->named[i];
        const char *other = named->column == column && named->id < 0
                                ? unicode_slug(table->row_arena, named->name, KEY_MOST)
                                : NULL;
        if (other && strcmp(other, slug) == 0)
            return named;
    }
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
static int64_t newest_before(struct newest *newest, const struct known *all, size_t count)
{
    for (size_t i = 0; !newest->is_known && i < count; i++)
        newest->id = all[i].id > newest->id ? all[i].id : newest->id;
    newest->is_known = true;
    return newest->id;
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

static err_code all_structures(struct table *table, struct known **out, size_t *count)
{
    struct structure *all;
    err_code code = structures_all(table->db, table->row_arena, &all, count, table->err);

    if (code != ERR_NONE)
        return code;
    *out = arena_array(table->row_arena, *count, sizeof **out);
    for (size_t i = 0; *out && i < *count; i++)
        (*out)[i] = (struct known){all[i].id, all[i].key, all[i].name};
    return ERR_NONE;
}

static err_code all_poles(struct table *table, struct known **out, size_t *count)
{
    struct pole *all;
    err_code code = poles_all(table->db, table->row_arena, &all, count, table->err);

    if (code != ERR_NONE)
        return code;
    *out = arena_array(table->row_arena, *count, sizeof **out);
    for (size_t i = 0; *out && i < *count; i++)
        (*out)[i] = (struct known){all[i].id, all[i].key, all[i].name};
    return ERR_NONE;
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

/* Structures and poles differ in where they are kept; a name finds them in the same way.
 */
struct naming {
    enum column column;
    const char *word, *many;
    err_code (*all)(struct table *table, struct known **out, size_t *count);
    err_code (*make)(struct table *table, const char *name, const char *key, int64_t *id);
};

static err_code make_named(struct table *table, const struct naming *naming,
                           const char *name, bool is_applied, int64_t *id)
{
    const char *key;
    err_code code;

    key = unicode_slug(table->row_arena, name, KEY_MOST);
    if (!key)
        return err_set(table->err, ERR_MEMORY, "no room for %s", naming->many);
    if (!*key || unicode_length(name) > NAME_MOST)
        table_mistake(table, naming->column,
                      "%s \"%.60s\" cannot be made: 1 to %d characters, with a letter or "
                      "digit from a to z",
                      naming->word, name, NAME_MOST);
    else
        table_note(table, "%s \"%s\" %s", naming->word, name,
                   is_applied ? "is made" : "will be made");
    *id = -1 - (int64_t)table->named_count; /* someone to be, like nobody else */
    code = is_applied && !table->report->mistakes ? naming->make(table, name, key, id)
                                                  : ERR_NONE;
    return code == ERR_NONE ? keep_named(table, naming->column, name, *id) : code;
}

static err_code find_or_make(struct table *table, const struct naming *naming,
                             struct newest *newest, const char *name, bool is_applied,
                             int64_t *id)
{
    const struct named *named = find_named(table, naming->column, name);
    const struct known *found, *near;
    struct known *known;
    size_t count;
    err_code code;

    *id = named ? named->id : 0;
    if (named)
        return ERR_NONE;
    code = naming->all(table, &known, &count);
    if (code != ERR_NONE)
        return code;
    if (!known)
        return err_set(table->err, ERR_MEMORY, "no room for %s", naming->many);
    found = find_known(table->row_arena, known, count, name,
                       newest_before(newest, known, count), &near);
    if (found) {
        *id = found->id;
        return keep_named(table, naming->column, name, *id);
    }
    if (is_doubtful(table, naming->column, name, near))
        return ERR_NONE;
    named = find_coming(table, naming->column, name);
    if (named) {
        *id = named->id;
        return keep_named(table, naming->column, name, *id);
    }
    return make_named(table, naming, name, is_applied, id);
}

err_code name_structure(struct table *table, const char *name, bool is_applied,
                        int64_t *id)
{
    static const struct naming naming = {COLUMN_structure, "structure", "structures",
                                         all_structures, make_structure};

    return find_or_make(table, &naming, &table->newest_structure, name, is_applied, id);
}

err_code name_pole(struct table *table, const char *name, bool is_applied, int64_t *id)
{
    static const struct naming naming = {COLUMN_pole, "pole", "poles", all_poles,
                                         make_pole};

    return find_or_make(table, &naming, &table->newest_pole, name, is_applied, id);
}
