/* Messages relayed between people. */
#include "store/relays.h"

#include "store/rows.h"

static err_code was_said(struct db *db, const struct relay *relay, bool *was,
                         struct err *err)
{
    struct stmt *stmt;
    bool has_row = false;
    err_code code = db_query(db, QUERY_RELAY_SAME, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, relay->from_id);
    stmt_int(stmt, 2, relay->introduction_id);
    stmt_int(stmt, 3, relay->session_id);
    stmt_text(stmt, 4, relay->words);
    stmt_int(stmt, 5, relay->created_at - RELAY_TWICE_S);
    code = stmt_next(stmt, &has_row, err);
    if (code != ERR_NONE)
        return code;
    *was = has_row && row_int(stmt, 0) > 0;
    stmt_end(stmt);
    return ERR_NONE;
}

err_code relays_add(struct db *db, const struct relay *relay, bool *is_new,
                    struct err *err)
{
    struct stmt *stmt;
    bool was = false;
    int64_t id = 0;
    err_code code = was_said(db, relay, &was, err);

    *is_new = !was;
    if (code != ERR_NONE || was)
        return code;
    code = rows_next_id(db, "relay", &id, err);
    if (code == ERR_NONE)
        code = db_query(db, QUERY_RELAY_ADD, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_int(stmt, 2, relay->from_id);
    stmt_int(stmt, 3, relay->to_id);
    stmt_id(stmt, 4, relay->introduction_id);
    stmt_id(stmt, 5, relay->session_id);
    stmt_text(stmt, 6, relay->words);
    stmt_int(stmt, 7, relay->created_at);
    return stmt_run(stmt, NULL, err);
}

err_code relays_count(struct db *db, int64_t from_id, int64_t introduction_id,
                      int64_t since, int64_t *count, struct err *err)
{
    const int64_t parameters[] = {from_id, introduction_id, since};

    return rows_number(db, QUERY_RELAY_COUNT, parameters, 3, 0, count, err);
}

err_code relays_list(struct db *db, struct arena *arena, int64_t introduction_id,
                     size_t most, struct relay **out, size_t *count, struct err *err)
{
    struct relay *list = arena_array(arena, most, sizeof *list);
    struct stmt *stmt;
    bool has_row;
    err_code code = list ? db_query(db, QUERY_RELAY_LIST, &stmt, err)
                         : err_set(err, ERR_MEMORY, "no room for messages");

    *count = 0;
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, introduction_id);
    stmt_int(stmt, 2, (int64_t)most);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row)
        list[(*count)++] = (struct relay){.from_id = row_int(stmt, 0),
                                          .introduction_id = introduction_id,
                                          .words = row_text(stmt, 1, arena),
                                          .created_at = row_int(stmt, 2)};
    *out = list;
    return code;
}
