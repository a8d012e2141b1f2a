/* What an address wants by mail. */
#include "store/mail_settings.h"

#include "store/change.h"
#include "store/rows.h"

err_code mail_settings_get(struct db *db, const char *email, struct mail_setting *out,
                           struct err *err)
{
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, QUERY_MAIL_SETTING_FIND, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, email);
    code = stmt_next(stmt, &has_row, err);
    if (code != ERR_NONE)
        return code;
    *out = (struct mail_setting){.wants_digest = true};
    if (!has_row)
        return ERR_NONE;
    *out = (struct mail_setting){.wants_digest = row_int(stmt, 0) != 0,
                                 .digested_at = row_int(stmt, 1),
                                 .stopped_at = row_int(stmt, 2)};
    stmt_end(stmt);
    return ERR_NONE;
}

err_code mail_settings_put(struct db *db, const char *email,
                           const struct mail_setting *setting, int64_t now,
                           struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_MAIL_SETTING_PUT, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, email);
    stmt_int(stmt, 2, setting->wants_digest);
    stmt_id(stmt, 3, setting->digested_at);
    stmt_id(stmt, 4, setting->stopped_at);
    code = stmt_run(stmt, NULL, err);
    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, now, err) : code;
}
