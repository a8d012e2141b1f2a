/* Records of collective fundings. */
#include "store/fundings.h"

#include "store/rows.h"

#include <inttypes.h>

err_code fundings_add(struct db *db, struct funding *funding, int64_t created_by,
                      int64_t now, struct err *err)
{
    struct stmt *stmt;
    err_code code = rows_next_id(db, "funding", &funding->id, err);

    if (code == ERR_NONE)
        code = db_query(db, QUERY_FUNDING_ADD, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, funding->id);
    stmt_int(stmt, 2, funding->pole_id);
    stmt_id(stmt, 3, funding->skill_id > 0 ? funding->skill_id : 0);
    stmt_text(stmt, 4, funding->title);
    stmt_int(stmt, 5, funding->cost);
    stmt_int(stmt, 6, funding->least);
    stmt_int(stmt, 7, funding->deadline_at);
    stmt_int(stmt, 8, now);
    stmt_id(stmt, 9, created_by);
    stmt_int(stmt, 10, funding->hours);
    stmt_id(stmt, 11, funding->skill_id < 0 ? -funding->skill_id : 0);
    return stmt_run(stmt, NULL, err);
}

err_code fundings_get(struct db *db, struct arena *arena, int64_t id, struct funding *out,
                      struct err *err)
{
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, QUERY_FUNDING_GET, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    code = stmt_next(stmt, &has_row, err);
    if (code != ERR_NONE)
        return code;
    if (!has_row)
        return err_set(err, ERR_NOT_FOUND, "there is no funding %" PRId64, id);
    *out = (struct funding){.id = row_int(stmt, 0),
                            .pole_id = row_int(stmt, 1),
                            .skill_id = row_int(stmt, 2),
                            .title = row_text(stmt, 3, arena),
                            .cost = row_int(stmt, 4),
                            .least = row_int(stmt, 5),
                            .deadline_at = row_int(stmt, 6),
                            .state = (enum funding_state)row_int(stmt, 7),
                            .hours = row_int(stmt, 8)};
    stmt_end(stmt);
    return arena_failed(arena) ? err_set(err, ERR_MEMORY, "no room for a funding")
                               : ERR_NONE;
}

err_code fundings_of(struct db *db, struct arena *arena, int64_t pole_id, int64_t **ids,
                     size_t *count, struct err *err)
{
    return rows_ids(db, arena, QUERY_FUNDING_IDS_OF, &pole_id, 1, ids, count, err);
}

static void read_pledge(struct stmt *stmt, struct arena *arena, void *item)
{
    *(struct funding_pledge *)item =
        (struct funding_pledge){.person_id = row_int(stmt, 0),
                                .structure_id = row_int(stmt, 1),
                                .amount = row_int(stmt, 2),
                                .comes = row_int(stmt, 3) != 0,
                                .name = row_text(stmt, 4, arena),
                                .email = row_text(stmt, 5, arena),
                                .lang = row_text(stmt, 6, arena)};
}

err_code fundings_pledges(struct db *db, struct arena *arena, int64_t id,
                          struct funding_pledge **out, size_t *count, struct err *err)
{
    struct rows rows = {
        .arena = arena, .size = sizeof(struct funding_pledge), .read = read_pledge};
    err_code code = rows_all(&rows, db, QUERY_FUNDING_PLEDGES, &id, 1, err);

    *out = (struct funding_pledge *)(void *)rows.items;
    *count = rows.count;
    return code;
}

err_code fundings_pledge(struct db *db, int64_t id, const struct funding_pledge *pledge,
                         int64_t now, struct err *err)
{
    const int64_t own[] = {id, pledge->person_id, 0};
    const int64_t structure[] = {id, pledge->structure_id};
    struct stmt *stmt;
    int64_t pledge_id = 0;
    err_code code = pledge->structure_id
                        ? rows_run(db, QUERY_FUNDING_STRUCTURE_DROP, structure, 2, err)
                        : rows_run(db, QUERY_FUNDING_PLEDGE_DROP, own, 3, err);

    if (code != ERR_NONE || (!pledge->amount && !pledge->comes))
        return code;
    code = rows_next_id(db, "funding_pledge", &pledge_id, err);
    if (code == ERR_NONE)
        code = db_query(db, QUERY_FUNDING_PLEDGE_ADD, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, pledge_id);
    stmt_int(stmt, 2, id);
    stmt_int(stmt, 3, pledge->person_id);
    stmt_id(stmt, 4, pledge->structure_id);
    stmt_int(stmt, 5, pledge->amount);
    stmt_int(stmt, 6, pledge->comes);
    stmt_int(stmt, 7, now);
    return stmt_run(stmt, NULL, err);
}

err_code fundings_end(struct db *db, int64_t id, enum funding_state state,
                      struct err *err)
{
    const int64_t parameters[] = {id, (int64_t)state};

    return rows_run(db, QUERY_FUNDING_END, parameters, 2, err);
}

static void read_asker(struct stmt *stmt, struct arena *arena, void *item)
{
    *(struct funding_asker *)item = (struct funding_asker){
        .email = row_text(stmt, 0, arena), .lang = row_text(stmt, 1, arena)};
}

err_code fundings_askers(struct db *db, struct arena *arena,
                         const struct funding *funding, int64_t but_id, int64_t now,
                         struct funding_asker **out, size_t *count, struct err *err)
{
    const int64_t parameters[] = {funding->skill_id, funding->pole_id, now, but_id};
    struct rows rows = {
        .arena = arena, .size = sizeof(struct funding_asker), .read = read_asker};
    err_code code = rows_all(&rows, db, QUERY_FUNDING_ASKERS, parameters, 4, err);

    *out = (struct funding_asker *)(void *)rows.items;
    *count = rows.count;
    return code;
}
