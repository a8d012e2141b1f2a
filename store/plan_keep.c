/* The last plan of each pole. */
#include "store/plan_keep.h"

#include "store/change.h"
#include "store/rows.h"

static err_code read_plan(struct db *db, int64_t pole_id, struct kept_plan *out,
                          struct err *err)
{
    struct stmt *stmt;
    bool has_row = false;
    err_code code = db_query(db, QUERY_PLAN_KEEP_GET, &stmt, err);

    *out = (struct kept_plan){.pole_id = pole_id};
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, pole_id);
    code = stmt_next(stmt, &has_row, err);
    if (code != ERR_NONE || !has_row)
        return code;
    out->weeks = row_int(stmt, 0);
    out->asked = row_int(stmt, 1);
    out->answered = row_int(stmt, 2);
    out->asked_at = row_int(stmt, 3);
    out->made_at = row_int(stmt, 4);
    out->is_weekly = row_int(stmt, 5) != 0;
    out->is_failed = row_int(stmt, 6) != 0;
    out->worth = row_int(stmt, 7);
    out->bound = row_int(stmt, 8);
    out->kept = row_int(stmt, 9);
    out->unqualified = row_int(stmt, 10);
    out->trainers = row_int(stmt, 11);
    out->dates = row_int(stmt, 12);
    stmt_end(stmt);
    return ERR_NONE;
}

static void read_session(struct stmt *stmt, struct arena *arena, void *item)
{
    *(struct kept_session *)item =
        (struct kept_session){.position = (int)row_int(stmt, 0),
                              .skill_id = row_int(stmt, 1),
                              .level = (int)row_int(stmt, 2),
                              .seats = (int)row_int(stmt, 3),
                              .starts_at = row_int(stmt, 4),
                              .ends_at = row_int(stmt, 5),
                              .room_id = row_int(stmt, 6),
                              .commune = row_text(stmt, 7, arena),
                              .trainer_id = row_int(stmt, 8),
                              .trainer_level = (int)row_int(stmt, 9),
                              .times_left = (int)row_int(stmt, 10),
                              .second_id = row_int(stmt, 11),
                              .session_id = row_int(stmt, 12)};
}

static err_code read_sessions(struct db *db, struct arena *arena, struct kept_plan *out,
                              struct err *err)
{
    struct rows rows = {
        .arena = arena, .size = sizeof(struct kept_session), .read = read_session};
    err_code code = rows_all(&rows, db, QUERY_PLAN_KEEP_SESSIONS, &out->pole_id, 1, err);

    out->sessions = (struct kept_session *)(void *)rows.items;
    out->session_count = rows.count;
    return code;
}

static void read_need(struct stmt *stmt, struct arena *arena, void *item)
{
    *(struct kept_need *)item = (struct kept_need){.need_id = row_int(stmt, 0),
                                                   .person_id = row_int(stmt, 1),
                                                   .skill_id = row_int(stmt, 2),
                                                   .position = (int)row_int(stmt, 3),
                                                   .reason = (int)row_int(stmt, 4),
                                                   .name = row_text(stmt, 5, arena)};
}

static err_code read_needs(struct db *db, struct arena *arena, struct kept_plan *out,
                           struct err *err)
{
    struct rows rows = {
        .arena = arena, .size = sizeof(struct kept_need), .read = read_need};
    err_code code = rows_all(&rows, db, QUERY_PLAN_KEEP_NEEDS, &out->pole_id, 1, err);

    out->needs = (struct kept_need *)(void *)rows.items;
    out->need_count = rows.count;
    return code;
}

err_code plan_keep_get(struct db *db, struct arena *arena, int64_t pole_id,
                       struct kept_plan *out, struct err *err)
{
    err_code code = db_read_begin(db, err); /* a plan is put while others look */

    if (code != ERR_NONE)
        return code;
    code = read_plan(db, pole_id, out, err);
    if (code == ERR_NONE)
        code = read_sessions(db, arena, out, err);
    if (code == ERR_NONE)
        code = read_needs(db, arena, out, err);
    db_read_end(db);
    return code;
}

static err_code noted(struct db *db, err_code code, int64_t now, struct err *err)
{
    return code == ERR_NONE ? change_note(db, THING_ACCOUNT, 0, now, err) : code;
}

err_code plan_keep_ask(struct db *db, int64_t pole_id, int64_t weeks, int64_t now,
                       struct err *err)
{
    const int64_t parameters[] = {pole_id, weeks, now};

    return noted(db, rows_run(db, QUERY_PLAN_KEEP_ASK, parameters, 3, err), now, err);
}

err_code plan_keep_due(struct db *db, int64_t due_at, int64_t *count, struct err *err)
{
    return rows_number(db, QUERY_PLAN_KEEP_DUE, &due_at, 1, 0, count, err);
}

err_code plan_keep_ask_weekly(struct db *db, int64_t due_at, int64_t weeks, int64_t now,
                              struct err *err)
{
    const int64_t parameters[] = {due_at, weeks, now};

    return noted(db, rows_run(db, QUERY_PLAN_KEEP_ASK_WEEKLY, parameters, 3, err), now,
                 err);
}

