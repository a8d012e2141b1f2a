/* Reading the index: from what she typed to the ranked hits, facets and another spelling.
 */
#include "indexer/search.h"

#include "base/clock.h"
#include "base/map.h"
#include "indexer/document.h"
#include "indexer/facets.h"
#include "indexer/find.h"
#include "indexer/fit.h"
#include "indexer/folder.h"
#include "indexer/hit.h"
#include "indexer/likeness.h"
#include "indexer/order.h"
#include "indexer/reader.h"
#include "indexer/relate.h"
#include "indexer/rerank.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Cards, needs and sessions are indexed as French. */
#define CARD_LANGUAGE "fr"

enum {
    FAR_KEPT = 10, /* far answers shown after the others */
    NEAR_LABELS_MOST = 100,
    NEAR_SKILLS_MOST = 8
};
/* Measured: docs/search.md. */
static const float NEAR_LABEL_LEAST = 0.3f, NEAR_SKILL_LEAST = 0.55f;

struct reading {
    struct search *search;
    struct arena *arena;
    const struct query_request *request;
    char letter;
    struct meaning meaning;
    struct vocabulary *vocabulary;
    int8_t vector[MODEL_DIMENSIONS];
    bool has_vector;
    struct near_label near[NEAR_LABELS_MOST];
    size_t near_count;
    struct rank_query rank;
    struct query_answer answer;
    struct err *err;
};

static void close_generation(struct search *search)
{
    engine_close(search->engine);
    forward_close(search->forward);
    search->engine = NULL;
    search->forward = NULL;
    sweep_close(search->sweep);
    search->sweep = NULL;
    near_free(search->near);
    search->near = NULL;
    align_free(search->align);
    search->align = NULL;
    situations_free(search->situations);
    search->situations = NULL;
    model_close(search->model);
    search->model = NULL;
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        vocabulary_free(search->vocabularies[kind]);
        search->vocabularies[kind] = NULL;
    }
}

static err_code open_current(struct search *search, struct err *err)
{
    char path[PATH_MAX];
    err_code code;

    close_generation(search);
    search->generation = folder_current(search->folder);
    if (!search->generation)
        return err_set(err, ERR_STORE, "index %s: there is none yet", search->folder);
    folder_model(search->folder, path);
    if (model_open(&search->model, path, NULL) != ERR_NONE)
        search->model = NULL; /* absent or damaged: search does without */
    folder_path(search->folder, search->generation, path);
    code = engine_open(&search->engine, path, err);
    if (code == ERR_NONE)
        code = forward_open(&search->forward, path, err);
    return code == ERR_NONE ? sweep_open(&search->sweep, path, search->engine, err)
                            : code;
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
    /* opening takes longer than two commits of a busy writer: then once more */
    for (int times = 1; code == ERR_BUSY && times < READ_AGAIN_MOST; times++)
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
    close_generation(search);
    free(search);
}

err_code search_refresh(struct search *search, struct err *err)
{
    bool is_newer = false;
    err_code code;

    if (!search->engine || !search->forward ||
        folder_current(search->folder) != search->generation)
        return open_current(search, err);
    code = engine_reopen(search->engine, &is_newer, err);
    if (code == ERR_NONE)
        code = forward_refresh(search->forward, err);
    return code == ERR_NONE && is_newer && search->sweep
               ? sweep_refresh(search->sweep, search->engine, err)
               : code;
}

/* The vocabulary of a kind, as it is or read anew. */
static err_code current_vocabulary(struct search *search, enum kind kind,
                                   struct vocabulary **out, struct err *err)
{
    struct vocabulary **kept = &search->vocabularies[kind];
    bool is_current = true;
    err_code code =
        *kept ? vocabulary_is_current(*kept, search->engine, &is_current, err) : ERR_NONE;

    if (code != ERR_NONE)
        return code;
    if (!is_current) {
        vocabulary_free(*kept);
        *kept = NULL;
    }
    if (!*kept)
        code = vocabulary_new(kept, search->engine, kind_letter(kind), err);
    *out = *kept;
    return code;
}

