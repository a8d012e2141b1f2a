/* The counts of the gaps: writing. */
#include "store/gap_counts.h"

#include "store/rows.h"

static err_code run_each(struct db *db, const enum query *queries, size_t count,
                         const int64_t *parameter, struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = rows_run(db, queries[i], parameter, parameter ? 1 : 0, err);
    return code;
}

err_code gap_counts_clear(struct db *db, struct err *err)
{
    static const enum query clears[] = {QUERY_GAP_SUPPLY_CLEAR, QUERY_GAP_DEMAND_CLEAR,
                                        QUERY_GAP_SHARE_CLEAR};

    return run_each(db, clears, sizeof clears / sizeof clears[0], NULL, err);
}

err_code gap_counts_drop(struct db *db, int64_t skill_id, struct err *err)
{
    static const enum query drops[] = {QUERY_GAP_SUPPLY_DROP, QUERY_GAP_DEMAND_DROP,
                                       QUERY_GAP_SHARE_DROP};

    return run_each(db, drops, sizeof drops / sizeof drops[0], &skill_id, err);
}

err_code gap_counts_put(struct db *db, const struct gap_counts *counts, struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < counts->supply_count; i++) {
        const struct gap_supply *supply = &counts->supplies[i];
        const int64_t row[] = {supply->skill_id,
                               supply->knowing[KNOWS_LIVE],
                               supply->knowing[KNOWS_UNCONFIRMED],
                               supply->knowing[KNOWS_PAUSING],
                               supply->knowing[KNOWS_AT_QUOTA],
                               supply->knowing[KNOWS_SILENT],
                               supply->one_id,
                               supply->parts,
                               supply->until_at};
        code = rows_run(db, QUERY_GAP_SUPPLY_ADD, row, 9, err);
    }
    for (size_t i = 0; code == ERR_NONE && i < counts->demand_count; i++) {
        const struct gap_demand *demand = &counts->demands[i];
        const int64_t row[] = {demand->skill_id,  demand->pole_id, demand->asking,
                               demand->waiting,   demand->needs,   demand->oldest_at,
                               demand->oldest_id, demand->parts,   demand->last_at,
                               demand->until_at,  demand->proposed};
        code = rows_run(db, QUERY_GAP_DEMAND_ADD, row, 11, err);
    }
    for (size_t i = 0; code == ERR_NONE && i < counts->share_count; i++) {
        const struct gap_share *share = &counts->shares[i];
        const int64_t row[] = {share->skill_id, share->scope,   share->of_id,
                               share->asking,   share->waiting, share->live,
                               share->known,    share->proposed};
        code = rows_run(db, QUERY_GAP_SHARE_ADD, row, 8, err);
    }
    return code;
}

err_code gap_counts_put_total(struct db *db, const struct gap_total *total,
                              struct err *err)
{
    static const enum query drops[] = {QUERY_GAP_TOTAL_DROP, QUERY_GAP_MONTH_DROP};
    const struct gap_trend *trend = &total->trend;
    const int64_t row[] = {total->pole_id,       total->asking,          total->needs,
                           total->unqualified,   total->oldest_at,       total->until_at,
                           trend->asking,        trend->served,          trend->answered,
                           trend->median_wait_s, trend->sessions,        trend->trainers,
                           trend->busiest,       trend->busiest_sessions};
    err_code code = run_each(db, drops, sizeof drops / sizeof drops[0], &row[0], err);

    if (code == ERR_NONE)
        code = rows_run(db, QUERY_GAP_TOTAL_PUT, row, sizeof row / sizeof row[0], err);
    for (int i = 0; code == ERR_NONE && i < GAP_TREND_MONTHS; i++) {
        const struct gap_month *month = &trend->months[i];
        const int64_t each[] = {total->pole_id, month->at, month->stated,
                                month->answered};
        code = rows_run(db, QUERY_GAP_MONTH_PUT, each, 4, err);
    }
    return code;
}

err_code gap_counts_fresh(struct db *db, const struct gap_stale *stale, int64_t number,
                          struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < stale->skill_count; i++) {
        const int64_t mark[] = {0, stale->skill_ids[i], number};
        code = rows_run(db, QUERY_GAP_STALE_DROP, mark, 3, err);
    }
    for (size_t i = 0; code == ERR_NONE && i < stale->pole_count; i++) {
        const int64_t mark[] = {1, stale->pole_ids[i], number};
        code = rows_run(db, QUERY_GAP_STALE_DROP, mark, 3, err);
    }
    if (code == ERR_NONE && stale->all) {
        const int64_t mark[] = {0, 0, number};
        code = rows_run(db, QUERY_GAP_STALE_DROP, mark, 3, err);
    }
    return code;
}

err_code gap_counts_put_made(struct db *db, int64_t rules, int64_t now, struct err *err)
{
    const int64_t row[] = {rules, now};
    err_code code = rows_run(db, QUERY_GAP_MADE_DROP, NULL, 0, err);

    return code == ERR_NONE && rules ? rows_run(db, QUERY_GAP_MADE_ADD, row, 2, err)
                                     : code;
}
