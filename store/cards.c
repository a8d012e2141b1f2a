/* What is noted about cards beside the cards themselves. */
#include "store/cards.h"

#include "store/change.h"
#include "store/links.h"
#include "store/rows.h"

err_code consents_add(struct db *db, const struct consent *consent, int64_t now,
                      struct err *err)
{
    struct stmt *stmt;
    int64_t id;
    err_code code = rows_next_id(db, "consent", &id, err);

    if (code == ERR_NONE)
        code = db_query(db, QUERY_CONSENT_ADD, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_int(stmt, 2, consent->person_id);
    stmt_text(stmt, 3, consent->kind);
    stmt_int(stmt, 4, consent->is_given);
    stmt_text(stmt, 5, consent->text_version);
    stmt_text(stmt, 6, consent->actor);
    stmt_int(stmt, 7, now);
    return stmt_run(stmt, NULL, err);
}

err_code cards_invited(struct db *db, int64_t person_id, int64_t now, bool *was_due,
                       struct err *err)
{
    struct stmt *stmt;
    int64_t changed = 0;
    err_code code = db_query(db, QUERY_CARD_INVITE, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, person_id);
    stmt_int(stmt, 2, now);
    code = stmt_run(stmt, &changed, err);
    *was_due = changed == 1;
    return code == ERR_NONE && changed
               ? change_note(db, THING_PERSON, person_id, now, err)
               : code;
}

err_code cards_asked(struct db *db, int64_t person_id, int64_t now, struct err *err)
{
    const int64_t parameters[] = {person_id, now};
    err_code code = rows_run(db, QUERY_CARD_ASK, parameters, 2, err);

    return code == ERR_NONE ? change_note(db, THING_MAIL, person_id, now, err) : code;
}

err_code cards_asked_at(struct db *db, int64_t person_id, int64_t *at, struct err *err)
{
    return rows_number(db, QUERY_CARD_ASKED_AT, &person_id, 1, 0, at, err);
}

err_code cards_to_remind(struct db *db, struct arena *arena, int64_t from, int64_t to,
                         size_t most, int64_t **ids, size_t *count, struct err *err)
{
    const int64_t parameters[] = {to, from, (int64_t)most};

    return rows_ids(db, arena, QUERY_CARD_REMIND_DUE, parameters, 3, ids, count, err);
}

err_code cards_to_confirm(struct db *db, struct arena *arena, const int64_t ages_s[3],
                          int64_t now, size_t most, int64_t **ids, size_t *count,
                          struct err *err)
{
    const int64_t parameters[] = {ages_s[0],     ages_s[1], ages_s[2],
                                  (int64_t)most, now,       now - CARDS_SETTLED_S};

    return rows_ids(db, arena, QUERY_CARD_CONFIRM_DUE, parameters, 6, ids, count, err);
}

err_code cards_links_move(struct db *db, int64_t from, int64_t to, struct err *err)
{
    const int64_t parameters[] = {from, to, LINK_CARD};

    return rows_run(db, QUERY_CARD_LINKS_MOVE, parameters, 3, err);
}

err_code cards_structure(struct db *db, int64_t person_id, int64_t *structure_id,
                         struct err *err)
{
    return rows_number(db, QUERY_CARD_STRUCTURE, &person_id, 1, 0, structure_id, err);
}