err_code search_vocabulary(struct search *search, enum kind kind, struct vocabulary **out,
                           struct err *err)
{
    struct vocabulary *people;
    err_code code = current_vocabulary(search, kind, out, err);

    if (code != ERR_NONE || (kind != KIND_NEED && kind != KIND_SESSION))
        return code;
    code = current_vocabulary(search, KIND_PERSON, &people, err);
    if (code == ERR_NONE) /* needs and sessions are few, and of what people know */
        vocabulary_lean(*out, people);
    return code;
}

err_code search_reader_applied(struct search *search, int64_t *applied, struct err *err)
{
    return engine_applied(search->engine, applied, err);
}

/* The nearest labels of the thesaurus, when vectors were learnt and tell of the query. */
static err_code find_near(struct reading *reading)
{
    struct search *search = reading->search;
    err_code code = ERR_NONE;

    reading->has_vector =
        relate_vector(&reading->meaning, search->model, reading->arena, reading->vector);
    if (!reading->has_vector ||
        (reading->request->kind != KIND_SKILL && reading->request->kind != KIND_PERSON))
        return ERR_NONE;
    if (search->near && !near_is_current(search->near, search->forward)) {
        near_free(search->near);
        search->near = NULL;
    }
    if (!search->near)
        code = near_new(&search->near, search->engine, search->forward,
                        model_mark(search->model), reading->err);
    if (search->near)
        reading->near_count =
            reading->request->kind == KIND_SKILL
                ? near_find(search->near, reading->vector, NEAR_LABEL_LEAST,
                            reading->near, NEAR_LABELS_MOST)
                : near_find(search->near, reading->vector, NEAR_SKILL_LEAST,
                            reading->near, NEAR_SKILLS_MOST);
    return code;
}

/* What the whole need calls for. */
static err_code hear_situation(struct reading *reading)
{
    struct search *search = reading->search;

    if (!search->situations)
        search->situations = situations_new(search->model);
    return search->situations
               ? situation_read(search->situations, reading->arena, reading->vocabulary,
                                &reading->meaning, reading->err)
               : err_set(reading->err, ERR_MEMORY, "no memory for situations");
}

/* What was learnt about the words. */
static err_code relate(struct reading *reading)
{
    const struct search *search = reading->search;
    err_code code = ERR_NONE;

    if (!search->model || !reading->meaning.count)
        return ERR_NONE;
    relate_words(&reading->meaning, search->model, reading->vocabulary, search->config);
    /* labels are seldom asked for by a situation, and then by one that is told */
    if (search->config->has_situations &&
        (reading->request->kind != KIND_SKILL || reading->meaning.tells_more))
        code = hear_situation(reading);
    return code == ERR_NONE && search->config->has_vectors ? find_near(reading) : code;
}

/* What she typed becomes at most query_terms_max words with a meaning. */
static err_code understand(struct reading *reading)
{
    const struct config *config = reading->search->config;
    const struct meaning_request request = {
        .text = reading->request->text,
        .lang = reading->request->lang,
        .bytes_most = (size_t)config->query_bytes_max,
        .words_most = (size_t)config->query_terms_max,
        .letter = reading->letter,
        .model = config->has_synonyms ? reading->search->model : NULL,
        .is_left = !config->has_mending,
        .is_plain = !config->has_phrases,
    };
    err_code code = search_vocabulary(reading->search, reading->request->kind,
                                      &reading->vocabulary, reading->err);

    if (code == ERR_NONE)
        code = meaning_read(reading->arena, &request, reading->search->engine,
                            reading->vocabulary, &reading->meaning, reading->err);
    if (code == ERR_NONE)
        code = relate(reading);
    meaning_note(&reading->meaning);
    reading->answer.correction = reading->meaning.correction;
    reading->answer.dropped = reading->meaning.dropped;
    reading->answer.dropped_count = reading->meaning.dropped_count;
    reading->answer.is_cut = reading->meaning.is_cut;
    return code;
}

static err_code rank_all(struct reading *reading, const struct engine_result *result,
                         struct scored **out, size_t *count)
{
    const struct query_request *request = reading->request;
    struct scored *scored = arena_array(reading->arena, result->count, sizeof *scored);
    struct map grams;
    struct rank_query *rank = &reading->rank;
    struct fits *fits = arena_alloc(reading->arena, sizeof *fits);
    bool has_room = scored && fits;

