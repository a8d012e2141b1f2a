/* Adding up what the words of a query count in each document. */
#include "indexer/sweep.h"

#include "base/clock.h"
#include "indexer/best.h"
#include "indexer/document.h"
#include "indexer/maxscore.h"
#include "indexer/sieve.h"
#include "indexer/vocabulary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    BITS = 64,
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

struct sweeping {
    const struct sweep *sweep;
    struct engine *engine;
    const struct lists *lists;
    const struct sweep_query *query;
    struct arena *arena;
    struct maxscore adding;
    struct sieve sieve;
    int64_t deadline_ms;
    /* what is found */
    struct best best; /* when some are wanted: who cannot be among them is passed over */
    unsigned least;   /* when none are: what who is counted has at least */
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

size_t sweep_size(const struct sweep *sweep)
{
    return sweep ? sweep->lists->document_count : 0;
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

/* The first `count` of the places within the window that starts at docid `first`. */
static void meet(struct sweeping *sweeping, uint32_t first, size_t count)
{
    const struct sweep *sweep = sweeping->sweep;
    const struct lists *lists = sweeping->lists;

    for (size_t i = 0; i < count; i++) {
        uint16_t place = sweep->places[i], sum = sweep->sums[place];
        uint32_t docid = first + place;
        uint64_t what;
        if (docid >= lists->document_count)
            return;
        what = lists->what[docid];
        if (lists->since[docid] <= sweeping->sieve.shown_since ||
            sweep->changed[docid / BITS] >> docid % BITS & 1 ||
            what >> LISTS_MEMBERS_AT > sweeping->sieve.is_member ||
            (sweeping->sieve.has_filters && !sieve_passes(&sweeping->sieve, docid, what)))
            continue;
        if (best_wants(&sweeping->best, sum))
            best_keep(&sweeping->best, (struct best_found){docid, sum});
        if (sweeping->best.wanted)
            continue;
        sweeping->total++;
        count_values(sweeping, what);
    }
}

/* The least sum that some document of a window to come must have. */
static unsigned least_of(const struct sweeping *sweeping)
{
    const struct best *best = &sweeping->best;

    if (!best->wanted)
        return sweeping->least;
    return best->count == best->wanted ? best->heap[0].sum + 1u : 1;
}

/* False when the deadline was met before the end. */
static bool sweep_over(struct sweeping *sweeping)
{
    struct maxscore *adding = &sweeping->adding;

    sweeping->best.count = 0;
    sweeping->total = 0;
    maxscore_start(adding);
    for (uint32_t window; (window = maxscore_window(adding)) != UINT32_MAX;) {
        if (clock_monotonic_ms() > sweeping->deadline_ms)
            return false;
        meet(sweeping, window * LISTS_WINDOW,
             maxscore_add(adding, window, least_of(sweeping)));
        maxscore_forget(adding);
    }
    return true;
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

/* The word of that term, a new one when there is none before. */
static struct maxscore_word *word_of(struct maxscore *adding,
                                     const struct lists_term *term)
{
    for (size_t i = 0; i < adding->count; i++)
        if (adding->words[i].term == term)
            return &adding->words[i];
    adding->words[adding->count] = (struct maxscore_word){.term = term};
    return &adding->words[adding->count++];
}

static bool make_words(struct sweeping *sweeping)
{
    struct maxscore *adding = &sweeping->adding;
    size_t count = sweeping->query->find->word_count;

    adding->words = arena_array(sweeping->arena, count, sizeof *adding->words);
    adding->now = arena_array(sweeping->arena, count, sizeof *adding->now);
    return adding->words && adding->now;
}

static err_code read_words(struct sweeping *sweeping, struct err *err)
{
    const struct engine_query *find = sweeping->query->find;
    int64_t population = 0;
    err_code code =
        engine_frequency(sweeping->engine, find->population, &population, err);

    if (!make_words(sweeping))
        return no_room(err);
    for (size_t i = 0; code == ERR_NONE && i < find->word_count; i++) {
        const struct lists_term *term = lists_find(sweeping->lists, find->words[i].term);
        double with = 0, weight;
        if (!term)
            continue;
        code = count_now(sweeping, find->words[i].term, term, &with, err);
        weight = find->words[i].weight * engine_weight((double)population, with);
        if (weight > 0)
            word_of(&sweeping->adding, term)->weight += weight;
    }
    return code;
}

/* Whatever their parts: each word counts its weight. */
static bool read_flat(struct sweeping *sweeping)
{
    const struct engine_query *find = sweeping->query->find;

    sweeping->adding.is_flat = true;
    if (!make_words(sweeping))
        return false;
    for (size_t i = 0; i < find->word_count; i++) {
        const struct lists_term *term = lists_find(sweeping->lists, find->words[i].term);
        if (term && find->words[i].weight > 0)
            word_of(&sweeping->adding, term)->weight += find->words[i].weight;
    }
    return true;
}

static int by_length(const void *a, const void *b)
{
    uint64_t x = ((const struct maxscore_word *)a)->term->length;
    uint64_t y = ((const struct maxscore_word *)b)->term->length;

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

static bool make_room(struct sweeping *sweeping, size_t wanted)
{
    struct best *best = &sweeping->best;

    best->wanted = wanted < sweeping->lists->document_count
                       ? wanted
                       : sweeping->lists->document_count;
    best->heap = arena_array(sweeping->arena, best->wanted, sizeof *best->heap);
    return best->heap && sieve_read(&sweeping->sieve, sweeping->query->request,
                                    sweeping->query->config);
}

static bool make_counts(struct sweeping *sweeping)
{
    for (int i = 0; i < VALUE_COUNT; i++) {
        sweeping->counts[i] =
            arena_array(sweeping->arena, numbers(sweeping->lists, (enum lists_value)i),
                        sizeof **sweeping->counts);
        if (!sweeping->counts[i])
            return false;
    }
    return true;
}

static struct sweeping start(struct sweep *sweep, struct arena *arena,
                             const struct sweep_query *query)
{
    return (struct sweeping){
        .sweep = sweep,
        .lists = sweep->lists,
        .sieve = {.lists = sweep->lists, .arena = arena},
        .query = query,
        .arena = arena,
        .deadline_ms = clock_monotonic_ms() + query->find->deadline_ms,
        .adding = {.lists = sweep->lists, .sums = sweep->sums, .places = sweep->places}};
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
            best->heap[i].docid,
            best->heap[i].sum * sweeping->adding.weight / MAXSCORE_SUM_MOST};
    out->is_full = best->count == sweeping->query->find->candidates;
    return ERR_NONE;
}

err_code sweep_find(struct sweep *sweep, struct engine *engine, struct arena *arena,
                    const struct sweep_query *query, struct engine_result *out,
                    struct err *err)
{
    struct sweeping sweeping = start(sweep, arena, query);
    struct maxscore *adding = &sweeping.adding;
    err_code code;

    sweeping.engine = engine;
    code = read_words(&sweeping, err);

    *out = (struct engine_result){0};
    if (code == ERR_NONE && !make_room(&sweeping, query->find->candidates))
        code = no_room(err);
    if (code != ERR_NONE)
        return code;
    if (!sweep_over(&sweeping)) {
        out->is_cut = true;
        qsort(adding->words, adding->count, sizeof *adding->words, by_length);
        adding->count = adding->count < RAREST ? adding->count : RAREST;
        sweeping.deadline_ms = INT64_MAX;
        (void)sweep_over(&sweeping);
    }
    return copy_found(&sweeping, out, err);
}

err_code sweep_count(struct sweep *sweep, struct arena *arena,
                     const struct sweep_query *query, double least, struct facets *facets,
                     int64_t *count, struct err *err)
{
    struct sweeping sweeping = start(sweep, arena, query);
    double all = 0;

    if (!read_flat(&sweeping) || !make_room(&sweeping, 0) || !make_counts(&sweeping))
        return no_room(err);
    for (size_t i = 0; i < sweeping.adding.count; i++)
        all += sweeping.adding.words[i].weight;
    if (all < least)
        return ERR_NONE;
    /* each word may lack 1 by rounding down */
    sweeping.least = (unsigned)fmax(
        least / all * MAXSCORE_SUM_MOST - (double)sweeping.adding.count, 1);
    (void)sweep_over(&sweeping);
    if (sweeping.total > *count) {
        *count = sweeping.total;
        tell_facets(&sweeping, facets);
    }
    return ERR_NONE;
}
