/* Adding up what the words of a query count in each document. */
#include "indexer/sweep.h"

#include "base/clock.h"
#include "indexer/best.h"
#include "indexer/document.h"
#include "indexer/sieve.h"
#include "indexer/vocabulary.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
    BITS = 64,
    SUM_MOST = 65000, /* of all parts of all words: room for rounding up */
    AT_ONCE = 32,
    RAREST = 2 /* words that are added up when time is short */
};

struct sweep {
    struct lists *lists;
    uint64_t *changed; /* a bit for each document; NULL: none */
    bool has_later[KIND_COUNT];
    size_t changes;        /* how many of these documents came or went since */
    bool is_about_so;      /* so few that it is counted as it was made */
    uint32_t *frequencies; /* of the terms of `lists`, when not: 1 + how many documents
                              have it now; 0: not asked yet */
    uint16_t *sums;   /* of the documents of one window; zeros between two searches */
    uint16_t *places; /* in the window: of sums */
};

struct word {
    const struct lists_term *term;
    uint64_t at;
    struct lists_window next;
    bool has_next;
    double weight;
    uint16_t values[LISTS_PART_MOST + 1]; /* what each part counts */
};

struct sweeping {
    const struct sweep *sweep;
    struct engine *engine;
    const struct lists *lists;
    const struct sweep_query *query;
    struct arena *arena;
    struct word *words;
    size_t word_count;
    double weight; /* of all words: what SUM_MOST stands for */
    struct sieve sieve;
    /* what is found */
    struct best best;
    int64_t total;
    uint32_t *counts[VALUE_COUNT], levels[LISTS_LEVEL_MOST + 1]; /* as in sieve.h */
};

static err_code no_room(struct err *err)
{
    return err_set(err, ERR_MEMORY, "no room for a query");
}

/* ---- opening ---- */

err_code sweep_open(struct sweep **out, const char *folder, struct engine *engine,
                    struct err *err)
{
    struct sweep *sweep = calloc(1, sizeof *sweep);
    struct err why = {0};
    err_code code;

    *out = NULL;
    if (!sweep)
        return no_room(err);
    code = lists_open(&sweep->lists, folder, &why);
    if (code != ERR_NONE) {
        free(sweep);
        return code == ERR_NOT_FOUND ? ERR_NONE : err_set(err, code, "%s", why.text);
    }
    sweep->changed =
        calloc(sweep->lists->document_count / BITS + 1, sizeof *sweep->changed);
    sweep->sums = calloc(LISTS_WINDOW, sizeof *sweep->sums);
    sweep->places = calloc(LISTS_WINDOW + 1, sizeof *sweep->places);
    sweep->frequencies = calloc(sweep->lists->term_count + 1, sizeof *sweep->frequencies);
    code = sweep->changed && sweep->sums && sweep->places && sweep->frequencies
               ? sweep_refresh(sweep, engine, err)
               : no_room(err);
    if (code != ERR_NONE)
        sweep_close(sweep);
    else
        *out = sweep;
    return code;
}

void sweep_close(struct sweep *sweep)
{
    if (!sweep)
        return;
    lists_close(sweep->lists);
    free(sweep->changed);
    free(sweep->sums);
    free(sweep->places);
    free(sweep->frequencies);
    free(sweep);
}

static void note_changed(void *state, uint32_t docid)
{
    struct sweep *sweep = state;

    sweep->changes++;
    if (docid < sweep->lists->document_count)
        sweep->changed[docid / BITS] |= (uint64_t)1 << docid % BITS;
}

static err_code note_later(struct sweep *sweep, struct engine *engine, enum kind kind,
                           struct err *err)
{
    const char later[] = {'X', 'D', kind_letter(kind), '\0'};
    int64_t count = 0;
    err_code code = engine_documents(engine, later, note_changed, sweep, err);

    if (code == ERR_NONE)
        code = engine_frequency(engine, later, &count, err);
    sweep->has_later[kind] = count > 0;
    return code;
}

err_code sweep_refresh(struct sweep *sweep, struct engine *engine, struct err *err)
{
    err_code code = ERR_NONE;

    memset(sweep->changed, 0,
           (sweep->lists->document_count / BITS + 1) * sizeof *sweep->changed);
    memset(sweep->frequencies, 0, sweep->lists->term_count * sizeof *sweep->frequencies);
    sweep->changes = 0;
    for (int kind = 0; code == ERR_NONE && kind < KIND_COUNT; kind++)
        code = note_later(sweep, engine, (enum kind)kind, err);
    if (code == ERR_NONE)
        code = engine_removed(engine, note_changed, sweep, err);
    sweep->is_about_so =
        !sweep->changes || vocabulary_may_lag((int64_t)sweep->lists->document_count,
                                              (int64_t)sweep->changes);
    return code;
}

bool sweep_has_later(const struct sweep *sweep, enum kind kind)
{
    return sweep->has_later[kind];
}

/* ---- adding up ---- */

/* How many numbers there are of what a column holds. */
static size_t numbers(const struct lists *lists, enum lists_value which)
{
    return which == VALUE_POLE ? lists->set_count : lists->value_counts[which];
}