    *rank = (struct rank_query){
        .meaning = &reading->meaning,
        .vocabulary = reading->vocabulary,
        .forward = reading->search->forward,
        .config = reading->search->config,
        .now = request->now,
        .has_rotation = !request->wants_all,
        .is_member = request->is_member,
        .level_least = request->level_least,
        .vector = reading->has_vector ? reading->vector : NULL,
        .vector_mark = reading->search->model ? model_mark(reading->search->model) : 0,
        .nearest = reading->near_count ? (double)reading->near[0].cosine : 0,
        .near = reading->near,
        .near_count = request->kind == KIND_PERSON ? reading->near_count : 0,
        .grams = &grams,
        .fits = fits};
    map_init(&grams);
    if (reading->search->model && request->kind == KIND_SKILL)
        rank->align =
            search_align(reading->search, &reading->meaning, reading->vocabulary);
    if (request->kind == KIND_SKILL)
        has_room = rank_grams(&reading->meaning, &grams) && has_room;
    if (has_room)
        *count = rerank(reading->arena, request, rank, result, scored);
    map_done(&grams);
    rank->grams = NULL;
    *out = scored;
    return has_room ? ERR_NONE
                    : err_set(reading->err, ERR_MEMORY, "no room for the results");
}

static err_code make_hits(struct reading *reading, const struct scored *scored,
                          size_t count)
{
    const struct query_request *request = reading->request;
    const char *families[HIT_WORDS_MOST], *said[HIT_WORDS_MOST];
    uint8_t words[HIT_WORDS_MOST];
    struct hit_query query = {.mark = hit_words(&reading->meaning, families, words, said),
                              .meaning = &reading->meaning,
                              .rank = &reading->rank,
                              .forward = reading->search->forward};
    size_t from = request->offset < count ? request->offset : count;
    size_t most = count - from < request->limit ? count - from : request->limit;
    struct hit *hits = arena_array(reading->arena, most, sizeof *hits);
    err_code code = ERR_NONE;

    if (!hits)
        return err_set(reading->err, ERR_MEMORY, "no room for the results");
    query.mark.lang = CARD_LANGUAGE;
    mark_start(&query.mark);
    for (size_t i = 0; code == ERR_NONE && i < most; i++) {
        const struct scored *one = &scored[from + i];
        struct card card;
        code = card_of(reading->arena, &one->entry, &card, reading->err);
        if (code == ERR_NONE && request->wants_all)
            hits[i] = hit_bare(&card);
        else if (code == ERR_NONE)
            code = hit_make(reading->arena, &query, &card, &one->entry, &hits[i],
                            reading->err);
        hits[i].score = one->rank.score;
        hits[i].freshness = one->rank.freshness;
        hits[i].coverage = one->rank.coverage;
        hits[i].fullness = one->rank.fullness;
        hits[i].is_far = one->is_last;
        hits[i].km = order_km(reading->arena, request, reading->search->forward,
                              reading->search->config, &one->entry.head);
    }
    reading->answer.hits = hits;
    reading->answer.count = most;
    return code;
}

/* Leaves out the far ones but the first. */
static size_t keep_near(struct reading *reading, const struct scored *scored,
                        size_t ranked)
{
    size_t near = 0, kept;

    while (near < ranked && !scored[near].is_last)
        near++;
    kept = near + FAR_KEPT < ranked ? near + FAR_KEPT : ranked;
    reading->answer.near_total = (int64_t)near;
    reading->answer.total = (int64_t)kept;
    if (reading->request->is_near_only)
        return near;
    return reading->request->wants_all ? ranked : kept;
}

/* Those that were ranked and are near; of more than could be ranked, those that have
 * enough of her words, when these are more. Of a skill that matches at a level only who
 * was ranked tells. */
static err_code count_near(struct reading *reading, struct finding *finding,
                           const struct scored *scored, struct facets *facets)
{
    struct query_answer *answer = &reading->answer;
    int64_t near = answer->near_total;
    err_code code = ERR_NONE;

    if (answer->is_total_least && near > 0 &&
        reading->request->level_least == LEVEL_UNSAID)
        code = find_count(finding, facets, &answer->near_total);
    for (int64_t i = 0; answer->near_total == near && i < near; i++)
        facets_count(facets, scored[i].docid);
    return code;
}

