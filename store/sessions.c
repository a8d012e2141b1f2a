/* Records of self-training sessions. */
#include "store/sessions.h"

#include "store/change.h"
#include "store/rows.h"

#include <inttypes.h>

enum { LIST_COUNT = 4 };

static void read_session(struct stmt *stmt, struct arena *arena, struct session *out)
{
    *out = (struct session){
        .id = row_int(stmt, 0),
        .external_id = row_text(stmt, 1, arena),
        .title = row_text(stmt, 2, arena),
        .about = row_text(stmt, 3, arena),
        .pole_id = row_int(stmt, 4),
        .structure_id = row_int(stmt, 5),
        .skill_id = row_int(stmt, 6),
        .level = (enum skill_level)row_int(stmt, 7),
        .format = (enum format)row_int(stmt, 8),
        .place = row_text(stmt, 9, arena),
        .commune = row_text(stmt, 10, arena),
        .is_online = row_int(stmt, 11) != 0,
        .seats = (int)row_int(stmt, 12),
        .threshold = (int)row_int(stmt, 13),
        .decide_at = row_int(stmt, 14),
        .state = (enum session_state)row_int(stmt, 15),
        .created_at = row_int(stmt, 16),
        .updated_at = row_int(stmt, 17),
        .version = row_int(stmt, 18),
    };
}

static void read_date(struct stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct session_date *)item = (struct session_date){
        .starts_at = row_int(stmt, 1),
        .ends_at = row_int(stmt, 2),
        .is_fixed = row_int(stmt, 3) != 0,
    };
}

static void read_registration(struct stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct registration *)item = (struct registration){
        .person_id = row_int(stmt, 1),
        .state = (enum registration_state)row_int(stmt, 2),
        .created_at = row_int(stmt, 3),
    };
}

static err_code read_lists(struct db *db, struct arena *arena, struct session *sessions,
                           size_t count, struct err *err)
{
    static const struct child_list lists[LIST_COUNT] = {
        {QUERY_SESSION_DATE_RANGE, sizeof(struct session_date), read_date},
        {QUERY_SESSION_TRAINER_RANGE, sizeof(int64_t), rows_read_id},
        {QUERY_SESSION_NEED_RANGE, sizeof(int64_t), rows_read_id},
        {QUERY_REGISTRATION_RANGE, sizeof(struct registration), read_registration},
    };
    int64_t *ids = arena_array(arena, count, sizeof *ids);
    struct child_span *spans[LIST_COUNT];
    void *items[LIST_COUNT];

    if (!ids)
        return err_set(err, ERR_MEMORY, "no room for %zu sessions", count);
    for (size_t i = 0; i < count; i++)
        ids[i] = sessions[i].id;
    for (int list = 0; list < LIST_COUNT; list++) {
        err_code code;
        spans[list] = arena_array(arena, count, sizeof **spans);
        if (!spans[list])
            return err_set(err, ERR_MEMORY, "no room for %zu sessions", count);
        code = rows_children(db, arena, &lists[list], ids, count, spans[list],
                             &items[list], err);
        if (code != ERR_NONE)
            return code;
    }
    for (size_t i = 0; i < count; i++) {
        sessions[i].dates = (struct session_date *)items[0] + spans[0][i].start;
        sessions[i].date_count = spans[0][i].count;
        sessions[i].trainer_ids = (int64_t *)items[1] + spans[1][i].start;
        sessions[i].trainer_count = spans[1][i].count;
        sessions[i].need_ids = (int64_t *)items[2] + spans[2][i].start;
        sessions[i].need_count = spans[2][i].count;
        sessions[i].registrations = (struct registration *)items[3] + spans[3][i].start;
        sessions[i].registration_count = spans[3][i].count;
    }
    return ERR_NONE;
}

static err_code read_range(struct db *db, struct arena *arena, const int64_t range[3],
                           struct session **out, size_t *count, struct err *err)
{
    struct stmt *stmt;
    struct session *sessions = NULL;
    size_t used = 0, capacity = 0;
    bool has_row;
    err_code code = db_query(db, QUERY_SESSION_RANGE, &stmt, err);

