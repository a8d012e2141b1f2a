/* The counts of the gaps as they are now.
 *
 * What changes marks what it counts in, in its own transaction (store/gap_marks.h). A job
 * (exchange/action/gap_keep.c) counts what is marked, or what time alone made wrong, and
 * keeps it. Who reads gets what is kept, with what is not yet counted anew counted on the
 * spot: right at every moment, and quick as long as the job follows. */
#ifndef EXCHANGE_ACTION_GAP_VIEW_H
#define EXCHANGE_ACTION_GAP_VIEW_H

#include "exchange/action/ctx.h"
#include "exchange/model/gap_count.h"

/* The counts of a pole (0: the whole site): its demands with the supply of each of these
 * skills at the same place, by skill. Lives in `arena`. */
struct gap_view {
    int64_t pole_id;
    struct gap_counts counts; /* shares: of the scope, by skill and of whom */
    struct gap_total total;
    struct gap_share
        *lives; /* live people of the pole, by skill; none for the whole site */
    size_t live_count;
    struct gap_counts fresh;  /* what was counted on the spot, in all scopes */
    const int64_t *recounted; /* these skills, ascending; all of them with `is_all` */
    size_t recounted_count;
    bool is_all;
};
/* Nothing is written. `from_records`: nothing kept is used. */
MUST_USE err_code gap_view_read(struct ctx *ctx, struct arena *arena, int64_t pole_id,
                                bool from_records, struct gap_view *out, struct err *err);
/* Who knows these skills by structure, by skill and structure. */
MUST_USE err_code gap_view_structures(struct ctx *ctx, struct arena *arena,
                                      const struct gap_view *view,
                                      const int64_t *skill_ids, size_t id_count,
                                      struct gap_share **out, size_t *count,
                                      struct err *err);

#endif
