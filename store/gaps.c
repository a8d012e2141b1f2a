/* What gaps are counted from. */
#include "store/gaps.h"

#include "base/map.h"
#include "exchange/model/person.h"
#include "exchange/model/week.h"
#include "store/records.h"
#include "store/rows.h"

#include <string.h>

/* What follows the ids among the parameters. */
struct more {
    const char *text;
    int64_t numbers[2];
    int count;
};

static void bind_more(struct stmt *stmt, const struct more *more)
{
    if (more->text)
        stmt_text(stmt, RECORDS_AT_ONCE + 1, more->text);
    for (int i = 0; i < more->count; i++)
        stmt_int(stmt, RECORDS_AT_ONCE + 1 + i, more->numbers[i]);
}

/* RECORDS_AT_ONCE ids at a time; the last one stands for those that are missing. */
static err_code read_of(struct rows *reading, struct db *db, enum query query,
                        const int64_t *ids, size_t id_count, const struct more *more,
                        struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t at = 0; code == ERR_NONE && at < id_count; at += RECORDS_AT_ONCE) {
        struct stmt *stmt;
        code = db_query(db, query, &stmt, err);
        for (size_t i = 0; code == ERR_NONE && i < RECORDS_AT_ONCE; i++)
            stmt_int(stmt, (int)i + 1, ids[at + i < id_count ? at + i : id_count - 1]);
        if (code == ERR_NONE && more)
            bind_more(stmt, more);
        if (code == ERR_NONE)
            code = rows_read(reading, stmt, err);
    }
    return code;
}

static void read_ask(struct stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct gap_ask *)item =
        (struct gap_ask){.need_id = row_int(stmt, 0),
                         .skill_id = row_int(stmt, 1),
                         .is_open = row_int(stmt, 2) != 0,
                         .pole_id = row_int(stmt, 3),
                         .structure_id = row_int(stmt, 4),
                         .person_id = row_int(stmt, 5),
                         .at = row_int(stmt, 6),
                         .stated_at = row_int(stmt, 7),
                         .expires_at = row_int(stmt, 8),
                         .coming = (enum gap_coming)row_int(stmt, 9),
                         .is_private = row_int(stmt, 10) != 0};
}

err_code gaps_asks(struct db *db, struct arena *arena, int64_t pole_id, int64_t now,
                   int64_t since, struct gap_ask **out, size_t *count, struct err *err)
{
    const int64_t parameters[] = {now, pole_id, since};
    struct rows reading = {
        .arena = arena, .size = sizeof(struct gap_ask), .read = read_ask};
    err_code code = rows_all(&reading, db, QUERY_GAP_ASKS, parameters, 3, err);

    *out = (struct gap_ask *)(void *)reading.items;
    *count = reading.count;
    return code;
}

err_code gaps_asks_of(struct db *db, struct arena *arena, const int64_t *skill_ids,
                      size_t id_count, int64_t now, int64_t since, struct gap_ask **out,
                      size_t *count, struct err *err)
{
    const struct more more = {.numbers = {now, since}, .count = 2};
    struct rows reading = {
        .arena = arena, .size = sizeof(struct gap_ask), .read = read_ask};
    err_code code =
        read_of(&reading, db, QUERY_GAP_ASKS_OF, skill_ids, id_count, &more, err);

    *out = (struct gap_ask *)(void *)reading.items;
    *count = reading.count;
    return code;
}

static void read_event(struct stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct gap_event *)item = (struct gap_event){.stated_at = row_int(stmt, 0),
                                                   .answered_at = row_int(stmt, 1),
                                                   .who = row_int(stmt, 2),
                                                   .is_need = row_int(stmt, 3) != 0};
}

err_code gaps_events(struct db *db, struct arena *arena, int64_t pole_id, int64_t since,
                     struct gap_event **out, size_t *count, struct err *err)
{
    const int64_t parameters[] = {pole_id, since};
    struct rows reading = {
        .arena = arena, .size = sizeof(struct gap_event), .read = read_event};
    err_code code = rows_all(&reading, db, QUERY_GAP_TREND_ASKS, parameters, 2, err);

    *out = (struct gap_event *)(void *)reading.items;
    *count = reading.count;
    return code;
}

static void read_kin(struct stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct gap_kin *)item =
        (struct gap_kin){.skill_id = row_int(stmt, 0), .other_id = row_int(stmt, 1)};
}

static err_code read_pairs(struct db *db, struct arena *arena, enum query query,
                           const int64_t *skill_ids, size_t id_count,
                           const struct more *more, struct gap_kin **out, size_t *count,
                           struct err *err)
{
    struct rows reading = {
        .arena = arena, .size = sizeof(struct gap_kin), .read = read_kin};
    err_code code = read_of(&reading, db, query, skill_ids, id_count, more, err);

    *out = (struct gap_kin *)(void *)reading.items;
    *count = reading.count;
    return code;
}

err_code gaps_kin(struct db *db, struct arena *arena, const int64_t *skill_ids,
                  size_t id_count, struct gap_kin **out, size_t *count, struct err *err)
{
    return read_pairs(db, arena, QUERY_GAP_KIN, skill_ids, id_count, NULL, out, count,
                      err);
}

err_code gaps_twins(struct db *db, struct arena *arena, const char *lang,
                    const int64_t *skill_ids, size_t id_count, struct gap_kin **out,
                    size_t *count, struct err *err)
{
    const struct more more = {.text = lang};

    return read_pairs(db, arena, QUERY_GAP_TWINS, skill_ids, id_count, &more, out, count,
                      err);
}

