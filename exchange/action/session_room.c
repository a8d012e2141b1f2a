/* The room of a structure that a session takes place in. */
#include "exchange/action/session_room.h"

#include "exchange/action/session_mail.h"
#include "store/rooms.h"

static err_code check(struct db *db, const struct ctx *ctx, const struct session *session,
                      const struct room *room, int64_t *booked_id, int64_t *booked_at,
                      struct err *err)
{
    const struct session_date *fixed = session_fixed(session);
    err_code code = ERR_NONE;

    if (session->seats > room->capacity)
        return err_set_field(err, ERR_CONFLICT, "seats",
                             N_("This room does not hold that many people."));
    for (size_t i = 0; code == ERR_NONE && i < session->date_count; i++) {
        const struct session_date *date = &session->dates[i];
        int64_t other = 0;
        if (fixed && fixed != date)
            continue;
        if (!room_is_open(room, date->starts_at, date->ends_at, ctx->config->zone))
            return err_set_field(err, ERR_CONFLICT, "room",
                                 N_("This room is closed at one of these times."));
        code = rooms_booked(db, room->id, date->starts_at, date->ends_at, session->id,
                            &other, err);
        if (code == ERR_NONE && other) {
            *booked_id = other;
            *booked_at = date->starts_at;
            return err_set_field(
                err, ERR_CONFLICT, "room",
                N_("Another session has this room at one of these times."));
        }
    }
    return code;
}

err_code session_room_take(struct db *db, const struct ctx *ctx, struct session *session,
                           int64_t *booked_id, int64_t *booked_at, struct err *err)
{
    struct err trouble = {0};
    struct room room;
    err_code code;

    if (!session->room_id)
        return ERR_NONE;
    code = rooms_get(db, ctx->arena, session->room_id, &room, &trouble);
    if (code == ERR_NOT_FOUND)
        return err_set_field(err, ERR_CONFLICT, "room", N_("Choose a room."));
    if (code != ERR_NONE)
        return err_set(err, code, "%s", trouble.text);
    session->place = room.name;
    session->commune = room.commune;
    session->structure_id = room.structure_id;
    session->access = room.access;
    if (room.address)
        session->place = arena_printf(ctx->arena, "%s, %s", room.name, room.address);
    return check(db, ctx, session, &room, booked_id, booked_at, err);
}

err_code rooms_to_choose(struct ctx *ctx, int64_t structure_id, struct room **out,
                         size_t *count, struct err *err)
{
    return rooms_list(ctx->db, ctx->arena, structure_id, out, count, err);
}
