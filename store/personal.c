/* Rows about one person in any table. */
#include "store/personal.h"

#include "store/gap_marks.h"
#include "store/needs.h"
#include "store/rows.h"

static err_code start(struct db *db, enum query query, const struct personal_key *key,
                      struct stmt **stmt, struct err *err)
{
    err_code code = db_query(db, query, stmt, err);

    if (code != ERR_NONE)
        return code;
    if (key->email)
        stmt_text(*stmt, 1, key->email);
    else
        stmt_int(*stmt, 1, key->id);
    return ERR_NONE;
}

static bool read_line(struct stmt *stmt, struct arena *arena, struct personal_line *out)
{
    int columns = row_columns(stmt);
    struct personal_cell *cells = arena_array(arena, (size_t)columns, sizeof *cells);
    size_t used = 0;

    for (int i = 0; cells && i < columns; i++) {
        struct personal_cell *cell = &cells[used];
        cell->name = arena_strdup(arena, row_name(stmt, i));
        cell->is_number = row_is_number(stmt, i);
        if (cell->is_number)
            cell->number = row_int(stmt, i);
        else
            cell->text = row_text(stmt, i, arena);
        used += cell->is_number || (cell->text && *cell->text);
    }
    *out = (struct personal_line){cells, used};
    return !arena_failed(arena);
}

err_code personal_read(struct db *db, struct arena *arena, enum query query,
                       const struct personal_key *key, struct personal_line **lines,
                       size_t *count, size_t *capacity, struct err *err)
{
    struct stmt *stmt;
    bool has_row;
    err_code code = start(db, query, key, &stmt, err);

    if (code != ERR_NONE)
        return code;
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        struct personal_line *grown =
            arena_grow(arena, *lines, *count, capacity, sizeof *grown);
        if (!grown || !read_line(stmt, arena, &grown[*count])) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for %s", query_names[query]);
        }
        *lines = grown;
        ++*count;
    }
    return code;
}

err_code personal_erase(struct db *db, enum query query, const struct personal_key *key,
                        struct err *err)
{
    struct stmt *stmt;
    err_code code = start(db, query, key, &stmt, err);

    return code == ERR_NONE ? stmt_run(stmt, NULL, err) : code;
}

static err_code drop_need(struct db *db, int64_t id, int64_t now, struct err *err)
{
    static const enum query steps[] = {
        QUERY_ERASE_NEED_REGISTRATION, QUERY_ERASE_NEED_RELAY,
        QUERY_ERASE_NEED_INTRODUCTION, QUERY_ERASE_NEED_LINK};
    err_code code = gap_mark_asked(db, 0, id, err);

    for (size_t i = 0; code == ERR_NONE && i < sizeof steps / sizeof steps[0]; i++)
        code = rows_run(db, steps[i], &id, 1, err);
    return code == ERR_NONE ? needs_erase(db, id, now, err) : code;
}

static err_code blank_need(struct db *db, int64_t id, const char *neutral, int64_t now,
                           struct err *err)
{
    struct stmt *stmt;
    err_code code = rows_run(db, QUERY_NEED_WINDOW_DROP, &id, 1, err);

    if (code == ERR_NONE)
        code = rows_run(db, QUERY_ERASE_NEED_LINK, &id, 1, err);
    if (code == ERR_NONE)
        code = db_query(db, QUERY_ERASE_NEED_WORDS, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_text(stmt, 2, neutral);
    stmt_int(stmt, 3, now);
    code = stmt_run(stmt, NULL, err);
    return code == ERR_NONE ? change_note(db, THING_NEED, id, now, err) : code;
}

err_code personal_erase_need(struct db *db, int64_t id, const char *neutral, int64_t now,
                             struct err *err)
{
    int64_t others = 0;
    err_code code = rows_number(db, QUERY_NEED_SHARED, &id, 1, 0, &others, err);

    if (code != ERR_NONE)
        return code;
    return others ? blank_need(db, id, neutral, now, err) : drop_need(db, id, now, err);
}

err_code personal_erase_mails(struct db *db, const char *words, struct err *err)
{
    const struct personal_key key = {.email = words};

    return personal_erase(db, QUERY_ERASE_OUTBOX_NAMING, &key, err);
}

err_code personal_note_erased(struct db *db, int64_t id, int64_t now, struct err *err)
{
    const int64_t parameters[] = {id, now};

    return rows_run(db, QUERY_ERASED_ADD, parameters, 2, err);
}

err_code personal_erased(struct db *db, struct arena *arena, struct erased **out,
                         size_t *count, struct err *err)
{
    struct erased *rows = NULL;
    struct stmt *stmt;
    size_t used = 0, capacity = 0;
    bool has_row;
    err_code code = db_query(db, QUERY_ERASED_ALL, &stmt, err);

    if (code != ERR_NONE)
        return code;
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        rows = arena_grow(arena, rows, used, &capacity, sizeof *rows);
        if (!rows) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for who is erased");
        }
        rows[used++] = (struct erased){row_int(stmt, 0), row_int(stmt, 1)};
    }
    *out = rows;
    *count = used;
    return code;
}