err_code gaps_touched(struct db *db, struct arena *arena, const int64_t *skill_ids,
                      size_t id_count, struct gap_kin **out, size_t *count,
                      struct err *err)
{
    return read_pairs(db, arena, QUERY_GAP_TOUCHED, skill_ids, id_count, NULL, out, count,
                      err);
}

static void read_knows(struct stmt *stmt, struct arena *arena, void *item)
{
    const char *email = row_text(stmt, 4, arena);
    int64_t id = row_int(stmt, 1);

    *(struct gap_knows *)item =
        (struct gap_knows){.skill_id = row_int(stmt, 0),
                           .human = email ? map_key(email, strlen(email)) : (uint64_t)id,
                           .who = {.person_id = id,
                                   .structure_id = row_int(stmt, 2),
                                   .is_published = row_int(stmt, 3) == CARD_PUBLISHED,
                                   .has_address = email != NULL,
                                   .confirmed_at = row_int(stmt, 5),
                                   .pause_until = row_int(stmt, 6),
                                   .quota_month = (int)row_int(stmt, 7)}};
}

err_code gaps_knowers(struct db *db, struct arena *arena, const int64_t *skill_ids,
                      size_t id_count, struct gap_knows **out, size_t *count,
                      struct err *err)
{
    struct rows reading = {
        .arena = arena, .size = sizeof(struct gap_knows), .read = read_knows};
    err_code code =
        read_of(&reading, db, QUERY_GAP_KNOWERS, skill_ids, id_count, NULL, err);

    *out = (struct gap_knows *)(void *)reading.items;
    *count = reading.count;
    return code;
}

static void read_number(struct stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct gap_number *)item =
        (struct gap_number){.id = row_int(stmt, 0), .number = row_int(stmt, 1)};
}

/* Rows of an id and a number, all of a statement or those of some ids. */
static err_code read_numbers(struct db *db, struct arena *arena, enum query query,
                             const int64_t *ids, size_t id_count, bool is_of,
                             struct gap_number **out, size_t *count, struct err *err)
{
    struct rows reading = {
        .arena = arena, .size = sizeof(struct gap_number), .read = read_number};
    err_code code = is_of ? read_of(&reading, db, query, ids, id_count, NULL, err)
                          : rows_all(&reading, db, query, ids, (int)id_count, err);

    *out = (struct gap_number *)(void *)reading.items;
    *count = reading.count;
    return code;
}

err_code gaps_used(struct db *db, struct arena *arena, int64_t since,
                   struct gap_number **out, size_t *count, struct err *err)
{
    return read_numbers(db, arena, QUERY_GAP_USED, &since, 1, false, out, count, err);
}

static void read_parts(struct stmt *stmt, struct arena *arena, void *item)
{
    struct weekly_window window = {.weekday = (int)row_int(stmt, 1),
                                   .start_min = (int)row_int(stmt, 2),
                                   .end_min = (int)row_int(stmt, 3)};

    (void)arena;
    *(struct gap_number *)item = (struct gap_number){
        .id = row_int(stmt, 0), .number = (int64_t)week_parts(&window, 1)};
}

/* Rows of one id stand together: they become one. */
static size_t join_parts(struct gap_number *list, size_t count)
{
    size_t used = 0;

    for (size_t i = 0; i < count; i++) {
        if (used && list[used - 1].id == list[i].id)
            list[used - 1].number |= list[i].number;
        else
            list[used++] = list[i];
    }
    return used;
}

/* Half-days of the parents @ids of a statement that reads weekly times. */
static err_code parts_of(struct db *db, struct arena *arena, enum query query,
                         const int64_t *ids, size_t id_count, struct gap_number **out,
                         size_t *count, struct err *err)
{
    struct rows reading = {
        .arena = arena, .size = sizeof(struct gap_number), .read = read_parts};
    err_code code = read_of(&reading, db, query, ids, id_count, NULL, err);

    *out = (struct gap_number *)(void *)reading.items;
    *count = join_parts(*out, reading.count);
    return code;
}

err_code gaps_need_parts(struct db *db, struct arena *arena, const int64_t *need_ids,
                         size_t id_count, struct gap_number **out, size_t *count,
                         struct err *err)
{
    return parts_of(db, arena, QUERY_NEED_WINDOW_OF, need_ids, id_count, out, count, err);
}

err_code gaps_person_parts(struct db *db, struct arena *arena, const int64_t *person_ids,
                           size_t id_count, struct gap_number **out, size_t *count,
                           struct err *err)
{
    return parts_of(db, arena, QUERY_AVAILABILITY_OF, person_ids, id_count, out, count,
                    err);
}

err_code gaps_poles(struct db *db, struct arena *arena, const int64_t *person_ids,
                    size_t id_count, struct gap_number **out, size_t *count,
                    struct err *err)
{
    return read_numbers(db, arena, QUERY_PERSON_POLE_OF, person_ids, id_count, true, out,
                        count, err);
}

err_code gaps_silent(struct db *db, struct arena *arena, int64_t since, int64_t **ids,
                     size_t *count, struct err *err)
{
    return rows_ids(db, arena, QUERY_GAP_SILENT, &since, 1, ids, count, err);
}

err_code gaps_members(struct db *db, struct arena *arena, int64_t pole_id, int64_t **ids,
                      size_t *count, struct err *err)
{
    return rows_ids(db, arena, QUERY_GAP_MEMBERS, &pole_id, 1, ids, count, err);
}
