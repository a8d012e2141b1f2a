/* The rooms of a structure. */
#include "exchange/action/room_edit.h"

#include "base/unicode.h"
#include "exchange/action/actor.h"
#include "exchange/action/session_form.h"
#include "exchange/model/when.h"
#include "store/change.h"
#include "store/rooms.h"

#include <stdlib.h>

enum { NAME_MOST = 80, WORDS_MOST = 300 };

struct job {
    struct ctx *ctx;
    struct room *room;
    int64_t structure_id, id;
};

static err_code must_manage(const struct ctx *ctx, int64_t structure_id, struct err *err)
{
    return actor_must(VERB_MANAGE_ROOMS, actor_who(ctx->actor, 0, 0, structure_id), err);
}

static err_code note(struct db *db, const struct job *job, const char *verb,
                     struct err *err)
{
    const struct ctx *ctx = job->ctx;
    const struct audit audit = {
        .actor = actor_word(ctx->arena, ctx->actor),
        .verb = verb,
        .detail = arena_printf(ctx->arena, "room %lld", (long long)job->id),
        .account_id = ctx->actor->account_id,
        .person_id = ctx->actor->person_id};

    return audit_of(db, &audit, ctx->now, err);
}

err_code room_read(struct ctx *ctx, int64_t structure_id, int64_t id, struct room *out,
                   struct err *err)
{
    err_code code = rooms_get(ctx->db, ctx->arena, id, out, err);

    return code == ERR_NONE && out->structure_id != structure_id
               ? err_set(err, ERR_NOT_FOUND, "this structure has no such room")
               : code;
}

static err_code too_long(const char *text, size_t most, const char *field,
                         struct err *err)
{
    return text && unicode_length(text) > most
               ? err_set_field(err, ERR_INVALID, field,
                               N_("Shorten this: 300 characters at most."))
               : ERR_NONE;
}

static err_code read_hours(struct ctx *ctx, const struct room_form *form,
                           struct room *room, struct err *err)
{
    struct weekly_window *windows =
        arena_array(ctx->arena, ROOM_WINDOWS_MOST, sizeof *windows);

    if (!windows)
        return err_set(err, ERR_MEMORY, "no room for opening times");
    room->windows = windows;
    for (int day = 0; day < 7; day++) {
        const char *from_text = arena_trimmed(ctx->arena, form->from[day]),
                   *to_text = arena_trimmed(ctx->arena, form->to[day]);
        int from = when_minutes(from_text), to = when_minutes(to_text);
        if (!from_text && !to_text)
            continue;
        if (from < 0 || to < 0 || to <= from)
            return err_set_field(
                err, ERR_INVALID, "hours",
                N_("Write the opening times such as 9h and 18h30, the first before the "
                   "second; leave both empty when it is closed."));
        windows[room->window_count++] = (struct weekly_window){day + 1, from, to};
    }
    return ERR_NONE;
}

static err_code read_form(struct ctx *ctx, const struct room_form *form,
                          struct room *room, struct err *err)
{
    char *end = NULL;
    long capacity = form->capacity ? strtol(form->capacity, &end, 10) : 0;
    err_code code;

    room->name = arena_trimmed(ctx->arena, form->name);
    room->commune = arena_trimmed(ctx->arena, form->commune);
    room->address = arena_trimmed(ctx->arena, form->address);
    room->equipment = arena_trimmed(ctx->arena, form->equipment);
    room->access = arena_trimmed(ctx->arena, form->access);
    room->is_step_free = form->is_step_free;
    if (!room->name || unicode_length(room->name) > NAME_MOST)
        return err_set_field(err, ERR_INVALID, "name",
                             N_("Give the room a name: 80 characters at most."));
    if (!end || *end || capacity < 1 || capacity > ROOM_CAPACITY_MOST)
        return err_set_field(err, ERR_INVALID, "capacity",
                             N_("Write how many people it holds: 1 to 1,000."));
    room->capacity = (int)capacity;
    code = too_long(room->commune, NAME_MOST, "commune", err);
    if (code == ERR_NONE)
        code = too_long(room->address, WORDS_MOST, "address", err);
    if (code == ERR_NONE)
        code = too_long(room->equipment, WORDS_MOST, "equipment", err);
    if (code == ERR_NONE)
        code = too_long(room->access, WORDS_MOST, "access", err);
    return code == ERR_NONE ? read_hours(ctx, form, room, err) : code;
}

static err_code write_room(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    struct room before, room = *job->room;
    err_code code = ERR_NONE;

    if (job->id) {
        code = rooms_get(db, job->ctx->arena, job->id, &before, err);
        if (code == ERR_NONE && before.structure_id != job->structure_id)
            code = err_set(err, ERR_NOT_FOUND, "this structure has no such room");
        room.id = job->id;
        room.version = before.version;
    }
    if (code == ERR_NONE)
        code = rooms_save(db, &room, job->ctx->now, err);
    job->room->id = room.id;
    return code == ERR_NONE ? note(db, job, "edit room", err) : code;
}

err_code room_edit(struct ctx *ctx, int64_t structure_id, int64_t id,
                   const struct room_form *form, struct err *err)
{
    struct room room = {.structure_id = structure_id};
    struct job job = {.ctx = ctx, .room = &room, .structure_id = structure_id, .id = id};
    err_code code = must_manage(ctx, structure_id, err);

    if (code == ERR_NONE)
        code = read_form(ctx, form, &room, err);
    return code == ERR_NONE ? writer_do(ctx->writer, write_room, &job, err) : code;
}

static err_code write_removal(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    int64_t coming = 0;
    struct room room;
    err_code code = rooms_get(db, job->ctx->arena, job->id, &room, err);

    if (code == ERR_NONE && room.structure_id != job->structure_id)
        code = err_set(err, ERR_NOT_FOUND, "this structure has no such room");
    if (code == ERR_NONE)
        code = rooms_coming(db, room.id, job->ctx->now, &coming, err);
    if (code == ERR_NONE && coming)
        code = err_set_field(err, ERR_CONFLICT, "remove",
                             N_("A session is to come in this room: move it first."));
    if (code == ERR_NONE)
        code = rooms_erase(db, &room, job->ctx->now, err);
    return code == ERR_NONE ? note(db, job, "remove room", err) : code;
}

err_code room_remove(struct ctx *ctx, int64_t structure_id, int64_t id, struct err *err)
{
    struct job job = {.ctx = ctx, .structure_id = structure_id, .id = id};
    err_code code = must_manage(ctx, structure_id, err);

    return code == ERR_NONE ? writer_do(ctx->writer, write_removal, &job, err) : code;
}
