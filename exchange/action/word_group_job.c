/* Needs in free words come into groups, groups get their names and what they are near to.
 */
#include "exchange/action/jobs.h"
#include "exchange/action/word_bag.h"
#include "exchange/action/word_group.h"
#include "store/change.h"
#include "store/rows.h"

#include <stdlib.h>

enum {
    LOOSE_A_TURN = 200,
    CHANGED_A_TURN = 50,
    COMPARED_MOST = 2000, /* needs of a pole that are in groups */
    NEAR_MOST = 5,        /* skills that mean about the same */
    TURN_ARENA_MAX = 256 << 20
};

/* Of the mean likeness to the needs of a group, from which on one more belongs there. */
static const double ALIKE_LEAST = 0.5, COVERAGE_LEAST = 0.5, SCORE_LEAST = 0.5,
                    WHOLE = 0.99;

/* A need in its group; a new group has a number below 0 until it is written. */
struct placed {
    const struct word_need *need;
    struct word_bag bag;
    int64_t group_id;
    bool is_new;
};

struct grouping {
    struct ctx *ctx;
    int64_t pole_id;
    struct placed *placed;
    size_t count;
    int64_t new_groups;
};

static err_code place(struct ctx *ctx, struct grouping *grouping,
                      const struct word_need *need, int64_t group_id, struct err *err)
{
    struct placed *placed = &grouping->placed[grouping->count++];

    placed->need = need;
    placed->group_id = group_id;
    placed->is_new = group_id == 0;
    return word_bag_learn(ctx, need->text, &placed->bag, err);
}

/* The group whose needs are the likest on the whole, the oldest of equals; 0 when none is
 * alike enough. Those of one group stand together. */
static int64_t best_group(const struct grouping *grouping, const struct word_bag *bag)
{
    int64_t best = 0;
    double most = ALIKE_LEAST;

    for (size_t from = 0, to; from < grouping->count; from = to) {
        double sum = 0, mean;
        for (to = from; to < grouping->count &&
                        grouping->placed[to].group_id == grouping->placed[from].group_id;
             to++)
            sum += word_bag_likeness(&grouping->placed[to].bag, bag);
        mean = sum / (double)(to - from);
        if (mean > most || (!best && mean >= most)) {
            most = mean;
            best = grouping->placed[from].group_id;
        }
    }
    return best;
}

/* Puts the last one behind those of its group. */
static void insert(struct grouping *grouping)
{
    struct placed last = grouping->placed[grouping->count - 1];
    size_t at = grouping->count - 1;

    while (at && grouping->placed[at - 1].group_id != last.group_id)
        at--;
    if (!at)
        return;
    for (size_t i = grouping->count - 1; i > at; i--)
        grouping->placed[i] = grouping->placed[i - 1];
    grouping->placed[at] = last;
}

static err_code group(struct grouping *grouping, const struct word_need *loose,
                      size_t count, struct err *err)
{
    struct ctx *ctx = grouping->ctx;
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct placed *placed = &grouping->placed[grouping->count];
        if (loose[i].of != grouping->pole_id)
            continue;
        code = place(ctx, grouping, &loose[i], 0, err);
        grouping->count--;
        placed->group_id = code == ERR_NONE ? best_group(grouping, &placed->bag) : 0;
        if (!placed->group_id)
            placed->group_id = -++grouping->new_groups;
        grouping->count++;
        insert(grouping);
    }
    return code;
}

static err_code write_groups(struct db *db, void *argument, struct err *err)
{
    struct grouping *grouping = argument;
    const struct ctx *ctx = grouping->ctx;
    struct word_group made = {.pole_id = grouping->pole_id};
    int64_t number = 0;
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < grouping->count; i++) {
        const struct placed *placed = &grouping->placed[i];
        if (placed->group_id < 0 && placed->group_id != number) {
            number = placed->group_id;
            made.name = placed->need->text;
            code = word_groups_add(db, &made, ctx->now, err);
        }
        if (code == ERR_NONE && placed->is_new)
            code =
                word_groups_put(db, placed->need->id,
                                placed->group_id < 0 ? made.id : placed->group_id, err);
    }
    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, ctx->now, err) : code;
}

