/* Records of structures and poles. */
#include "store/structures.h"

#include "store/change.h"
#include "store/records.h"
#include "store/rows.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { ALL_MOST = 100000 };

static void read_structure(struct stmt *stmt, struct arena *arena, void *record)
{
    *(struct structure *)record = (struct structure){.id = row_int(stmt, 0),
                                                     .key = row_text(stmt, 1, arena),
                                                     .name = row_text(stmt, 2, arena),
                                                     .kind = row_text(stmt, 3, arena),
                                                     .commune = row_text(stmt, 4, arena),
                                                     .about = row_text(stmt, 5, arena),
                                                     .url = row_text(stmt, 6, arena),
                                                     .version = row_int(stmt, 7)};
}

static const struct record_kind structure_kind = {
    .one = "structure",
    .many = "structures",
    .range = QUERY_STRUCTURE_RANGE,
    .size = sizeof(struct structure),
    .read = read_structure,
};

err_code structures_get(struct db *db, struct arena *arena, int64_t id,
                        struct structure *out, struct err *err)
{
    return record_get(db, arena, &structure_kind, id, out, err);
}

static int by_structure_name(const void *a, const void *b)
{
    return strcmp(((const struct structure *)a)->name,
                  ((const struct structure *)b)->name);
}

err_code structures_all(struct db *db, struct arena *arena, struct structure **out,
                        size_t *count, struct err *err)
{
    void *found;
    err_code code =
        records_next(db, arena, &structure_kind, 0, ALL_MOST, &found, count, err);

    if (code != ERR_NONE)
        return code;
    if (*count)
        qsort(found, *count, sizeof **out, by_structure_name);
    *out = found;
    return ERR_NONE;
}

err_code structures_find(struct db *db, const char *key, int64_t *id, struct err *err)
{
    return rows_number_by_text(db, QUERY_STRUCTURE_FIND, key, id, err);
}

err_code structures_save(struct db *db, struct structure *structure, int64_t now,
                         struct err *err)
{
    bool is_new = structure->id == 0;
    int64_t id = structure->id, changed;
    struct stmt *stmt;
    err_code code = is_new ? rows_next_id(db, "structure", &id, err) : ERR_NONE;

    if (code == ERR_NONE)
        code = db_query(db, is_new ? QUERY_STRUCTURE_ADD : QUERY_STRUCTURE_CHANGE, &stmt,
                        err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_text(stmt, 2, structure->key);
    stmt_text(stmt, 3, structure->name);
    stmt_text(stmt, 4, structure->kind);
    stmt_text(stmt, 5, structure->commune);
    stmt_text(stmt, 6, structure->about);
    stmt_text(stmt, 7, structure->url);
    if (!is_new)
        stmt_int(stmt, 8, structure->version);
    code = stmt_run(stmt, &changed, err);
    if (code == ERR_NONE)
        code = rows_changed_one(changed, "structure", id, err);
    if (code == ERR_NONE)
        code = change_note(db, THING_STRUCTURE, id, now, err);
    if (code != ERR_NONE)
        return code;
    structure->id = id;
    structure->version = is_new ? 1 : structure->version + 1;
    return ERR_NONE;
}

static void read_pole(struct stmt *stmt, struct arena *arena, void *record)
{
    *(struct pole *)record = (struct pole){.id = row_int(stmt, 0),
                                           .key = row_text(stmt, 1, arena),
                                           .name = row_text(stmt, 2, arena),
                                           .kind = row_text(stmt, 3, arena),
                                           .about = row_text(stmt, 4, arena),
                                           .version = row_int(stmt, 5)};
}

static const struct record_kind pole_kind = {
    .one = "pole",
    .many = "poles",
    .range = QUERY_POLE_RANGE,
    .size = sizeof(struct pole),
    .read = read_pole,
    .lists = {{.range = QUERY_POLE_SKILL_RANGE,
               .item_size = sizeof(int64_t),
               .read = record_read_id,
               .items_at = offsetof(struct pole, skill_ids),
               .count_at = offsetof(struct pole, skill_count)},
              {.range = QUERY_POLE_FACILITATOR_RANGE,
               .item_size = sizeof(int64_t),
               .read = record_read_id,
               .items_at = offsetof(struct pole, facilitator_ids),
               .count_at = offsetof(struct pole, facilitator_count)}},
};

err_code poles_get(struct db *db, struct arena *arena, int64_t id, struct pole *out,
                   struct err *err)
{
    return record_get(db, arena, &pole_kind, id, out, err);
}

err_code poles_all(struct db *db, struct arena *arena, struct pole **out, size_t *count,
                   struct err *err)
{
    void *found;
    err_code code = records_next(db, arena, &pole_kind, 0, ALL_MOST, &found, count, err);

    if (code == ERR_NONE)
        *out = found;
    return code;
}

err_code poles_find(struct db *db, const char *key, int64_t *id, struct err *err)
{
    return rows_number_by_text(db, QUERY_POLE_FIND, key, id, err);
}

static err_code write_pole(struct db *db, const struct pole *pole, bool is_new,
                           struct err *err)
{
    struct stmt *stmt;
    int64_t changed;
    err_code code = db_query(db, is_new ? QUERY_POLE_ADD : QUERY_POLE_CHANGE, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, pole->id);
    stmt_text(stmt, 2, pole->key);
    stmt_text(stmt, 3, pole->name);
    stmt_text(stmt, 4, pole->kind);
    stmt_text(stmt, 5, pole->about);
    if (!is_new)
        stmt_int(stmt, 6, pole->version);
    code = stmt_run(stmt, &changed, err);
    return code == ERR_NONE ? rows_changed_one(changed, "pole", pole->id, err) : code;
}

err_code poles_save(struct db *db, struct pole *pole, int64_t now, struct err *err)
{
    struct pole saved = *pole;
    bool is_new = pole->id == 0;
    err_code code = is_new ? rows_next_id(db, "pole", &saved.id, err) : ERR_NONE;

    if (code == ERR_NONE)
        code = write_pole(db, &saved, is_new, err);
    if (code == ERR_NONE)
        code = rows_run(db, QUERY_POLE_SKILL_DROP, &saved.id, 1, err);
    if (code == ERR_NONE)
        code = rows_run(db, QUERY_POLE_FACILITATOR_DROP, &saved.id, 1, err);
    if (code == ERR_NONE)
        code = rows_add_ids(db, QUERY_POLE_SKILL_ADD, saved.id, saved.skill_ids,
                            saved.skill_count, err);
    if (code == ERR_NONE)
        code = rows_add_ids(db, QUERY_POLE_FACILITATOR_ADD, saved.id,
                            saved.facilitator_ids, saved.facilitator_count, err);
    if (code == ERR_NONE)
        code = change_note(db, THING_POLE, saved.id, now, err);
    if (code != ERR_NONE)
        return code;
    pole->id = saved.id;
    pole->version = is_new ? 1 : pole->version + 1;
    return ERR_NONE;
}
