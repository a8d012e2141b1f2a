/* Mails that wait to leave. */
#include "store/outbox.h"

#include "store/change.h"
#include "store/rows.h"

enum { SENT_KEPT_S = 30 * 24 * 3600 };

err_code outbox_add(struct db *db, struct outbox_mail *mail, int64_t now, struct err *err)
{
    struct stmt *stmt;
    err_code code = rows_next_id(db, "outbox", &mail->id, err);

    if (code == ERR_NONE)
        code = db_query(db, QUERY_OUTBOX_ADD, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, mail->id);
    stmt_text(stmt, 2, mail->recipient);
    stmt_text(stmt, 3, mail->template);
    stmt_text(stmt, 4, mail->content);
    stmt_int(stmt, 5, now);
    code = stmt_run(stmt, NULL, err);
    return code == ERR_NONE ? change_note(db, THING_MAIL, mail->id, now, err) : code;
}

err_code outbox_next(struct db *db, struct arena *arena, int64_t now,
                     struct outbox_mail *out, bool *has_one, struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_OUTBOX_NEXT, &stmt, err);

    *has_one = false;
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, now);
    stmt_int(stmt, 2, OUTBOX_TRIES_MOST);
    code = stmt_next(stmt, has_one, err);
    if (code != ERR_NONE || !*has_one)
        return code;
    *out = (struct outbox_mail){.id = row_int(stmt, 0),
                                .recipient = row_text(stmt, 1, arena),
                                .template = row_text(stmt, 2, arena),
                                .content = row_text(stmt, 3, arena),
                                .created_at = row_int(stmt, 4),
                                .tries = row_int(stmt, 5)};
    stmt_end(stmt);
    return out->recipient && out->template && out->content
               ? ERR_NONE
               : err_set(err, ERR_MEMORY, "no room for a mail");
}

err_code outbox_sent(struct db *db, int64_t id, int64_t now, struct err *err)
{
    const int64_t parameters[] = {id, now};
    err_code code = rows_run(db, QUERY_OUTBOX_SENT, parameters, 2, err);

    return code == ERR_NONE ? change_note(db, THING_MAIL, id, now, err) : code;
}

err_code outbox_forget(struct db *db, int64_t now, struct err *err)
{
    const int64_t before = now - SENT_KEPT_S;

    return rows_run(db, QUERY_OUTBOX_FORGET, &before, 1, err);
}

err_code outbox_failed(struct db *db, int64_t id, int64_t again_at, const char *reason,
                       int64_t now, struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_OUTBOX_FAILED, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_int(stmt, 2, again_at);
    stmt_text(stmt, 3, reason);
    code = stmt_run(stmt, NULL, err);
    return code == ERR_NONE ? change_note(db, THING_MAIL, id, now, err) : code;
}
