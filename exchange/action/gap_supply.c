/* Who could answer, and where each stands. */
#include "exchange/action/gap_supply.h"

#include "base/calendar.h"
#include "base/map.h"
#include "exchange/action/ids.h"
#include "exchange/action/introduction.h"
#include "exchange/model/person.h"
#include "store/gaps.h"

#include <stdlib.h>
#include <string.h>

enum { MONTH_DAYS = 30, SILENT_MONTHS = 12 };

struct supply {
    struct ctx *ctx;
    struct arena *arena;
    const struct gap_wanted *wanted;
    struct gap_kin *kin; /* by other_id */
    size_t kin_count;
    struct gap_knows *knows;
    size_t knows_count;
    int64_t *person_ids; /* of those who know, ascending */
    size_t person_count;
    struct map used, silent, here, parts; /* by person id */
    int64_t month_end;
};

static int by_other(const void *a, const void *b)
{
    const struct gap_kin *x = a, *y = b;

    if (x->other_id != y->other_id)
        return x->other_id < y->other_id ? -1 : 1;
    return (x->skill_id > y->skill_id) - (x->skill_id < y->skill_id);
}

static err_code put(struct map *map, int64_t id, int64_t number, struct err *err)
{
    uint64_t *at = map_at(map, (uint64_t)id);

    if (!at)
        return err_set(err, ERR_MEMORY, "no room for people");
    *at = (uint64_t)number;
    return ERR_NONE;
}

static int64_t number_of(const struct map *map, int64_t id)
{
    const uint64_t *found = map_find(map, (uint64_t)id);

    return found ? (int64_t)*found : 0;
}

/* What is as good as each skill asked for: what is as good as one of its name. */
static err_code read_kin(struct supply *supply, struct err *err)
{
    const struct gap_wanted *wanted = supply->wanted;
    struct ctx *ctx = supply->ctx;
    struct gap_kin *twins = NULL, *kin = NULL;
    size_t twin_count = 0, count = 0, used = 0;
    struct map owners;
    err_code code =
        gaps_twins(ctx->db, supply->arena, ctx->config->languages[0], wanted->skill_ids,
                   wanted->skill_count, &twins, &twin_count, err);
    int64_t *ids =
        arena_array(supply->arena, wanted->skill_count + twin_count + 1, sizeof *ids);

    if (code != ERR_NONE || !ids)
        return code != ERR_NONE ? code : err_set(err, ERR_MEMORY, "no room for skills");
    map_init(&owners);
    for (size_t i = 0; code == ERR_NONE && i < wanted->skill_count + twin_count; i++) {
        bool is_own = i < wanted->skill_count;
        const struct gap_kin *twin = is_own ? NULL : &twins[i - wanted->skill_count];
        int64_t id = is_own ? wanted->skill_ids[i] : twin->other_id;
        ids[i] = id;
        if (is_own || !map_find(&owners, (uint64_t)id))
            code = put(&owners, id, is_own ? id : twin->skill_id, err);
    }
    count = ids_unique(ids, wanted->skill_count + twin_count);
    if (code == ERR_NONE)
        code =
            gaps_kin(ctx->db, supply->arena, ids, count, &kin, &supply->kin_count, err);
    supply->kin = arena_array(supply->arena, supply->kin_count + twin_count + 1,
                              sizeof *supply->kin);
    if (code == ERR_NONE && !supply->kin)
        code = err_set(err, ERR_MEMORY, "no room for skills");
    for (size_t i = 0; code == ERR_NONE && i < supply->kin_count; i++)
        supply->kin[used++] = (struct gap_kin){
            .skill_id = number_of(&owners, kin[i].skill_id), .other_id = kin[i].other_id};
    for (size_t i = 0; code == ERR_NONE && i < twin_count; i++)
        supply->kin[used++] = twins[i];
    supply->kin_count = used;
    map_done(&owners);
    return code;
}

/* Knowers of what was asked for and of all that is as good. */
static err_code read_knowers(struct supply *supply, struct err *err)
{
    const struct gap_wanted *wanted = supply->wanted;
    struct ctx *ctx = supply->ctx;
    int64_t *ids;
    size_t id_count = wanted->skill_count;
    err_code code = read_kin(supply, err);

    if (code != ERR_NONE)
        return code;
    if (supply->kin_count)
        qsort(supply->kin, supply->kin_count, sizeof *supply->kin, by_other);
    ids = arena_array(supply->arena, wanted->skill_count + supply->kin_count + 1,
                      sizeof *ids);
    if (!ids)
        return err_set(err, ERR_MEMORY, "no room for skills");
    if (id_count)
        memcpy(ids, wanted->skill_ids, id_count * sizeof *ids);
    for (size_t i = 0; i < supply->kin_count; i++)
        ids[id_count++] = supply->kin[i].other_id;
    return gaps_knowers(ctx->db, supply->arena, ids, ids_unique(ids, id_count),
                        &supply->knows, &supply->knows_count, err);
}

static err_code put_numbers(struct map *map, const struct gap_number *list, size_t count,
                            struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = put(map, list[i].id, list[i].number, err);
    return code;
}

static err_code put_ids(struct map *map, const int64_t *ids, size_t count,
                        struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = put(map, ids[i], 1, err);
    return code;
}

static err_code read_load(struct supply *supply, struct err *err)
{
    struct ctx *ctx = supply->ctx;
    struct gap_number *used = NULL;
    int64_t *silent = NULL;
    size_t count = 0;
    err_code code =
        gaps_used(ctx->db, supply->arena, introduction_month_start(ctx->config, ctx->now),
                  &used, &count, err);

    if (code == ERR_NONE)
        code = put_numbers(&supply->used, used, count, err);
    if (code == ERR_NONE)
        code = gaps_silent(ctx->db, supply->arena,
                           ctx->now - (int64_t)SILENT_MONTHS * MONTH_DAYS * DAY_S,
                           &silent, &count, err);
    return code == ERR_NONE ? put_ids(&supply->silent, silent, count, err) : code;
}

