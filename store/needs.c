/* Records of training needs. */
#include "store/needs.h"

#include "base/email.h"
#include "store/gap_marks.h"
#include "store/records.h"
#include "store/rows.h"

#include <stddef.h>

enum { FOLD_ARENA_MAX = 1 << 14 };

static void read_need(struct stmt *stmt, struct arena *arena, void *record)
{
    *(struct need *)record = (struct need){
        .id = row_int(stmt, 0),
        .external_id = row_text(stmt, 1, arena),
        .person_id = row_int(stmt, 2),
        .structure_id = row_int(stmt, 3),
        .pole_id = row_int(stmt, 4),
        .skill_id = row_int(stmt, 5),
        .text = row_text(stmt, 6, arena),
        .level = (enum skill_level)row_int(stmt, 7),
        .state = (enum need_state)row_int(stmt, 8),
        .commune = row_text(stmt, 9, arena),
        .could_pass_on = row_text(stmt, 10, arena),
        .email = row_text(stmt, 11, arena),
        .created_at = row_int(stmt, 12),
        .expires_at = row_int(stmt, 13),
        .updated_at = row_int(stmt, 14),
        .version = row_int(stmt, 15),
        .is_private = row_int(stmt, 16) != 0,
        .qualified_at = row_int(stmt, 17),
        .answered_at = row_int(stmt, 18),
        .followed = (int)row_int(stmt, 19),
        .closed_at = row_int(stmt, 20),
        .reason = row_text(stmt, 21, arena),
        .merged_into = row_int(stmt, 22),
        .deadline_at = row_int(stmt, 23),
        .merged_people = row_int(stmt, 24),
        .people = row_int(stmt, 25),
    };
}

static void read_support(struct stmt *stmt, struct arena *arena, void *item)
{
    *(struct need_support *)item = (struct need_support){
        .person_id = row_int(stmt, 1),
        .words = row_text(stmt, 2, arena),
        .created_at = row_int(stmt, 3),
    };
}

static const struct record_kind kind = {
    .one = "need",
    .many = "needs",
    .range = QUERY_NEED_RANGE,
    .of = QUERY_NEED_OF,
    .size = sizeof(struct need),
    .read = read_need,
    .lists = {{QUERY_NEED_WINDOW_RANGE, QUERY_NEED_WINDOW_OF,
               sizeof(struct weekly_window), record_read_window,
               offsetof(struct need, windows), offsetof(struct need, window_count)},
              {QUERY_NEED_SUPPORT_RANGE, QUERY_NEED_SUPPORT_OF,
               sizeof(struct need_support), read_support, offsetof(struct need, supports),
               offsetof(struct need, support_count)}},
};

err_code needs_get(struct db *db, struct arena *arena, int64_t id, struct need *out,
                   struct err *err)
{
    return record_get(db, arena, &kind, id, out, err);
}

err_code needs_next(struct db *db, struct arena *arena, int64_t after_id, size_t most,
                    struct need **out, size_t *count, struct err *err)
{
    void *found;
    err_code code = records_next(db, arena, &kind, after_id, most, &found, count, err);

    if (code == ERR_NONE)
        *out = found;
    return code;
}

err_code needs_count(struct db *db, int64_t *count, struct err *err)
{
    return rows_number(db, QUERY_NEED_COUNT, NULL, 0, 0, count, err);
}

static err_code write_row(struct db *db, struct arena *arena, const struct need *need,
                          bool is_new, int64_t now, struct err *err)
{
    const char *email = need->email ? email_plain(arena, need->email) : NULL;
    struct stmt *stmt;
    int64_t changed;
    err_code code;

    if (need->email && !email)
        return err_set(err, ERR_MEMORY, "no room for an address");
    code = db_query(db, is_new ? QUERY_NEED_ADD : QUERY_NEED_CHANGE, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, need->id);
    stmt_text(stmt, 2, need->external_id);
    stmt_id(stmt, 3, need->person_id);
    stmt_id(stmt, 4, need->structure_id);
    stmt_id(stmt, 5, need->pole_id);
    stmt_id(stmt, 6, need->skill_id);
    stmt_text(stmt, 7, need->text);
    stmt_int(stmt, 8, need->level);
    stmt_int(stmt, 9, need->state);
    stmt_text(stmt, 10, need->commune);
    stmt_text(stmt, 11, need->could_pass_on);
    stmt_text(stmt, 12, need->email);
    stmt_text(stmt, 13, email);
    stmt_int(stmt, 14, need->created_at);
    stmt_int(stmt, 15, need->expires_at);
    stmt_int(stmt, 16, now);
    stmt_int(stmt, 17, need->is_private);
    stmt_id(stmt, 18, need->qualified_at);
    stmt_id(stmt, 19, need->answered_at);
    stmt_int(stmt, 20, need->followed);
    stmt_id(stmt, 21, need->closed_at);
    stmt_text(stmt, 22, need->reason);
    stmt_id(stmt, 23, need->merged_into);
    stmt_id(stmt, 24, need->deadline_at);
    if (!is_new)
        stmt_int(stmt, 25, need->version);
    code = stmt_run(stmt, &changed, err);
    return code == ERR_NONE ? rows_changed_one(changed, "need", need->id, err) : code;
}

