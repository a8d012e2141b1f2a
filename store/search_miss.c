/* Records of what was searched for in vain. */
#include "store/search_miss.h"

err_code search_miss_is_known(struct db *db, const char *words, int64_t day, int64_t most,
                              bool *is_known, struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_SEARCH_MISS_KNOWN, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, words);
    stmt_int(stmt, 2, day);
    stmt_int(stmt, 3, most);
    code = stmt_next(stmt, is_known, err);
    if (code == ERR_NONE && *is_known)
        stmt_end(stmt);
    return code;
}

err_code search_miss_add(struct db *db, const char *words, int64_t day, struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_SEARCH_MISS_ADD, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, words);
    stmt_int(stmt, 2, day);
    return stmt_run(stmt, NULL, err);
}

err_code search_miss_drop(struct db *db, const char *words, struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_SEARCH_MISS_DROP, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, words);
    return stmt_run(stmt, NULL, err);
}

err_code search_miss_list(struct db *db, struct arena *arena, int64_t days_least,
                          int64_t most, struct search_miss **out, size_t *count,
                          struct err *err)
{
    struct search_miss *list = arena_array(arena, (size_t)most + 1, sizeof *list);
    struct stmt *stmt;
    bool has_row;
    err_code code = list ? db_query(db, QUERY_SEARCH_MISS_LIST, &stmt, err)
                         : err_set(err, ERR_MEMORY, "no room for searches");

    *out = list;
    *count = 0;
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, days_least);
    stmt_int(stmt, 2, most);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row)
        list[(*count)++] = (struct search_miss){.words = row_text(stmt, 0, arena),
                                                .days = row_int(stmt, 1),
                                                .last_day = row_int(stmt, 2)};
    return code == ERR_NONE && arena_failed(arena)
               ? err_set(err, ERR_MEMORY, "no room for searches")
               : code;
}
