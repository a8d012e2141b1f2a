/* Invented people by the thousand. */
#include "cli/demo_people.h"

#include "base/csv.h"
#include "base/random.h"
#include "base/unicode.h"
#include "cli/demo_lists.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LISTS_ARENA_MAX = 64 << 20,
    ROW_ARENA_MAX = 1 << 20,
    CELL_MOST = 4000,
    SKILLS_MOST = 8,
    WINDOWS_MOST = 3,
    TRIES_MOST = 1000
};

struct trade {
    const char *pole;
    const struct demo_list *titles, *specials, *core, *side, *said, *structures;
};

struct demo_maker {
    struct arena *arena, *row_arena;
    struct demo_lists lists;
    struct trade *trades;
    size_t trade_count;
    const struct demo_list *structures, *common, *communes, *history, *how, *reach, *last,
        *first[2], *windows, *languages, *formats;
    uint64_t seed, made;
    uint64_t *seen; /* open addressing; 0 is free */
    uint64_t seen_mask;
};

/* One person on her way to a row. */
struct draft {
    struct demo_maker *maker;
    struct random random;
    const struct trade *trade;
    bool is_woman;
    int years;
    const char *commune, *place; /* "Le Touvet", "au Touvet" */
    const char *name, *headline;
    struct text about;
};

/* True `percent` times in a hundred. */
static bool happens(struct draft *draft, uint32_t percent)
{
    return random_below(&draft->random, 100) < percent;
}

static const char *pick(struct draft *draft, const struct demo_list *list)
{
    return list->items[random_below(&draft->random, (uint32_t)list->count)];
}

static const char *place_of(struct arena *arena, const char *commune)
{
    if (strncmp(commune, "Le ", 3) == 0)
        return arena_printf(arena, "au %s", commune + 3);
    if (strncmp(commune, "Les ", 4) == 0)
        return arena_printf(arena, "aux %s", commune + 4);
    return arena_printf(arena, "à %s", commune);
}

/* Writes `sentence` with {her word|his word}, {years} and {place} put in. */
static void say(struct draft *draft, struct text *out, const char *sentence)
{
    while (*sentence) {
        size_t length = strcspn(sentence, "{");
        const char *inside = sentence + length + 1;
        size_t end, bar;
        text_add_bytes(out, sentence, length);
        if (!sentence[length])
            return;
        end = strcspn(inside, "}");
        bar = strcspn(inside, "|");
        if (strncmp(inside, "years", end) == 0)
            text_printf(out, "%d", draft->years);
        else if (strncmp(inside, "place", end) == 0)
            text_add(out, draft->place);
        else if (bar < end && draft->is_woman)
            text_add_bytes(out, inside, bar);
        else if (bar < end)
            text_add_bytes(out, inside + bar + 1, end - bar - 1);
        sentence = inside + end + (inside[end] == '}');
    }
}

static const char *said_once(struct draft *draft, const char *sentence)
{
    struct text text;
    const char *kept;

    text_init(&text, CELL_MOST);
    say(draft, &text, sentence);
    kept = arena_strdup(draft->maker->row_arena, text.bytes);
    text_done(&text);
    return kept ? kept : "";
}

static void draw_name(struct draft *draft)
{
    struct demo_maker *maker = draft->maker;
    const char *first = pick(draft, maker->first[draft->is_woman]);
    const char *last = pick(draft, maker->last), *other = pick(draft, maker->last);
    bool is_double = happens(draft, 15) && strcmp(last, other) != 0;

    draft->name = arena_printf(maker->row_arena, "%s %s%s%s", first, last,
                               is_double ? "-" : "", is_double ? other : "");
}

static void draw_headline(struct draft *draft)
{
    const char *title = said_once(draft, pick(draft, draft->trade->titles));
    const char *special = pick(draft, draft->trade->specials);

    draft->headline = happens(draft, 65) ? arena_printf(draft->maker->row_arena, "%s, %s",
                                                        title, special)
                                         : title;
}

/* What she says of her trade, of herself, of how she passes it on, of how to reach her:
 * in one of several orders. */
static void draw_about(struct draft *draft)
{
    static const char *const orders[] = {"s",   "st",  "ts",   "sh",   "sr",   "tsh",
                                         "tsr", "shr", "thsr", "tshr", "sthr", "th"};
    const char *order =
        orders[random_below(&draft->random, sizeof orders / sizeof orders[0])];

    text_clear(&draft->about);
    for (; *order; order++) {
        const struct demo_list *list = *order == 's'   ? draft->trade->said
                                       : *order == 't' ? draft->maker->history
                                       : *order == 'h' ? draft->maker->how
                                                       : draft->maker->reach;
        if (draft->about.length)
            text_add_char(&draft->about, ' ');
        say(draft, &draft->about, pick(draft, list));
    }
}

static uint64_t hash_add(uint64_t hash, const char *text)
{
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 0x100000001b3u; /* FNV-1a */
    return (hash ^ 0xff) * 0x100000001b3u;
}

