/* Counting who asks and who knows, each human once. */
#include "exchange/model/gap_count.h"

#include <stdlib.h>

/* -1, 0 or 1. */
#define ORDER(a, b) (((a) > (b)) - ((a) < (b)))

static int by_share(const void *a, const void *b)
{
    const struct gap_atom *x = a, *y = b;
    int order = ORDER(x->skill_id, y->skill_id);

    order = order ? order : ORDER(x->scope, y->scope);
    order = order ? order : ORDER(x->of_id, y->of_id);
    order = order ? order : ORDER(x->asks, y->asks);
    order = order ? order : ORDER(x->who, y->who);
    order = order ? order : ORDER(y->stands, x->stands);
    return order ? order : ORDER(x->is_proposed, y->is_proposed);
}

size_t gap_shares(struct gap_atom *atoms, size_t count, struct gap_share *out)
{
    size_t used = 0;

    if (count)
        qsort(atoms, count, sizeof *atoms, by_share);
    for (size_t i = 0; i < count; i++) {
        const struct gap_atom *atom = &atoms[i], *last = i ? &atoms[i - 1] : NULL;
        bool is_new = !last || last->skill_id != atom->skill_id ||
                      last->scope != atom->scope || last->of_id != atom->of_id;
        if (is_new)
            out[used++] = (struct gap_share){
                .skill_id = atom->skill_id, .scope = atom->scope, .of_id = atom->of_id};
        else if (last->who == atom->who && last->asks == atom->asks)
            continue;
        out[used - 1].asking += atom->asks;
        out[used - 1].known += !atom->asks;
        out[used - 1].live += !atom->asks && atom->stands;
        out[used - 1].waiting += atom->asks && atom->stands;
        out[used - 1].proposed += atom->asks && atom->stands && atom->is_proposed;
    }
    return used;
}

static int by_demand(const void *a, const void *b)
{
    const struct gap_asker *x = a, *y = b;
    int order = ORDER(x->skill_id, y->skill_id);

    order = order ? order : ORDER(x->pole_id, y->pole_id);
    order = order ? order : ORDER(y->is_open, x->is_open);
    order = order ? order : ORDER(x->person_id, y->person_id);
    order = order ? order : ORDER(x->coming, y->coming); /* the least comes first */
    return order ? order : ORDER(x->need_id, y->need_id);
}

static int by_need(const void *a, const void *b)
{
    const struct gap_asker *x = a, *y = b;
    int order = ORDER(x->skill_id, y->skill_id);

    order = order ? order : ORDER(x->pole_id, y->pole_id);
    order = order ? order : ORDER(x->need_id, y->need_id);
    return order ? order : ORDER(y->is_open, x->is_open);
}

static bool are_same(const struct gap_asker *x, const struct gap_asker *y)
{
    return x && x->skill_id == y->skill_id && x->pole_id == y->pole_id;
}

static void add_asker(struct gap_demand *demand, const struct gap_asker *asker)
{
    if (asker->stated_at > demand->last_at)
        demand->last_at = asker->stated_at;
    if (!asker->is_open)
        return;
    demand->parts |= asker->parts ? asker->parts : GAP_ANY_TIME;
    if (asker->expires_at < demand->until_at)
        demand->until_at = asker->expires_at;
    if (!demand->oldest_at || asker->at < demand->oldest_at ||
        (asker->at == demand->oldest_at && asker->need_id < demand->oldest_id)) {
        demand->oldest_at = asker->at;
        demand->oldest_id = asker->need_id;
    }
}

size_t gap_demands(struct gap_asker *askers, size_t count, struct gap_demand *out)
{
    size_t used = 0, at = 0;

    if (count)
        qsort(askers, count, sizeof *askers, by_demand);
    for (size_t i = 0; i < count; i++) {
        const struct gap_asker *asker = &askers[i], *last = i ? &askers[i - 1] : NULL;
        bool is_new = !are_same(last, asker);
        if (is_new)
            out[used++] = (struct gap_demand){.skill_id = asker->skill_id,
                                              .pole_id = asker->pole_id,
                                              .until_at = INT64_MAX};
        if (asker->is_open && (is_new || last->person_id != asker->person_id)) {
            out[used - 1].asking++;
            out[used - 1].waiting += asker->coming < GAP_COMING_SURE;
            out[used - 1].proposed += asker->coming == GAP_COMING_PROPOSED;
        }
        add_asker(&out[used - 1], asker);
    }
    if (count)
        qsort(askers, count, sizeof *askers, by_need);
    for (size_t i = 0; i < count; i++) {
        const struct gap_asker *asker = &askers[i], *last = i ? &askers[i - 1] : NULL;
        bool is_new = !are_same(last, asker);
        at += is_new && i;
        out[at].needs += asker->is_open && (is_new || last->need_id != asker->need_id);
    }
    return used;
}

struct gap_supply gap_supply_of(int64_t skill_id, const struct gap_entry *entries,
                                size_t count)
{
    struct gap_supply supply = {.skill_id = skill_id, .until_at = INT64_MAX};

    for (size_t i = 0; i < count; i++) {
        const struct gap_entry *entry = &entries[i];
        supply.knowing[entry->state]++;
        if (entry->until_at < supply.until_at)
            supply.until_at = entry->until_at;
        if (entry->state != KNOWS_LIVE)
            continue;
        supply.one_id = entry->person_id;
        supply.parts |= entry->parts ? entry->parts : GAP_ANY_TIME;
    }
    if (supply.knowing[KNOWS_LIVE] != 1)
        supply.one_id = 0;
    return supply;
}
