/* Accounts, asked-for links and signed-in browsers. */
#include "store/accounts.h"

#include "store/change.h"
#include "store/rows.h"

#include <string.h>

enum { LOGIN_KEPT_S = 24 * 3600 };

/* Runs a statement with texts after one number: $1 number, $2 …. */
static err_code run_texts(struct db *db, enum query query, int64_t number,
                          const char *const *texts, int text_count,
                          const int64_t *numbers, int number_count, struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, query, &stmt, err);
    int place = 1;

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, place++, number);
    for (int i = 0; i < text_count; i++)
        stmt_text(stmt, place++, texts[i]);
    for (int i = 0; i < number_count; i++)
        stmt_int(stmt, place++, numbers[i]);
    return stmt_run(stmt, NULL, err);
}

err_code logins_add(struct db *db, const struct login *login, struct err *err)
{
    const char *const texts[] = {login->email,        login->lang,
                                 login->token_hash,   login->code_hash,
                                 login->browser_hash, login->address_hash};
    const int64_t numbers[] = {login->created_at, login->expires_at};
    int64_t id;
    err_code code = rows_next_id(db, "login", &id, err);

    if (code == ERR_NONE)
        code = run_texts(db, QUERY_LOGIN_ADD, id, texts, 6, numbers, 2, err);
    return code == ERR_NONE ? change_note(db, THING_ACCOUNT, id, login->created_at, err)
                            : code;
}

err_code logins_count(struct db *db, const char *email, const char *address_hash,
                      int64_t since, int64_t *of_email, int64_t *of_address,
                      struct err *err)
{
    err_code code =
        rows_count_since(db, QUERY_LOGIN_COUNT_EMAIL, email, since, of_email, err);

    return code == ERR_NONE ? rows_count_since(db, QUERY_LOGIN_COUNT_ADDRESS,
                                               address_hash, since, of_address, err)
                            : code;
}

static err_code find_login(struct db *db, struct arena *arena, enum query query,
                           const char *hash, struct login *out, struct err *err)
{
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, query, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, hash);
    code = stmt_next(stmt, &has_row, err);
    if (code != ERR_NONE)
        return code;
    if (!has_row)
        return err_set(err, ERR_NOT_FOUND, "there is no such link");
    *out = (struct login){.id = row_int(stmt, 0),
                          .email = row_text(stmt, 1, arena),
                          .lang = row_text(stmt, 2, arena),
                          .code_hash = row_text(stmt, 3, arena),
                          .browser_hash = row_text(stmt, 4, arena),
                          .expires_at = row_int(stmt, 5),
                          .tries = row_int(stmt, 6),
                          .used_at = row_int(stmt, 7)};
    stmt_end(stmt);
    return out->email && out->lang && out->code_hash && out->browser_hash
               ? ERR_NONE
               : err_set(err, ERR_MEMORY, "no room for a link");
}

err_code logins_find(struct db *db, struct arena *arena, const char *token_hash,
                     struct login *out, struct err *err)
{
    return find_login(db, arena, QUERY_LOGIN_BY_TOKEN, token_hash, out, err);
}

err_code logins_of_browser(struct db *db, struct arena *arena, const char *browser_hash,
                           struct login *out, struct err *err)
{
    return find_login(db, arena, QUERY_LOGIN_OF_BROWSER, browser_hash, out, err);
}

err_code logins_use(struct db *db, int64_t id, int64_t now, bool *was_good,
                    struct err *err)
{
    struct stmt *stmt;
    int64_t changed = 0;
    err_code code = db_query(db, QUERY_LOGIN_USE, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_int(stmt, 2, now);
    code = stmt_run(stmt, &changed, err);
    *was_good = changed == 1;
    return code;
}

err_code logins_tried(struct db *db, int64_t id, int64_t now, struct err *err)
{
    err_code code = rows_run(db, QUERY_LOGIN_TRIED, &id, 1, err);

    return code == ERR_NONE ? change_note(db, THING_ACCOUNT, id, now, err) : code;
}

err_code accounts_come_in(struct db *db, const char *email, const char *lang, int64_t now,
                          int64_t *id, struct err *err)
{
    const char *const texts[] = {email, lang};
    struct stmt *stmt;
    err_code code = rows_number_by_text(db, QUERY_ACCOUNT_BY_EMAIL, email, id, err);

    if (code == ERR_NONE && *id) {
        code = db_query(db, QUERY_ACCOUNT_SEEN, &stmt, err);
        if (code != ERR_NONE)
            return code;
        stmt_int(stmt, 1, *id);
        stmt_int(stmt, 2, now);
        stmt_text(stmt, 3, lang);
        code = stmt_run(stmt, NULL, err);
    } else if (code == ERR_NONE) {
        code = rows_next_id(db, "account", id, err);
        if (code == ERR_NONE)
            code = run_texts(db, QUERY_ACCOUNT_ADD, *id, texts, 2, &now, 1, err);
    }
    return code == ERR_NONE ? change_note(db, THING_ACCOUNT, *id, now, err) : code;
}

err_code accounts_make(struct db *db, const char *email, const char *lang, int64_t now,
                       int64_t *id, struct err *err)
{
    const char *const texts[] = {email, lang};
    int64_t found = 0;
    err_code code = rows_number_by_text(db, QUERY_ACCOUNT_BY_EMAIL, email, &found, err);

    if (code == ERR_NONE && !found) {
        code = rows_next_id(db, "account", &found, err);
        if (code == ERR_NONE)
            code = run_texts(db, QUERY_ACCOUNT_MAKE, found, texts, 2, &now, 1, err);
        if (code == ERR_NONE)
            code = change_note(db, THING_ACCOUNT, found, now, err);
    }
    if (code == ERR_NONE)
        *id = found;
    return code;
}

err_code accounts_find(struct db *db, struct arena *arena, const char *email,
                       struct account *out, struct err *err)
{
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, QUERY_ACCOUNT_BY_EMAIL, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, email);
    code = stmt_next(stmt, &has_row, err);
    if (code != ERR_NONE)
        return code;
    *out = (struct account){.id = 0};
    if (!has_row)
        return ERR_NONE;
    *out = (struct account){.id = row_int(stmt, 0),
                            .email = row_text(stmt, 1, arena),
                            .lang = row_text(stmt, 2, arena),
                            .created_at = row_int(stmt, 3),
                            .seen_at = row_int(stmt, 4),
                            .person_id = row_int(stmt, 5)};
    stmt_end(stmt);
    return out->email && out->lang ? ERR_NONE
                                   : err_set(err, ERR_MEMORY, "no room for an account");
}

