/* Counting the gaps from the records. */
#include "exchange/action/gap_count.h"

#include "base/calendar.h"
#include "base/map.h"
#include "exchange/action/gap_supply.h"
#include "exchange/action/ids.h"
#include "store/gaps.h"
#include "store/rows.h"

#include <stdlib.h>
#include <string.h>

enum { MONTH_DAYS = 30 };

struct counting {
    struct ctx *ctx;
    struct arena *arena;
    const int64_t *skill_ids; /* wanted; NULL: all */
    size_t id_count;
    struct gap_ask *asks; /* skill_id is the first of its name */
    size_t ask_count;
    int64_t *rows; /* skills asked for, ascending */
    size_t row_count;
    struct gap_atom *atoms;
    size_t atom_count, atom_capacity;
    struct map times; /* of a need: half-days; absent: it said none */
};

/* Of each skill the smallest number among those of its name: pairs by skill. */
static err_code read_firsts(struct ctx *ctx, struct arena *arena, const int64_t *ids,
                            size_t count, struct map *firsts, struct err *err)
{
    struct gap_kin *twins = NULL;
    size_t twin_count = 0;
    err_code code = gaps_twins(ctx->db, arena, ctx->config->languages[0], ids, count,
                               &twins, &twin_count, err);

    for (size_t i = 0; code == ERR_NONE && i < twin_count; i++) {
        uint64_t *first = map_at(firsts, (uint64_t)twins[i].skill_id);
        if (!first)
            return err_set(err, ERR_MEMORY, "no room for skills");
        if (!*first || (uint64_t)twins[i].other_id < *first)
            *first = (uint64_t)twins[i].other_id;
    }
    return code;
}

static int64_t first_of(const struct map *firsts, int64_t id)
{
    const uint64_t *first = map_find(firsts, (uint64_t)id);

    return first ? (int64_t)*first : id;
}

err_code gap_first_of_name(struct ctx *ctx, struct arena *arena, const int64_t *skill_ids,
                           size_t id_count, int64_t **out, size_t *count, struct err *err)
{
    int64_t *ids = arena_array(arena, id_count + 1, sizeof *ids);
    struct map firsts;
    err_code code = ids ? ERR_NONE : err_set(err, ERR_MEMORY, "no room for skills");

    map_init(&firsts);
    if (code == ERR_NONE)
        code = read_firsts(ctx, arena, skill_ids, id_count, &firsts, err);
    for (size_t i = 0; code == ERR_NONE && i < id_count; i++)
        ids[i] = first_of(&firsts, skill_ids[i]);
    map_done(&firsts);
    if (code != ERR_NONE)
        return code;
    *out = ids;
    *count = ids_unique(ids, id_count);
    return ERR_NONE;
}

err_code gap_shown(struct ctx *ctx, struct arena *arena, int64_t pole_id, int64_t **out,
                   size_t *count, struct err *err)
{
    const int64_t parameters[] = {pole_id, ctx->now};
    int64_t *ids = NULL;
    size_t id_count = 0;
    err_code code =
        rows_ids(ctx->db, arena, QUERY_GAP_SHOWN, parameters, 2, &ids, &id_count, err);

    return code == ERR_NONE
               ? gap_first_of_name(ctx, arena, ids, id_count, out, count, err)
               : code;
}

/* The skills wanted with all others of their names: needs name any of them. */
static err_code all_of_names(struct counting *counting, int64_t **out, size_t *count,
                             struct err *err)
{
    struct gap_kin *twins = NULL;
    size_t twin_count = 0, used = 0;
    err_code code = gaps_twins(counting->ctx->db, counting->arena,
                               counting->ctx->config->languages[0], counting->skill_ids,
                               counting->id_count, &twins, &twin_count, err);
    int64_t *ids =
        arena_array(counting->arena, counting->id_count + twin_count + 1, sizeof *ids);

    if (code != ERR_NONE || !ids)
        return code != ERR_NONE ? code : err_set(err, ERR_MEMORY, "no room for skills");
    for (size_t i = 0; i < counting->id_count; i++)
        ids[used++] = counting->skill_ids[i];
    for (size_t i = 0; i < twin_count; i++)
        ids[used++] = twins[i].other_id;
    *out = ids;
    *count = ids_unique(ids, used);
    return ERR_NONE;
}

/* Those asks that name a skill, under the first of its name. */
static err_code name_asks(struct counting *counting, struct err *err)
{
    int64_t *ids = arena_array(counting->arena, counting->ask_count + 1, sizeof(int64_t));
    size_t used = 0;
    struct map firsts;
    err_code code;

    counting->rows =
        arena_array(counting->arena, counting->ask_count + 1, sizeof(int64_t));
    if (!ids || !counting->rows)
        return err_set(err, ERR_MEMORY, "no room for skills");
    for (size_t i = 0; i < counting->ask_count; i++)
        if (counting->asks[i].skill_id) {
            ids[used] = counting->asks[i].skill_id;
            counting->asks[used++] = counting->asks[i];
        }
    counting->ask_count = used;
    map_init(&firsts);
    code = read_firsts(counting->ctx, counting->arena, ids, ids_unique(ids, used),
                       &firsts, err);
    for (size_t i = 0; code == ERR_NONE && i < used; i++) {
        counting->asks[i].skill_id = first_of(&firsts, counting->asks[i].skill_id);
        counting->rows[i] = counting->asks[i].skill_id;
    }
    map_done(&firsts);
    counting->row_count = ids_unique(counting->rows, used);
    return code;
}

