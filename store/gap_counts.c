/* The counts of the gaps: reading. */
#include "store/gap_counts.h"

#include "store/records.h"
#include "store/rows.h"

static bool add_id(struct arena *arena, int64_t **ids, size_t *count, size_t *capacity,
                   int64_t id)
{
    int64_t *grown = arena_grow(arena, *ids, *count, capacity, sizeof *grown);

    if (!grown)
        return false;
    grown[(*count)++] = id;
    *ids = grown;
    return true;
}

static err_code read_marks(struct db *db, struct arena *arena, struct gap_stale *stale,
                           size_t pole_capacity, struct err *err)
{
    size_t skill_capacity = 0;
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, QUERY_GAP_STALE, &stmt, err);

    if (code != ERR_NONE)
        return code;
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        int64_t id = row_int(stmt, 1);
        bool is_pole = row_int(stmt, 0) == 1, added = true;
        if (is_pole)
            added =
                add_id(arena, &stale->pole_ids, &stale->pole_count, &pole_capacity, id);
        else if (id)
            added = add_id(arena, &stale->skill_ids, &stale->skill_count, &skill_capacity,
                           id);
        stale->all = stale->all || (!is_pole && !id);
        if (!added) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for marks");
        }
    }
    return code;
}

/* Nothing kept is right when it was made by other rules, or in the future. */
static err_code read_made(struct db *db, int64_t rules, int64_t now,
                          struct gap_stale *stale, struct err *err)
{
    struct stmt *stmt;
    bool has_row = false;
    err_code code = db_query(db, QUERY_GAP_MADE, &stmt, err);

    if (code == ERR_NONE)
        code = stmt_next(stmt, &has_row, err);
    stale->all = !has_row;
    if (code == ERR_NONE && has_row) {
        stale->all = row_int(stmt, 0) != rules || row_int(stmt, 1) > now;
        stmt_end(stmt);
    }
    return code;
}

err_code gap_counts_stale(struct db *db, struct arena *arena, int64_t rules, int64_t now,
                          struct gap_stale *out, struct err *err)
{
    struct gap_stale stale = {0};
    int64_t *ended = NULL;
    size_t ended_count = 0, capacity = 0;
    err_code code = read_made(db, rules, now, &stale, err);

    if (code == ERR_NONE)
        code = rows_ids(db, arena, QUERY_GAP_TOTALS_UNTIL, &now, 1, &ended, &ended_count,
                        err);
    for (size_t i = 0; code == ERR_NONE && i < ended_count; i++)
        if (!add_id(arena, &stale.pole_ids, &stale.pole_count, &capacity, ended[i]))
            code = err_set(err, ERR_MEMORY, "no room for poles");
    if (code == ERR_NONE)
        code = read_marks(db, arena, &stale, capacity, err);
    if (code == ERR_NONE)
        code = rows_ids(db, arena, QUERY_GAP_EXPIRED, &now, 1, &stale.expired_ids,
                        &stale.expired_count, err);
    if (code == ERR_NONE)
        *out = stale;
    return code;
}

static void *room(struct arena *arena, void **items, size_t count, size_t *capacity,
                  size_t size)
{
    *items = arena_grow(arena, *items, count, capacity, size);
    return *items;
}

err_code gap_counts_read(struct db *db, struct arena *arena, int64_t pole_id,
                         struct gap_counts *out, struct err *err)
{
    void *demands = NULL, *supplies = NULL;
    size_t count = 0, demand_capacity = 0, supply_capacity = 0;
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, QUERY_GAP_DEMAND_OF, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, pole_id);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        struct gap_supply *supply;
        if (!room(arena, &demands, count, &demand_capacity, sizeof(struct gap_demand)) ||
            !room(arena, &supplies, count, &supply_capacity, sizeof *supply)) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for counts");
        }
        ((struct gap_demand *)demands)[count] =
            (struct gap_demand){.skill_id = row_int(stmt, 0),
                                .pole_id = pole_id,
                                .asking = row_int(stmt, 1),
                                .waiting = row_int(stmt, 2),
                                .needs = row_int(stmt, 3),
                                .oldest_at = row_int(stmt, 4),
                                .oldest_id = row_int(stmt, 5),
                                .parts = (unsigned)row_int(stmt, 6),
                                .last_at = row_int(stmt, 7),
                                .until_at = row_int(stmt, 8),
                                .proposed = row_int(stmt, 17)};
        supply = (struct gap_supply *)supplies + count++;
        *supply = (struct gap_supply){.skill_id = row_int(stmt, 0),
                                      .one_id = row_int(stmt, 14),
                                      .parts = (unsigned)row_int(stmt, 15),
                                      .until_at = row_int(stmt, 16)};
        for (int i = 0; i < KNOW_STATES; i++)
            supply->knowing[i] = row_int(stmt, 9 + i);
    }
    *out = (struct gap_counts){.demands = demands,
                               .demand_count = count,
                               .supplies = supplies,
                               .supply_count = count};
    return code;
}