err_code plan_keep_next(struct db *db, struct kept_plan *out, struct err *err)
{
    struct stmt *stmt;
    bool has_row = false;
    err_code code = db_query(db, QUERY_PLAN_KEEP_NEXT, &stmt, err);

    *out = (struct kept_plan){.pole_id = 0};
    if (code == ERR_NONE)
        code = stmt_next(stmt, &has_row, err);
    if (code != ERR_NONE || !has_row)
        return code;
    out->pole_id = row_int(stmt, 0);
    out->weeks = row_int(stmt, 1);
    out->asked = row_int(stmt, 2);
    stmt_end(stmt);
    return ERR_NONE;
}

static err_code put_session(struct db *db, int64_t pole_id,
                            const struct kept_session *session, struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_PLAN_KEEP_SESSION, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, pole_id);
    stmt_int(stmt, 2, session->position);
    stmt_id(stmt, 3, session->skill_id > 0 ? session->skill_id : 0);
    stmt_int(stmt, 4, session->level);
    stmt_int(stmt, 5, session->seats);
    stmt_int(stmt, 6, session->starts_at);
    stmt_int(stmt, 7, session->ends_at);
    stmt_id(stmt, 8, session->room_id);
    stmt_text(stmt, 9, session->commune);
    stmt_id(stmt, 10, session->trainer_id);
    stmt_int(stmt, 11, session->trainer_level);
    stmt_int(stmt, 12, session->times_left);
    stmt_id(stmt, 13, session->second_id);
    stmt_id(stmt, 14, session->skill_id < 0 ? -session->skill_id : 0);
    return stmt_run(stmt, NULL, err);
}

static err_code put_need(struct db *db, int64_t pole_id, const struct kept_need *need,
                         struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_PLAN_KEEP_NEED, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, pole_id);
    stmt_int(stmt, 2, need->need_id);
    stmt_id(stmt, 3, need->person_id);
    stmt_id(stmt, 4, need->skill_id > 0 ? need->skill_id : 0);
    stmt_int(stmt, 5, need->position);
    stmt_int(stmt, 6, need->reason);
    stmt_id(stmt, 7, need->skill_id < 0 ? -need->skill_id : 0);
    return stmt_run(stmt, NULL, err);
}

static err_code put_plan(struct db *db, const struct kept_plan *plan, struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_PLAN_KEEP_PUT, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, plan->pole_id);
    stmt_int(stmt, 2, plan->asked);
    stmt_int(stmt, 3, plan->made_at);
    stmt_int(stmt, 4, plan->worth);
    stmt_int(stmt, 5, plan->bound);
    stmt_int(stmt, 6, plan->kept);
    stmt_int(stmt, 7, plan->unqualified);
    stmt_int(stmt, 8, plan->trainers);
    stmt_int(stmt, 9, plan->dates);
    return stmt_run(stmt, NULL, err);
}

err_code plan_keep_put(struct db *db, const struct kept_plan *plan, int64_t now,
                       struct err *err)
{
    err_code code = put_plan(db, plan, err);

    if (code == ERR_NONE)
        code = rows_run(db, QUERY_PLAN_KEEP_NO_SESSIONS, &plan->pole_id, 1, err);
    if (code == ERR_NONE)
        code = rows_run(db, QUERY_PLAN_KEEP_NO_NEEDS, &plan->pole_id, 1, err);
    for (size_t i = 0; code == ERR_NONE && i < plan->session_count; i++)
        code = put_session(db, plan->pole_id, &plan->sessions[i], err);
    for (size_t i = 0; code == ERR_NONE && i < plan->need_count; i++)
        code = put_need(db, plan->pole_id, &plan->needs[i], err);
    return noted(db, code, now, err);
}

err_code plan_keep_fail(struct db *db, const struct kept_plan *plan, int64_t now,
                        struct err *err)
{
    const int64_t parameters[] = {plan->pole_id, plan->asked};

    return noted(db, rows_run(db, QUERY_PLAN_KEEP_FAIL, parameters, 2, err), now, err);
}

err_code plan_keep_waiting(struct db *db, int64_t pole_id, int64_t now, int64_t *count,
                           struct err *err)
{
    const int64_t parameters[] = {pole_id, now};

    return rows_number(db, QUERY_PLAN_KEEP_WAITING, parameters, 2, 0, count, err);
}

static void read_news(struct stmt *stmt, struct arena *arena, void *item)
{
    *(struct kept_news *)item = (struct kept_news){.waiting = row_int(stmt, 0),
                                                   .key = row_text(stmt, 1, arena),
                                                   .name = row_text(stmt, 2, arena)};
}

err_code plan_keep_news(struct db *db, struct arena *arena, int64_t person_id,
                        int64_t since, int64_t now, struct kept_news **out, size_t *count,
                        struct err *err)
{
    const int64_t parameters[] = {person_id, since, now};
    struct rows rows = {
        .arena = arena, .size = sizeof(struct kept_news), .read = read_news};
    err_code code = rows_all(&rows, db, QUERY_PLAN_KEEP_NEWS, parameters, 3, err);

    *out = (struct kept_news *)(void *)rows.items;
    *count = rows.count;
    return code;
}
