/* Reading the index: from what she typed to the ranked hits, facets and another spelling. */
#include "indexer/search.h"

#include "base/unicode.h"
#include "indexer/analysis.h"
#include "indexer/document.h"
#include "indexer/folder.h"
#include "indexer/hit.h"
#include "indexer/rank.h"
#include "indexer/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORDS_MOST = 32,       /* a bit each in card_match */
    CANDIDATES_LEAST = 200, /* reranked */
    FILTERS_MOST = 6,
    THIN_RESULTS = 3,      /* below this another spelling is looked for */
    TIMES_OF_WEEK = 21,
    GRAMS_MOST = 24        /* of one word */
};

/* Measured: docs/search.md. A word's grams share GRAM_WEIGHT between them. */
static const double EXACT_WEIGHT = 0.35, STEM_WEIGHT = 1.0, GRAM_WEIGHT = 1.2;

struct reading {
    struct search *search;
    struct arena *arena;
    const struct query_request *request;
    char letter[2];
    struct token words[WORDS_MOST]; /* those that carry meaning, each stem once */
    const char *typed[WORDS_MOST];
    const char *stems[WORDS_MOST];
    size_t count;
    struct query_answer answer;
    struct err *err;
};

static err_code open_current(struct search *search, struct err *err)
{
    char path[PATH_MAX];

    engine_close(search->engine);
    search->engine = NULL;
    search->generation = folder_current(search->folder);
    if (!search->generation)
        return err_set(err, ERR_STORE, "index %s: there is none yet", search->folder);
    folder_path(search->folder, search->generation, path);
    return engine_open(&search->engine, path, err);
}

err_code search_open(struct search **out, const char *folder, const struct config *config,
                     struct err *err)
{
    struct search *search = calloc(1, sizeof *search);
    err_code code;

    if (!search)
        return err_set(err, ERR_MEMORY, "no memory for the index");
    search->config = config;
    snprintf(search->folder, sizeof search->folder, "%s", folder);
    code = open_current(search, err);
    if (code != ERR_NONE) {
        search_close(search);
        return code;
    }
    *out = search;
    return ERR_NONE;
}

void search_close(struct search *search)
{
    if (!search)
        return;
    engine_close(search->engine);
    free(search);
}

err_code search_refresh(struct search *search, struct err *err)
{
    if (!search->engine || folder_current(search->folder) != search->generation)
        return open_current(search, err);
    return engine_reopen(search->engine, err);
}

err_code search_reader_applied(struct search *search, int64_t *applied, struct err *err)
{
    return engine_applied(search->engine, applied, err);
}

static err_code drop_word(struct reading *reading, const char *word)
{
    const char **dropped =
        arena_array(reading->arena, reading->answer.dropped_count + 1, sizeof *dropped);

    if (!dropped)
        return err_set(reading->err, ERR_MEMORY, "no room for a query");
    for (size_t i = 0; i < reading->answer.dropped_count; i++)
        dropped[i] = reading->answer.dropped[i];
    dropped[reading->answer.dropped_count++] = word;
    reading->answer.dropped = dropped;
    reading->answer.is_cut = true;
    return ERR_NONE;
}

/* The text within its limit, cut between two words; *is_cut when something was left out. */
static const char *limited(struct reading *reading, bool *is_cut)
{
    const char *text = reading->request->text;
    size_t most = (size_t)reading->search->config->query_bytes_max, length = strlen(text);

    *is_cut = length > most;
    if (!*is_cut)
        return text;
    for (length = most; length && text[length] != ' '; length--)
        ;
    for (length = length ? length : most; length && ((unsigned char)text[length] & 0xc0) == 0x80;
         length--)
        ;
    return arena_strndup(reading->arena, text, length);
}

