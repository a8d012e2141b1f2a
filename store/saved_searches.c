/* Searches whose new answers someone wants to hear of. */
#include "store/saved_searches.h"

#include "store/rows.h"

err_code saved_searches_list(struct db *db, struct arena *arena, const char *email,
                             struct saved_search **out, size_t *count, struct err *err)
{
    struct saved_search *list = NULL;
    size_t used = 0, capacity = 0;
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, QUERY_SAVED_SEARCH_LIST, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, email);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        list = arena_grow(arena, list, used, &capacity, sizeof *list);
        if (!list) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for saved searches");
        }
        list[used++] = (struct saved_search){.id = row_int(stmt, 0),
                                             .words = row_text(stmt, 1, arena),
                                             .filters = row_text(stmt, 2, arena),
                                             .known = row_text(stmt, 3, arena),
                                             .told_at = row_int(stmt, 4),
                                             .created_at = row_int(stmt, 5)};
    }
    if (code != ERR_NONE)
        return code;
    *out = list;
    *count = used;
    return ERR_NONE;
}

err_code saved_searches_add(struct db *db, const char *email,
                            const struct saved_search *search, int64_t now,
                            struct err *err)
{
    struct stmt *stmt;
    int64_t id;
    err_code code = rows_next_id(db, "saved_search", &id, err);

    if (code == ERR_NONE)
        code = db_query(db, QUERY_SAVED_SEARCH_ADD, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_text(stmt, 2, email);
    stmt_text(stmt, 3, search->words);
    stmt_text(stmt, 4, search->filters);
    stmt_text(stmt, 5, search->known);
    stmt_int(stmt, 6, now);
    return stmt_run(stmt, NULL, err);
}

err_code saved_searches_drop(struct db *db, const char *email, int64_t id,
                             struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_SAVED_SEARCH_DROP, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_text(stmt, 2, email);
    return stmt_run(stmt, NULL, err);
}

err_code saved_searches_told(struct db *db, int64_t id, const char *known, int64_t now,
                             struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_SAVED_SEARCH_TOLD, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_text(stmt, 2, known);
    stmt_int(stmt, 3, now);
    return stmt_run(stmt, NULL, err);
}
