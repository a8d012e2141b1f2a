/* The counts of the gaps as they are now: what is kept, with what is not yet counted
 * anew. */
#include "exchange/action/gap_view.h"

#include "exchange/action/gap_count.h"
#include "exchange/action/gap_stale.h"
#include "exchange/action/gap_total.h"
#include "exchange/action/ids.h"
#include "store/gap_counts.h"

#include <stdlib.h>

struct viewing {
    struct ctx *ctx;
    struct arena *arena;
    struct gap_view *view;
    struct gap_stale stale;
};

static bool is_recounted(const struct gap_view *view, int64_t skill_id)
{
    return view->is_all ||
           ids_place(view->recounted, view->recounted_count, skill_id) != IDS_NONE;
}

static const struct gap_supply *fresh_supply(const struct gap_view *view,
                                             int64_t skill_id)
{
    size_t low = 0, high = view->fresh.supply_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (view->fresh.supplies[middle].skill_id < skill_id)
            low = middle + 1;
        else
            high = middle;
    }
    return &view->fresh.supplies[low];
}

static int by_skill_demand(const void *a, const void *b)
{
    const struct gap_demand *x = a, *y = b;

    return (x->skill_id > y->skill_id) - (x->skill_id < y->skill_id);
}

static int by_skill_supply(const void *a, const void *b)
{
    const struct gap_supply *x = a, *y = b;

    return (x->skill_id > y->skill_id) - (x->skill_id < y->skill_id);
}

static int by_skill_share(const void *a, const void *b)
{
    const struct gap_share *x = a, *y = b;

    if (x->skill_id != y->skill_id)
        return x->skill_id < y->skill_id ? -1 : 1;
    return (x->of_id > y->of_id) - (x->of_id < y->of_id);
}

/* Kept demands and supplies whose skill was not recounted, and the recounted ones. */
static err_code join_demands(struct viewing *viewing, const struct gap_counts *kept,
                             struct err *err)
{
    struct gap_view *view = viewing->view;
    size_t most = kept->demand_count + view->fresh.demand_count + 1, used = 0;
    struct gap_demand *demands = arena_array(viewing->arena, most, sizeof *demands);
    struct gap_supply *supplies = arena_array(viewing->arena, most, sizeof *supplies);

    if (!demands || !supplies)
        return err_set(err, ERR_MEMORY, "no room for the gaps");
    for (size_t i = 0; i < kept->demand_count; i++)
        if (!is_recounted(view, kept->demands[i].skill_id)) {
            demands[used] = kept->demands[i];
            supplies[used++] = kept->supplies[i];
        }
    for (size_t i = 0; i < view->fresh.demand_count; i++)
        if (view->fresh.demands[i].pole_id == view->pole_id) {
            demands[used] = view->fresh.demands[i];
            supplies[used] = *fresh_supply(view, demands[used].skill_id);
            used++;
        }
    if (used) {
        qsort(demands, used, sizeof *demands, by_skill_demand);
        qsort(supplies, used, sizeof *supplies, by_skill_supply);
    }
    view->counts.demands = demands;
    view->counts.supplies = supplies;
    view->counts.demand_count = view->counts.supply_count = used;
    return ERR_NONE;
}

/* The same of shares: those of `scope`, of one pole or structure when `of_id` is not
 * GAP_OF_ALL. */
enum { GAP_OF_ALL = -1 };
static err_code join_shares(const struct gap_view *view, struct arena *arena,
                            int64_t scope, int64_t of_id, struct gap_share **list,
                            size_t *count, struct err *err)
{
    struct gap_share *kept = *list;
    size_t used = 0;
    struct gap_share *joined =
        arena_array(arena, *count + view->fresh.share_count + 1, sizeof *joined);

    if (!joined)
        return err_set(err, ERR_MEMORY, "no room for the gaps");
    for (size_t i = 0; i < *count; i++)
        if (!is_recounted(view, kept[i].skill_id))
            joined[used++] = kept[i];
    for (size_t i = 0; i < view->fresh.share_count; i++)
        if (view->fresh.shares[i].scope == scope &&
            (of_id == GAP_OF_ALL || view->fresh.shares[i].of_id == of_id))
            joined[used++] = view->fresh.shares[i];
    if (used)
        qsort(joined, used, sizeof *joined, by_skill_share);
    *list = joined;
    *count = used;
    return ERR_NONE;
}

