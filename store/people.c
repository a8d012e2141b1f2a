/* Records of people: reading. */
#include "store/people.h"

#include "base/email.h"
#include "base/unicode.h"
#include "store/records.h"
#include "store/rows.h"

#include <stddef.h>

static void read_person(struct stmt *stmt, struct arena *arena, void *record)
{
    *(struct person *)record = (struct person){
        .id = row_int(stmt, 0),
        .structure_id = row_int(stmt, 1),
        .external_id = row_text(stmt, 2, arena),
        .name = row_text(stmt, 3, arena),
        .email = row_text(stmt, 4, arena),
        .phone = row_text(stmt, 5, arena),
        .commune = row_text(stmt, 6, arena),
        .headline = row_text(stmt, 7, arena),
        .about = row_text(stmt, 8, arena),
        .languages = row_text(stmt, 9, arena),
        .access = row_text(stmt, 10, arena),
        .formats = (unsigned)row_int(stmt, 11),
        .quota_month = (int)row_int(stmt, 12),
        .pause_until = row_int(stmt, 13),
        .state = (enum card_state)row_int(stmt, 14),
        .confirmed_at = row_int(stmt, 15),
        .created_at = row_int(stmt, 16),
        .updated_at = row_int(stmt, 17),
        .version = row_int(stmt, 18),
        .visibility = (enum visibility)row_int(stmt, 19),
        .is_indexable = row_int(stmt, 20) != 0,
        .invited_at = row_int(stmt, 21),
        .declined_at = row_int(stmt, 22),
    };
}

static void read_skill(struct stmt *stmt, struct arena *arena, void *item)
{
    *(struct person_skill *)item = (struct person_skill){
        .skill_id = row_int(stmt, 1),
        .label = row_text(stmt, 2, arena),
        .level = (enum skill_level)row_int(stmt, 3),
        .is_shared = row_int(stmt, 4) != 0,
        .formats = (unsigned)row_int(stmt, 5),
    };
}

static const struct record_kind kind = {
    .one = "person",
    .many = "people",
    .range = QUERY_PERSON_RANGE,
    .of = QUERY_PERSON_OF,
    .size = sizeof(struct person),
    .read = read_person,
    .lists = {{QUERY_PERSON_SKILL_RANGE, QUERY_PERSON_SKILL_OF,
               sizeof(struct person_skill), read_skill, offsetof(struct person, skills),
               offsetof(struct person, skill_count)},
              {QUERY_PERSON_POLE_RANGE, QUERY_PERSON_POLE_OF, sizeof(int64_t),
               record_read_id, offsetof(struct person, pole_ids),
               offsetof(struct person, pole_count)},
              {QUERY_AVAILABILITY_RANGE, QUERY_AVAILABILITY_OF,
               sizeof(struct weekly_window), record_read_window,
               offsetof(struct person, windows), offsetof(struct person, window_count)}},
};

err_code people_get(struct db *db, struct arena *arena, int64_t id, struct person *out,
                    struct err *err)
{
    return record_get(db, arena, &kind, id, out, err);
}

err_code people_next(struct db *db, struct arena *arena, int64_t after_id, size_t most,
                     struct person **out, size_t *count, struct err *err)
{
    void *found;
    err_code code = records_next(db, arena, &kind, after_id, most, &found, count, err);

    if (code == ERR_NONE)
        *out = found;
    return code;
}

err_code people_count(struct db *db, int64_t *count, struct err *err)
{
    return rows_number(db, QUERY_PERSON_COUNT, NULL, 0, 0, count, err);
}

err_code people_find_external(struct db *db, const char *external_id, int64_t *id,
                              struct err *err)
{
    return rows_number_by_text(db, QUERY_PERSON_FIND_EXTERNAL, external_id, id, err);
}

static err_code find_by_text(struct db *db, enum query query, int64_t structure_id,
                             const char *text, int64_t ids[2], struct err *err)
{
    struct stmt *stmt;
    bool has_row = true;
    err_code code = db_query(db, query, &stmt, err);

    ids[0] = ids[1] = 0;
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, structure_id);
    stmt_text(stmt, 2, text);
    for (int i = 0; code == ERR_NONE && has_row && i < 2; i++) {
        code = stmt_next(stmt, &has_row, err);
        if (code == ERR_NONE && has_row)
            ids[i] = row_int(stmt, 0);
    }
    if (code == ERR_NONE)
        stmt_end(stmt);
    return code;
}