    if (code != ERR_NONE)
        return code;
    for (int i = 0; i < 3; i++)
        stmt_int(stmt, i + 1, range[i]);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        sessions = arena_grow(arena, sessions, used, &capacity, sizeof *sessions);
        if (!sessions) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for sessions");
        }
        read_session(stmt, arena, &sessions[used++]);
    }
    if (code == ERR_NONE)
        code = read_lists(db, arena, sessions, used, err);
    if (code == ERR_NONE && arena_failed(arena))
        code = err_set(err, ERR_MEMORY, "no room for sessions");
    if (code != ERR_NONE)
        return code;
    *out = sessions;
    *count = used;
    return ERR_NONE;
}

err_code sessions_get(struct db *db, struct arena *arena, int64_t id, struct session *out,
                      struct err *err)
{
    const int64_t range[3] = {id - 1, id, 1};
    struct session *found;
    size_t count;
    err_code code = read_range(db, arena, range, &found, &count, err);

    if (code != ERR_NONE)
        return code;
    if (count == 0)
        return err_set(err, ERR_NOT_FOUND, "there is no session %" PRId64, id);
    *out = found[0];
    return ERR_NONE;
}

err_code sessions_next(struct db *db, struct arena *arena, int64_t after_id, size_t most,
                       struct session **out, size_t *count, struct err *err)
{
    const int64_t range[3] = {after_id, INT64_MAX, (int64_t)most};

    return read_range(db, arena, range, out, count, err);
}

err_code sessions_count(struct db *db, int64_t *count, struct err *err)
{
    return rows_number(db, QUERY_SESSION_COUNT, NULL, 0, 0, count, err);
}

static err_code write_row(struct db *db, const struct session *session, bool is_new,
                          int64_t now, struct err *err)
{
    struct stmt *stmt;
    int64_t changed;
    err_code code =
        db_query(db, is_new ? QUERY_SESSION_ADD : QUERY_SESSION_CHANGE, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, session->id);
    stmt_text(stmt, 2, session->external_id);
    stmt_text(stmt, 3, session->title);
    stmt_text(stmt, 4, session->about);
    stmt_id(stmt, 5, session->pole_id);
    stmt_id(stmt, 6, session->structure_id);
    stmt_id(stmt, 7, session->skill_id);
    stmt_int(stmt, 8, session->level);
    stmt_int(stmt, 9, session->format);
    stmt_text(stmt, 10, session->place);
    stmt_text(stmt, 11, session->commune);
    stmt_int(stmt, 12, session->is_online);
    stmt_int(stmt, 13, session->seats);
    stmt_int(stmt, 14, session->threshold);
    stmt_id(stmt, 15, session->decide_at);
    stmt_int(stmt, 16, session->state);
    stmt_int(stmt, 17, session->created_at);
    stmt_int(stmt, 18, now);
    if (!is_new)
        stmt_int(stmt, 19, session->version);
    code = stmt_run(stmt, &changed, err);
    return code == ERR_NONE ? rows_changed_one(changed, "session", session->id, err)
                            : code;
}

static err_code write_lists(struct db *db, const struct session *session, int64_t now,
                            struct err *err)
{
    err_code code = rows_add_ids(db, QUERY_SESSION_TRAINER_ADD, session->id,
                                 session->trainer_ids, session->trainer_count, err);

    if (code == ERR_NONE)
        code = rows_add_ids(db, QUERY_SESSION_NEED_ADD, session->id, session->need_ids,
                            session->need_count, err);
    for (size_t i = 0; code == ERR_NONE && i < session->date_count; i++) {
        const struct session_date *date = &session->dates[i];
        const int64_t parameters[] = {session->id, (int64_t)i, date->starts_at,
                                      date->ends_at, date->is_fixed};
        code = rows_run(db, QUERY_SESSION_DATE_ADD, parameters, 5, err);
    }
    for (size_t i = 0; code == ERR_NONE && i < session->registration_count; i++) {
        const struct registration *one = &session->registrations[i];
        const int64_t parameters[] = {session->id, (int64_t)i, one->person_id, one->state,
                                      one->created_at ? one->created_at : now};
        code = rows_run(db, QUERY_REGISTRATION_ADD, parameters, 5, err);
    }
    return code;
}

