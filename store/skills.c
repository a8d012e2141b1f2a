/* Records of the thesaurus. */
#include "store/skills.h"

#include "store/gap_marks.h"
#include "store/records.h"
#include "store/rows.h"
#include "store/skill_names.h"

#include <stddef.h>

enum { FOLD_ARENA_MAX = 1 << 20 };

static void read_label(struct stmt *stmt, struct arena *arena, void *item)
{
    *(struct skill_label *)item = (struct skill_label){
        .lang = row_text(stmt, 1, arena),
        .kind = (enum label_kind)row_int(stmt, 2),
        .text = row_text(stmt, 3, arena),
    };
}

static void read_skill(struct stmt *stmt, struct arena *arena, void *record)
{
    *(struct skill *)record = (struct skill){.id = row_int(stmt, 0),
                                             .source = row_text(stmt, 1, arena),
                                             .code = row_text(stmt, 2, arena),
                                             .parent_code = row_text(stmt, 3, arena),
                                             .kind = row_text(stmt, 4, arena),
                                             .description = row_text(stmt, 5, arena),
                                             .version = row_int(stmt, 6)};
}

static const struct record_kind kind = {
    .one = "skill",
    .many = "skills",
    .range = QUERY_SKILL_RANGE,
    .of = QUERY_SKILL_OF,
    .size = sizeof(struct skill),
    .read = read_skill,
    .lists = {{QUERY_SKILL_LABEL_RANGE, QUERY_SKILL_LABEL_OF, sizeof(struct skill_label),
               read_label, offsetof(struct skill, labels),
               offsetof(struct skill, label_count)}},
};

err_code skills_get(struct db *db, struct arena *arena, int64_t id, struct skill *out,
                    struct err *err)
{
    return record_get(db, arena, &kind, id, out, err);
}

err_code skills_next(struct db *db, struct arena *arena, int64_t after_id, size_t most,
                     struct skill **out, size_t *count, struct err *err)
{
    void *found;
    err_code code = records_next(db, arena, &kind, after_id, most, &found, count, err);

    if (code == ERR_NONE)
        *out = found;
    return code;
}

err_code skills_count(struct db *db, int64_t *count, struct err *err)
{
    return rows_number(db, QUERY_SKILL_COUNT, NULL, 0, 0, count, err);
}

static err_code write_labels(struct db *db, const struct skill *skill, struct err *err)
{
    struct arena *arena = arena_new(FOLD_ARENA_MAX);
    err_code code = arena ? ERR_NONE : err_set(err, ERR_MEMORY, "no room for labels");

    for (size_t i = 0; code == ERR_NONE && i < skill->label_count; i++) {
        const struct skill_label *label = &skill->labels[i];
        const char *folded = skill_label_fold(arena, label->text);
        struct stmt *stmt;
        if (!folded) {
            code = err_set(err, ERR_MEMORY, "no room for labels");
            break;
        }
        code = db_query(db, QUERY_SKILL_LABEL_ADD, &stmt, err);
        if (code != ERR_NONE)
            break;
        stmt_int(stmt, 1, skill->id);
        stmt_int(stmt, 2, (int64_t)i);
        stmt_text(stmt, 3, label->lang);
        stmt_int(stmt, 4, label->kind);
        stmt_text(stmt, 5, label->text);
        stmt_text(stmt, 6, folded);
        code = stmt_run(stmt, NULL, err);
    }
    arena_free(arena);
    return code;
}

static err_code write_row(struct db *db, const struct skill *skill, bool is_new,
                          struct err *err)
{
    struct stmt *stmt;
    int64_t changed;
    err_code code =
        db_query(db, is_new ? QUERY_SKILL_ADD : QUERY_SKILL_CHANGE, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, skill->id);
    stmt_text(stmt, 2, skill->source);
    stmt_text(stmt, 3, skill->code);
    stmt_text(stmt, 4, skill->kind);
    stmt_text(stmt, 5, skill->description);
    code = stmt_run(stmt, &changed, err);
    return code == ERR_NONE ? rows_changed_one(changed, "skill", skill->id, err) : code;
}