static err_code read_people(struct supply *supply, struct err *err)
{
    struct ctx *ctx = supply->ctx;
    struct gap_number *parts = NULL;
    int64_t *members = NULL;
    size_t count = 0;
    err_code code = ERR_NONE;

    supply->person_ids =
        arena_array(supply->arena, supply->knows_count + 1, sizeof(int64_t));
    if (!supply->person_ids)
        return err_set(err, ERR_MEMORY, "no room for people");
    for (size_t i = 0; i < supply->knows_count; i++)
        supply->person_ids[i] = supply->knows[i].who.person_id;
    supply->person_count = ids_unique(supply->person_ids, supply->knows_count);
    if (supply->wanted->pole_id)
        code = gaps_members(ctx->db, supply->arena, supply->wanted->pole_id, &members,
                            &count, err);
    if (code == ERR_NONE && supply->wanted->pole_id)
        code = put_ids(&supply->here, members, count, err);
    if (code == ERR_NONE)
        code = gaps_person_parts(ctx->db, supply->arena, supply->person_ids,
                                 supply->person_count, &parts, &count, err);
    return code == ERR_NONE ? put_numbers(&supply->parts, parts, count, err) : code;
}

static struct gap_entry entry_of(const struct supply *supply, struct gap_knows *knows)
{
    const struct config *config = supply->ctx->config;
    const struct gap_rules rules = {
        .now = supply->ctx->now,
        .confirmed_since = supply->ctx->now - config->sinks_months * MONTH_DAYS * DAY_S,
        .month_end = supply->month_end,
        .quota = (int)config->contacts_month};
    struct gap_knower *who = &knows->who;

    who->used = (int)number_of(&supply->used, who->person_id);
    who->was_silent = number_of(&supply->silent, who->person_id) != 0;
    who->is_here =
        !supply->wanted->pole_id || number_of(&supply->here, who->person_id) != 0;
    who->parts = (unsigned)number_of(&supply->parts, who->person_id);
    return (struct gap_entry){.who = knows->human,
                              .state = gap_know_state(who, &rules),
                              .is_here = who->is_here,
                              .parts = who->parts,
                              .person_id = who->person_id,
                              .structure_id = who->structure_id,
                              .until_at = gap_know_until(who, &rules)};
}

/* The rows that a skill answers: its own, and those it is kin to. */
static size_t rows_of(const struct supply *supply, int64_t skill_id, size_t *rows,
                      size_t most)
{
    const struct gap_wanted *wanted = supply->wanted;
    size_t own = ids_place(wanted->skill_ids, wanted->skill_count, skill_id);
    size_t count = 0, low = 0, high = supply->kin_count;

    if (own != IDS_NONE && most)
        rows[count++] = own;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (supply->kin[middle].other_id < skill_id)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < supply->kin_count && supply->kin[low].other_id == skill_id; low++) {
        size_t of =
            ids_place(wanted->skill_ids, wanted->skill_count, supply->kin[low].skill_id);
        if (of != IDS_NONE && count < most)
            rows[count++] = of;
    }
    return count;
}

static err_code make_entries(struct supply *supply, struct gap_entry **out, size_t *count,
                             struct err *err)
{
    enum { ROWS_MOST = 256 }; /* skills one skill stands for */
    struct gap_entry *entries = NULL;
    size_t capacity = 0, used = 0, rows[ROWS_MOST];

    for (size_t i = 0; i < supply->knows_count; i++) {
        struct gap_entry entry = entry_of(supply, &supply->knows[i]);
        size_t row_count = rows_of(supply, supply->knows[i].skill_id, rows, ROWS_MOST);
        for (size_t j = 0; j < row_count; j++) {
            entries =
                arena_grow(supply->arena, entries, used, &capacity, sizeof *entries);
            if (!entries)
                return err_set(err, ERR_MEMORY, "no room for who could answer");
            entry.row = rows[j];
            entries[used++] = entry;
        }
    }
    *out = entries;
    *count = used;
    return ERR_NONE;
}

static int64_t month_end(const struct ctx *ctx)
{
    enum { DAYS_TO_NEXT = 32 };

    return introduction_month_start(ctx->config,
                                    introduction_month_start(ctx->config, ctx->now) +
                                        DAYS_TO_NEXT * (int64_t)DAY_S);
}

err_code gap_supply_cards(struct ctx *ctx, struct arena *arena,
                          const struct gap_wanted *wanted, struct gap_entry **out,
                          size_t *count, struct err *err)
{
    struct supply supply = {
        .ctx = ctx, .arena = arena, .wanted = wanted, .month_end = month_end(ctx)};
    err_code code;

    map_init(&supply.used);
    map_init(&supply.silent);
    map_init(&supply.here);
    map_init(&supply.parts);
    code = read_knowers(&supply, err);
    if (code == ERR_NONE)
        code = read_load(&supply, err);
    if (code == ERR_NONE)
        code = read_people(&supply, err);
    if (code == ERR_NONE)
        code = make_entries(&supply, out, count, err);
    map_done(&supply.used);
    map_done(&supply.silent);
    map_done(&supply.here);
    map_done(&supply.parts);
    return code;
}

err_code gap_supply_read(struct ctx *ctx, struct arena *arena,
                         const struct gap_wanted *wanted, struct gap_entry **out,
                         size_t *count, struct err *err)
{
    err_code code = gap_supply_cards(ctx, arena, wanted, out, count, err);

    if (code == ERR_NONE && *count)
        *count = gap_merge(*out, *count);
    return code;
}