static err_code read_total(struct viewing *viewing, struct err *err)
{
    struct gap_view *view = viewing->view;
    const struct gap_stale *stale = &viewing->stale;
    bool is_stale = view->is_all || (!view->pole_id && stale->pole_count), is_there;
    err_code code = ERR_NONE;

    for (size_t i = 0; i < stale->pole_count; i++)
        is_stale = is_stale || stale->pole_ids[i] == view->pole_id;
    if (!is_stale) {
        code = gap_counts_total(viewing->ctx->db, view->pole_id, &view->total, &is_there,
                                err);
        if (code != ERR_NONE || is_there)
            return code;
    }
    return gap_total_count(viewing->ctx, view->pole_id, &view->total, err);
}

static err_code count_fresh(struct viewing *viewing, struct err *err)
{
    struct gap_view *view = viewing->view;
    int64_t *ids = NULL;
    err_code code = ERR_NONE;

    if (!view->is_all)
        code = gap_stale_skills(viewing->ctx, viewing->arena, &viewing->stale, &ids,
                                &view->recounted_count, err);
    view->recounted = ids;
    if (code == ERR_NONE && (view->is_all || view->recounted_count))
        code = gap_count(viewing->ctx, viewing->arena, ids, view->recounted_count,
                         &view->fresh, err);
    return code;
}

static err_code read_view(struct viewing *viewing, struct err *err)
{
    struct gap_view *view = viewing->view;
    struct db *db = viewing->ctx->db;
    struct gap_counts kept = {0};
    struct gap_share *shares = NULL;
    size_t share_count = 0;
    err_code code = count_fresh(viewing, err);

    if (code == ERR_NONE && !view->is_all)
        code = gap_counts_read(db, viewing->arena, view->pole_id, &kept, err);
    if (code == ERR_NONE)
        code = join_demands(viewing, &kept, err);
    if (code == ERR_NONE && !view->is_all)
        code = gap_counts_shares(db, viewing->arena, view->pole_id, &shares, &share_count,
                                 err);
    if (code == ERR_NONE)
        code = join_shares(view, viewing->arena, view->pole_id, GAP_OF_ALL, &shares,
                           &share_count, err);
    view->counts.shares = shares;
    view->counts.share_count = share_count;
    if (code == ERR_NONE && view->pole_id && !view->is_all)
        code = gap_counts_live_in(db, viewing->arena, view->pole_id, &view->lives,
                                  &view->live_count, err);
    if (code == ERR_NONE && view->pole_id)
        code = join_shares(view, viewing->arena, GAP_BY_POLE, view->pole_id, &view->lives,
                           &view->live_count, err);
    return code == ERR_NONE ? read_total(viewing, err) : code;
}

err_code gap_view_read(struct ctx *ctx, struct arena *arena, int64_t pole_id,
                       bool from_records, struct gap_view *out, struct err *err)
{
    struct gap_view view = {.pole_id = pole_id};
    struct viewing viewing = {.ctx = ctx, .arena = arena, .view = &view};
    err_code code = db_read_begin(ctx->db, err); /* counts and marks of one moment */

    if (code != ERR_NONE)
        return code;
    code = gap_counts_stale(ctx->db, arena, gap_rules_number(ctx->config), ctx->now,
                            &viewing.stale, err);
    view.is_all = from_records || viewing.stale.all;
    if (code == ERR_NONE)
        code = read_view(&viewing, err);
    db_read_end(ctx->db);
    if (code == ERR_NONE)
        *out = view;
    return code;
}

err_code gap_view_structures(struct ctx *ctx, struct arena *arena,
                             const struct gap_view *view, const int64_t *skill_ids,
                             size_t id_count, struct gap_share **out, size_t *count,
                             struct err *err)
{
    err_code code = ERR_NONE;

    *out = NULL;
    *count = 0;
    if (!view->is_all)
        code = gap_counts_shares_of(ctx->db, arena, GAP_BY_STRUCTURE, skill_ids, id_count,
                                    out, count, err);
    return code == ERR_NONE
               ? join_shares(view, arena, GAP_BY_STRUCTURE, GAP_OF_ALL, out, count, err)
               : code;
}
