/* Records of the rooms of structures. */
#include "store/rooms.h"

#include "store/change.h"
#include "store/records.h"
#include "store/rows.h"

#include <stddef.h>

static void read_room(struct stmt *stmt, struct arena *arena, void *record)
{
    *(struct room *)record = (struct room){
        .id = row_int(stmt, 0),
        .structure_id = row_int(stmt, 1),
        .name = row_text(stmt, 2, arena),
        .commune = row_text(stmt, 3, arena),
        .address = row_text(stmt, 4, arena),
        .capacity = (int)row_int(stmt, 5),
        .equipment = row_text(stmt, 6, arena),
        .access = row_text(stmt, 7, arena),
        .is_step_free = row_int(stmt, 8) != 0,
        .version = row_int(stmt, 9),
    };
}

static const struct record_kind kind = {
    .one = "room",
    .many = "rooms",
    .range = QUERY_ROOM_RANGE,
    .of = QUERY_ROOM_OF,
    .size = sizeof(struct room),
    .read = read_room,
    .lists = {{QUERY_ROOM_WINDOW_RANGE, QUERY_ROOM_WINDOW_OF,
               sizeof(struct weekly_window), record_read_window,
               offsetof(struct room, windows), offsetof(struct room, window_count)}},
};

err_code rooms_get(struct db *db, struct arena *arena, int64_t id, struct room *out,
                   struct err *err)
{
    return record_get(db, arena, &kind, id, out, err);
}

err_code rooms_list(struct db *db, struct arena *arena, int64_t structure_id,
                    struct room **out, size_t *count, struct err *err)
{
    int64_t *ids = NULL;
    size_t id_count = 0;
    void *found;
    err_code code =
        rows_ids(db, arena, QUERY_ROOM_LIST, &structure_id, 1, &ids, &id_count, err);

    if (code == ERR_NONE)
        code = records_of(db, arena, &kind, ids, id_count, &found, count, err);
    if (code == ERR_NONE)
        *out = found;
    return code;
}

static err_code write_row(struct db *db, const struct room *room, bool is_new,
                          struct err *err)
{
    struct stmt *stmt;
    int64_t changed;
    err_code code = db_query(db, is_new ? QUERY_ROOM_ADD : QUERY_ROOM_CHANGE, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, room->id);
    stmt_int(stmt, 2, room->structure_id);
    stmt_text(stmt, 3, room->name);
    stmt_text(stmt, 4, room->commune);
    stmt_text(stmt, 5, room->address);
    stmt_int(stmt, 6, room->capacity);
    stmt_text(stmt, 7, room->equipment);
    stmt_text(stmt, 8, room->access);
    stmt_int(stmt, 9, room->is_step_free);
    if (!is_new)
        stmt_int(stmt, 10, room->version);
    code = stmt_run(stmt, &changed, err);
    return code == ERR_NONE ? rows_changed_one(changed, "room", room->id, err) : code;
}

err_code rooms_save(struct db *db, struct room *room, int64_t now, struct err *err)
{
    struct room saved = *room;
    bool is_new = room->id == 0;
    err_code code = is_new ? rows_next_id(db, "room", &saved.id, err) : ERR_NONE;

    if (code == ERR_NONE)
        code = write_row(db, &saved, is_new, err);
    if (code == ERR_NONE)
        code = rows_run(db, QUERY_ROOM_WINDOW_DROP, &saved.id, 1, err);
    for (size_t i = 0; code == ERR_NONE && i < saved.window_count; i++) {
        const struct weekly_window *window = &saved.windows[i];
        const int64_t parameters[] = {saved.id, (int64_t)i, window->weekday,
                                      window->start_min, window->end_min};
        code = rows_run(db, QUERY_ROOM_WINDOW_ADD, parameters, 5, err);
    }
    if (code == ERR_NONE)
        code = change_note(db, THING_STRUCTURE, saved.structure_id, now, err);
    if (code != ERR_NONE)
        return code;
    room->id = saved.id;
    room->version = is_new ? 1 : room->version + 1;
    return ERR_NONE;
}

err_code rooms_erase(struct db *db, const struct room *room, int64_t now, struct err *err)
{
    static const enum query drops[] = {QUERY_ROOM_WINDOW_DROP, QUERY_ROOM_LEAVE,
                                       QUERY_ROOM_DROP};
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < sizeof drops / sizeof drops[0]; i++)
        code = rows_run(db, drops[i], &room->id, 1, err);
    return code == ERR_NONE
               ? change_note(db, THING_STRUCTURE, room->structure_id, now, err)
               : code;
}

err_code rooms_booked(struct db *db, int64_t room_id, int64_t starts_at, int64_t ends_at,
                      int64_t except, int64_t *session_id, struct err *err)
{
    const int64_t parameters[] = {room_id, starts_at, ends_at, except};

    return rows_number(db, QUERY_ROOM_BOOKED, parameters, 4, 0, session_id, err);
}

err_code rooms_coming(struct db *db, int64_t room_id, int64_t now, int64_t *count,
                      struct err *err)
{
    const int64_t parameters[] = {room_id, now};

    return rows_number(db, QUERY_ROOM_COMING, parameters, 2, 0, count, err);
}