err_code skills_save(struct db *db, struct skill *skill, bool is_bulk, int64_t now,
                     struct err *err)
{
    struct skill saved = *skill;
    bool is_new = skill->id == 0;
    err_code code = ERR_NONE;

    if (is_new)
        code = rows_next_id(db, "skill", &saved.id, err);
    if (code == ERR_NONE)
        code = write_row(db, &saved, is_new, err);
    if (code == ERR_NONE && !is_new && !is_bulk) /* whatever it was taken for */
        code = gap_mark_all(db, err);
    if (code == ERR_NONE && !is_new)
        code = rows_run(db, QUERY_SKILL_LABEL_DROP, &saved.id, 1, err);
    if (code == ERR_NONE)
        code = write_labels(db, &saved, err);
    if (code == ERR_NONE && !is_bulk)
        code = change_note(db, THING_SKILL, saved.id, now, err);
    if (code == ERR_NONE)
        skill->id = saved.id;
    return code;
}

err_code skills_set_parent(struct db *db, const struct skill *skill, struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_SKILL_SET_PARENT, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, skill->id);
    stmt_text(stmt, 2, skill->source);
    stmt_text(stmt, 3, skill->parent_code);
    return stmt_run(stmt, NULL, err);
}

err_code skills_erase(struct db *db, int64_t id, bool is_bulk, int64_t now,
                      struct err *err)
{
    static const enum query drops[] = {QUERY_SKILL_UNLINK_PEOPLE,
                                       QUERY_SKILL_UNLINK_NEEDS,
                                       QUERY_SKILL_UNLINK_SESSIONS,
                                       QUERY_SKILL_UNLINK_FUNDINGS,
                                       QUERY_SKILL_UNLINK_POLES,
                                       QUERY_SKILL_UNLINK_REFUSALS,
                                       QUERY_SKILL_UNLINK_CHILDREN,
                                       QUERY_SKILL_LABEL_DROP,
                                       QUERY_SKILL_DROP};
    err_code code = gap_mark_all(db, err);

    for (size_t i = 0; code == ERR_NONE && i < sizeof drops / sizeof drops[0]; i++)
        code = rows_run(db, drops[i], &id, 1, err);
    if (code == ERR_NONE && !is_bulk)
        code = change_note(db, THING_SKILL, id, now, err);
    return code;
}

err_code skills_of_source(struct db *db, struct arena *arena, const char *source,
                          struct skill_code **out, size_t *count, struct err *err)
{
    struct stmt *stmt;
    struct skill_code *all = NULL;
    size_t used = 0, capacity = 0;
    bool has_row;
    err_code code = db_query(db, QUERY_SKILL_OF_SOURCE, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, source);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        all = arena_grow(arena, all, used, &capacity, sizeof *all);
        if (!all) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for the skills of %s", source);
        }
        all[used++] = (struct skill_code){row_int(stmt, 0), row_text(stmt, 1, arena)};
    }
    if (code != ERR_NONE)
        return code;
    *out = all;
    *count = used;
    return ERR_NONE;
}

static err_code get_all(struct db *db, struct arena *arena, enum query query,
                        int64_t parameter, struct skill **out, size_t *count,
                        struct err *err)
{
    int64_t *ids;
    size_t id_count;
    void *found;
    err_code code = rows_ids(db, arena, query, &parameter, 1, &ids, &id_count, err);

    if (code == ERR_NONE)
        code = records_of(db, arena, &kind, ids, id_count, &found, count, err);
    if (code == ERR_NONE)
        *out = found;
    return code;
}

err_code skills_children(struct db *db, struct arena *arena, int64_t parent_id,
                         struct skill **out, size_t *count, struct err *err)
{
    return get_all(db, arena, QUERY_SKILL_CHILDREN, parent_id, out, count, err);
}

err_code skills_families(struct db *db, struct arena *arena, size_t most,
                         struct skill **out, size_t *count, struct err *err)
{
    return get_all(db, arena, QUERY_SKILL_TOP, (int64_t)most, out, count, err);
}
