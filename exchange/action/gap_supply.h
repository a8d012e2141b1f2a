/* Who could answer: the supply side of a gap report. */
#ifndef EXCHANGE_ACTION_GAP_SUPPLY_H
#define EXCHANGE_ACTION_GAP_SUPPLY_H

#include "exchange/action/ctx.h"
#include "exchange/model/gap.h"

struct gap_wanted {
    int64_t pole_id; /* 0: the whole site; everybody is "here" then */
    const int64_t
        *skill_ids; /* ascending, each once; entries name their place as `row` */
    size_t skill_count;
    /* The bit of the column of a structure (with a pole) or of a pole (without). */
    uint64_t (*column)(const void *of, int64_t id);
    const void *of;
};

/* An entry for each human and skill she agreed to pass on, by its own name, a label alike
 * or a narrower skill; merged by gap_merge. Entries live in `arena`. */
MUST_USE err_code gap_supply_read(struct ctx *ctx, struct arena *arena,
                                  const struct gap_wanted *wanted, struct gap_entry **out,
                                  size_t *count, struct err *err);

#endif
