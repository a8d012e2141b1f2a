/* The rooms of a structure, as its managers describe them. */
#ifndef EXCHANGE_ACTION_ROOM_EDIT_H
#define EXCHANGE_ACTION_ROOM_EDIT_H

#include "exchange/action/ctx.h"
#include "exchange/model/room.h"

enum { ROOM_WINDOWS_MOST = 14 };

/* As typed; NULL is empty. Days: from and to, Monday first, both empty: closed. */
struct room_form {
    const char *name, *commune, *address, *capacity, *equipment, *access;
    bool is_step_free;
    const char *from[7], *to[7];
};

/* id 0: a new one. ERR_INVALID (message_id) on field "name", "capacity", "hours", …;
 * ERR_FORBIDDEN unless the actor manages that structure. */
MUST_USE err_code room_edit(struct ctx *ctx, int64_t structure_id, int64_t id,
                            const struct room_form *form, struct err *err);
/* ERR_CONFLICT (message_id) while a session is to come there. */
MUST_USE err_code room_remove(struct ctx *ctx, int64_t structure_id, int64_t id,
                              struct err *err);
/* ERR_NOT_FOUND when it is not of that structure. */
MUST_USE err_code room_read(struct ctx *ctx, int64_t structure_id, int64_t id,
                            struct room *out, struct err *err);

#endif
