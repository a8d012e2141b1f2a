/* Records of groups of needs in free words. */
#include "store/word_groups.h"

#include "store/gap_marks.h"
#include "store/rows.h"

#include <inttypes.h>

static void read_group(struct stmt *stmt, struct arena *arena, void *item)
{
    *(struct word_group *)item = (struct word_group){.id = row_int(stmt, 0),
                                                     .pole_id = row_int(stmt, 1),
                                                     .name = row_text(stmt, 2, arena),
                                                     .named_at = row_int(stmt, 3),
                                                     .skill_id = row_int(stmt, 4),
                                                     .merged_into = row_int(stmt, 5)};
}

static err_code read_groups(struct db *db, struct arena *arena, enum query query,
                            const int64_t *parameters, int parameter_count,
                            struct word_group **out, size_t *count, struct err *err)
{
    struct rows reading = {
        .arena = arena, .size = sizeof(struct word_group), .read = read_group};
    err_code code = rows_all(&reading, db, query, parameters, parameter_count, err);

    *out = (struct word_group *)(void *)reading.items;
    *count = reading.count;
    return code;
}

err_code word_groups_get(struct db *db, struct arena *arena, int64_t id,
                         struct word_group *out, struct err *err)
{
    struct word_group *list = NULL;
    size_t count = 0;
    err_code code =
        read_groups(db, arena, QUERY_WORD_GROUP_GET, &id, 1, &list, &count, err);

    if (code == ERR_NONE && !count)
        return err_set(err, ERR_NOT_FOUND, "there is no group %" PRId64, id);
    if (code == ERR_NONE)
        *out = list[0];
    return code;
}

err_code word_groups_of(struct db *db, struct arena *arena, int64_t pole_id, int64_t now,
                        int64_t other_than, struct word_group **out, size_t *count,
                        struct err *err)
{
    const int64_t parameters[] = {pole_id, now, other_than};

    return read_groups(db, arena, QUERY_WORD_GROUP_OF_POLE, parameters, 3, out, count,
                       err);
}

err_code word_groups_parts(struct db *db, struct arena *arena, int64_t id,
                           struct word_group **out, size_t *count, struct err *err)
{
    return read_groups(db, arena, QUERY_WORD_GROUP_PARTS, &id, 1, out, count, err);
}

static void read_need(struct stmt *stmt, struct arena *arena, void *item)
{
    *(struct word_need *)item = (struct word_need){
        .id = row_int(stmt, 0), .of = row_int(stmt, 1), .text = row_text(stmt, 2, arena)};
}

static void read_member(struct stmt *stmt, struct arena *arena, void *item)
{
    *(struct word_need *)item = (struct word_need){.id = row_int(stmt, 0),
                                                   .of = row_int(stmt, 1),
                                                   .people = row_int(stmt, 2),
                                                   .skill_id = row_int(stmt, 3),
                                                   .text = row_text(stmt, 4, arena)};
}

static err_code read_needs(struct db *db, struct arena *arena, enum query query,
                           const int64_t *parameters, int parameter_count,
                           struct word_need **out, size_t *count, struct err *err)
{
    struct rows reading = {.arena = arena,
                           .size = sizeof(struct word_need),
                           .read =
                               query == QUERY_WORD_GROUP_NEEDS ? read_member : read_need};
    err_code code = rows_all(&reading, db, query, parameters, parameter_count, err);

    *out = (struct word_need *)(void *)reading.items;
    *count = reading.count;
    return code;
}

err_code word_needs_loose(struct db *db, struct arena *arena, int64_t now, int64_t most,
                          struct word_need **out, size_t *count, struct err *err)
{
    const int64_t parameters[] = {now, most};

    return read_needs(db, arena, QUERY_WORD_GROUP_LOOSE, parameters, 2, out, count, err);
}

err_code word_needs_grouped(struct db *db, struct arena *arena, int64_t pole_id,
                            int64_t now, int64_t most, struct word_need **out,
                            size_t *count, struct err *err)
{
    const int64_t parameters[] = {now, pole_id, most};

    return read_needs(db, arena, QUERY_WORD_GROUP_GROUPED, parameters, 3, out, count,
                      err);
}

err_code word_needs_of(struct db *db, struct arena *arena, int64_t id, int64_t now,
                       struct word_need **out, size_t *count, struct err *err)
{
    const int64_t parameters[] = {now, id};

    return read_needs(db, arena, QUERY_WORD_GROUP_NEEDS, parameters, 2, out, count, err);
}

static void read_change(struct stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct word_change *)item = (struct word_change){
        .id = row_int(stmt, 0), .pole_id = row_int(stmt, 1), .members = row_int(stmt, 2)};
}

