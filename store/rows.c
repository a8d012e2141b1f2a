/* What the subject files of the store share. */
#include "store/rows.h"

#include <inttypes.h>

static err_code start(struct db *db, enum query query, const int64_t *parameters,
                      int count, struct stmt **stmt, struct err *err)
{
    err_code code = db_query(db, query, stmt, err);

    for (int i = 0; code == ERR_NONE && i < count; i++)
        stmt_int(*stmt, i + 1, parameters[i]);
    return code;
}

static err_code one_number(struct stmt *stmt, int64_t fallback, int64_t *out,
                           struct err *err)
{
    bool has_row;
    err_code code = stmt_next(stmt, &has_row, err);

    if (code != ERR_NONE)
        return code;
    *out = has_row ? row_int(stmt, 0) : fallback;
    stmt_end(stmt);
    return ERR_NONE;
}

err_code rows_number(struct db *db, enum query query, const int64_t *parameters,
                     int parameter_count, int64_t fallback, int64_t *out, struct err *err)
{
    struct stmt *stmt;
    err_code code = start(db, query, parameters, parameter_count, &stmt, err);

    return code == ERR_NONE ? one_number(stmt, fallback, out, err) : code;
}

err_code rows_number_by_text(struct db *db, enum query query, const char *text,
                             int64_t *out, struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, query, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, text);
    return one_number(stmt, 0, out, err);
}

err_code rows_count_since(struct db *db, enum query query, const char *text,
                          int64_t since, int64_t *out, struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, query, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, text);
    stmt_int(stmt, 2, since);
    return one_number(stmt, 0, out, err);
}

err_code rows_ids(struct db *db, struct arena *arena, enum query query,
                  const int64_t *parameters, int parameter_count, int64_t **out,
                  size_t *count, struct err *err)
{
    struct stmt *stmt;
    int64_t *ids = NULL;
    size_t used = 0, capacity = 0;
    bool has_row;
    err_code code = start(db, query, parameters, parameter_count, &stmt, err);

    if (code != ERR_NONE)
        return code;
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        ids = arena_grow(arena, ids, used, &capacity, sizeof *ids);
        if (!ids) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for %s", query_names[query]);
        }
        ids[used++] = row_int(stmt, 0);
    }
    if (code != ERR_NONE)
        return code;
    *out = ids;
    *count = used;
    return ERR_NONE;
}

err_code rows_run(struct db *db, enum query query, const int64_t *parameters,
                  int parameter_count, struct err *err)
{
    struct stmt *stmt;
    err_code code = start(db, query, parameters, parameter_count, &stmt, err);

    return code == ERR_NONE ? stmt_run(stmt, NULL, err) : code;
}

err_code rows_add_ids(struct db *db, enum query query, int64_t parent, const int64_t *ids,
                      size_t count, struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        const int64_t parameters[] = {parent, (int64_t)i, ids[i]};
        code = rows_run(db, query, parameters, 3, err);
    }
    return code;
}

err_code rows_next_id(struct db *db, const char *table, int64_t *id, struct err *err)
{
    return rows_number_by_text(db, QUERY_SEQUENCE_NEXT, table, id, err);
}

err_code rows_changed_one(int64_t changed, const char *what, int64_t id, struct err *err)
{
    if (changed == 1)
        return ERR_NONE;
    return err_set(err, ERR_CONFLICT,
                   "%s %" PRId64 " was changed or removed meanwhile: read it again", what,
                   id);
}

err_code rows_read(struct rows *rows, struct stmt *stmt, struct err *err)
{
    bool has_row;
    err_code code;

    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        rows->items = arena_grow(rows->arena, rows->items, rows->count, &rows->capacity,
                                 rows->size);
        if (!rows->items) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for what was read");
        }
        rows->read(stmt, rows->arena, rows->items + rows->count++ * rows->size);
    }
    return code == ERR_NONE && arena_failed(rows->arena)
               ? err_set(err, ERR_MEMORY, "no room for what was read")
               : code;
}

err_code rows_all(struct rows *rows, struct db *db, enum query query,
                  const int64_t *parameters, int count, struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, query, &stmt, err);

    if (code != ERR_NONE)
        return code;
    for (int i = 0; i < count; i++)
        stmt_int(stmt, i + 1, parameters[i]);
    return rows_read(rows, stmt, err);
}
