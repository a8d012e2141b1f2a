/* Records of structures and poles. */
#include "store/structures.h"

#include "store/change.h"
#include "store/rows.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { ALL_MOST = 10000 };

static err_code read_structures(struct db *db, struct arena *arena,
                                const int64_t range[3], struct structure **out,
                                size_t *count, struct err *err)
{
    struct stmt *stmt;
    struct structure *all = NULL;
    size_t used = 0, capacity = 0;
    bool has_row;
    err_code code = db_query(db, QUERY_STRUCTURE_RANGE, &stmt, err);

    if (code != ERR_NONE)
        return code;
    for (int i = 0; i < 3; i++)
        stmt_int(stmt, i + 1, range[i]);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        all = arena_grow(arena, all, used, &capacity, sizeof *all);
        if (!all) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for structures");
        }
        all[used++] = (struct structure){.id = row_int(stmt, 0),
                                         .key = row_text(stmt, 1, arena),
                                         .name = row_text(stmt, 2, arena),
                                         .kind = row_text(stmt, 3, arena),
                                         .commune = row_text(stmt, 4, arena),
                                         .about = row_text(stmt, 5, arena),
                                         .url = row_text(stmt, 6, arena),
                                         .version = row_int(stmt, 7)};
    }
    if (code != ERR_NONE)
        return code;
    *out = all;
    *count = used;
    return ERR_NONE;
}

err_code structures_get(struct db *db, struct arena *arena, int64_t id,
                        struct structure *out, struct err *err)
{
    const int64_t range[3] = {id - 1, id, 1};
    struct structure *found;
    size_t count;
    err_code code = read_structures(db, arena, range, &found, &count, err);

    if (code != ERR_NONE)
        return code;
    if (count == 0)
        return err_set(err, ERR_NOT_FOUND, "there is no structure %" PRId64, id);
    *out = found[0];
    return ERR_NONE;
}

static int by_structure_name(const void *a, const void *b)
{
    return strcmp(((const struct structure *)a)->name,
                  ((const struct structure *)b)->name);
}

err_code structures_all(struct db *db, struct arena *arena, struct structure **out,
                        size_t *count, struct err *err)
{
    const int64_t range[3] = {0, INT64_MAX, ALL_MOST};
    err_code code = read_structures(db, arena, range, out, count, err);

    if (code == ERR_NONE && *count)
        qsort(*out, *count, sizeof **out, by_structure_name);
    return code;
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

static err_code read_pole_lists(struct db *db, struct arena *arena, struct pole *poles,
                                size_t count, struct err *err)
{
    static const struct child_list skills = {QUERY_POLE_SKILL_RANGE, sizeof(int64_t),
                                             rows_read_id};
    static const struct child_list people = {QUERY_POLE_FACILITATOR_RANGE,
                                             sizeof(int64_t), rows_read_id};
    int64_t *ids = arena_array(arena, count, sizeof *ids);
    struct child_span *of_skill = arena_array(arena, count, sizeof *of_skill);
    struct child_span *of_person = arena_array(arena, count, sizeof *of_person);
    void *skill_items, *person_items;
    err_code code;

    if (!ids || !of_skill || !of_person)
        return err_set(err, ERR_MEMORY, "no room for %zu poles", count);
    for (size_t i = 0; i < count; i++)
        ids[i] = poles[i].id;
    code = rows_children(db, arena, &skills, ids, count, of_skill, &skill_items, err);
    if (code == ERR_NONE)
        code =
            rows_children(db, arena, &people, ids, count, of_person, &person_items, err);
    if (code != ERR_NONE)
        return code;
    for (size_t i = 0; i < count; i++) {
        poles[i].skill_ids = (int64_t *)skill_items + of_skill[i].start;
        poles[i].skill_count = of_skill[i].count;
        poles[i].facilitator_ids = (int64_t *)person_items + of_person[i].start;
        poles[i].facilitator_count = of_person[i].count;
    }
    return ERR_NONE;
}

static err_code read_poles(struct db *db, struct arena *arena, const int64_t range[3],
                           struct pole **out, size_t *count, struct err *err)
{
    struct stmt *stmt;
    struct pole *all = NULL;
    size_t used = 0, capacity = 0;
    bool has_row;
    err_code code = db_query(db, QUERY_POLE_RANGE, &stmt, err);

    if (code != ERR_NONE)
        return code;
    for (int i = 0; i < 3; i++)
        stmt_int(stmt, i + 1, range[i]);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        all = arena_grow(arena, all, used, &capacity, sizeof *all);
        if (!all) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for poles");
        }
        all[used++] = (struct pole){.id = row_int(stmt, 0),
                                    .key = row_text(stmt, 1, arena),
                                    .name = row_text(stmt, 2, arena),
                                    .kind = row_text(stmt, 3, arena),
                                    .about = row_text(stmt, 4, arena),
                                    .version = row_int(stmt, 5)};
    }
    if (code == ERR_NONE)
        code = read_pole_lists(db, arena, all, used, err);
    if (code != ERR_NONE)
        return code;
    *out = all;
    *count = used;
    return ERR_NONE;
}

err_code poles_get(struct db *db, struct arena *arena, int64_t id, struct pole *out,
                   struct err *err)
{
    const int64_t range[3] = {id - 1, id, 1};
    struct pole *found;
    size_t count;
    err_code code = read_poles(db, arena, range, &found, &count, err);

    if (code != ERR_NONE)
        return code;
    if (count == 0)
        return err_set(err, ERR_NOT_FOUND, "there is no pole %" PRId64, id);
    *out = found[0];
    return ERR_NONE;
}

err_code poles_all(struct db *db, struct arena *arena, struct pole **out, size_t *count,
                   struct err *err)
{
    const int64_t range[3] = {0, INT64_MAX, ALL_MOST};

    return read_poles(db, arena, range, out, count, err);
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
