/* Waves: the best resource people for a need, a few at a time (introduction.h says which). Found
 * with the index outside the writer, written inside a writer's job with what goes with them. */
#ifndef EXCHANGE_ACTION_WAVE_H
#define EXCHANGE_ACTION_WAVE_H

#include "exchange/action/ctx.h"
#include "exchange/model/need.h"

enum { WAVE_CANDIDATES_MOST = 60 };

struct wave {
    const struct config *config;
    const struct need *need;
    int64_t asker_id;
    int64_t resource_ids[WAVE_CANDIDATES_MOST]; /* best first; some may not be askable any more */
    size_t count;
    size_t most;  /* how many of them are asked */
    bool is_more; /* goes on with the last wave: someone of it refused or kept silent */
    int64_t now;
};

/* Who could be asked. ERR_BUSY without an index; ERR_INVALID (message_id set) when the need is
 * closed or nobody could be told the answers. */
MUST_USE err_code wave_find(struct ctx *ctx, const struct need *need, size_t most,
                            bool is_more, struct wave *out, struct err *err);
/* Inside a writer's job: asks the first `most` of them who still may be; *asked says how many. */
MUST_USE err_code wave_write(struct db *db, const struct wave *wave, int *asked,
                             struct err *err);
/* Someone refused or kept silent: the next one is asked, when the need is open, has no answer and
 * an index is there. Trouble is for the caller to ignore or tell. */
MUST_USE err_code wave_route_on(struct ctx *ctx, int64_t need_id, struct err *err);

#endif