static void count_values(struct sweeping *sweeping, uint64_t what)
{
    for (int which = 0; which < VALUE_COUNT; which++)
        sweeping->counts[which][lists_number(what, (enum lists_value)which)]++;
    sweeping->levels[what >> LISTS_LEVEL_AT & LISTS_LEVEL_MOST]++;
}

/* `places` within the window that starts at docid `first`. */
static void meet(struct sweeping *sweeping, uint32_t first, const uint16_t *places,
                 size_t count)
{
    const struct sweep *sweep = sweeping->sweep;
    const struct lists *lists = sweeping->lists;

    for (size_t i = 0; i < count; i++) {
        uint32_t docid = first + places[i];
        uint64_t what = lists->what[docid];
        uint16_t sum = sweep->sums[places[i]];
        if (lists->since[docid] <= sweeping->sieve.shown_since ||
            sweep->changed[docid / BITS] >> docid % BITS & 1 ||
            what >> LISTS_MEMBERS_AT > sweeping->sieve.is_member ||
            (sweeping->sieve.has_filters && !sieve_passes(&sweeping->sieve, docid, what)))
            continue;
        sweeping->total++;
        if (sweeping->counts[0])
            count_values(sweeping, what);
        if (best_wants(&sweeping->best, sum))
            best_keep(&sweeping->best, (struct best_found){docid, sum});
    }
}

static void step(const struct lists *lists, struct word *word)
{
    word->has_next = lists_next(lists, word->term, &word->at, &word->next);
}

static void add_window(uint16_t *sums, const struct word *word)
{
    const struct lists_window *window = &word->next;

    for (uint32_t i = 0; i < window->count; i++)
        sums[window->places[i]] =
            (uint16_t)(sums[window->places[i]] + word->values[window->parts[i]]);
}

/* Whether some of AT_ONCE sums is more than 0. */
static bool has_some(const uint16_t *sums)
{
    uint64_t some[AT_ONCE * sizeof *sums / sizeof(uint64_t)], all = 0;

    memcpy(some, sums, sizeof some);
    for (size_t i = 0; i < sizeof some / sizeof *some; i++)
        all |= some[i];
    return all != 0;
}

/* Lists first where a sum stands, without a branch for each: who has one is chance. */
static void meet_window(struct sweeping *sweeping, uint32_t window)
{
    uint16_t *sums = sweeping->sweep->sums, *places = sweeping->sweep->places;
    uint32_t first = window * LISTS_WINDOW;
    size_t all = sweeping->lists->document_count, count = 0;

    if (all - first < LISTS_WINDOW && all > first)
        memset(sums + (all - first), 0, (LISTS_WINDOW - (all - first)) * sizeof *sums);
    for (size_t at = 0; at < LISTS_WINDOW; at += AT_ONCE) {
        if (!has_some(sums + at))
            continue;
        for (size_t i = at; i < at + AT_ONCE; i++) {
            places[count] = (uint16_t)i;
            count += sums[i] != 0;
        }
    }
    if (first < all)
        meet(sweeping, first, places, count);
    memset(sums, 0, LISTS_WINDOW * sizeof *sums);
}

/* False when the deadline was met before the end. */
static bool sweep_over(struct sweeping *sweeping, int64_t deadline_ms)
{
    for (;;) {
        uint32_t window = UINT32_MAX;
        for (size_t i = 0; i < sweeping->word_count; i++)
            if (sweeping->words[i].has_next && sweeping->words[i].next.window < window)
                window = sweeping->words[i].next.window;
        if (window == UINT32_MAX)
            return true;
        if (clock_monotonic_ms() > deadline_ms)
            return false;
        for (size_t i = 0; i < sweeping->word_count; i++) {
            struct word *word = &sweeping->words[i];
            if (!word->has_next || word->next.window != window)
                continue;
            add_window(sweeping->sweep->sums, word);
            step(sweeping->lists, word);
        }
        meet_window(sweeping, window);
    }
}

/* What each part of a word counts; from the start of its list. */
static void prepare(struct sweeping *sweeping)
{
    sweeping->weight = 0;
    for (size_t i = 0; i < sweeping->word_count; i++)
        sweeping->weight += sweeping->words[i].weight;
    for (size_t i = 0; i < sweeping->word_count; i++) {
        struct word *word = &sweeping->words[i];
        double most = word->weight / sweeping->weight * SUM_MOST;
        for (int part = 1; part <= LISTS_PART_MOST; part++) {
            double value = most * part / LISTS_PART_MOST;
            word->values[part] = value > 1 ? (uint16_t)value : 1;
        }
        word->at = word->term->at;
        step(sweeping->lists, word);
    }
    sweeping->best.count = 0;
    sweeping->total = 0;
}

/* How many documents of the index as it is now have a term. */
static err_code count_now(struct sweeping *sweeping, const char *name,
                          const struct lists_term *term, double *out, struct err *err)
{
    const struct sweep *sweep = sweeping->sweep;
    uint32_t *kept = &sweep->frequencies[term - sweep->lists->terms];
    int64_t count = 0;
    err_code code = ERR_NONE;

    if (sweep->is_about_so) {
        *out = term->count;
        return ERR_NONE;
    }
    if (!*kept) {
        code = engine_frequency(sweeping->engine, name, &count, err);
        *kept = (uint32_t)count + 1;
    }
    *out = *kept - 1;
    return code;
}