static err_code write_lists(struct db *db, const struct need *need, int64_t now,
                            struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < need->window_count; i++) {
        const int64_t parameters[] = {need->id, (int64_t)i, need->windows[i].weekday,
                                      need->windows[i].start_min,
                                      need->windows[i].end_min};
        code = rows_run(db, QUERY_NEED_WINDOW_ADD, parameters, 5, err);
    }
    for (size_t i = 0; code == ERR_NONE && i < need->support_count; i++) {
        const struct need_support *support = &need->supports[i];
        struct stmt *stmt;
        code = db_query(db, QUERY_NEED_SUPPORT_ADD, &stmt, err);
        if (code != ERR_NONE)
            return code;
        stmt_int(stmt, 1, need->id);
        stmt_int(stmt, 2, (int64_t)i);
        stmt_id(stmt, 3, support->person_id);
        stmt_text(stmt, 4, support->words);
        stmt_int(stmt, 5, support->created_at ? support->created_at : now);
        code = stmt_run(stmt, NULL, err);
    }
    return code;
}

err_code needs_save(struct db *db, struct need *need, int64_t now, struct err *err)
{
    struct arena *arena = arena_new(FOLD_ARENA_MAX);
    struct need saved = *need;
    bool is_new = need->id == 0;
    err_code code = arena ? ERR_NONE : err_set(err, ERR_MEMORY, "no memory for a need");

    if (code == ERR_NONE && is_new)
        code = rows_next_id(db, "need", &saved.id, err);
    saved.created_at = saved.created_at ? saved.created_at : now;
    if (code == ERR_NONE && !is_new)
        code = gap_mark(db, THING_NEED, saved.id, err);
    if (code == ERR_NONE)
        code = write_row(db, arena, &saved, is_new, now, err);
    if (code == ERR_NONE && !is_new)
        code = rows_run(db, QUERY_NEED_WINDOW_DROP, &saved.id, 1, err);
    if (code == ERR_NONE && !is_new)
        code = rows_run(db, QUERY_NEED_SUPPORT_DROP, &saved.id, 1, err);
    if (code == ERR_NONE)
        code = write_lists(db, &saved, now, err);
    if (code == ERR_NONE)
        code = change_note(db, THING_NEED, saved.id, now, err);
    arena_free(arena);
    if (code != ERR_NONE)
        return code;
    need->id = saved.id;
    need->created_at = saved.created_at;
    need->version = is_new ? 1 : need->version + 1;
    return ERR_NONE;
}

err_code needs_erase(struct db *db, int64_t id, int64_t now, struct err *err)
{
    static const enum query drops[] = {QUERY_NEED_SPLIT_ALL, QUERY_NEED_WINDOW_DROP,
                                       QUERY_NEED_SUPPORT_DROP, QUERY_NEED_SESSION_DROP,
                                       QUERY_NEED_DROP};
    err_code code = gap_mark(db, THING_NEED, id, err);

    if (code == ERR_NONE)
        code = gap_mark_asked(db, 0, id, err);
    for (size_t i = 0; code == ERR_NONE && i < sizeof drops / sizeof drops[0]; i++)
        code = rows_run(db, drops[i], &id, 1, err);
    return code == ERR_NONE ? change_note(db, THING_NEED, id, now, err) : code;
}

err_code needs_find_external(struct db *db, const char *external_id, int64_t *id,
                             struct err *err)
{
    return rows_number_by_text(db, QUERY_NEED_FIND_EXTERNAL, external_id, id, err);
}

