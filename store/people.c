/* Records of people: reading. */
#include "store/people.h"

#include "base/unicode.h"
#include "store/rows.h"

#include <inttypes.h>

static void read_person(struct stmt *stmt, struct arena *arena, struct person *out)
{
    *out = (struct person){
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

static err_code read_lists(struct db *db, struct arena *arena, struct person *people,
                           size_t count, struct err *err)
{
    static const struct child_list lists[] = {
        {QUERY_PERSON_SKILL_RANGE, sizeof(struct person_skill), read_skill},
        {QUERY_PERSON_POLE_RANGE, sizeof(int64_t), rows_read_id},
        {QUERY_AVAILABILITY_RANGE, sizeof(struct weekly_window), rows_read_window},
    };
    int64_t *ids = arena_array(arena, count, sizeof *ids);
    struct child_span *spans[3] = {0};
    void *items[3];

    if (!ids)
        return err_set(err, ERR_MEMORY, "no room for %zu people", count);
    for (size_t i = 0; i < count; i++)
        ids[i] = people[i].id;
    for (int list = 0; list < 3; list++) {
        err_code code;
        spans[list] = arena_array(arena, count, sizeof **spans);
        if (!spans[list])
            return err_set(err, ERR_MEMORY, "no room for %zu people", count);
        code = rows_children(db, arena, &lists[list], ids, count, spans[list],
                             &items[list], err);
        if (code != ERR_NONE)
            return code;
    }
    for (size_t i = 0; i < count; i++) {
        people[i].skills = (struct person_skill *)items[0] + spans[0][i].start;
        people[i].skill_count = spans[0][i].count;
        people[i].pole_ids = (int64_t *)items[1] + spans[1][i].start;
        people[i].pole_count = spans[1][i].count;
        people[i].windows = (struct weekly_window *)items[2] + spans[2][i].start;
        people[i].window_count = spans[2][i].count;
    }
    return ERR_NONE;
}

static err_code read_range(struct db *db, struct arena *arena, const int64_t range[3],
                           struct person **out, size_t *count, struct err *err)
{
    struct stmt *stmt;
    struct person *people = NULL;
    size_t used = 0, capacity = 0;
    bool has_row;
    err_code code = db_query(db, QUERY_PERSON_RANGE, &stmt, err);

    if (code != ERR_NONE)
        return code;
    for (int i = 0; i < 3; i++)
        stmt_int(stmt, i + 1, range[i]);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        people = arena_grow(arena, people, used, &capacity, sizeof *people);
        if (!people) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for people");
        }
        read_person(stmt, arena, &people[used++]);
    }
    if (code == ERR_NONE)
        code = read_lists(db, arena, people, used, err);
    if (code == ERR_NONE && arena_failed(arena))
        code = err_set(err, ERR_MEMORY, "no room for people");
    if (code != ERR_NONE)
        return code;
    *out = people;
    *count = used;
    return ERR_NONE;
}

err_code people_get(struct db *db, struct arena *arena, int64_t id, struct person *out,
                    struct err *err)
{
    const int64_t range[3] = {id - 1, id, 1};
    struct person *found;
    size_t count;
    err_code code = read_range(db, arena, range, &found, &count, err);

    if (code != ERR_NONE)
        return code;
    if (count == 0)
        return err_set(err, ERR_NOT_FOUND, "there is no person %" PRId64, id);
    *out = found[0];
    return ERR_NONE;
}

err_code people_next(struct db *db, struct arena *arena, int64_t after_id, size_t most,
                     struct person **out, size_t *count, struct err *err)
{
    const int64_t range[3] = {after_id, INT64_MAX, (int64_t)most};

    return read_range(db, arena, range, out, count, err);
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
    const char *folded = arena ? unicode_fold(arena, email) : NULL;
    err_code code =
        folded ? rows_number_by_text(db, QUERY_PERSON_FIND_EMAIL, folded, id, err)
               : err_set(err, ERR_MEMORY, "no room for an address");

    arena_free(arena);
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
    enum query query = QUERY_PERSON_LIST_ALL, counting = QUERY_PERSON_LIST_ALL_COUNT;
    int64_t parameters[3] = {(int64_t)filter->most, (int64_t)filter->offset, 0};
    int of_one; /* 1 when one skill, pole or structure is asked for */
    int64_t *ids;
    struct person *people;
    err_code code;

    if (filter->skill_id) {
        query = QUERY_PERSON_LIST_SKILL;
        counting = QUERY_PERSON_LIST_SKILL_COUNT;
        parameters[2] = filter->skill_id;
    } else if (filter->pole_id) {
        query = QUERY_PERSON_LIST_POLE;
        counting = QUERY_PERSON_LIST_POLE_COUNT;
        parameters[2] = filter->pole_id;
    } else if (filter->structure_id) {
        query = QUERY_PERSON_LIST_STRUCTURE;
        counting = QUERY_PERSON_LIST_STRUCTURE_COUNT;
        parameters[2] = filter->structure_id;
    }
    of_one = query != QUERY_PERSON_LIST_ALL;
    code = rows_ids(db, arena, query, parameters, 2 + of_one, &ids, count, err);
    if (code == ERR_NONE)
        code = rows_number(db, counting, parameters + 2, of_one, 0, total, err);
    if (code != ERR_NONE)
        return code;
    people = arena_array(arena, *count, sizeof *people);
    if (!people)
        return err_set(err, ERR_MEMORY, "no room for %zu people", *count);
    for (size_t i = 0; code == ERR_NONE && i < *count; i++)
        code = people_get(db, arena, ids[i], &people[i], err);
    *out = people;
    return code;
}