/* What she typed becomes at most query_terms_max words with a meaning. */
static err_code understand(struct reading *reading)
{
    size_t most = (size_t)reading->search->config->query_terms_max;
    const char *text;
    struct tokens tokens;
    err_code code;

    if (!unicode_is_valid(reading->request->text, strlen(reading->request->text)))
        return err_set(reading->err, ERR_INVALID, "the search is not valid UTF-8");
    text = limited(reading, &reading->answer.is_cut);
    if (!text)
        return err_set(reading->err, ERR_MEMORY, "no room for a query");
    code = analysis_query(reading->arena, text, reading->request->lang, &tokens,
                          reading->err);
    if (most > WORDS_MOST)
        most = WORDS_MOST;
    for (size_t i = 0; code == ERR_NONE && i < tokens.count; i++) {
        const struct token *token = &tokens.items[i];
        const char *typed =
            arena_strndup(reading->arena, text + token->from, token->to - token->from);
        bool is_double = false;
        if (!typed)
            return err_set(reading->err, ERR_MEMORY, "no room for a query");
        for (size_t j = 0; j < reading->count; j++)
            is_double = is_double || strcmp(reading->stems[j], token->stem) == 0;
        if (token->is_stop || is_double)
            continue;
        if (reading->count >= most) {
            code = drop_word(reading, typed);
            continue;
        }
        reading->words[reading->count] = *token;
        reading->typed[reading->count] = typed;
        reading->stems[reading->count++] = token->stem;
    }
    return code;
}

static const char **prefixed(struct reading *reading, const char *prefix,
                             const char *const *values, size_t count, bool is_folded)
{
    const char **terms = arena_array(reading->arena, count, sizeof *terms);

    for (size_t i = 0; terms && i < count; i++) {
        const char *value =
            is_folded ? unicode_fold(reading->arena, values[i]) : values[i];
        terms[i] = value ? arena_printf(reading->arena, "%s%s%s", prefix, reading->letter,
                                        value)
                         : NULL;
        if (!terms[i])
            return NULL;
    }
    return terms;
}

static const char **time_terms(struct reading *reading, size_t *count)
{
    const char *values[TIMES_OF_WEEK + 1] = {"-"};
    unsigned parts = reading->request->day_parts;

    *count = 1;
    for (int bit = 0; bit < TIMES_OF_WEEK; bit++)
        if (parts & (1u << bit))
            values[(*count)++] = arena_printf(reading->arena, "%d", bit);
    for (size_t i = 0; i < *count; i++)
        if (!values[i])
            return NULL;
    return prefixed(reading, "XA", values, *count, false);
}

static err_code make_filters(struct reading *reading, struct engine_any *filters,
                             size_t *count)
{
    const struct query_request *request = reading->request;
    const struct {
        const char *prefix;
        const char *const *values;
        size_t count;
        bool is_folded;
    } wanted[] = {{"XP", request->poles, request->pole_count, false},
                  {"XT", request->structures, request->structure_count, false},
                  {"XC", request->communes, request->commune_count, true}};
    bool has_room = true;

    *count = 0;
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        if (!wanted[i].count)
            continue;
        filters[*count].terms = prefixed(reading, wanted[i].prefix, wanted[i].values,
                                         wanted[i].count, wanted[i].is_folded);
        filters[*count].count = wanted[i].count;
        has_room = has_room && filters[(*count)++].terms;
    }
    if (request->level_least != LEVEL_UNSAID) {
        const char *level = (const char[]){(char)('0' + request->level_least), '\0'};
        filters[*count].terms = prefixed(reading, "XL", &level, 1, false);
        filters[*count].count = 1;
        has_room = has_room && filters[(*count)++].terms;
    }
    if (request->day_parts) {
        filters[*count].terms = time_terms(reading, &filters[*count].count);
        has_room = has_room && filters[(*count)++].terms;
    }
    return has_room ? ERR_NONE
                    : err_set(reading->err, ERR_MEMORY, "no room for the filters");
}

/* The terms of a word: as written, its stem, and four letters at a time. */
static bool add_word(struct reading *reading, const struct token *token,
                     struct engine_word *words, size_t *count)
{
    const char *grams[GRAMS_MOST];
    size_t gram_count = reading->request->kind == KIND_SKILL
                            ? word_grams(reading->arena, token->exact, grams, GRAMS_MOST)
                            : 0;
    size_t first = *count;

    words[(*count)++] = (struct engine_word){
        arena_printf(reading->arena, "E%s%s", reading->letter, token->exact), EXACT_WEIGHT};
    words[(*count)++] = (struct engine_word){
        arena_printf(reading->arena, "Z%s%s", reading->letter, token->stem), STEM_WEIGHT};
    for (size_t i = 0; i < gram_count; i++)
        words[(*count)++] = (struct engine_word){
            arena_printf(reading->arena, "G%s%s", reading->letter, grams[i]),
            GRAM_WEIGHT / (double)gram_count};
    for (size_t i = first; i < *count; i++)
        if (!words[i].term)
            return false;
    return true;
}

