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
};

/* An entry for each card and skill its owner agreed to pass on, by its own name, by a
 * label alike or as a narrower skill; skills of one name are one. One card may stand
 * twice in a row. Entries live in `arena`. */
MUST_USE err_code gap_supply_cards(struct ctx *ctx, struct arena *arena,
                                   const struct gap_wanted *wanted,
                                   struct gap_entry **out, size_t *count,
                                   struct err *err);
/* The same by human: merged by gap_merge. */
MUST_USE err_code gap_supply_read(struct ctx *ctx, struct arena *arena,
                                  const struct gap_wanted *wanted, struct gap_entry **out,
                                  size_t *count, struct err *err);

#endif