static err_code read_times(struct counting *counting, struct err *err)
{
    int64_t *ids = arena_array(counting->arena, counting->ask_count + 1, sizeof(int64_t));
    struct gap_number *times = NULL;
    size_t used = 0, count = 0;
    err_code code;

    if (!ids)
        return err_set(err, ERR_MEMORY, "no room for times");
    for (size_t i = 0; i < counting->ask_count; i++)
        if (counting->asks[i].is_open)
            ids[used++] = counting->asks[i].need_id;
    code = gaps_need_parts(counting->ctx->db, counting->arena, ids, ids_unique(ids, used),
                           &times, &count, err);
    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        uint64_t *at = map_at(&counting->times, (uint64_t)times[i].id);
        if (!at)
            return err_set(err, ERR_MEMORY, "no room for times");
        *at = (uint64_t)times[i].number;
    }
    return code;
}

static err_code read_asks(struct counting *counting, struct err *err)
{
    struct ctx *ctx = counting->ctx;
    int64_t since = ctx->now - (int64_t)GAP_MONTHS * MONTH_DAYS * DAY_S, *ids = NULL;
    size_t count = 0;
    err_code code = ERR_NONE;

    if (counting->skill_ids) {
        code = all_of_names(counting, &ids, &count, err);
        if (code == ERR_NONE)
            code = gaps_asks_of(ctx->db, counting->arena, ids, count, ctx->now, since,
                                &counting->asks, &counting->ask_count, err);
    } else {
        code = gaps_asks(ctx->db, counting->arena, 0, ctx->now, since, &counting->asks,
                         &counting->ask_count, err);
    }
    if (code == ERR_NONE)
        code = name_asks(counting, err);
    return code == ERR_NONE ? read_times(counting, err) : code;
}

static err_code add_atom(struct counting *counting, const struct gap_atom *atom,
                         struct err *err)
{
    counting->atoms = arena_grow(counting->arena, counting->atoms, counting->atom_count,
                                 &counting->atom_capacity, sizeof *counting->atoms);
    if (!counting->atoms)
        return err_set(err, ERR_MEMORY, "no room for counts");
    counting->atoms[counting->atom_count++] = *atom;
    return ERR_NONE;
}

/* Each ask counts in its pole, when it has one, and unless it is private on the whole
 * site: who keeps another pole sees that. */
static err_code count_demands(struct counting *counting, struct gap_counts *out,
                              struct err *err)
{
    struct gap_asker *askers =
        arena_array(counting->arena, 2 * counting->ask_count + 1, sizeof *askers);
    size_t used = 0;
    err_code code = ERR_NONE;

    out->demands =
        arena_array(counting->arena, 2 * counting->ask_count + 1, sizeof *out->demands);
    if (!askers || !out->demands)
        return err_set(err, ERR_MEMORY, "no room for who asks");
    for (size_t i = 0; code == ERR_NONE && i < counting->ask_count; i++) {
        const struct gap_ask *ask = &counting->asks[i];
        const uint64_t *parts = map_find(&counting->times, (uint64_t)ask->need_id);
        struct gap_asker asker = {.skill_id = ask->skill_id,
                                  .need_id = ask->need_id,
                                  .person_id = ask->person_id,
                                  .is_open = ask->is_open,
                                  .coming = ask->coming,
                                  .at = ask->at,
                                  .stated_at = ask->stated_at,
                                  .expires_at = ask->expires_at,
                                  .parts = parts ? (unsigned)*parts : 0};
        struct gap_atom atom = {.skill_id = ask->skill_id,
                                .scope = GAP_BY_POLE,
                                .of_id = ask->pole_id,
                                .who = (uint64_t)ask->person_id,
                                .asks = true,
                                .stands = ask->coming < GAP_COMING_SURE,
                                .is_proposed = ask->coming == GAP_COMING_PROPOSED};
        if (!ask->is_private)
            askers[used++] = asker;
        if (ask->is_open && !ask->is_private)
            code = add_atom(counting, &atom, err);
        if (!ask->pole_id)
            continue;
        asker.pole_id = atom.scope = ask->pole_id;
        atom.of_id = ask->structure_id;
        askers[used++] = asker;
        if (code == ERR_NONE && ask->is_open)
            code = add_atom(counting, &atom, err);
    }
    out->demand_count = gap_demands(askers, used, out->demands);
    return code;
}

