/* Ranking each candidate. */
#include "indexer/rerank.h"

#include "indexer/order.h"

#include <stdlib.h>

/* Where documents lie is chance: they are asked for this far ahead of being read. */
enum { ROWS_AHEAD = 24, ITEMS_AHEAD = 8 };

/* Measured: docs/search.md. */
static const double CALLED_WEIGHT = 1, CALLED_LABELS = 0.6;

static int by_score(const void *a, const void *b)
{
    const struct scored *x = a, *y = b;

    if (x->is_last != y->is_last)
        return x->is_last ? 1 : -1;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    if (x->rank.score != y->rank.score)
        return x->rank.score > y->rank.score ? -1 : 1;
    return x->entry.head.id < y->entry.head.id ? -1 : x->entry.head.id > y->entry.head.id;
}

static void look_ahead(const struct forward *forward, const struct engine_result *result,
                       size_t i)
{
    if (i + ROWS_AHEAD < result->count)
        forward_expect_row(forward, result->found[i + ROWS_AHEAD].docid);
    if (i + ITEMS_AHEAD < result->count)
        forward_expect_item(forward, result->found[i + ITEMS_AHEAD].docid);
}

/* What the need calls for adds to the fit, as a part of who says most of it. */
static void add_called(struct scored *scored, size_t count, double weight)
{
    double most = 0;

    for (size_t i = 0; i < count; i++)
        most = scored[i].rank.called > most ? scored[i].rank.called : most;
    for (size_t i = 0; most > 0 && i < count; i++)
        scored[i].rank.score +=
            weight * scored[i].rank.called / most * scored[i].rank.gain;
}

size_t rerank(struct arena *arena, const struct query_request *request,
              const struct rank_query *rank, const struct engine_result *result,
              struct scored *out)
{
    const struct forward *forward = rank->forward;
    double best = 0; /* of those that are shown */
    size_t used = 0;

    for (size_t i = 0; i < result->count; i++) {
        const struct engine_found *found = &result->found[i];
        struct scored *one = &out[used];
        size_t length = 0;
        const void *item =
            forward_item(forward, forward_place(forward, found->docid), &length);
        look_ahead(forward, result, i);
        if (!item || !entry_read(item, length, &one->entry))
            continue;
        if (best <= 0 &&
            rank_is_shown(&one->entry.head, rank->config, rank->now, rank->is_member))
            best = found->score;
        one->docid = found->docid;
        one->rank = rank_score(rank, &one->entry, best > 0 ? found->score / best : 0);
        one->is_last = one->rank.is_far && request->kind != KIND_SKILL;
        one->place = order_place(arena, request, forward, rank->config, &one->entry.head);
        used += one->rank.score > 0;
    }
    add_called(out, used, request->kind == KIND_SKILL ? CALLED_LABELS : CALLED_WEIGHT);
    qsort(out, used, sizeof *out, by_score);
    return used;
}