static err_code find(struct reading *reading, struct engine_result *out)
{
    struct engine_word *words = arena_array(
        reading->arena, reading->count * (GRAMS_MOST + 2), sizeof *words);
    struct engine_any filters[FILTERS_MOST];
    const struct query_request *request = reading->request;
    size_t wanted = request->offset + request->limit;
    struct engine_query find = {
        .words = words,
        .filters = filters,
        .candidates = wanted * 2 > CANDIDATES_LEAST ? wanted * 2 : CANDIDATES_LEAST,
        .deadline_ms = (int)reading->search->config->search_deadline_ms,
        .wants_facets = request->wants_facets,
    };
    err_code code = make_filters(reading, filters, &find.filter_count);

    if (!words)
        return err_set(reading->err, ERR_MEMORY, "no room for a query");
    for (size_t i = 0; i < reading->count; i++)
        if (!add_word(reading, &reading->words[i], words, &find.word_count))
            return err_set(reading->err, ERR_MEMORY, "no room for a query");
    if (code != ERR_NONE)
        return code;
    return engine_find(reading->search->engine, reading->arena, &find, out, reading->err);
}

struct scored {
    struct card card;
    double score;
    enum freshness freshness;
};

static int by_score(const void *a, const void *b)
{
    const struct scored *x = a, *y = b;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->card.id < y->card.id ? -1 : x->card.id > y->card.id;
}

/* Scores the candidates and puts the best first; those that must not be shown go. */
static err_code rerank(struct reading *reading, const struct engine_result *result,
                       struct scored **out, size_t *count)
{
    const struct query_request *request = reading->request;
    const struct rank_query rank = {.stems = reading->stems,
                                    .count = reading->count,
                                    .config = reading->search->config,
                                    .now = request->now,
                                    .has_rotation = !request->wants_all};
    struct scored *scored =
        arena_array(reading->arena, result->count, sizeof *scored);
    double best = result->count ? result->found[0].score : 0;
    size_t used = 0;

    if (!scored)
        return err_set(reading->err, ERR_MEMORY, "no room for the results");
    for (size_t i = 0; i < result->count; i++) {
        const struct engine_found *found = &result->found[i];
        struct scored *one = &scored[used];
        err_code code = card_read(reading->arena, found->card, found->card_length,
                                  &one->card, reading->err);
        if (code != ERR_NONE)
            return code;
        one->score = rank_score(&rank, &one->card, best > 0 ? found->score / best : 0,
                                &one->freshness);
        used += one->score > 0;
    }
    qsort(scored, used, sizeof *scored, by_score);
    *out = scored;
    *count = used;
    return ERR_NONE;
}

static err_code make_hits(struct reading *reading, const struct scored *scored,
                          size_t count)
{
    const struct query_request *request = reading->request;
    const struct hit_query query = {
        .mark = {.stems = reading->stems, .count = reading->count, .lang = request->lang},
        .typed = reading->typed};
    size_t from = request->offset < count ? request->offset : count;
    size_t most = count - from < request->limit ? count - from : request->limit;
    struct hit *hits = arena_array(reading->arena, most, sizeof *hits);
    err_code code = ERR_NONE;

    if (!hits)
        return err_set(reading->err, ERR_MEMORY, "no room for the results");
    for (size_t i = 0; code == ERR_NONE && i < most; i++) {
        const struct scored *one = &scored[from + i];
        if (request->wants_all) { /* measures need no reasons */
            hits[i] = (struct hit){.kind = one->card.kind,
                                   .id = one->card.id,
                                   .external_id = one->card.external_id,
                                   .title = one->card.title.text};
        } else {
            code = hit_make(reading->arena, &query, &one->card, &hits[i], reading->err);
        }
        hits[i].score = one->score;
        hits[i].freshness = one->freshness;
    }
    reading->answer.hits = hits;
    reading->answer.count = most;
    return code;
}

/* Poles and structures have a name besides their key: that of some card that was found. */
static const char *facet_label(int slot, const char *value, const struct scored *scored,
                               size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct card *card = &scored[i].card;
        if (slot == SLOT_STRUCTURE && card->structure_key &&
            strcmp(card->structure_key, value) == 0)
            return card->structure_name ? card->structure_name : value;
        for (size_t j = 0; slot == SLOT_POLE && j < card->pole_count; j++)
            if (strcmp(card->pole_keys[j], value) == 0)
                return card->pole_names[j];
    }
    return value;
}