err_code accounts_set_person(struct db *db, int64_t id, int64_t person_id, int64_t now,
                             struct err *err)
{
    const int64_t parameters[] = {id, person_id};
    err_code code = rows_run(db, QUERY_ACCOUNT_PERSON, parameters, 2, err);

    return code == ERR_NONE ? change_note(db, THING_ACCOUNT, id, now, err) : code;
}

err_code signed_in_add(struct db *db, int64_t account_id, const char *token_hash,
                       const char *device, int64_t now, int64_t expires_at,
                       struct err *err)
{
    struct stmt *stmt;
    int64_t id;
    err_code code = rows_next_id(db, "signed_in", &id, err);

    if (code == ERR_NONE)
        code = db_query(db, QUERY_SIGNED_IN_ADD, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_int(stmt, 2, account_id);
    stmt_text(stmt, 3, token_hash);
    stmt_text(stmt, 4, device);
    stmt_int(stmt, 5, now);
    stmt_int(stmt, 6, expires_at);
    return stmt_run(stmt, NULL, err);
}

err_code signed_in_find(struct db *db, struct arena *arena, const char *token_hash,
                        int64_t now, struct signed_in *out, struct account *account,
                        struct err *err)
{
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, QUERY_SIGNED_IN_BY_TOKEN, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, token_hash);
    stmt_int(stmt, 2, now);
    code = stmt_next(stmt, &has_row, err);
    if (code != ERR_NONE)
        return code;
    if (!has_row)
        return err_set(err, ERR_NOT_FOUND, "nobody came in with this cookie");
    *out = (struct signed_in){.id = row_int(stmt, 0), .seen_at = row_int(stmt, 1)};
    *account = (struct account){.id = row_int(stmt, 2),
                                .email = row_text(stmt, 3, arena),
                                .lang = row_text(stmt, 4, arena),
                                .created_at = row_int(stmt, 5),
                                .seen_at = row_int(stmt, 6),
                                .person_id = row_int(stmt, 7)};
    stmt_end(stmt);
    return account->email && account->lang
               ? ERR_NONE
               : err_set(err, ERR_MEMORY, "no room for an account");
}

err_code signed_in_seen(struct db *db, int64_t id, int64_t now, int64_t expires_at,
                        struct err *err)
{
    const int64_t parameters[] = {id, now, expires_at};
    err_code code = rows_run(db, QUERY_SIGNED_IN_SEEN, parameters, 3, err);

    return code == ERR_NONE ? change_note(db, THING_ACCOUNT, id, now, err) : code;
}

err_code signed_in_list(struct db *db, struct arena *arena, int64_t account_id,
                        int64_t now, struct signed_in **out, size_t *count,
                        struct err *err)
{
    struct signed_in *list = NULL;
    size_t capacity = 0;
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, QUERY_SIGNED_IN_LIST, &stmt, err);

    *count = 0;
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, account_id);
    stmt_int(stmt, 2, now);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        list = arena_grow(arena, list, *count, &capacity, sizeof *list);
        if (!list) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for the browsers of an account");
        }
        list[(*count)++] = (struct signed_in){.id = row_int(stmt, 0),
                                              .device = row_text(stmt, 1, arena),
                                              .created_at = row_int(stmt, 2),
                                              .seen_at = row_int(stmt, 3)};
    }
    *out = list;
    return code;
}

err_code signed_in_end(struct db *db, int64_t account_id, int64_t id, int64_t now,
                       struct err *err)
{
    struct stmt *stmt;
    int64_t changed = 0;
    err_code code = db_query(db, QUERY_SIGNED_IN_END, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_int(stmt, 2, account_id);
    code = stmt_run(stmt, &changed, err);
    if (code == ERR_NONE && !changed)
        return err_set(err, ERR_NOT_FOUND, "there is no such browser");
    return code == ERR_NONE ? change_note(db, THING_ACCOUNT, account_id, now, err) : code;
}

err_code accounts_tidy(struct db *db, int64_t now, struct err *err)
{
    const int64_t before = now - LOGIN_KEPT_S;
    err_code code = rows_run(db, QUERY_LOGIN_FORGET, &before, 1, err);

    if (code == ERR_NONE)
        code = rows_run(db, QUERY_SIGNED_IN_FORGET, &now, 1, err);
    return code == ERR_NONE ? change_note(db, THING_ACCOUNT, 1, now, err) : code;
}