static err_code drop_lists(struct db *db, int64_t id, struct err *err)
{
    static const enum query drops[] = {QUERY_SESSION_DATE_DROP,
                                       QUERY_SESSION_TRAINER_DROP,
                                       QUERY_SESSION_NEED_DROP, QUERY_REGISTRATION_DROP};
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < sizeof drops / sizeof drops[0]; i++)
        code = rows_run(db, drops[i], &id, 1, err);
    return code;
}

err_code sessions_save(struct db *db, struct session *session, int64_t now,
                       struct err *err)
{
    struct session saved = *session;
    bool is_new = session->id == 0;
    err_code code = ERR_NONE;

    if (is_new)
        code = rows_next_id(db, "session", &saved.id, err);
    saved.created_at = saved.created_at ? saved.created_at : now;
    if (code == ERR_NONE)
        code = write_row(db, &saved, is_new, now, err);
    if (code == ERR_NONE && !is_new)
        code = drop_lists(db, saved.id, err);
    if (code == ERR_NONE)
        code = write_lists(db, &saved, now, err);
    if (code == ERR_NONE)
        code = change_note(db, THING_SESSION, saved.id, now, err);
    if (code != ERR_NONE)
        return code;
    session->id = saved.id;
    session->created_at = saved.created_at;
    session->version = is_new ? 1 : session->version + 1;
    return ERR_NONE;
}

err_code sessions_erase(struct db *db, int64_t id, int64_t now, struct err *err)
{
    err_code code = drop_lists(db, id, err);

    if (code == ERR_NONE)
        code = rows_run(db, QUERY_SESSION_DROP, &id, 1, err);
    return code == ERR_NONE ? change_note(db, THING_SESSION, id, now, err) : code;
}

err_code sessions_find_external(struct db *db, const char *external_id, int64_t *id,
                                struct err *err)
{
    return rows_number_by_text(db, QUERY_SESSION_FIND_EXTERNAL, external_id, id, err);
}

err_code sessions_list(struct db *db, struct arena *arena, int64_t now,
                       const struct sessions_filter *filter, struct session **out,
                       size_t *count, int64_t *total, struct err *err)
{
    const struct {
        int64_t id;
        enum query query, counting;
    } choices[] = {
        {filter->pole_id, QUERY_SESSION_LIST_POLE, QUERY_SESSION_LIST_POLE_COUNT},
        {filter->skill_id, QUERY_SESSION_LIST_SKILL, QUERY_SESSION_LIST_SKILL_COUNT},
        {filter->structure_id, QUERY_SESSION_LIST_STRUCTURE,
         QUERY_SESSION_LIST_STRUCTURE_COUNT},
        {filter->person_id, QUERY_SESSION_LIST_PERSON, QUERY_SESSION_LIST_PERSON_COUNT},
        {1, QUERY_SESSION_LIST_ALL, QUERY_SESSION_LIST_ALL_COUNT},
    };
    int64_t parameters[4] = {(int64_t)filter->most, (int64_t)filter->offset, now, 0};
    int of_one; /* 1 when the list is of one pole, skill, structure or person */
    struct session *sessions;
    int64_t *ids;
    size_t choice = 0;
    err_code code;

    while (!choices[choice].id)
        choice++;
    parameters[3] = choices[choice].id;
    of_one = choices[choice].query != QUERY_SESSION_LIST_ALL;
    code = rows_ids(db, arena, choices[choice].query, parameters, 3 + of_one, &ids, count,
                    err);
    if (code == ERR_NONE)
        code = rows_number(db, choices[choice].counting, parameters + 2, 1 + of_one, 0,
                           total, err);
    if (code != ERR_NONE)
        return code;
    sessions = arena_array(arena, *count, sizeof *sessions);
    if (!sessions)
        return err_set(err, ERR_MEMORY, "no room for %zu sessions", *count);
    for (size_t i = 0; code == ERR_NONE && i < *count; i++)
        code = sessions_get(db, arena, ids[i], &sessions[i], err);
    *out = sessions;
    return code;
}
