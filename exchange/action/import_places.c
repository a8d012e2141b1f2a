/* Structures and poles from a spreadsheet. */
#include "exchange/action/import_kinds.h"
#include "exchange/action/same.h"

#include "base/unicode.h"
#include "base/url.h"
#include "store/people.h"
#include "store/structures.h"

#include <string.h>

/* The key of the row, made from the name when there is none; NULL after a mistake. */
static const char *read_key(struct table *table)
{
    const char *key = table_value(table, COLUMN_key);

    if (!*table_text(table, COLUMN_name)) {
        table_mistake(table, COLUMN_name, "the name is missing");
        return NULL;
    }
    if (!key)
        key = unicode_slug(table->row_arena, table_text(table, COLUMN_name),
                           KEY_BYTES_MOST);
    if (key && url_is_key(key))
        return key;
    table_mistake(table, COLUMN_key,
                  "key \"%.60s\" is not allowed; 1 to %d of a-z, 0-9 and inner hyphens",
                  key ? key : "", KEY_BYTES_MOST);
    return NULL;
}

/* The key of the row and the id it has in the records, 0 when it is new; NULL after a
 * mistake. */
static err_code find_by_key(struct table *table, const char *word,
                            err_code (*find)(struct db *db, const char *key, int64_t *id,
                                             struct err *err),
                            const char **key, int64_t *id)
{
    err_code code;

    *key = read_key(table);
    if (!*key)
        return ERR_NONE;
    code = table_once(table, COLUMN_key, word, *key, "");
    return code == ERR_NONE ? find(table->db, *key, id, table->err) : code;
}

/* As long as the configuration lets them be. */
static void check_lengths(struct table *table)
{
    static const enum column columns[] = {COLUMN_name, COLUMN_kind, COLUMN_commune,
                                          COLUMN_url, COLUMN_about};

    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        size_t length = strlen(table_text(table, columns[i]));
        int most =
            columns[i] == COLUMN_about ? CONFIG_ABOUT_BYTES_MOST : CONFIG_NAME_BYTES_MOST;
        if (length > (size_t)most)
            table_mistake(table, columns[i], "%zu bytes; %d are allowed", length, most);
    }
}

static err_code import_structure(struct table *table, bool is_applied)
{
    struct structure structure = {0}, old;
    const char *key;
    err_code code = find_by_key(table, "structure", structures_find, &key, &structure.id);

    if (code == ERR_NONE && !key)
        return ERR_NONE;
    if (code == ERR_NONE && structure.id)
        code = structures_get(table->db, table->row_arena, structure.id, &structure,
                              table->err);
    if (code != ERR_NONE)
        return code;
    old = structure;
    structure.key = key;
    structure.name = table_value(table, COLUMN_name);
    structure.kind =
        table_has(table, COLUMN_kind) ? table_value(table, COLUMN_kind) : old.kind;
    structure.commune = table_has(table, COLUMN_commune)
                            ? table_value(table, COLUMN_commune)
                            : old.commune;
    structure.about =
        table_has(table, COLUMN_about) ? table_value(table, COLUMN_about) : old.about;
    structure.url =
        table_has(table, COLUMN_url) ? table_value(table, COLUMN_url) : old.url;
    if (structure.url && !url_is_web(structure.url))
        table_mistake(table, COLUMN_url,
                      "\"%.60s\" is not allowed; an https:// or http:// address",
                      structure.url);
    check_lengths(table);
    if (old.id && same_text(old.name, structure.name) &&
        same_text(old.kind, structure.kind) &&
        same_text(old.commune, structure.commune) &&
        same_text(old.about, structure.about) && same_text(old.url, structure.url)) {
        table->report->unchanged++;
        return ERR_NONE;
    }
    table->report->added += old.id == 0;
    table->report->changed += old.id != 0;
    if (!is_applied || table->report->mistakes)
        return ERR_NONE;
    return structures_save(table->db, &structure, table->options->now, table->err);
}