/* Rows of skill, of whom, asking, waiting, live, known, proposed. */
static err_code read_shares(struct stmt *stmt, struct arena *arena, int64_t scope,
                            struct gap_share **list, size_t *count, size_t *capacity,
                            struct err *err)
{
    bool has_row;
    err_code code;

    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        *list = arena_grow(arena, *list, *count, capacity, sizeof **list);
        if (!*list) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for counts");
        }
        (*list)[(*count)++] = (struct gap_share){.skill_id = row_int(stmt, 0),
                                                 .scope = scope,
                                                 .of_id = row_int(stmt, 1),
                                                 .asking = row_int(stmt, 2),
                                                 .waiting = row_int(stmt, 3),
                                                 .live = row_int(stmt, 4),
                                                 .known = row_int(stmt, 5),
                                                 .proposed = row_int(stmt, 6)};
    }
    return code;
}

err_code gap_counts_shares(struct db *db, struct arena *arena, int64_t scope,
                           struct gap_share **out, size_t *count, struct err *err)
{
    size_t capacity = 0;
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_GAP_SHARE_OF, &stmt, err);

    *out = NULL;
    *count = 0;
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, scope);
    return read_shares(stmt, arena, scope, out, count, &capacity, err);
}

err_code gap_counts_shares_of(struct db *db, struct arena *arena, int64_t scope,
                              const int64_t *skill_ids, size_t id_count,
                              struct gap_share **out, size_t *count, struct err *err)
{
    size_t capacity = 0;
    err_code code = ERR_NONE;

    *out = NULL;
    *count = 0;
    for (size_t at = 0; code == ERR_NONE && at < id_count; at += RECORDS_AT_ONCE) {
        struct stmt *stmt;
        code = db_query(db, QUERY_GAP_SHARE_OF_SKILLS, &stmt, err);
        for (size_t i = 0; code == ERR_NONE && i < RECORDS_AT_ONCE; i++)
            stmt_int(stmt, (int)i + 1,
                     skill_ids[at + i < id_count ? at + i : id_count - 1]);
        if (code != ERR_NONE)
            break;
        stmt_int(stmt, RECORDS_AT_ONCE + 1, scope);
        code = read_shares(stmt, arena, scope, out, count, &capacity, err);
    }
    return code;
}

err_code gap_counts_live_in(struct db *db, struct arena *arena, int64_t pole_id,
                            struct gap_share **out, size_t *count, struct err *err)
{
    size_t capacity = 0;
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, QUERY_GAP_LIVE_IN, &stmt, err);

    *out = NULL;
    *count = 0;
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, pole_id);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        *out = arena_grow(arena, *out, *count, &capacity, sizeof **out);
        if (!*out) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for counts");
        }
        (*out)[(*count)++] = (struct gap_share){
            .skill_id = row_int(stmt, 0), .of_id = pole_id, .live = row_int(stmt, 1)};
    }
    return code;
}

static err_code read_total(struct stmt *stmt, int64_t pole_id, bool has_trend,
                           struct gap_total *out, bool *is_there, struct err *err)
{
    err_code code = stmt_next(stmt, is_there, err);

    if (code != ERR_NONE || !*is_there)
        return code;
    *out = (struct gap_total){.pole_id = pole_id,
                              .asking = row_int(stmt, 0),
                              .needs = row_int(stmt, 1),
                              .unqualified = row_int(stmt, 2),
                              .oldest_at = row_int(stmt, 3),
                              .until_at = row_int(stmt, 4)};
    if (!out->until_at)
        out->until_at = INT64_MAX; /* nobody asks */
    if (has_trend)
        out->trend = (struct gap_trend){.asking = row_int(stmt, 5),
                                        .served = row_int(stmt, 6),
                                        .answered = row_int(stmt, 7),
                                        .median_wait_s = row_int(stmt, 8),
                                        .sessions = row_int(stmt, 9),
                                        .trainers = row_int(stmt, 10),
                                        .busiest = row_int(stmt, 11),
                                        .busiest_sessions = row_int(stmt, 12)};
    stmt_end(stmt);
    return ERR_NONE;
}

static err_code read_months(struct db *db, struct gap_total *total, bool *is_there,
                            struct err *err)
{
    struct stmt *stmt;
    bool has_row;
    int count = 0;
    err_code code = db_query(db, QUERY_GAP_MONTHS_OF, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, total->pole_id);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row)
        if (count < GAP_TREND_MONTHS)
            total->trend.months[count++] =
                (struct gap_month){row_int(stmt, 0), row_int(stmt, 1), row_int(stmt, 2)};
    *is_there = count == GAP_TREND_MONTHS;
    return code;
}

err_code gap_counts_total(struct db *db, int64_t pole_id, struct gap_total *out,
                          bool *is_there, struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_GAP_TOTAL_OF, &stmt, err);

    *is_there = false;
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, pole_id);
    code = read_total(stmt, pole_id, true, out, is_there, err);
    return code == ERR_NONE && *is_there ? read_months(db, out, is_there, err) : code;
}

err_code gap_counts_asking_now(struct db *db, int64_t pole_id, int64_t now,
                               struct gap_total *out, struct err *err)
{
    struct stmt *stmt;
    bool is_there;
    err_code code = db_query(db, QUERY_GAP_TOTAL_COUNT, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, pole_id);
    stmt_int(stmt, 2, now);
    return read_total(stmt, pole_id, false, out, &is_there, err);
}
