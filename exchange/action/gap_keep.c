/* Keeping the counts of the gaps (exchange/action/gap_view.h). */
#include "exchange/action/gap_count.h"
#include "exchange/action/gap_stale.h"
#include "exchange/action/jobs.h"
#include "store/change.h"
#include "store/gap_counts.h"

enum { KEEP_ARENA_MAX = 1 << 30, SKILLS_A_WRITE = 300 };

/* What is written in one go. */
struct keeping {
    struct ctx *ctx;
    const struct gap_stale *stale;
    const int64_t *skill_ids; /* counted, ascending */
    size_t skill_count;
    bool is_first, is_last;
    struct gap_counts counts; /* of these skills */
    const struct gap_total *totals;
    size_t total_count;
    int64_t number; /* of the last change they know */
};

static err_code write_counts(struct db *db, void *argument, struct err *err)
{
    const struct keeping *keeping = argument;
    const struct ctx *ctx = keeping->ctx;
    bool clears = keeping->is_first && keeping->stale->all;
    err_code code = clears ? gap_counts_clear(db, err) : ERR_NONE;

    if (code == ERR_NONE && clears) /* half of them would be wrong */
        code = gap_counts_put_made(db, 0, ctx->now, err);
    for (size_t i = 0; code == ERR_NONE && i < keeping->skill_count; i++)
        code = gap_counts_drop(db, keeping->skill_ids[i], err);
    if (code == ERR_NONE)
        code = gap_counts_put(db, &keeping->counts, err);
    for (size_t i = 0; code == ERR_NONE && keeping->is_last && i < keeping->total_count;
         i++)
        code = gap_counts_put_total(db, &keeping->totals[i], err);
    if (code == ERR_NONE && keeping->is_last)
        code = gap_counts_fresh(db, keeping->stale, keeping->number, err);
    if (code == ERR_NONE && keeping->is_last)
        code = gap_counts_put_made(db, gap_rules_number(ctx->config), ctx->now, err);
    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, ctx->now, err) : code;
}

/* The part of a list by skill that stands for the skills from `low` to `high`. */
#define PART(list, count, low, high, out, out_count)                                     \
    do {                                                                                 \
        size_t from_ = 0, to_;                                                           \
        while (from_ < (count) && (list)[from_].skill_id < (low))                        \
            from_++;                                                                     \
        for (to_ = from_; to_ < (count) && (list)[to_].skill_id <= (high);)              \
            to_++;                                                                       \
        (out) = (list) + from_;                                                          \
        (out_count) = to_ - from_;                                                       \
    } while (0)

/* Some hundred skills at a time, so that others write between them. */
static err_code keep(struct ctx *ctx, struct keeping *keeping,
                     const struct gap_counts *counts, const int64_t *ids, size_t count,
                     struct err *err)
{
    err_code code = ERR_NONE;
    size_t at = 0;

    do {
        size_t most = count - at < SKILLS_A_WRITE ? count - at : SKILLS_A_WRITE;
        int64_t low = most ? ids[at] : 0, high = most ? ids[at + most - 1] : 0;
        struct gap_counts *part = &keeping->counts;
        keeping->skill_ids = ids + at;
        keeping->skill_count = most;
        keeping->is_first = at == 0;
        keeping->is_last = at + most == count;
        PART(counts->supplies, counts->supply_count, low, high, part->supplies,
             part->supply_count);
        PART(counts->demands, counts->demand_count, low, high, part->demands,
             part->demand_count);
        PART(counts->shares, counts->share_count, low, high, part->shares,
             part->share_count);
        code = writer_do(ctx->writer, write_counts, keeping, err);
        at += most;
    } while (code == ERR_NONE && at < count);
    return code;
}

static bool is_clean(const struct gap_stale *stale)
{
    return !stale->all && stale->skill_count == 0 && stale->expired_count == 0 &&
           stale->pole_count == 0;
}

/* Skills that must be written: those recounted, all that are counted when all is new. */
static err_code ids_of(struct arena *arena, const struct gap_counts *counts,
                       int64_t **ids, size_t *count, struct err *err)
{
    *ids = arena_array(arena, counts->supply_count + 1, sizeof **ids);
    if (!*ids)
        return err_set(err, ERR_MEMORY, "no room for skills");
    for (size_t i = 0; i < counts->supply_count; i++)
        (*ids)[i] = counts->supplies[i].skill_id;
    *count = counts->supply_count;
    return ERR_NONE;
}

/* Counts what must be; all rows as they are at one moment. */
static err_code count(struct ctx *ctx, struct arena *arena, struct gap_stale *stale,
                      struct keeping *keeping, struct gap_counts *counts, int64_t **ids,
                      size_t *id_count, struct err *err)
{
    struct gap_total *totals = NULL;
    size_t total_count = 0;
    err_code code = change_last(ctx->db, &keeping->number, err);

    if (code == ERR_NONE)
        code = gap_counts_stale(ctx->db, arena, gap_rules_number(ctx->config), ctx->now,
                                stale, err);
    if (code != ERR_NONE || is_clean(stale))
        return code;
    if (!stale->all)
        code = gap_stale_skills(ctx, arena, stale, ids, id_count, err);
    if (code == ERR_NONE && (stale->all || *id_count))
        code = gap_count(ctx, arena, *ids, *id_count, counts, err);
    if (code == ERR_NONE && stale->all)
        code = ids_of(arena, counts, ids, id_count, err);
    if (code == ERR_NONE)
        code = gap_stale_totals(ctx, arena, stale, &totals, &total_count, err);
    keeping->totals = totals;
    keeping->total_count = total_count;
    return code;
}

err_code job_gaps(struct ctx *ctx, struct err *err)
{
    struct arena *arena = arena_new(KEEP_ARENA_MAX);
    struct gap_stale stale = {0};
    struct keeping keeping = {.ctx = ctx, .stale = &stale};
    struct gap_counts counts = {0};
    int64_t *ids = NULL;
    size_t id_count = 0;
    err_code code = arena ? db_read_begin(ctx->db, err)
                          : err_set(err, ERR_MEMORY, "no room for the gaps");

    if (code == ERR_NONE) {
        code = count(ctx, arena, &stale, &keeping, &counts, &ids, &id_count, err);
        db_read_end(ctx->db);
    }
    if (code == ERR_NONE && !is_clean(&stale))
        code = keep(ctx, &keeping, &counts, ids, id_count, err);
    arena_free(arena);
    return code;
}