err_code word_groups_changed(struct db *db, struct arena *arena, int64_t now,
                             int64_t most, struct word_change **out, size_t *count,
                             struct err *err)
{
    const int64_t parameters[] = {now, most};
    struct rows reading = {
        .arena = arena, .size = sizeof(struct word_change), .read = read_change};
    err_code code = rows_all(&reading, db, QUERY_WORD_GROUP_CHANGED, parameters, 2, err);

    *out = (struct word_change *)(void *)reading.items;
    *count = reading.count;
    return code;
}

/* The group, and what it is part of. */
static err_code mark(struct db *db, int64_t id, struct err *err)
{
    int64_t into = 0;
    err_code code = rows_number(db, QUERY_WORD_GROUP_HEAD, &id, 1, 0, &into, err);

    if (code == ERR_NONE)
        code = gap_mark(db, THING_SKILL, -id, err);
    return code == ERR_NONE && into ? gap_mark(db, THING_SKILL, -into, err) : code;
}

err_code word_groups_add(struct db *db, struct word_group *group, int64_t now,
                         struct err *err)
{
    struct stmt *stmt;
    err_code code = rows_next_id(db, "word_group", &group->id, err);

    if (code == ERR_NONE)
        code = db_query(db, QUERY_WORD_GROUP_ADD, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, group->id);
    stmt_int(stmt, 2, group->pole_id);
    stmt_text(stmt, 3, group->name);
    stmt_id(stmt, 4, group->named_at);
    stmt_int(stmt, 5, now);
    return stmt_run(stmt, NULL, err);
}

err_code word_groups_put(struct db *db, int64_t need_id, int64_t group_id,
                         struct err *err)
{
    const int64_t parameters[] = {need_id, group_id};
    err_code code = gap_mark(db, THING_NEED, need_id, err); /* what it leaves */

    if (code == ERR_NONE)
        code = rows_run(db, QUERY_WORD_GROUP_PUT, parameters, 2, err);
    return code == ERR_NONE ? mark(db, group_id, err) : code;
}

err_code word_groups_tell(struct db *db, const struct word_change *change,
                          const char *name, const int64_t *skill_ids, size_t skill_count,
                          struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_WORD_GROUP_TELL, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, change->id);
    stmt_text(stmt, 2, name);
    stmt_int(stmt, 3, change->members);
    code = stmt_run(stmt, NULL, err);
    if (code == ERR_NONE)
        code = rows_run(db, QUERY_WORD_GROUP_NEAR_DROP, &change->id, 1, err);
    for (size_t i = 0; code == ERR_NONE && i < skill_count; i++) {
        const int64_t pair[] = {change->id, skill_ids[i]};
        code = rows_run(db, QUERY_WORD_GROUP_NEAR_ADD, pair, 2, err);
    }
    return code == ERR_NONE ? mark(db, change->id, err) : code;
}

err_code word_groups_name(struct db *db, int64_t id, const char *name, int64_t named_at,
                          struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_WORD_GROUP_NAME, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_text(stmt, 2, name);
    stmt_id(stmt, 3, named_at);
    return stmt_run(stmt, NULL, err);
}

/* A number that may be NULL (0). */
static err_code set_of(struct db *db, enum query query, int64_t id, int64_t number,
                       struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, query, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_id(stmt, 2, number);
    return stmt_run(stmt, NULL, err);
}

err_code word_groups_merge(struct db *db, int64_t id, int64_t into, struct err *err)
{
    err_code code = mark(db, id, err);

    if (code == ERR_NONE)
        code = set_of(db, QUERY_WORD_GROUP_MERGE, id, into, err);
    return code == ERR_NONE ? mark(db, id, err) : code;
}

err_code word_groups_be_skill(struct db *db, int64_t id, int64_t skill_id,
                              struct err *err)
{
    return set_of(db, QUERY_WORD_GROUP_BE_SKILL, id, skill_id, err);
}

err_code word_groups_drop(struct db *db, int64_t id, struct err *err)
{
    err_code code = mark(db, id, err);

    if (code == ERR_NONE)
        code = rows_run(db, QUERY_WORD_GROUP_LEAVE, &id, 1, err);
    return code == ERR_NONE ? rows_run(db, QUERY_WORD_GROUP_DROP, &id, 1, err) : code;
}

err_code word_groups_near(struct db *db, struct arena *arena, int64_t id, int64_t **ids,
                          size_t *count, struct err *err)
{
    return rows_ids(db, arena, QUERY_WORD_GROUP_NEAR, &id, 1, ids, count, err);
}