err_code people_find_in_structure(struct db *db, int64_t structure_id,
                                  const char *external_id, int64_t *id, struct err *err)
{
    int64_t ids[2];
    err_code code = find_by_text(db, QUERY_PERSON_FIND_IN_STRUCTURE, structure_id,
                                 external_id, ids, err);

    if (code == ERR_NONE)
        *id = ids[0];
    return code;
}

err_code people_find_email(struct db *db, const char *email, int64_t *id, struct err *err)
{
    struct arena *arena = arena_new(1 << 16);
    const char *plain = arena ? email_plain(arena, email) : NULL;
    err_code code = plain
                        ? rows_number_by_text(db, QUERY_PERSON_FIND_EMAIL, plain, id, err)
                        : err_set(err, ERR_MEMORY, "no room for an address");

    arena_free(arena);
    return code;
}

err_code people_find_email_in(struct db *db, const char *email, int64_t structure_id,
                              int64_t *id, struct err *err)
{
    struct arena *arena = arena_new(1 << 16);
    const char *plain = arena ? email_plain(arena, email) : NULL;
    struct stmt *stmt;
    bool has_row = false;
    err_code code = plain ? db_query(db, QUERY_PERSON_FIND_EMAIL_IN, &stmt, err)
                          : err_set(err, ERR_MEMORY, "no room for an address");

    if (code == ERR_NONE) {
        stmt_text(stmt, 1, plain);
        stmt_int(stmt, 2, structure_id);
        code = stmt_next(stmt, &has_row, err);
    }
    if (code == ERR_NONE) {
        *id = has_row ? row_int(stmt, 0) : 0;
        stmt_end(stmt);
    }
    arena_free(arena);
    return code;
}

err_code people_of_email(struct db *db, struct arena *arena, const char *email,
                         int64_t **ids, size_t *count, struct err *err)
{
    const char *plain = email_plain(arena, email);
    int64_t *found = arena_array(arena, 2, sizeof *found);
    struct stmt *stmt;
    bool has_row;
    err_code code = plain && found ? db_query(db, QUERY_PERSON_OF_EMAIL_ALL, &stmt, err)
                                   : err_set(err, ERR_MEMORY, "no room for an address");

    *count = 0;
    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, plain);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row)
        found[(*count)++] = row_int(stmt, 0);
    *ids = found;
    return code;
}

err_code people_find_name(struct db *db, int64_t structure_id, const char *name,
                          int64_t *id, struct err *err)
{
    struct arena *arena = arena_new(1 << 16);
    const char *folded = arena ? unicode_fold(arena, name) : NULL;
    int64_t ids[2];
    err_code code =
        folded ? find_by_text(db, QUERY_PERSON_FIND_NAME, structure_id, folded, ids, err)
               : err_set(err, ERR_MEMORY, "no room for a name");

    arena_free(arena);
    if (code != ERR_NONE)
        return code;
    if (ids[1])
        return err_set(err, ERR_CONFLICT, "several people are called \"%s\"", name);
    *id = ids[0];
    return ERR_NONE;
}

err_code people_list(struct db *db, struct arena *arena,
                     const struct people_filter *filter, struct person **out,
                     size_t *count, int64_t *total, struct err *err)
{
    const struct record_choice choices[] = {
        {filter->skill_id, QUERY_PERSON_LIST_SKILL, QUERY_PERSON_LIST_SKILL_COUNT},
        {filter->pole_id, QUERY_PERSON_LIST_POLE, QUERY_PERSON_LIST_POLE_COUNT},
        {filter->structure_id, QUERY_PERSON_LIST_STRUCTURE,
         QUERY_PERSON_LIST_STRUCTURE_COUNT},
        {0, QUERY_PERSON_LIST_ALL, QUERY_PERSON_LIST_ALL_COUNT},
    };
    const struct people_viewer *viewer = &filter->viewer;
    const int64_t more[] = {viewer->most, viewer->account_id, viewer->person_id,
                            viewer->structure_id};
    const struct record_page page = {.more = more,
                                     .more_count = sizeof more / sizeof more[0],
                                     .choices = choices,
                                     .choice_count = sizeof choices / sizeof choices[0],
                                     .since = filter->shown_since,
                                     .offset = filter->offset,
                                     .most = filter->most};
    void *found;
    err_code code = records_page(db, arena, &kind, &page, &found, count, total, err);

    if (code == ERR_NONE)
        *out = found;
    return code;
}
