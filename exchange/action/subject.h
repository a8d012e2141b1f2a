/* What the gaps, the planner and a funding are about: a skill, or, with a number below 0,
 * minus the number of a group of needs in free words (@subject_of of store/queries.awk).
 */
#ifndef EXCHANGE_ACTION_SUBJECT_H
#define EXCHANGE_ACTION_SUBJECT_H

#include "exchange/action/ctx.h"

struct subject {
    const char *name; /* in the language of ctx */
    int64_t group_id; /* 0: it is a skill */
    int64_t pole_id;  /* of the group; else 0 */
};
/* ERR_NOT_FOUND when it is gone. */
MUST_USE err_code subject_read(struct ctx *ctx, int64_t id, struct subject *out,
                               struct err *err);
/* Its name alone. */
MUST_USE err_code subject_name(struct ctx *ctx, int64_t id, const char **name,
                               struct err *err);
/* 0: it is a skill. */
int64_t subject_group(int64_t id);

#endif