static err_code read_words(struct sweeping *sweeping, struct err *err)
{
    const struct engine_query *find = sweeping->query->find;
    int64_t population = 0;
    err_code code =
        engine_frequency(sweeping->engine, find->population, &population, err);

    sweeping->words = arena_array(sweeping->arena, find->word_count, sizeof(struct word));
    if (!sweeping->words)
        return no_room(err);
    for (size_t i = 0; code == ERR_NONE && i < find->word_count; i++) {
        struct word *word = &sweeping->words[sweeping->word_count];
        double with = 0;
        word->term = lists_find(sweeping->lists, find->words[i].term);
        if (!word->term)
            continue;
        code = count_now(sweeping, find->words[i].term, word->term, &with, err);
        word->weight = find->words[i].weight * engine_weight((double)population, with);
        sweeping->word_count += word->weight > 0;
    }
    return code;
}

static int by_length(const void *a, const void *b)
{
    uint64_t x = ((const struct word *)a)->term->length;
    uint64_t y = ((const struct word *)b)->term->length;

    return x < y ? -1 : x > y;
}

static void tell_facets(const struct sweeping *sweeping, struct facets *facets)
{
    const struct lists *lists = sweeping->lists;

    for (size_t i = 1; i < lists->set_count; i++)
        for (uint32_t j = 0; sweeping->counts[VALUE_POLE][i] && j < lists->sets[i].count;
             j++) {
            size_t at = (size_t)lists->sets[i].from + j;
            if (at < lists->pole_count &&
                lists->poles[at] < lists->value_counts[VALUE_POLE])
                facets_add(facets, VALUE_POLE,
                           lists->values[VALUE_POLE][lists->poles[at]].place,
                           sweeping->counts[VALUE_POLE][i]);
        }
    for (int which = VALUE_STRUCTURE; which <= VALUE_COMMUNE; which++)
        for (size_t i = 1; i < lists->value_counts[which]; i++)
            facets_add(facets, (enum lists_value)which, lists->values[which][i].place,
                       sweeping->counts[which][i]);
    for (unsigned level = 0; level <= LISTS_LEVEL_MOST; level++)
        facets_add_level(facets, level, sweeping->levels[level]);
}

static err_code copy_found(struct sweeping *sweeping, struct engine_result *out,
                           struct err *err)
{
    const struct best *best = &sweeping->best;

    out->found = arena_array(sweeping->arena, best->count, sizeof *out->found);
    if (!out->found)
        return no_room(err);
    best_sort(&sweeping->best);
    for (size_t i = 0; i < best->count; i++)
        out->found[out->count++] = (struct engine_found){
            best->heap[i].docid, best->heap[i].sum * sweeping->weight / SUM_MOST};
    return ERR_NONE;
}

static bool make_room(struct sweeping *sweeping)
{
    bool has_room;

    sweeping->best.heap =
        arena_array(sweeping->arena, sweeping->best.wanted, sizeof *sweeping->best.heap);
    has_room =
        sweeping->best.heap &&
        sieve_read(&sweeping->sieve, sweeping->query->request, sweeping->query->config);
    for (int i = 0; has_room && sweeping->query->facets && i < VALUE_COUNT; i++) {
        sweeping->counts[i] =
            arena_array(sweeping->arena, numbers(sweeping->lists, (enum lists_value)i),
                        sizeof **sweeping->counts);
        has_room = sweeping->counts[i] != NULL;
    }
    return has_room;
}

err_code sweep_find(struct sweep *sweep, struct engine *engine, struct arena *arena,
                    const struct sweep_query *query, struct engine_result *out,
                    struct err *err)
{
    int64_t deadline_ms = clock_monotonic_ms() + query->find->deadline_ms;
    err_code code;
    struct sweeping sweeping = {.sweep = sweep,
                                .engine = engine,
                                .lists = sweep->lists,
                                .sieve = {.lists = sweep->lists, .arena = arena},
                                .query = query,
                                .arena = arena,
                                .best.wanted = query->find->candidates};

    *out = (struct engine_result){0};
    if (sweeping.best.wanted > sweep->lists->document_count)
        sweeping.best.wanted = sweep->lists->document_count;
    if (!make_room(&sweeping))
        return no_room(err);
    code = read_words(&sweeping, err);
    if (code != ERR_NONE)
        return code;
    prepare(&sweeping);
    if (!sweep_over(&sweeping, deadline_ms)) {
        out->is_cut = true;
        qsort(sweeping.words, sweeping.word_count, sizeof *sweeping.words, by_length);
        if (sweeping.word_count > RAREST)
            sweeping.word_count = RAREST;
        prepare(&sweeping);
        (void)sweep_over(&sweeping, INT64_MAX);
    }
    out->total = sweeping.total;
    if (query->facets && !out->is_cut)
        tell_facets(&sweeping, query->facets);
    return copy_found(&sweeping, out, err);
}