/* True the first time: her presentation, or her name and headline when there is none. */
static bool is_new(struct draft *draft)
{
    struct demo_maker *maker = draft->maker;
    uint64_t hash = hash_add(0xcbf29ce484222325u, draft->about.bytes), at;

    if (draft->about.length == 0)
        hash = hash_add(hash_add(hash, draft->name), draft->headline);
    hash += hash == 0;
    for (at = hash & maker->seen_mask; maker->seen[at]; at = (at + 1) & maker->seen_mask)
        if (maker->seen[at] == hash)
            return false;
    maker->seen[at] = hash;
    return true;
}

/* Adds up to `most` of the list, each once, in chance order, to `codes`. */
static size_t draw_codes(struct draft *draft, const struct demo_list *list, size_t most,
                         const char **codes, size_t count)
{
    size_t start = random_below(&draft->random, (uint32_t)list->count);

    for (size_t i = 0; i < list->count && most && count < SKILLS_MOST; i++) {
        const char *code = list->items[(start + i) % list->count];
        bool is_there = false;
        for (size_t j = 0; j < count; j++)
            is_there = is_there || strcmp(codes[j], code) == 0;
        if (is_there)
            continue;
        codes[count++] = code;
        most--;
    }
    return count;
}

/* "poser du placo (4 atelier); ouate (2); faire un devis (1 non-partage)" */
static void draw_skills(struct draft *draft, struct text *out)
{
    const struct trade *trade = draft->trade;
    const char *codes[SKILLS_MOST];
    size_t core =
        draw_codes(draft, trade->core, 1 + random_below(&draft->random, 3), codes, 0);
    size_t side =
        draw_codes(draft, trade->side, random_below(&draft->random, 4), codes, core);
    size_t all = draw_codes(draft, draft->maker->common, random_below(&draft->random, 3),
                            codes, side);

    for (size_t i = 0; i < all; i++) {
        const struct demo_list *labels =
            demo_list(&draft->maker->lists, "label", codes[i]);
        uint32_t level = i < core   ? 2 + random_below(&draft->random, 3)
                         : i < side ? 1 + random_below(&draft->random, 3)
                                    : 1 + random_below(&draft->random, 2);
        const char *how = i && happens(draft, 10)            ? " non-partage"
                          : level == 4 && happens(draft, 20) ? " atelier"
                                                             : "";
        text_printf(out, "%s%s (%" PRIu32 "%s)", i ? "; " : "",
                    i >= side || happens(draft, 70) ? labels->items[0]
                                                    : pick(draft, labels),
                    level, how);
    }
}

static void draw_windows(struct draft *draft, struct text *out)
{
    const char *windows[WINDOWS_MOST];
    uint32_t most = random_below(&draft->random, WINDOWS_MOST + 1);

    for (uint32_t i = 0; i < most; i++) {
        bool is_there = false;
        windows[i] = pick(draft, draft->maker->windows);
        for (uint32_t j = 0; j < i; j++)
            is_there = is_there || strcmp(windows[j], windows[i]) == 0;
        if (!is_there)
            text_printf(out, "%s%s", out->length ? "; " : "", windows[i]);
    }
}

/* Quota, pause, last confirmed and state: most can be asked, some have too much on their
 * hands (no contact this month, or a pause), some have not been heard of for a year. */
static void draw_life(struct draft *draft, struct text *row)
{
    static const char quotas[] = "02222222222111334";
    char cell[32] = {quotas[random_below(&draft->random, sizeof quotas - 1)]};
    bool is_silent = happens(draft, 12);
    uint32_t days = is_silent ? 366 + random_below(&draft->random, 500)
                              : 1 + random_below(&draft->random, 330);

    csv_cell(row, false, cell);
    snprintf(cell, sizeof cell, "+%" PRIu32 "d", 10 + random_below(&draft->random, 180));
    csv_cell(row, false, happens(draft, 3) ? cell : "");
    snprintf(cell, sizeof cell, "-%" PRIu32 "d", days);
    csv_cell(row, false, happens(draft, 95) ? cell : "");
    csv_cell(row, false, happens(draft, 98) ? "published" : "draft");
    csv_end(row);
}

static void write_row(struct draft *draft, struct text *row)
{
    struct demo_maker *maker = draft->maker;
    bool has_own = draft->trade->structures->count && happens(draft, 60);
    char id[24];
    struct text cell;
    const char *slug = unicode_slug(maker->row_arena, draft->name, 40);

    text_init(&cell, CELL_MOST);
    snprintf(id, sizeof id, "M%06" PRIu64, maker->made + 1);
    csv_cell(row, true, id);
    csv_cell(row, false, draft->name);
    csv_cell(row, false,
             pick(draft, has_own ? draft->trade->structures : maker->structures));
    csv_cell(row, false, draft->trade->pole);
    csv_cell(row, false, draft->commune);
    csv_cell(row, false, draft->headline);
    draw_skills(draft, &cell);
    csv_cell(row, false, cell.bytes);
    csv_cell(row, false, draft->about.bytes);
    text_clear(&cell);
    text_printf(&cell, "%s.%s@example.net", slug ? slug : "", id);
    csv_cell(row, false, cell.bytes);
    text_clear(&cell);
    draw_windows(draft, &cell);
    csv_cell(row, false, cell.bytes);
    text_clear(&cell);
    text_add(&cell, "fr");
    if (happens(draft, 15))
        text_printf(&cell, "; %s", pick(draft, maker->languages));
    csv_cell(row, false, cell.bytes);
    csv_cell(row, false, pick(draft, maker->formats));
    draw_life(draft, row);
    text_done(&cell);
}

