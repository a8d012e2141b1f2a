/* Counts the gaps from the records: of all skills asked for, or of some of them. */
#ifndef EXCHANGE_ACTION_GAP_COUNT_H
#define EXCHANGE_ACTION_GAP_COUNT_H

#include "exchange/action/ctx.h"
#include "exchange/model/gap_count.h"

enum { GAP_MONTHS = 12 }; /* closed needs count as asked for so long */

/* The skills that stand for these in a count: the first of each name. In `arena`,
 * ascending, each once. */
MUST_USE err_code gap_first_of_name(struct ctx *ctx, struct arena *arena,
                                    const int64_t *skill_ids, size_t id_count,
                                    int64_t **out, size_t *count, struct err *err);

/* The same of those that needs of the pole (0: of all) ask for now and that are not
 * private: only these are for everybody's eyes. */
MUST_USE err_code gap_shown(struct ctx *ctx, struct arena *arena, int64_t pole_id,
                            int64_t **out, size_t *count, struct err *err);

/* `skill_ids` are first of their name; NULL: all that are asked for. Counts live in
 * `arena`. */
MUST_USE err_code gap_count(struct ctx *ctx, struct arena *arena,
                            const int64_t *skill_ids, size_t id_count,
                            struct gap_counts *out, struct err *err);

#endif
