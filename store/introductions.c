/* Records of introductions. */
#include "store/introductions.h"

#include "store/gap_marks.h"
#include "store/rows.h"

#include <inttypes.h>

static struct introduction read_row(struct stmt *stmt, struct arena *arena)
{
    return (struct introduction){
        .id = row_int(stmt, 0),
        .need_id = row_int(stmt, 1),
        .asker_id = row_int(stmt, 2),
        .resource_id = row_int(stmt, 3),
        .wave = (int)row_int(stmt, 4),
        .state = (enum introduction_state)row_int(stmt, 5),
        .words = row_text(stmt, 6, arena),
        .answer = row_text(stmt, 7, arena),
        .reason = row_text(stmt, 8, arena),
        .suggested = row_text(stmt, 9, arena),
        .asker_shows = row_int(stmt, 10) != 0,
        .resource_shows = row_int(stmt, 11) != 0,
        .created_at = row_int(stmt, 12),
        .expires_at = row_int(stmt, 13),
        .answered_at = row_int(stmt, 14),
    };
}

err_code introductions_get(struct db *db, struct arena *arena, int64_t id,
                           struct introduction *out, struct err *err)
{
    struct stmt *stmt;
    bool has_row = false;
    err_code code = db_query(db, QUERY_INTRODUCTION_GET, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    code = stmt_next(stmt, &has_row, err);
    if (code != ERR_NONE)
        return code;
    if (!has_row)
        return err_set(err, ERR_NOT_FOUND, "there is no introduction %" PRId64, id);
    *out = read_row(stmt, arena);
    stmt_end(stmt);
    return arena_failed(arena) ? err_set(err, ERR_MEMORY, "no room for an introduction")
                               : ERR_NONE;
}

err_code introductions_list(struct db *db, struct arena *arena, enum introductions_of of,
                            int64_t id, size_t most, struct introduction **out,
                            size_t *count, struct err *err)
{
    static const enum query queries[] = {
        QUERY_INTRODUCTION_OF_NEED, QUERY_INTRODUCTION_OF_RESOURCE,
        QUERY_INTRODUCTION_OF_ASKER, QUERY_INTRODUCTION_DUE};
    struct introduction *rows = arena_array(arena, most, sizeof *rows);
    struct stmt *stmt;
    size_t used = 0;
    bool has_row;
    err_code code = rows ? db_query(db, queries[of], &stmt, err)
                         : err_set(err, ERR_MEMORY, "no room for introductions");

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_int(stmt, 2, (int64_t)most);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row && used < most)
        rows[used++] = read_row(stmt, arena);
    if (code == ERR_NONE && has_row)
        stmt_end(stmt);
    if (code == ERR_NONE && arena_failed(arena))
        code = err_set(err, ERR_MEMORY, "no room for introductions");
    if (code != ERR_NONE)
        return code;
    *out = rows;
    *count = used;
    return ERR_NONE;
}

err_code introductions_add(struct db *db, struct introduction *introduction,
                           struct err *err)
{
    struct stmt *stmt;
    int64_t id = 0;
    err_code code = rows_next_id(db, "introduction", &id, err);

    if (code == ERR_NONE)
        code = db_query(db, QUERY_INTRODUCTION_ADD, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_id(stmt, 2, introduction->need_id);
    stmt_int(stmt, 3, introduction->asker_id);
    stmt_int(stmt, 4, introduction->resource_id);
    stmt_int(stmt, 5, introduction->wave);
    stmt_int(stmt, 6, introduction->state);
    stmt_text(stmt, 7, introduction->words);
    stmt_text(stmt, 8, introduction->answer);
    stmt_text(stmt, 9, introduction->reason);
    stmt_text(stmt, 10, introduction->suggested);
    stmt_int(stmt, 11, introduction->asker_shows);
    stmt_int(stmt, 12, introduction->resource_shows);
    stmt_int(stmt, 13, introduction->created_at);
    stmt_int(stmt, 14, introduction->expires_at);
    stmt_id(stmt, 15, introduction->answered_at);
    code = stmt_run(stmt, NULL, err);
    if (code == ERR_NONE)
        introduction->id = id;
    return code == ERR_NONE ? gap_mark(db, THING_PERSON, introduction->resource_id, err)
                            : code;
}

err_code introductions_change(struct db *db, const struct introduction *introduction,
                              enum introduction_state was, struct err *err)
{
    struct stmt *stmt;
    int64_t changed = 0;
    err_code code = db_query(db, QUERY_INTRODUCTION_CHANGE, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, introduction->id);
    stmt_int(stmt, 2, introduction->state);
    stmt_text(stmt, 3, introduction->answer);
    stmt_text(stmt, 4, introduction->reason);
    stmt_text(stmt, 5, introduction->suggested);
    stmt_int(stmt, 6, introduction->asker_shows);
    stmt_int(stmt, 7, introduction->resource_shows);
    stmt_id(stmt, 8, introduction->answered_at);
    stmt_int(stmt, 9, was);
    code = stmt_run(stmt, &changed, err);
    if (code == ERR_NONE)
        code = rows_changed_one(changed, "introduction", introduction->id, err);
    return code == ERR_NONE ? gap_mark(db, THING_PERSON, introduction->resource_id, err)
                            : code;
}

err_code introductions_withdraw(struct db *db, int64_t need_id, struct err *err)
{
    err_code code = gap_mark_asked(db, 0, need_id, err);

    return code == ERR_NONE
               ? rows_run(db, QUERY_INTRODUCTION_WITHDRAW_NEED, &need_id, 1, err)
               : code;
}

err_code introductions_count_resource(struct db *db, int64_t resource_id, int64_t since,
                                      int64_t *count, struct err *err)
{
    const int64_t parameters[] = {resource_id, since};

    return rows_number(db, QUERY_INTRODUCTION_COUNT_RESOURCE, parameters, 2, 0, count,
                       err);
}

err_code introductions_count_asker(struct db *db, int64_t asker_id, int64_t since,
                                   int64_t *count, struct err *err)
{
    const int64_t parameters[] = {asker_id, since};

    return rows_number(db, QUERY_INTRODUCTION_COUNT_ASKER, parameters, 2, 0, count, err);
}

err_code introductions_between(struct db *db, int64_t asker_id, int64_t resource_id,
                               int64_t *count, struct err *err)
{
    const int64_t parameters[] = {asker_id, resource_id};

    return rows_number(db, QUERY_INTRODUCTION_OPEN_BETWEEN, parameters, 2, 0, count, err);
}

err_code introductions_count_refused(struct db *db, int64_t resource_id, int64_t since,
                                     int64_t *count, struct err *err)
{
    const int64_t parameters[] = {resource_id, since};

    return rows_number(db, QUERY_INTRODUCTION_REFUSED_SINCE, parameters, 2, 0, count,
                       err);
}

err_code introductions_was_asked(struct db *db, int64_t need_id, int64_t resource_id,
                                 bool *was, struct err *err)
{
    const int64_t parameters[] = {need_id, resource_id};
    int64_t count = 0;
    err_code code =
        rows_number(db, QUERY_INTRODUCTION_WAS_ASKED, parameters, 2, 0, &count, err);

    if (code == ERR_NONE)
        *was = count > 0;
    return code;
}

err_code introductions_last_wave(struct db *db, int64_t need_id, int *wave,
                                 struct err *err)
{
    int64_t last = 0;
    err_code code =
        rows_number(db, QUERY_INTRODUCTION_LAST_WAVE, &need_id, 1, 0, &last, err);

    if (code == ERR_NONE)
        *wave = (int)last;
    return code;
}
