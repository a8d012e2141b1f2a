/* Marking what the gaps must count anew. */
#include "store/gap_marks.h"

#include "store/rows.h"

err_code gap_mark_all(struct db *db, struct err *err)
{
    return rows_run(db, QUERY_GAP_MARK_ALL, NULL, 0, err);
}

/* True when everything is to be counted anyhow: a directory that comes in marks nothing
 * more. */
static err_code all_again(struct db *db, bool *all, struct err *err)
{
    struct stmt *stmt;
    int64_t changed = 0;
    err_code code = db_query(db, QUERY_GAP_MARK_ALL_AGAIN, &stmt, err);

    if (code == ERR_NONE)
        code = stmt_run(stmt, &changed, err);
    *all = changed > 0;
    return code;
}

static err_code mark(struct db *db, enum query query, const int64_t *ids, int count,
                     struct err *err)
{
    bool all = false;
    err_code code = all_again(db, &all, err);

    return code == ERR_NONE && !all ? rows_run(db, query, ids, count, err) : code;
}

err_code gap_mark(struct db *db, enum thing thing, int64_t id, struct err *err)
{
    switch (thing) {
    case THING_PERSON:
        return id ? mark(db, QUERY_GAP_MARK_PERSON, &id, 1, err) : gap_mark_all(db, err);
    case THING_NEED:
        return id ? mark(db, QUERY_GAP_MARK_NEED, &id, 1, err) : gap_mark_all(db, err);
    case THING_SKILL:
        return id ? mark(db, QUERY_GAP_MARK_SKILL, &id, 1, err) : gap_mark_all(db, err);
    case THING_SESSION: /* many at once serve needs that are marked by themselves */
        return id ? mark(db, QUERY_GAP_MARK_SESSION, &id, 1, err) : ERR_NONE;
    default:
        return ERR_NONE;
    }
}

err_code gap_mark_asked(struct db *db, int64_t asker_id, int64_t need_id, struct err *err)
{
    const int64_t parameters[] = {asker_id, need_id};

    return mark(db, QUERY_GAP_MARK_ASKED, parameters, 2, err);
}
