/* The room of a structure that a session takes place in. */
#ifndef EXCHANGE_ACTION_SESSION_ROOM_H
#define EXCHANGE_ACTION_SESSION_ROOM_H

#include "exchange/action/ctx.h"
#include "exchange/model/room.h"
#include "exchange/model/session.h"

/* Inside a writer's job: the session gets place, commune, access and structure of its
 * room; nothing happens when it has none. ERR_CONFLICT (message_id) on "room" when the
 * room is gone, closed at one of the dates that count (the fixed one, else all) or has
 * another session then, which *booked_id and *booked_at tell; on "seats" when it is too
 * small. */
MUST_USE err_code session_room_take(struct db *db, const struct ctx *ctx,
                                    struct session *session, int64_t *booked_id,
                                    int64_t *booked_at, struct err *err);

/* Every room there is, for the form; those of one structure. */
MUST_USE err_code rooms_to_choose(struct ctx *ctx, int64_t structure_id,
                                  struct room **out, size_t *count, struct err *err);

#endif
