/* What an account may do. */
#include "store/roles.h"

#include "store/change.h"
#include "store/rows.h"

#include <inttypes.h>

static struct role role_of(struct stmt *stmt, struct arena *arena)
{
    return (struct role){.id = row_int(stmt, 0),
                         .account_id = row_int(stmt, 1),
                         .kind = (enum role_kind)row_int(stmt, 2),
                         .structure_id = row_int(stmt, 3),
                         .granted_at = row_int(stmt, 4),
                         .email = row_text(stmt, 5, arena),
                         .has_come_in = row_int(stmt, 6) != 0};
}

err_code roles_list(struct db *db, struct arena *arena, int64_t account_id, size_t most,
                    struct role **out, size_t *count, struct err *err)
{
    struct role *list = NULL;
    size_t capacity = 0;
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, QUERY_ROLE_LIST, &stmt, err);

    *count = 0;
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, account_id);
    stmt_int(stmt, 2, (int64_t)most);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        list = arena_grow(arena, list, *count, &capacity, sizeof *list);
        if (!list) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for roles");
        }
        list[(*count)++] = role_of(stmt, arena);
    }
    *out = list;
    return code;
}

err_code roles_grant(struct db *db, int64_t account_id, enum role_kind kind,
                     int64_t structure_id, int64_t granted_by, int64_t now,
                     struct err *err)
{
    const int64_t asked[] = {account_id, kind, structure_id};
    struct stmt *stmt;
    int64_t id = 0;
    err_code code = rows_number(db, QUERY_ROLE_FIND, asked, 3, 0, &id, err);

    if (code != ERR_NONE || id)
        return code == ERR_NONE ? change_note(db, THING_ACCOUNT, account_id, now, err)
                                : code;
    code = rows_next_id(db, "role", &id, err);
    if (code == ERR_NONE)
        code = db_query(db, QUERY_ROLE_ADD, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_int(stmt, 2, account_id);
    stmt_int(stmt, 3, kind);
    stmt_id(stmt, 4, structure_id);
    stmt_int(stmt, 5, now);
    stmt_id(stmt, 6, granted_by);
    code = stmt_run(stmt, NULL, err);
    return code == ERR_NONE ? change_note(db, THING_ACCOUNT, account_id, now, err) : code;
}

err_code roles_revoke(struct db *db, int64_t id, int64_t now, struct err *err)
{
    struct stmt *stmt;
    int64_t changed = 0;
    err_code code = db_query(db, QUERY_ROLE_DROP, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    code = stmt_run(stmt, &changed, err);
    if (code == ERR_NONE && !changed)
        return err_set(err, ERR_NOT_FOUND, "there is no role %" PRId64, id);
    return code == ERR_NONE ? change_note(db, THING_ACCOUNT, id, now, err) : code;
}

err_code roles_count_admins(struct db *db, int64_t *count, struct err *err)
{
    return rows_number(db, QUERY_ROLE_ADMINS, NULL, 0, 0, count, err);
}

err_code roles_poles_of(struct db *db, struct arena *arena, int64_t person_id,
                        int64_t **out, size_t *count, struct err *err)
{
    return rows_ids(db, arena, QUERY_ROLE_POLES, &person_id, 1, out, count, err);
}

err_code roles_get(struct db *db, struct arena *arena, int64_t id, struct role *out,
                   struct err *err)
{
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, QUERY_ROLE_GET, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    code = stmt_next(stmt, &has_row, err);
    if (code == ERR_NONE && !has_row)
        return err_set(err, ERR_NOT_FOUND, "there is no role %" PRId64, id);
    if (code != ERR_NONE)
        return code;
    *out = role_of(stmt, arena);
    stmt_end(stmt);
    return ERR_NONE;
}

err_code roles_keepers(struct db *db, struct arena *arena, size_t most,
                       struct keeper **out, size_t *count, struct err *err)
{
    struct keeper *list = NULL;
    size_t capacity = 0;
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, QUERY_ROLE_KEEPERS, &stmt, err);

    *count = 0;
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, (int64_t)most);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        list = arena_grow(arena, list, *count, &capacity, sizeof *list);
        if (!list) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for facilitators");
        }
        list[(*count)++] = (struct keeper){.pole_id = row_int(stmt, 0),
                                           .position = row_int(stmt, 1),
                                           .person_id = row_int(stmt, 2),
                                           .name = row_text(stmt, 3, arena),
                                           .email = row_text(stmt, 4, arena)};
    }
    *out = list;
    return code;
}
