/* Reading who did what. */
#include "store/audit.h"

static err_code count_rows(struct db *db, const struct audit_filter *filter,
                           const char *verb, int64_t *total, struct err *err)
{
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, QUERY_AUDIT_COUNT, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, filter->pole_id);
    stmt_text(stmt, 2, verb);
    code = stmt_next(stmt, &has_row, err);
    if (code != ERR_NONE || !has_row)
        return code;
    *total = row_int(stmt, 0);
    stmt_end(stmt);
    return ERR_NONE;
}

static struct audit_row row_of(struct stmt *stmt, struct arena *arena)
{
    return (struct audit_row){.id = row_int(stmt, 0),
                              .at = row_int(stmt, 1),
                              .actor = row_text(stmt, 2, arena),
                              .email = row_text(stmt, 3, arena),
                              .verb = row_text(stmt, 4, arena),
                              .detail = row_text(stmt, 5, arena),
                              .pole_id = row_int(stmt, 6),
                              .person_id = row_int(stmt, 7),
                              .person_name = row_text(stmt, 8, arena)};
}

err_code audit_list(struct db *db, struct arena *arena, const struct audit_filter *filter,
                    struct audit_row **out, size_t *count, int64_t *total,
                    struct err *err)
{
    const char *verb = filter->verb ? filter->verb : "";
    struct audit_row *list = NULL;
    size_t capacity = 0;
    struct stmt *stmt;
    bool has_row;
    err_code code = count_rows(db, filter, verb, total, err);

    *count = 0;
    if (code == ERR_NONE)
        code = db_query(db, QUERY_AUDIT_LIST, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, filter->pole_id);
    stmt_text(stmt, 2, verb);
    stmt_int(stmt, 3, (int64_t)filter->most);
    stmt_int(stmt, 4, (int64_t)filter->offset);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        list = arena_grow(arena, list, *count, &capacity, sizeof *list);
        if (!list) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for the audit");
        }
        list[(*count)++] = row_of(stmt, arena);
    }
    *out = list;
    return code;
}

err_code audit_verbs(struct db *db, struct arena *arena, size_t most, const char ***out,
                     size_t *count, struct err *err)
{
    const char **list = NULL;
    size_t capacity = 0;
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, QUERY_AUDIT_VERBS, &stmt, err);

    *count = 0;
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, (int64_t)most);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        list = arena_grow(arena, list, *count, &capacity, sizeof *list);
        if (!list) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for the audit");
        }
        list[(*count)++] = row_text(stmt, 0, arena);
    }
    *out = list;
    return code;
}
