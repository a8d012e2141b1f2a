/* What the sheets of needs and sessions share. */
#include "exchange/action/import_exchange.h"

#include "store/needs.h"
#include "store/people.h"

#include <inttypes.h>
#include <string.h>

err_code exchange_find_person(struct table *table, const char *name, int64_t *id)
{
    err_code code = people_find_external(table->db, name, id, table->err);

    if (code == ERR_NONE && !*id && table_number(name)) {
        struct person person;
        struct err absent = {0};
        if (people_get(table->db, table->row_arena, table_number(name), &person,
                       &absent) == ERR_NONE &&
            !person.external_id)
            *id = person.id;
    }
    if (code == ERR_NONE && !*id && strchr(name, '@'))
        code = people_find_email(table->db, name, id, table->err);
    return code;
}

err_code exchange_person(struct table *table, enum column column, const char *name,
                         int64_t *id)
{
    err_code code = exchange_find_person(table, name, id);

    if (code == ERR_NONE && !*id)
        table_mistake(table, column,
                      "there is no person with the id or address \"%.60s\"", name);
    return code;
}

err_code exchange_find_need(struct table *table, const char *name, int64_t *id)
{
    err_code code = needs_find_external(table->db, name, id, table->err);
    struct err absent = {0};
    struct need need;

    if (code == ERR_NONE && !*id && table_number(name) &&
        needs_get(table->db, table->row_arena, table_number(name), &need, &absent) ==
            ERR_NONE &&
        !need.external_id)
        *id = need.id;
    return code;
}

static err_code find_skill(struct table *table, const char *name, int64_t *id)
{
    err_code code;

    *id = 0;
    if (!*name)
        return ERR_NONE;
    code = skill_names_find(table->skill_names, name, id, table->err);
    if (code == ERR_NONE && !*id)
        table_mistake(table, COLUMN_skill, "there is no skill \"%.60s\"", name);
    return code;
}

err_code exchange_links(struct table *table, bool is_applied, int64_t *structure_id,
                        int64_t *pole_id, int64_t *skill_id)
{
    const char *structure = table_text(table, COLUMN_structure);
    const char *pole = table_text(table, COLUMN_pole);
    err_code code = ERR_NONE;

    if (table_has(table, COLUMN_structure))
        *structure_id = 0;
    if (table_has(table, COLUMN_pole))
        *pole_id = 0;
    if (*structure)
        code = name_structure(table, structure, is_applied, structure_id);
    if (code == ERR_NONE && *pole)
        code = name_pole(table, pole, is_applied, pole_id);
    if (code == ERR_NONE && table_has(table, COLUMN_skill))
        code = find_skill(table, table_text(table, COLUMN_skill), skill_id);
    return code;
}

void exchange_text(const struct table *table, enum column column, const char **member)
{
    if (table_has(table, column))
        *member = table_value(table, column);
}

void exchange_level(struct table *table, enum skill_level *level)
{
    int read = LEVEL_UNSAID;

    if (!table_has(table, COLUMN_level))
        return;
    cell_int(table, COLUMN_level, LEVEL_UNSAID, LEVEL_TRAINS, &read);
    *level = (enum skill_level)read;
}

bool exchange_must_write(struct table *table, bool is_new, bool is_same, bool is_applied)
{
    if (!is_new && is_same) {
        table->report->unchanged++;
        return false;
    }
    table->report->added += is_new;
    table->report->changed += !is_new;
    return is_applied && table->report->mistakes == 0;
}

err_code exchange_each(struct table *table, bool is_applied, table_row row)
{
    err_code code = table_each(table, is_applied, row);

    if (code == ERR_NONE && table->nameless)
        table_note(table,
                   "%" PRId64 " rows without an id: importing again adds them again",
                   table->nameless);
    return code;
}
