/* From the words and filters of a search to its candidates, by BM25. */
#include "indexer/find.h"

#include "base/clock.h"
#include "base/unicode.h"
#include "indexer/document.h"
#include "indexer/rank.h"
#include "indexer/terms.h"

#include <stdlib.h>
#include <string.h>

enum {
    CANDIDATES_LEAST = 200, /* reranked */
    SMALL_LEAST = 400,      /* of a small directory: mostly all */
    SMALL_MOST = 2000,      /* documents of all kinds */
    LABELS_LEAST = 400,     /* of the thesaurus, which are short */
    FILTERS_MOST = 6,
    TIMES_OF_WEEK = 21
};

/* Measured: docs/search.md. A word's grams share GRAM_WEIGHT between them. */
static const double EXACT_WEIGHT = 0.35, FAMILY_WEIGHT = 1.0, GRAM_WEIGHT = 2.5,
                    PAIR_WEIGHT = 0.3, NEAR_WEIGHT = 0.3, CALLED_WEIGHT = 0.8,
                    CALLED_LABELS = 0.5, RELATED_LEAST = 0.3;

/* What printf would do, at a third of the price: a query has a hundred terms. */
static const char *term_of(struct finding *finding, const char *prefix, const char *word)
{
    size_t before = strlen(prefix), length = strlen(word);
    char *term = arena_alloc(finding->arena, before + 1 + length + 1);

    if (!term)
        return NULL;
    memcpy(term, prefix, before);
    term[before] = finding->letter[0];
    memcpy(term + before + 1, word, length);
    return term;
}

static const char **prefixed(struct finding *finding, const char *prefix,
                             const char *const *values, size_t count, bool is_folded)
{
    const char **terms = arena_array(finding->arena, count, sizeof *terms);

    for (size_t i = 0; terms && i < count; i++) {
        const char *value =
            is_folded ? unicode_fold(finding->arena, values[i]) : values[i];
        terms[i] = value ? term_of(finding, prefix, value) : NULL;
        if (!terms[i])
            return NULL;
    }
    return terms;
}

static const char **time_terms(struct finding *finding, size_t *count)
{
    const char *values[TIMES_OF_WEEK + 1] = {"-"};
    unsigned parts = finding->request->day_parts;

    *count = 1;
    for (int bit = 0; bit < TIMES_OF_WEEK; bit++)
        if (parts & (1u << bit))
            values[(*count)++] = arena_printf(finding->arena, "%d", bit);
    for (size_t i = 0; i < *count; i++)
        if (!values[i])
            return NULL;
    return prefixed(finding, "XA", values, *count, false);
}

static err_code make_filters(struct finding *finding, struct engine_any *filters,
                             size_t *count)
{
    const struct query_request *request = finding->request;
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
        filters[*count].terms = prefixed(finding, wanted[i].prefix, wanted[i].values,
                                         wanted[i].count, wanted[i].is_folded);
        filters[*count].count = wanted[i].count;
        has_room = has_room && filters[(*count)++].terms;
    }
    if (request->level_least != LEVEL_UNSAID) {
        const char *level = (const char[]){(char)('0' + request->level_least), '\0'};
        filters[*count].terms = prefixed(finding, "XL", &level, 1, false);
        filters[*count].count = 1;
        has_room = has_room && filters[(*count)++].terms;
    }
    if (request->day_parts) {
        filters[*count].terms = time_terms(finding, &filters[*count].count);
        has_room = has_room && filters[(*count)++].terms;
    }
    return has_room ? ERR_NONE
                    : err_set(finding->err, ERR_MEMORY, "no room for the filters");
}

struct words {
    struct engine_word *items;
    size_t count;
    bool failed;
};

static void add_word(struct finding *finding, struct words *words, const char *prefix,
                     const char *word, double weight)
{
    const char *term = term_of(finding, prefix, word);

    words->failed = words->failed || !term;
    words->items[words->count++] = (struct engine_word){term, weight};
}

/* The family of the word, when no word before it is of the same. */
static void add_family(struct finding *finding, struct words *words, size_t i)
{
    const struct meaning *meaning = finding->meaning;

    for (size_t j = 0; j < i; j++)
        if (meaning->words[j].word == meaning->words[i].word)
            return;
    add_word(finding, words, "F", meaning->words[i].token.family,
             FAMILY_WEIGHT * meaning->words[i].weight);
}

