/* Records of self-training sessions. */
#include "store/sessions.h"

#include "store/gap_marks.h"
#include "store/records.h"
#include "store/rows.h"

#include <stddef.h>

static void read_session(struct stmt *stmt, struct arena *arena, void *record)
{
    *(struct session *)record = (struct session){
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
        .room_id = row_int(stmt, 19),
        .online_url = row_text(stmt, 20, arena),
        .access = row_text(stmt, 21, arena),
        .priority_until = row_int(stmt, 22),
        .is_prolonged = row_int(stmt, 23) != 0,
        .created_by = row_int(stmt, 24),
        .reason = row_text(stmt, 25, arena),
        .reminded = (unsigned)row_int(stmt, 26),
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
        .need_id = row_int(stmt, 4),
        .hold_until = row_int(stmt, 5),
    };
}

static const struct record_kind kind = {
    .one = "session",
    .many = "sessions",
    .range = QUERY_SESSION_RANGE,
    .of = QUERY_SESSION_OF,
    .size = sizeof(struct session),
    .read = read_session,
    .lists = {{QUERY_SESSION_DATE_RANGE, QUERY_SESSION_DATE_OF,
               sizeof(struct session_date), read_date, offsetof(struct session, dates),
               offsetof(struct session, date_count)},
              {QUERY_SESSION_TRAINER_RANGE, QUERY_SESSION_TRAINER_OF, sizeof(int64_t),
               record_read_id, offsetof(struct session, trainer_ids),
               offsetof(struct session, trainer_count)},
              {QUERY_SESSION_NEED_RANGE, QUERY_SESSION_NEED_OF, sizeof(int64_t),
               record_read_id, offsetof(struct session, need_ids),
               offsetof(struct session, need_count)},
              {QUERY_REGISTRATION_RANGE, QUERY_REGISTRATION_OF,
               sizeof(struct registration), read_registration,
               offsetof(struct session, registrations),
               offsetof(struct session, registration_count)}},
};

err_code sessions_get(struct db *db, struct arena *arena, int64_t id, struct session *out,
                      struct err *err)
{
    return record_get(db, arena, &kind, id, out, err);
}

err_code sessions_next(struct db *db, struct arena *arena, int64_t after_id, size_t most,
                       struct session **out, size_t *count, struct err *err)
{
    void *found;
    err_code code = records_next(db, arena, &kind, after_id, most, &found, count, err);

    if (code == ERR_NONE)
        *out = found;
    return code;
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
    stmt_id(stmt, 19, session->room_id);
    stmt_text(stmt, 20, session->online_url);
    stmt_text(stmt, 21, session->access);
    stmt_id(stmt, 22, session->priority_until);
    stmt_int(stmt, 23, session->is_prolonged);
    stmt_id(stmt, 24, session->created_by);
    stmt_text(stmt, 25, session->reason);
    stmt_int(stmt, 26, session->reminded);
    if (!is_new)
        stmt_int(stmt, 27, session->version);
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
        struct stmt *stmt;
        code = db_query(db, QUERY_REGISTRATION_ADD, &stmt, err);
        if (code != ERR_NONE)
            return code;
        stmt_int(stmt, 1, session->id);
        stmt_int(stmt, 2, (int64_t)i);
        stmt_int(stmt, 3, one->person_id);
        stmt_int(stmt, 4, one->state);
        stmt_int(stmt, 5, one->created_at ? one->created_at : now);
        stmt_id(stmt, 6, one->need_id);
        stmt_id(stmt, 7, one->hold_until);
        code = stmt_run(stmt, NULL, err);
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
    if (code == ERR_NONE && !is_new)
        code = gap_mark(db, THING_SESSION, saved.id, err); /* what it leaves */
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
    err_code code = gap_mark(db, THING_SESSION, id, err);

    if (code == ERR_NONE)
        code = drop_lists(db, id, err);
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
    const struct record_choice choices[] = {
        {filter->pole_id, QUERY_SESSION_LIST_POLE, QUERY_SESSION_LIST_POLE_COUNT},
        {filter->skill_id, QUERY_SESSION_LIST_SKILL, QUERY_SESSION_LIST_SKILL_COUNT},
        {filter->structure_id, QUERY_SESSION_LIST_STRUCTURE,
         QUERY_SESSION_LIST_STRUCTURE_COUNT},
        {filter->person_id, QUERY_SESSION_LIST_PERSON, QUERY_SESSION_LIST_PERSON_COUNT},
        {0, QUERY_SESSION_LIST_ALL, QUERY_SESSION_LIST_ALL_COUNT},
    };
    const struct record_page page = {.choices = choices,
                                     .choice_count = sizeof choices / sizeof choices[0],
                                     .since = now,
                                     .offset = filter->offset,
                                     .most = filter->most};
    void *found;
    err_code code = records_page(db, arena, &kind, &page, &found, count, total, err);

    if (code == ERR_NONE)
        *out = found;
    return code;
}

err_code sessions_feed(struct db *db, struct arena *arena, int64_t since,
                       const struct sessions_filter *filter, struct session **out,
                       size_t *count, struct err *err)
{
    const int64_t one = filter->pole_id    ? filter->pole_id
                        : filter->skill_id ? filter->skill_id
                                           : filter->person_id;
    const enum query query = filter->pole_id     ? QUERY_SESSION_FEED_POLE
                             : filter->skill_id  ? QUERY_SESSION_FEED_SKILL
                             : filter->person_id ? QUERY_SESSION_FEED_PERSON
                                                 : QUERY_SESSION_FEED_ALL;
    const int64_t parameters[] = {since, (int64_t)filter->most, one};
    int64_t *ids;
    size_t id_count;
    void *found;
    err_code code =
        rows_ids(db, arena, query, parameters, one ? 3 : 2, &ids, &id_count, err);

    if (code == ERR_NONE)
        code = records_of(db, arena, &kind, ids, id_count, &found, count, err);
    if (code == ERR_NONE)
        *out = found;
    return code;
}

static void read_coming(struct stmt *stmt, struct arena *arena, void *item)
{
    *(struct session_coming *)item =
        (struct session_coming){.id = row_int(stmt, 0),
                                .pole_id = row_int(stmt, 1),
                                .commune = row_text(stmt, 2, arena),
                                .starts_at = row_int(stmt, 3)};
}

err_code sessions_coming(struct db *db, struct arena *arena, int64_t now,
                         struct session_coming **out, size_t *count, struct err *err)
{
    struct rows reading = {
        .arena = arena, .size = sizeof(struct session_coming), .read = read_coming};
    err_code code = rows_all(&reading, db, QUERY_SESSION_COMING, &now, 1, err);

    *out = (struct session_coming *)(void *)reading.items;
    *count = reading.count;
    return code;
}

err_code sessions_of(struct db *db, struct arena *arena, const int64_t *ids,
                     size_t id_count, struct session **out, size_t *count,
                     struct err *err)
{
    void *found = NULL;
    err_code code = records_of(db, arena, &kind, ids, id_count, &found, count, err);

    if (code == ERR_NONE)
        *out = found;
    return code;
}
