/* All who ask in a pole, and its last twelve months. */
#include "exchange/action/gap_total.h"

#include "base/calendar.h"
#include "store/gap_counts.h"
#include "store/gaps.h"
#include "store/rows.h"

enum { YEAR_MONTHS = 12, TREND_ARENA_MAX = 256 << 20 };

/* The first moment of the month so many months before that of `now` (or after, below 0).
 */
static int64_t month_start(const struct ctx *ctx, int before)
{
    struct civil civil = calendar_civil(ctx->now, ctx->config->zone);
    int month = civil.year * YEAR_MONTHS + civil.month - 1 - before;
    int64_t at = 0;

    (void)calendar_instant((struct civil){.year = month / YEAR_MONTHS,
                                          .month = month % YEAR_MONTHS + 1,
                                          .day = 1},
                           ctx->config->zone, &at);
    return at;
}

static err_code read_trend(struct ctx *ctx, struct arena *arena, int64_t pole_id,
                           struct gap_trend *trend, struct err *err)
{
    int64_t parameters[] = {pole_id, trend->months[0].at};
    struct gap_event *events = NULL;
    int64_t *loads = NULL, *waits;
    size_t count = 0, load_count = 0;
    err_code code =
        gaps_events(ctx->db, arena, pole_id, trend->months[0].at, &events, &count, err);

    if (code == ERR_NONE)
        code = rows_ids(ctx->db, arena, QUERY_GAP_TREND_LOADS, parameters, 2, &loads,
                        &load_count, err);
    if (code != ERR_NONE)
        return code;
    waits = arena_array(arena, count + 1, sizeof *waits);
    if (!waits)
        return err_set(err, ERR_MEMORY, "no room for the trend");
    gap_trend_asks(trend, month_start(ctx, -1), events, count, waits);
    gap_trend_loads(trend, loads, load_count);
    return ERR_NONE;
}

err_code gap_total_count(struct ctx *ctx, int64_t pole_id, struct gap_total *out,
                         struct err *err)
{
    struct gap_total total;
    struct arena *arena = arena_new(TREND_ARENA_MAX);
    err_code code = arena ? gap_counts_asking_now(ctx->db, pole_id, ctx->now, &total, err)
                          : err_set(err, ERR_MEMORY, "no room for the trend");

    if (code == ERR_NONE) {
        int64_t end = month_start(ctx, -1);
        for (int i = 0; i < GAP_TREND_MONTHS; i++)
            total.trend.months[i].at = month_start(ctx, GAP_TREND_MONTHS - 1 - i);
        total.until_at = end < total.until_at ? end : total.until_at;
        code = read_trend(ctx, arena, pole_id, &total.trend, err);
    }
    arena_free(arena);
    if (code == ERR_NONE)
        *out = total;
    return code;
}