/* Grams are many, and a person is not found by a few letters alike: of labels only. */
static void add_of_label(struct finding *finding, struct words *words, size_t i)
{
    const struct meaning_word *word = &finding->meaning->words[i];
    const char *grams[GRAMS_MOST];
    size_t count = finding->config->has_grams
                       ? word_grams(finding->arena, word->typed, grams, GRAMS_MOST)
                       : 0;
    const char *pair;

    for (size_t j = 0; j < count; j++)
        add_word(finding, words, "G", grams[j],
                 GRAM_WEIGHT * word->weight / (double)count);
    if (!word->before)
        return;
    pair = arena_printf(finding->arena, "%s %s", word->before, word->token.family);
    words->failed = words->failed || !pair;
    if (pair)
        add_word(finding, words, "B", pair, PAIR_WEIGHT);
}

static void add_near(struct finding *finding, struct words *words,
                     const struct near_label *near)
{
    const char *id = arena_printf(finding->arena, "%u", near->skill_id);

    words->failed = words->failed || !id;
    if (id)
        add_word(finding, words, "XS", id, NEAR_WEIGHT * (double)near->cosine);
}

static err_code make_words(struct finding *finding, struct words *out)
{
    const struct meaning *meaning = finding->meaning;

    *out = (struct words){
        .items = arena_array(finding->arena,
                             meaning->count * (GRAMS_MOST + 3) + meaning->related_count +
                                 meaning->called_count + finding->near_count,
                             sizeof *out->items)};
    for (size_t i = 0; out->items && i < meaning->count; i++) {
        add_word(finding, out, "E", meaning->words[i].token.exact,
                 (finding->config->has_families ? EXACT_WEIGHT : FAMILY_WEIGHT) *
                     meaning->words[i].weight);
        if (finding->config->has_families)
            add_family(finding, out, i);
        if (finding->request->kind == KIND_SKILL)
            add_of_label(finding, out, i);
    }
    for (size_t i = 0; out->items && i < meaning->related_count; i++)
        if (meaning->related[i].weight >= RELATED_LEAST)
            add_word(finding, out, "F", meaning->related[i].family,
                     meaning->related[i].weight);
    for (size_t i = 0; out->items && i < meaning->called_count; i++)
        add_word(finding, out, "F", meaning->called[i].family,
                 (finding->request->kind == KIND_SKILL ? CALLED_LABELS : CALLED_WEIGHT) *
                     meaning->called[i].strength);
    for (size_t i = 0;
         out->items && finding->request->kind == KIND_PERSON && i < finding->near_count;
         i++)
        add_near(finding, out, &finding->near[i]);
    return out->items && !out->failed
               ? ERR_NONE
               : err_set(finding->err, ERR_MEMORY, "no room for a query");
}

static int by_score(const void *a, const void *b)
{
    const struct engine_found *x = a, *y = b;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->docid < y->docid ? -1 : x->docid > y->docid;
}

static err_code merge(struct finding *finding, const struct engine_result *a,
                      const struct engine_result *b, size_t most,
                      struct engine_result *out)
{
    size_t count = a->count + b->count;
    struct engine_found *found = arena_array(finding->arena, count, sizeof *found);

    if (!found)
        return err_set(finding->err, ERR_MEMORY, "no room for the results");
    if (a->count)
        memcpy(found, a->found, a->count * sizeof *found);
    if (b->count)
        memcpy(found + a->count, b->found, b->count * sizeof *found);
    if (count)
        qsort(found, count, sizeof *found, by_score);
    *out = (struct engine_result){.found = found,
                                  .count = count < most ? count : most,
                                  .is_cut = a->is_cut || b->is_cut,
                                  .is_full = count >= most};
    return ERR_NONE;
}

/* Narrows what the sweep has answered down to what was put since the index was made. */
static err_code ask_since(struct finding *finding, struct engine_query *find,
                          struct engine_any filters[FILTERS_MOST + 1])
{
    const char **later = arena_array(finding->arena, 1, sizeof *later);