static int by_group(const void *a, const void *b)
{
    const struct word_need *x = a, *y = b;

    if (x->of != y->of)
        return x->of < y->of ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

/* The loose needs of one pole. */
static err_code group_pole(struct ctx *ctx, int64_t pole_id,
                           const struct word_need *loose, size_t count, struct err *err)
{
    struct grouping grouping = {.ctx = ctx, .pole_id = pole_id};
    struct word_need *grouped = NULL;
    size_t grouped_count = 0;
    err_code code = word_needs_grouped(ctx->db, ctx->arena, pole_id, ctx->now,
                                       COMPARED_MOST, &grouped, &grouped_count, err);

    grouping.placed =
        arena_array(ctx->arena, grouped_count + count + 1, sizeof *grouping.placed);
    if (code == ERR_NONE && !grouping.placed)
        return err_set(err, ERR_MEMORY, "no room to group needs");
    if (grouped_count)
        qsort(grouped, grouped_count, sizeof *grouped, by_group);
    for (size_t i = 0; code == ERR_NONE && i < grouped_count; i++)
        code = place(ctx, &grouping, &grouped[i], grouped[i].of, err);
    if (code == ERR_NONE)
        code = group(&grouping, loose, count, err);
    return code == ERR_NONE ? writer_do(ctx->writer, write_groups, &grouping, err) : code;
}

static err_code group_loose(struct ctx *ctx, struct err *err)
{
    struct word_need *loose = NULL;
    size_t count = 0;
    err_code code = word_needs_loose(ctx->db, ctx->arena, ctx->now, LOOSE_A_TURN, &loose,
                                     &count, err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        bool is_done = false;
        for (size_t j = 0; j < i; j++)
            is_done = is_done || loose[j].of == loose[i].of;
        if (!is_done)
            code = group_pole(ctx, loose[i].of, loose, count, err);
    }
    return code;
}

struct telling {
    const struct ctx *ctx;
    const struct word_change *change;
    const char *name;
    int64_t near[NEAR_MOST];
    size_t near_count;
};

static err_code write_name(struct db *db, void *argument, struct err *err)
{
    const struct telling *telling = argument;
    err_code code = word_groups_tell(db, telling->change, telling->name, telling->near,
                                     telling->near_count, err);

    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, telling->ctx->now, err)
                            : code;
}

/* The skills whose meaning is near to a name: those that hold half of its words and rank
 * not far below the first; that one alone when each says all of the other. */
static err_code find_near(struct ctx *ctx, struct telling *telling, struct err *err)
{
    const struct query_request wanted = {.kind = KIND_SKILL,
                                         .text = telling->name,
                                         .lang = ctx->lang,
                                         .limit = NEAR_MOST,
                                         .now = ctx->now};
    struct query_answer found = {.count = 0};
    err_code code = search_query(ctx->search, ctx->arena, &wanted, &found, err);

    for (size_t i = 0; code == ERR_NONE && i < found.count; i++) {
        const struct hit *hit = &found.hits[i];
        if (hit->coverage >= COVERAGE_LEAST &&
            hit->score >= SCORE_LEAST * found.hits[0].score)
            telling->near[telling->near_count++] = hit->id;
        if (i == 0 && hit->coverage >= WHOLE && hit->fullness >= WHOLE)
            break;
    }
    return code;
}

/* The name, and what is near to it: who knows these may answer. */
static err_code look_at(struct ctx *ctx, const struct word_change *change,
                        struct err *err)
{
    struct telling telling = {.ctx = ctx, .change = change};
    struct word_group group;
    struct word_need *needs = NULL;
    size_t count = 0;
    err_code code = word_groups_get(ctx->db, ctx->arena, change->id, &group, err);

    if (code == ERR_NONE)
        code =
            word_needs_of(ctx->db, ctx->arena, change->id, ctx->now, &needs, &count, err);
    if (code == ERR_NONE && count)
        code = word_group_words(ctx, needs, count, &telling.name, err);
    if (code == ERR_NONE && (!count || group.named_at))
        telling.name = group.name;
    if (code == ERR_NONE)
        code = find_near(ctx, &telling, err);
    return code == ERR_NONE ? writer_do(ctx->writer, write_name, &telling, err) : code;
}

struct dropping {
    const struct ctx *ctx;
    const int64_t *ids;
    size_t count;
};

static err_code write_dropped(struct db *db, void *argument, struct err *err)
{
    const struct dropping *dropping = argument;
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < dropping->count; i++)
        code = word_groups_drop(db, dropping->ids[i], err);
    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, dropping->ctx->now, err)
                            : code;
}

/* Their names hold words of needs that are gone. */
static err_code drop_idle(struct ctx *ctx, struct err *err)
{
    struct dropping dropping = {.ctx = ctx};
    int64_t *ids = NULL;
    err_code code = rows_ids(ctx->db, ctx->arena, QUERY_WORD_GROUP_IDLE, &ctx->now, 1,
                             &ids, &dropping.count, err);

    dropping.ids = ids;
    return code == ERR_NONE && dropping.count
               ? writer_do(ctx->writer, write_dropped, &dropping, err)
               : code;
}

static err_code turn(struct ctx *ctx, struct err *err)
{
    struct word_change *changed = NULL;
    size_t count = 0;
    err_code code = group_loose(ctx, err);

    if (code == ERR_NONE)
        code = drop_idle(ctx, err);
    if (code == ERR_NONE)
        code = word_groups_changed(ctx->db, ctx->arena, ctx->now, CHANGED_A_TURN,
                                   &changed, &count, err);
    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = look_at(ctx, &changed[i], err);
    return code;
}

err_code job_words(struct ctx *ctx, struct err *err)
{
    struct ctx own = *ctx;
    err_code code;

    if (!ctx->search) /* what is near is not known then */
        return ERR_NONE;
    own.arena = arena_new(TURN_ARENA_MAX);
    code = own.arena ? turn(&own, err) : err_set(err, ERR_MEMORY, "no room for groups");
    arena_free(own.arena);
    return code;
}