static int by_id(const void *a, const void *b)
{
    const struct gap_number *x = a, *y = b;

    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* The poles of everybody in the entries, by person. */
static err_code read_poles(struct counting *counting, const struct gap_entry *entries,
                           size_t count, struct gap_number **poles, size_t *pole_count,
                           struct err *err)
{
    int64_t *ids = arena_array(counting->arena, count + 1, sizeof *ids);
    err_code code;

    if (!ids)
        return err_set(err, ERR_MEMORY, "no room for people");
    for (size_t i = 0; i < count; i++)
        ids[i] = entries[i].person_id;
    code = gaps_poles(counting->ctx->db, counting->arena, ids, ids_unique(ids, count),
                      poles, pole_count, err);
    if (code == ERR_NONE && *pole_count)
        qsort(*poles, *pole_count, sizeof **poles, by_id);
    return code;
}

/* The first of someone's poles in the list; `count` when she has none. */
static size_t poles_from(const struct gap_number *poles, size_t count, int64_t person_id)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (poles[middle].id < person_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && poles[low].id == person_id ? low : count;
}

/* One card in the shares of its structure and of its poles. */
static err_code add_card(struct counting *counting, const struct gap_entry *card,
                         bool is_live, const struct gap_number *poles, size_t pole_count,
                         struct err *err)
{
    size_t at = poles_from(poles, pole_count, card->person_id);
    struct gap_atom atom = {.skill_id = counting->rows[card->row],
                            .scope = GAP_BY_STRUCTURE,
                            .of_id = card->structure_id,
                            .who = card->who,
                            .stands = is_live};
    err_code code = add_atom(counting, &atom, err);

    atom.scope = GAP_BY_POLE;
    atom.of_id = 0;
    if (code == ERR_NONE && at == pole_count)
        code = add_atom(counting, &atom, err);
    for (; code == ERR_NONE && at < pole_count && poles[at].id == card->person_id; at++) {
        atom.of_id = poles[at].number;
        code = add_atom(counting, &atom, err);
    }
    return code;
}

/* Whether the human of a card is live: by any of her cards in that row. */
static bool is_live(const struct gap_entry *merged, size_t count,
                    const struct gap_entry *card)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct gap_entry *each = &merged[middle];
        if (each->row < card->row || (each->row == card->row && each->who < card->who))
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && merged[low].state == KNOWS_LIVE;
}

static err_code count_supplies(struct counting *counting, struct gap_counts *out,
                               struct err *err)
{
    const struct gap_wanted wanted = {.skill_ids = counting->rows,
                                      .skill_count = counting->row_count};
    struct gap_entry *cards = NULL, *merged;
    struct gap_number *poles = NULL;
    size_t count = 0, merged_count, pole_count = 0, at = 0;
    err_code code =
        gap_supply_cards(counting->ctx, counting->arena, &wanted, &cards, &count, err);

    if (code == ERR_NONE)
        code = read_poles(counting, cards, count, &poles, &pole_count, err);
    merged = arena_array(counting->arena, count + 1, sizeof *merged);
    out->supplies =
        arena_array(counting->arena, counting->row_count + 1, sizeof *out->supplies);
    if (code == ERR_NONE && (!merged || !out->supplies))
        code = err_set(err, ERR_MEMORY, "no room for who could answer");
    if (code != ERR_NONE)
        return code;
    if (count)
        memcpy(merged, cards, count * sizeof *cards);
    merged_count = count ? gap_merge(merged, count) : 0;
    for (size_t row = 0; row < counting->row_count; row++) {
        size_t first = at;
        while (at < merged_count && merged[at].row == row)
            at++;
        out->supplies[out->supply_count++] =
            gap_supply_of(counting->rows[row], merged + first, at - first);
    }
    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = add_card(counting, &cards[i], is_live(merged, merged_count, &cards[i]),
                        poles, pole_count, err);
    return code;
}

err_code gap_count(struct ctx *ctx, struct arena *arena, const int64_t *skill_ids,
                   size_t id_count, struct gap_counts *out, struct err *err)
{
    struct counting counting = {
        .ctx = ctx, .arena = arena, .skill_ids = skill_ids, .id_count = id_count};
    struct gap_counts counts = {0};
    err_code code;

    map_init(&counting.times);
    code = read_asks(&counting, err);
    if (code == ERR_NONE)
        code = count_demands(&counting, &counts, err);
    if (code == ERR_NONE)
        code = count_supplies(&counting, &counts, err);
    map_done(&counting.times);
    if (code == ERR_NONE) {
        counts.shares =
            arena_array(arena, counting.atom_count + 1, sizeof *counts.shares);
        if (!counts.shares)
            return err_set(err, ERR_MEMORY, "no room for counts");
        counts.share_count =
            gap_shares(counting.atoms, counting.atom_count, counts.shares);
        *out = counts;
    }
    return code;
}