/* Ids of the names in a cell; those that are not there are noted and left out. */
static err_code read_ids(struct table *table, enum column column, const int64_t **out,
                         size_t *out_count)
{
    size_t count;
    const char **names = cell_split(table, table_text(table, column), SPLIT_ANY, &count);
    int64_t *ids = arena_array(table->row_arena, count, sizeof *ids);
    size_t used = 0;

    if (!table_has(table, column))
        return ERR_NONE;
    if (!ids)
        return err_set(table->err, ERR_MEMORY, "no room for a pole");
    for (size_t i = 0; i < count; i++) {
        int64_t id = 0;
        err_code code =
            column == COLUMN_skills
                ? skill_names_find(table->skill_names, names[i], &id, table->err)
                : people_find_external(table->db, names[i], &id, table->err);
        if (code != ERR_NONE)
            return code;
        if (id && !is_among(ids, used, id))
            ids[used++] = id;
        else if (!id)
            table_note(table, "line %d: \"%.80s\" is not there (yet) and left out",
                       table->cells[0].line, names[i]);
    }
    *out = ids;
    *out_count = used;
    return ERR_NONE;
}

static err_code import_pole(struct table *table, bool is_applied)
{
    struct pole pole = {.kind = "trade"}, old;
    const char *key;
    err_code code = find_by_key(table, "pole", poles_find, &key, &pole.id);

    if (code == ERR_NONE && !key)
        return ERR_NONE;
    if (code == ERR_NONE && pole.id)
        code = poles_get(table->db, table->row_arena, pole.id, &pole, table->err);
    if (code != ERR_NONE)
        return code;
    old = pole;
    pole.key = key;
    pole.name = table_value(table, COLUMN_name);
    if (*table_text(table, COLUMN_kind))
        pole.kind = table_value(table, COLUMN_kind);
    if (table_has(table, COLUMN_about))
        pole.about = table_value(table, COLUMN_about);
    if (strcmp(pole.kind, "trade") != 0 && strcmp(pole.kind, "service") != 0 &&
        strcmp(pole.kind, "sales") != 0)
        table_mistake(table, COLUMN_kind,
                      "\"%.40s\" is not allowed; trade, service or sales", pole.kind);
    check_lengths(table);
    code = read_ids(table, COLUMN_skills, &pole.skill_ids, &pole.skill_count);
    if (code == ERR_NONE)
        code = read_ids(table, COLUMN_facilitators, &pole.facilitator_ids,
                        &pole.facilitator_count);
    if (code != ERR_NONE)
        return code;
    if (old.id && same_text(old.name, pole.name) && same_text(old.kind, pole.kind) &&
        same_text(old.about, pole.about) &&
        same_ids(old.skill_ids, old.skill_count, pole.skill_ids, pole.skill_count) &&
        same_ids(old.facilitator_ids, old.facilitator_count, pole.facilitator_ids,
                 pole.facilitator_count)) {
        table->report->unchanged++;
        return ERR_NONE;
    }
    table->report->added += old.id == 0;
    table->report->changed += old.id != 0;
    if (!is_applied || table->report->mistakes)
        return ERR_NONE;
    return poles_save(table->db, &pole, table->options->now, table->err);
}

err_code import_structures(struct table *table, bool is_applied)
{
    static const enum column columns[] = {COLUMN_key,     COLUMN_name,  COLUMN_kind,
                                          COLUMN_commune, COLUMN_about, COLUMN_url};
    err_code code = table_open(table, columns, 6);

    return code == ERR_NONE ? table_each(table, is_applied, import_structure) : code;
}

err_code import_poles(struct table *table, bool is_applied)
{
    static const enum column columns[] = {COLUMN_key,    COLUMN_name,
                                          COLUMN_kind,   COLUMN_about,
                                          COLUMN_skills, COLUMN_facilitators};
    err_code code = table_open(table, columns, 6);

    return code == ERR_NONE ? table_each(table, is_applied, import_pole) : code;
}
