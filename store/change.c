/* The change log, and the audit that is written beside it. */
#include "store/change.h"

#include "exchange/model/deed.h"
#include "store/gap_marks.h"
#include "store/rows.h"

err_code change_note(struct db *db, enum thing thing, int64_t id, int64_t now,
                     struct err *err)
{
    const int64_t parameters[] = {thing, id, now};
    err_code code = gap_mark(db, thing, id, err);

    return code == ERR_NONE ? rows_run(db, QUERY_CHANGE_ADD, parameters, 3, err) : code;
}

err_code change_after(struct db *db, struct arena *arena, int64_t number, size_t most,
                      struct change **out, size_t *count, struct err *err)
{
    struct stmt *stmt;
    struct change *changes = NULL;
    size_t used = 0, capacity = 0;
    bool has_row;
    err_code code = db_query(db, QUERY_CHANGE_AFTER, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, number);
    stmt_int(stmt, 2, (int64_t)most);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        changes = arena_grow(arena, changes, used, &capacity, sizeof *changes);
        if (!changes) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for the change log");
        }
        changes[used++] = (struct change){.number = row_int(stmt, 0),
                                          .thing = (enum thing)row_int(stmt, 1),
                                          .id = row_int(stmt, 2),
                                          .at = row_int(stmt, 3)};
    }
    if (code != ERR_NONE)
        return code;
    *out = changes;
    *count = used;
    return ERR_NONE;
}

err_code change_last(struct db *db, int64_t *number, struct err *err)
{
    return rows_number(db, QUERY_CHANGE_LAST, NULL, 0, 0, number, err);
}

err_code audit_of(struct db *db, const struct audit *audit, int64_t now, struct err *err)
{
    struct stmt *stmt;
    int64_t id;
    err_code code;

    if (!deed_words(audit->verb))
        return err_set(err, ERR_INVALID, "the audit has no words for \"%s\"",
                       audit->verb);
    code = rows_next_id(db, "audit", &id, err);
    if (code == ERR_NONE)
        code = db_query(db, QUERY_AUDIT_ADD, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_int(stmt, 2, now);
    stmt_text(stmt, 3, audit->actor);
    stmt_text(stmt, 4, audit->verb);
    stmt_text(stmt, 5, audit->detail);
    stmt_id(stmt, 6, audit->account_id);
    stmt_id(stmt, 7, audit->pole_id);
    stmt_id(stmt, 8, audit->person_id);
    return stmt_run(stmt, NULL, err);
}
