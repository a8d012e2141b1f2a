/* Records of the rooms of structures. Writing happens inside a writer's job and notes a change of
 * the structure. */
#ifndef STORE_ROOMS_H
#define STORE_ROOMS_H

#include "exchange/model/room.h"
#include "store/driver.h"

/* ERR_NOT_FOUND when there is none with that id. */
MUST_USE err_code rooms_get(struct db *db, struct arena *arena, int64_t id,
                            struct room *out, struct err *err);
/* Those of a structure (0: of all), by structure and name, 500 at most. */
MUST_USE err_code rooms_list(struct db *db, struct arena *arena, int64_t structure_id,
                             struct room **out, size_t *count, struct err *err);
/* id 0 makes a new one and sets id and version; else the version must be the one read
 * (ERR_CONFLICT). */
MUST_USE err_code rooms_save(struct db *db, struct room *room, int64_t now,
                             struct err *err);
/* Past sessions keep the name of their place. */
MUST_USE err_code rooms_erase(struct db *db, const struct room *room, int64_t now,
                              struct err *err);
/* The session that has the room at some moment of that time, but `except`; 0 when it is free. A
 * proposed session has it at each of its dates, a fixed one at the date chosen. */
MUST_USE err_code rooms_booked(struct db *db, int64_t room_id, int64_t starts_at,
                               int64_t ends_at, int64_t except, int64_t *session_id,
                               struct err *err);
/* How many sessions are to come there. */
MUST_USE err_code rooms_coming(struct db *db, int64_t room_id, int64_t now,
                               int64_t *count, struct err *err);

#endif
