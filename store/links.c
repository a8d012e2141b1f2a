/* Links that let their holder do one thing. */
#include "store/links.h"

#include "store/rows.h"

err_code links_add(struct db *db, struct link *link, const char *token_hash,
                   struct err *err)
{
    struct stmt *stmt;
    err_code code = rows_next_id(db, "link", &link->id, err);

    if (code == ERR_NONE)
        code = db_query(db, QUERY_LINK_ADD, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, link->id);
    stmt_text(stmt, 2, token_hash);
    stmt_int(stmt, 3, link->purpose);
    stmt_int(stmt, 4, link->subject_id);
    stmt_id(stmt, 5, link->person_id);
    stmt_text(stmt, 6, link->email);
    stmt_text(stmt, 7, link->payload);
    stmt_text(stmt, 8, link->lang);
    stmt_int(stmt, 9, link->created_at);
    stmt_int(stmt, 10, link->expires_at);
    stmt_text(stmt, 11, link->address_hash);
    return stmt_run(stmt, NULL, err);
}

err_code links_find(struct db *db, struct arena *arena, const char *token_hash,
                    struct link *out, struct err *err)
{
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, QUERY_LINK_FIND, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, token_hash);
    code = stmt_next(stmt, &has_row, err);
    if (code != ERR_NONE)
        return code;
    if (!has_row)
        return err_set(err, ERR_NOT_FOUND, "there is no such link");
    *out = (struct link){.id = row_int(stmt, 0),
                         .purpose = (enum link_purpose)row_int(stmt, 1),
                         .subject_id = row_int(stmt, 2),
                         .person_id = row_int(stmt, 3),
                         .email = row_text(stmt, 4, arena),
                         .payload = row_text(stmt, 5, arena),
                         .lang = row_text(stmt, 6, arena),
                         .created_at = row_int(stmt, 7),
                         .expires_at = row_int(stmt, 8),
                         .used_at = row_int(stmt, 9)};
    stmt_end(stmt);
    return out->lang ? ERR_NONE : err_set(err, ERR_MEMORY, "no room for a link");
}

err_code links_use(struct db *db, int64_t id, int64_t now, bool *was_good,
                   struct err *err)
{
    struct stmt *stmt;
    int64_t changed = 0;
    err_code code = db_query(db, QUERY_LINK_USE, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_int(stmt, 2, now);
    code = stmt_run(stmt, &changed, err);
    *was_good = changed == 1;
    return code;
}

err_code links_count(struct db *db, const char *email, const char *address_hash,
                     int64_t since, int64_t *of_email, int64_t *of_address,
                     struct err *err)
{
    err_code code =
        rows_count_since(db, QUERY_LINK_COUNT_EMAIL, email, since, of_email, err);

    return code == ERR_NONE ? rows_count_since(db, QUERY_LINK_COUNT_ADDRESS, address_hash,
                                               since, of_address, err)
                            : code;
}

err_code links_revoke(struct db *db, enum link_purpose purpose, int64_t person_id,
                      int64_t subject_id, struct err *err)
{
    const int64_t parameters[] = {purpose, person_id, subject_id};

    return rows_run(db, QUERY_LINK_REVOKE, parameters, 3, err);
}

err_code links_forget(struct db *db, int64_t before, struct err *err)
{
    return rows_run(db, QUERY_LINK_FORGET, &before, 1, err);
}

err_code links_revoke_all(struct db *db, enum link_purpose purpose, struct err *err)
{
    const int64_t number = purpose;

    return rows_run(db, QUERY_LINK_REVOKE_ALL, &number, 1, err);
}

err_code links_count_purpose(struct db *db, const char *email, enum link_purpose purpose,
                             int64_t since, int64_t *count, struct err *err)
{
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, QUERY_LINK_COUNT_PURPOSE, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, email);
    stmt_int(stmt, 2, since);
    stmt_int(stmt, 3, purpose);
    code = stmt_next(stmt, &has_row, err);
    if (code != ERR_NONE)
        return code;
    *count = row_int(stmt, 0);
    stmt_end(stmt);
    return ERR_NONE;
}

err_code links_waiting(struct db *db, enum link_purpose purpose, int64_t subject_id,
                       int64_t now, int64_t *count, struct err *err)
{
    const int64_t parameters[] = {purpose, subject_id, now};

    return rows_number(db, QUERY_LINK_WAITING, parameters, 3, 0, count, err);
}