void demo_maker_header(struct text *out)
{
    text_add(out,
             "id,name,structure,pole,commune,headline,skills,about,email,availability,"
             "languages,formats,quota,pause_until,confirmed_at,state\n");
}

err_code demo_maker_next(struct demo_maker *maker, struct text *out, struct err *err)
{
    struct draft draft = {.maker = maker};
    bool is_found = false, is_brief;

    arena_reset(maker->row_arena);
    random_init(&draft.random, random_mix(maker->seed, maker->made));
    draft.trade =
        &maker->trades[random_below(&draft.random, (uint32_t)maker->trade_count)];
    draft.is_woman = happens(&draft, 55);
    draft.years = 3 + (int)random_below(&draft.random, 32);
    draft.commune = pick(&draft, maker->communes);
    draft.place = place_of(maker->row_arena, draft.commune);
    is_brief = happens(&draft, 4);
    text_init(&draft.about, CELL_MOST);
    for (int i = 0; !is_found && draft.place && i < TRIES_MOST; i++) {
        arena_reset(maker->row_arena);
        draft.place = place_of(maker->row_arena, draft.commune);
        draw_name(&draft);
        draw_headline(&draft);
        if (!is_brief)
            draw_about(&draft);
        is_found = draft.name && draft.headline && is_new(&draft);
    }
    if (is_found)
        write_row(&draft, out);
    text_done(&draft.about);
    if (!is_found || arena_failed(maker->row_arena) || text_failed(out))
        return err_set(err, ERR_LIMIT,
                       "the lists of made.csv cannot make %" PRIu64 " different people",
                       maker->made + 1);
    maker->made++;
    return ERR_NONE;
}

static bool find_trades(struct demo_maker *maker)
{
    const struct demo_lists *lists = &maker->lists;
    const struct demo_list *trades = demo_list(lists, "trade", "");

    maker->trades = arena_array(maker->arena, trades->count, sizeof *maker->trades);
    for (size_t i = 0; maker->trades && i < trades->count; i++) {
        const char *key = trades->items[i];
        struct trade *trade = &maker->trades[i];
        trade->pole = demo_list(lists, "pole", key)->items[0];
        trade->titles = demo_list(lists, "title", key);
        trade->specials = demo_list(lists, "special", key);
        trade->core = demo_list(lists, "core", key);
        trade->side = demo_list(lists, "side", key);
        trade->said = demo_list(lists, "said", key);
        trade->structures = demo_list(lists, "structure", trade->pole);
    }
    maker->trade_count = trades->count;
    maker->structures = demo_list(lists, "structure", "");
    maker->common = demo_list(lists, "common", "");
    maker->communes = demo_list(lists, "commune", "");
    maker->history = demo_list(lists, "history", "");
    maker->how = demo_list(lists, "how", "");
    maker->reach = demo_list(lists, "reach", "");
    maker->last = demo_list(lists, "last", "");
    maker->first[0] = demo_list(lists, "first_m", "");
    maker->first[1] = demo_list(lists, "first_f", "");
    maker->windows = demo_list(lists, "window", "");
    maker->languages = demo_list(lists, "language", "");
    maker->formats = demo_list(lists, "format", "");
    return maker->trades != NULL;
}

err_code demo_maker_open(struct demo_maker **out, const char *folder, uint64_t seed,
                         uint64_t most, struct err *err)
{
    struct demo_maker *maker = calloc(1, sizeof *maker);
    uint64_t size = 64;
    err_code code;

    while (size < most * 2)
        size *= 2;
    if (!maker)
        return err_set(err, ERR_MEMORY, "no room for people");
    maker->seed = seed;
    maker->seen_mask = size - 1;
    maker->arena = arena_new(LISTS_ARENA_MAX);
    maker->row_arena = arena_new(ROW_ARENA_MAX);
    code = maker->arena && maker->row_arena
               ? demo_lists_read(&maker->lists, maker->arena, folder, err)
               : err_set(err, ERR_MEMORY, "no room for people");
    if (code == ERR_NONE) {
        maker->seen = arena_array(maker->arena, size, sizeof *maker->seen);
        if (!maker->seen || !find_trades(maker))
            code = err_set(err, ERR_MEMORY, "no room for %" PRIu64 " people", most);
    }
    if (code == ERR_NONE)
        *out = maker;
    else
        demo_maker_close(maker);
    return code;
}

void demo_maker_close(struct demo_maker *maker)
{
    if (!maker)
        return;
    arena_free(maker->row_arena);
    arena_free(maker->arena);
    free(maker);
}