/* How many there are, and what they have in common. */
static err_code count(struct reading *reading, struct finding *finding,
                      const struct engine_result *result, const struct scored *scored)
{
    struct query_answer *answer = &reading->answer;
    struct facets *facets;
    err_code code;

    answer->is_total_least = result->is_full || result->is_cut;
    if (!reading->request->wants_facets || result->is_cut)
        return ERR_NONE;
    facets = facets_new(reading->search->forward);
    code = facets ? count_near(reading, finding, scored, facets)
                  : err_set(reading->err, ERR_MEMORY, "no room for the facets");
    if (code == ERR_NONE)
        code = facets_read(facets, reading->arena, &answer->facets, &answer->facet_count,
                           reading->err);
    facets_free(facets);
    return code;
}

/* Labels of near meaning that share no word with the query are candidates too. */
static err_code add_near(struct reading *reading, struct engine_result *result)
{
    size_t count = result->count;
    struct engine_found *found =
        arena_array(reading->arena, count + reading->near_count, sizeof *found);

    if (!found)
        return err_set(reading->err, ERR_MEMORY, "no room for the results");
    if (count)
        memcpy(found, result->found, count * sizeof *found);
    for (size_t i = 0; i < reading->near_count; i++) {
        size_t at = 0;
        while (at < count && found[at].docid != reading->near[i].docid)
            at++;
        if (at == count)
            found[result->count++] = (struct engine_found){reading->near[i].docid, 0};
    }
    result->found = found;
    return ERR_NONE;
}

static err_code answer(struct reading *reading)
{
    struct engine_result result = {0};
    struct scored *scored = NULL;
    size_t ranked = 0;
    struct finding finding = {.arena = reading->arena,
                              .request = reading->request,
                              .meaning = &reading->meaning,
                              .letter = {reading->letter, '\0'},
                              .near = reading->near,
                              .near_count = reading->near_count,
                              .config = reading->search->config,
                              .until_ms = clock_monotonic_ms() +
                                          reading->search->config->search_deadline_ms,
                              .sweep = reading->search->sweep,
                              .err = reading->err};
    err_code code = find_candidates(&finding, reading->search->engine, &result);

    reading->answer.is_cut = reading->answer.is_cut || result.is_cut;

    if (code == ERR_NONE && reading->request->kind == KIND_SKILL && reading->near_count)
        code = add_near(reading, &result);
    if (code == ERR_NONE)
        code = rank_all(reading, &result, &scored, &ranked);
    if (code == ERR_NONE)
        code = make_hits(reading, scored, keep_near(reading, scored, ranked));
    return code == ERR_NONE ? count(reading, &finding, &result, scored) : code;
}

static err_code query_once(struct search *search, struct arena *arena,
                           const struct query_request *request, struct query_answer *out,
                           struct err *err)
{
    struct reading *reading = arena_alloc(arena, sizeof *reading);
    err_code code;

    if (!reading)
        return err_set(err, ERR_MEMORY, "no room for a query");
    *reading = (struct reading){.search = search,
                                .arena = arena,
                                .request = request,
                                .letter = kind_letter(request->kind),
                                .err = err};
    code = understand(reading);
    if (code == ERR_NONE && reading->meaning.count)
        code = answer(reading);
    if (code == ERR_NONE)
        *out = reading->answer;
    return code;
}

err_code search_query(struct search *search, struct arena *arena,
                      const struct query_request *request, struct query_answer *out,
                      struct err *err)
{
    struct err trouble = {0};
    err_code code = query_once(search, arena, request, out, &trouble);

    for (int times = 1; code == ERR_BUSY && times < READ_AGAIN_MOST; times++) {
        code = search_refresh(search, &trouble);
        if (code == ERR_NONE)
            code = query_once(search, arena, request, out, &trouble);
    }
    return code == ERR_NONE ? ERR_NONE : err_set(err, code, "%s", trouble.text);
}