err_code needs_list(struct db *db, struct arena *arena, int64_t now,
                    const struct needs_filter *filter, struct need **out, size_t *count,
                    int64_t *total, struct err *err)
{
    const struct record_choice choices[] = {
        {filter->pole_id, QUERY_NEED_LIST_POLE, QUERY_NEED_LIST_POLE_COUNT},
        {filter->skill_id, QUERY_NEED_LIST_SKILL, QUERY_NEED_LIST_SKILL_COUNT},
        {0, QUERY_NEED_LIST_ALL, QUERY_NEED_LIST_ALL_COUNT},
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

static void read_in_pole(struct stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct needs_in_pole *)item =
        (struct needs_in_pole){.pole_id = row_int(stmt, 0), .count = row_int(stmt, 1)};
}

err_code needs_by_pole(struct db *db, struct arena *arena, int64_t now,
                       struct needs_in_pole **out, size_t *count, struct err *err)
{
    struct rows reading = {
        .arena = arena, .size = sizeof(struct needs_in_pole), .read = read_in_pole};
    err_code code = rows_all(&reading, db, QUERY_NEED_OPEN_BY_POLE, &now, 1, err);

    *out = (struct needs_in_pole *)(void *)reading.items;
    *count = reading.count;
    return code;
}

err_code needs_count_open_email(struct db *db, const char *email, int64_t now,
                                int64_t *count, struct err *err)
{
    struct arena *arena = arena_new(FOLD_ARENA_MAX);
    const char *plain = arena ? email_plain(arena, email) : NULL;
    struct stmt *stmt;
    bool has_row;
    err_code code = plain ? db_query(db, QUERY_NEED_OPEN_EMAIL, &stmt, err)
                          : err_set(err, ERR_MEMORY, "no room for an address");

    if (code == ERR_NONE) {
        stmt_text(stmt, 1, plain);
        stmt_int(stmt, 2, now);
        code = stmt_next(stmt, &has_row, err);
    }
    if (code == ERR_NONE) {
        *count = row_int(stmt, 0);
        stmt_end(stmt);
    }
    arena_free(arena);
    return code;
}

err_code needs_of_email(struct db *db, struct arena *arena, const char *email,
                        size_t most, struct need **out, size_t *count, struct err *err)
{
    const char *plain = email_plain(arena, email);
    int64_t *ids = arena_array(arena, most, sizeof *ids);
    size_t id_count = 0;
    struct stmt *stmt;
    void *found = NULL;
    bool has_row;
    err_code code = plain && ids ? db_query(db, QUERY_NEED_LIST_EMAIL, &stmt, err)
                                 : err_set(err, ERR_MEMORY, "no room for needs");

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, plain);
    stmt_int(stmt, 2, (int64_t)most);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row)
        ids[id_count++] = row_int(stmt, 0);
    if (code == ERR_NONE)
        code = records_of(db, arena, &kind, ids, id_count, &found, count, err);
    *out = found;
    return code;
}

err_code needs_tie_person(struct db *db, struct arena *arena, const char *email,
                          int64_t person_id, int64_t session_id, int64_t now,
                          struct err *err)
{
    const char *plain = email_plain(arena, email);
    struct stmt *stmt;
    int64_t *ids = NULL;
    size_t count = 0, capacity = 0;
    bool has_row;
    err_code code = plain ? db_query(db, QUERY_NEED_UNTIED, &stmt, err)
                          : err_set(err, ERR_MEMORY, "no room for an address");

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, plain);
    stmt_int(stmt, 2, session_id);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        ids = arena_grow(arena, ids, count, &capacity, sizeof *ids);
        if (!ids)
            return err_set(err, ERR_MEMORY, "no room for needs");
        ids[count++] = row_int(stmt, 0);
    }
    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        const int64_t parameters[] = {ids[i], person_id};
        code = rows_run(db, QUERY_NEED_TIE_PERSON, parameters, 2, err);
        if (code == ERR_NONE)
            code = change_note(db, THING_NEED, ids[i], now, err);
    }
    return code;
}

err_code needs_same(struct db *db, const struct need *need, int64_t since, int64_t *id,
                    struct err *err)
{
    struct arena *arena = arena_new(FOLD_ARENA_MAX);
    const char *plain = arena ? email_plain(arena, need->email ? need->email : "") : NULL;
    struct stmt *stmt;
    bool has_row = false;
    err_code code = plain ? db_query(db, QUERY_NEED_SAME, &stmt, err)
                          : err_set(err, ERR_MEMORY, "no room for an address");

    *id = 0;
    if (code == ERR_NONE) {
        stmt_text(stmt, 1, need->text);
        stmt_text(stmt, 2, plain);
        stmt_int(stmt, 3, since);
        code = stmt_next(stmt, &has_row, err);
    }
    if (code == ERR_NONE && has_row) {
        *id = row_int(stmt, 0);
        stmt_end(stmt);
    }
    arena_free(arena);
    return code;
}