    if (later)
        *later = document_later(finding->arena, finding->request->kind);
    if (!later || !*later)
        return err_set(finding->err, ERR_MEMORY, "no room for a query");
    filters[find->filter_count++] = (struct engine_any){later, 1};
    return ERR_NONE;
}

static int left_ms(const struct finding *finding)
{
    int64_t left = finding->until_ms - clock_monotonic_ms();

    return left > 0 ? (int)left : 0;
}

/* As the index was made, then what was put since. */
static err_code sweep_and_find(struct finding *finding, struct engine *engine,
                               struct engine_query *find, struct engine_any *filters,
                               struct engine_result *out)
{
    const struct sweep_query query = {find, finding->request, finding->config};
    struct engine_result before, since;
    err_code code =
        sweep_find(finding->sweep, engine, finding->arena, &query, &before, finding->err);

    *out = before;
    if (code != ERR_NONE || !sweep_has_later(finding->sweep, finding->request->kind))
        return code;
    code = ask_since(finding, find, filters);
    find->deadline_ms = left_ms(finding);
    if (code == ERR_NONE)
        code = engine_find(engine, finding->arena, find, &since, finding->err);
    return code == ERR_NONE ? merge(finding, &before, &since, find->candidates, out)
                            : code;
}

/* `filters` has room for one more. */
static err_code ask(struct finding *finding, struct engine_any *filters,
                    struct engine_query *out)
{
    const struct query_request *request = finding->request;
    size_t wanted = 2 * (request->offset + request->limit);
    bool is_small = sweep_size(finding->sweep) <= SMALL_MOST;
    size_t least = request->kind == KIND_SKILL ? LABELS_LEAST
                   : is_small                  ? SMALL_LEAST
                                               : CANDIDATES_LEAST;
    struct words words;
    err_code code;

    *out = (struct engine_query){
        .filters = filters,
        .without = request->is_member ? NULL : term_of(finding, "XV", "m"),
        .population = term_of(finding, "K", ""),
        .candidates = wanted > least ? wanted : least,
        .deadline_ms = left_ms(finding),
    };
    if (!out->population || (!request->is_member && !out->without))
        return err_set(finding->err, ERR_MEMORY, "no room for a query");
    code = make_filters(finding, filters, &out->filter_count);
    if (code == ERR_NONE)
        code = make_words(finding, &words);
    if (code == ERR_NONE) {
        out->words = words.items;
        out->word_count = words.count;
    }
    return code;
}

err_code find_candidates(struct finding *finding, struct engine *engine,
                         struct engine_result *out)
{
    struct engine_any filters[FILTERS_MOST + 1];
    struct engine_query find;
    err_code code = ask(finding, filters, &find);

    if (code != ERR_NONE)
        return code;
    return finding->sweep ? sweep_and_find(finding, engine, &find, filters, out)
                          : engine_find(engine, finding->arena, &find, out, finding->err);
}

/* Each word of what is asked once, as rare as it is; returns how rare all are. */
static double own_words(struct finding *finding, struct words *out)
{
    const struct meaning *meaning = finding->meaning;
    double all = 0;

    *out = (struct words){
        .items = arena_array(finding->arena, meaning->count, sizeof *out->items)};
    for (size_t i = 0; out->items && i < meaning->count; i++) {
        const struct meaning_word *word = &meaning->words[i];
        if (word->token.is_joined || word->token.is_aside)
            continue;
        add_word(finding, out, "F", word->token.family, word->rarity);
        all += word->rarity;
    }
    return all;
}

err_code find_count(struct finding *finding, struct facets *facets, int64_t *count)
{
    struct words words;
    double all = own_words(finding, &words);
    const struct engine_query find = {
        .words = words.items, .word_count = words.count, .deadline_ms = left_ms(finding)};
    const struct sweep_query query = {&find, finding->request, finding->config};

    if (!words.items || words.failed)
        return err_set(finding->err, ERR_MEMORY, "no room for a query");
    return finding->sweep
               ? sweep_count(finding->sweep, finding->arena, &query,
                             all / RANK_NEAR_PARTS, facets, count, finding->err)
               : ERR_NONE;
}