static err_code make_facets(struct reading *reading, const struct engine_result *result,
                            const struct scored *scored, size_t count)
{
    static const char *const names[SLOT_COUNT] = {"pole", "structure", "commune", "level"};
    struct facet *facets = arena_array(reading->arena, SLOT_COUNT, sizeof *facets);

    if (!facets)
        return err_set(reading->err, ERR_MEMORY, "no room for the facets");
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        size_t values = result->facet_counts[slot];
        facets[slot].name = names[slot];
        facets[slot].count = values;
        facets[slot].values =
            arena_array(reading->arena, values, sizeof *facets[slot].values);
        if (!facets[slot].values)
            return err_set(reading->err, ERR_MEMORY, "no room for the facets");
        for (size_t i = 0; i < values; i++) {
            const struct engine_facet *facet = &result->facets[slot][i];
            facets[slot].values[i] = (struct facet_value){
                .key = facet->value,
                .label = facet_label(slot, facet->value, scored, count),
                .count = facet->count};
        }
    }
    reading->answer.facets = facets;
    reading->answer.facet_count = SLOT_COUNT;
    return ERR_NONE;
}

/* A known word for one that nobody uses; NULL when it is known or none is near. */
static err_code correct_word(struct reading *reading, size_t i, const char **out)
{
    const struct token *word = &reading->words[i];
    const char *term =
        arena_printf(reading->arena, "Z%s%s", reading->letter, word->stem);
    int64_t frequency = 0;
    err_code code;

    *out = NULL;
    if (!term)
        return err_set(reading->err, ERR_MEMORY, "no room for a correction");
    code = engine_frequency(reading->search->engine, term, &frequency, reading->err);
    if (code != ERR_NONE || frequency || strlen(word->exact) < 4)
        return code;
    return engine_spell(reading->search->engine, reading->arena, word->exact,
                        strlen(word->exact) > 6 ? 2 : 1, out, reading->err);
}

/* The query with its unknown words replaced, when there is at least one. */
static err_code correct(struct reading *reading)
{
    const char *text = reading->request->text;
    struct text corrected;
    size_t at = 0;
    bool is_changed = false;
    err_code code = ERR_NONE;

    text_init(&corrected, 4 * strlen(text) + 256);
    for (size_t i = 0; code == ERR_NONE && i < reading->count; i++) {
        const char *word;
        code = correct_word(reading, i, &word);
        if (code != ERR_NONE || !word || reading->words[i].from < at)
            continue;
        text_add_bytes(&corrected, text + at, reading->words[i].from - at);
        text_add(&corrected, word);
        at = reading->words[i].to;
        is_changed = true;
    }
    text_add(&corrected, text + at);
    if (code == ERR_NONE && is_changed && !text_failed(&corrected))
        reading->answer.correction = arena_strdup(reading->arena, corrected.bytes);
    text_done(&corrected);
    return code;
}

err_code search_query(struct search *search, struct arena *arena,
                      const struct query_request *request, struct query_answer *out,
                      struct err *err)
{
    struct reading *reading = arena_alloc(arena, sizeof *reading);
    struct engine_result result = {0};
    struct scored *scored = NULL;
    size_t count = 0;
    err_code code;

    if (!reading)
        return err_set(err, ERR_MEMORY, "no room for a query");
    *reading = (struct reading){.search = search,
                                .arena = arena,
                                .request = request,
                                .letter = {kind_letter(request->kind), '\0'},
                                .err = err};
    code = understand(reading);
    if (code == ERR_NONE && reading->count)
        code = find(reading, &result);
    if (code == ERR_NONE)
        code = rerank(reading, &result, &scored, &count);
    if (code == ERR_NONE)
        code = make_hits(reading, scored, count);
    if (code == ERR_NONE && request->wants_facets)
        code = make_facets(reading, &result, scored, count);
    reading->answer.total = result.total;
    if (count < result.count && result.total <= (int64_t)result.count)
        reading->answer.total = (int64_t)count; /* without the cards past their term */
    if (code == ERR_NONE && request->wants_correction && reading->count &&
        reading->answer.total < THIN_RESULTS)
        code = correct(reading);
    if (code == ERR_NONE)
        *out = reading->answer;
    return code;
}
