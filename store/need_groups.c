/* Needs merged into another one. */
#include "store/need_groups.h"

#include "store/change.h"
#include "store/needs.h"
#include "store/rows.h"

err_code needs_merge(struct db *db, int64_t id, int64_t into, int64_t now,
                     struct err *err)
{
    const int64_t parameters[] = {id, into, now};
    err_code code = rows_run(db, QUERY_NEED_MERGE, parameters, 3, err);

    if (code == ERR_NONE)
        code = change_note(db, THING_NEED, id, now, err);
    return code == ERR_NONE ? change_note(db, THING_NEED, into, now, err) : code;
}

err_code needs_split(struct db *db, int64_t id, int64_t now, struct err *err)
{
    const int64_t parameters[] = {id, now};
    int64_t into = 0;
    err_code code = rows_number(db, QUERY_NEED_MERGED_INTO, &id, 1, 0, &into, err);

    if (code == ERR_NONE)
        code = rows_run(db, QUERY_NEED_SPLIT, parameters, 2, err);
    if (code == ERR_NONE)
        code = change_note(db, THING_NEED, id, now, err);
    return code == ERR_NONE && into ? change_note(db, THING_NEED, into, now, err) : code;
}

err_code needs_sessions_move(struct db *db, int64_t from, int64_t to, int64_t now,
                             struct err *err)
{
    const int64_t parameters[] = {from, to};
    err_code code = rows_run(db, QUERY_NEED_SESSIONS_MOVE, parameters, 2, err);

    return code == ERR_NONE ? change_note(db, THING_NEED, to, now, err) : code;
}

err_code needs_merged(struct db *db, struct arena *arena, int64_t id, size_t most,
                      struct need **out, size_t *count, struct err *err)
{
    const int64_t parameters[] = {id, (int64_t)most};
    int64_t *ids = NULL;
    size_t id_count = 0;
    struct need *needs;
    err_code code =
        rows_ids(db, arena, QUERY_NEED_MERGED, parameters, 2, &ids, &id_count, err);

    *count = 0;
    if (code != ERR_NONE)
        return code;
    needs = arena_array(arena, id_count, sizeof *needs);
    if (!needs)
        return err_set(err, ERR_MEMORY, "no room for merged needs");
    for (size_t i = 0; code == ERR_NONE && i < id_count; i++)
        code = needs_get(db, arena, ids[i], &needs[i], err);
    if (code == ERR_NONE) {
        *out = needs;
        *count = id_count;
    }
    return code;
}

err_code needs_words(struct db *db, struct arena *arena, int64_t pole_id, int64_t now,
                     size_t most, struct need_words **out, size_t *count, struct err *err)
{
    struct need_words *list = NULL;
    size_t capacity = 0;
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, QUERY_NEED_WORDS, &stmt, err);

    *count = 0;
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, pole_id);
    stmt_int(stmt, 2, now);
    stmt_int(stmt, 3, (int64_t)most);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        list = arena_grow(arena, list, *count, &capacity, sizeof *list);
        if (!list) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for the words of needs");
        }
        list[(*count)++] = (struct need_words){.id = row_int(stmt, 0),
                                               .skill_id = row_int(stmt, 1),
                                               .created_at = row_int(stmt, 2),
                                               .people = row_int(stmt, 3),
                                               .holds_others = row_int(stmt, 4) != 0,
                                               .text = row_text(stmt, 5, arena)};
    }
    *out = list;
    return code;
}
