/* What situations call for: needs as people tell them, of each the names of the skill
 * that answers it. Two things are learnt: which words of names are likely where which
 * words of needs stand (translate.h), and how much each word tells of which situation
 * (BM25 over all that is said of each). */
#include "indexer/learn/learner.h"
#include "indexer/learn/translate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 5, CALLS_MOST = 60 /* of one word */ };
static const float UNSEEN = 1, LIKELY_LEAST = 0.002f;
/* Of BM25: a word that is said again; how much a long situation's words count less. */
static const double K1 = 1.2, B = 0.75;

struct making {
    struct learner *learner;
    struct translation calls;
    struct model_said *said; /* weight: how often, at first */
    size_t said_count, said_capacity;
    struct model_situation *situations;
    double *lengths; /* of the situations, in words */
    size_t count, capacity, lengths_capacity;
    size_t french_count; /* they come first */
    struct model_name *names;
    size_t name_count, name_capacity;
};

static err_code no_room(struct err *err)
{
    return err_set(err, ERR_MEMORY, "no memory for learning");
}

/* The words of a text up to the 0 that ends it; the place after. */
static const uint32_t *read_term(const uint32_t *at, struct term *out)
{
    for (out->count = 0; *at; at++)
        if (out->count < TERM_WORDS_MOST && !term_has(out, *at))
            out->words[out->count++] = *at;
    return at + 1;
}

static bool add_names(struct making *making, const struct term *names)
{
    struct model_situation *situations = learn_grow(
        making->situations, making->count, &making->capacity, sizeof *situations);
    double *lengths;

    if (!situations)
        return false;
    making->situations = situations;
    lengths = learn_grow(making->lengths, making->count, &making->lengths_capacity,
                         sizeof *lengths);
    if (!lengths)
        return false;
    making->lengths = lengths;
    lengths[making->count] = 0;
    situations[making->count] =
        (struct model_situation){(uint32_t)making->name_count, (uint32_t)names->count};
    for (size_t i = 0; i < names->count; i++) {
        struct model_name *room = learn_grow(making->names, making->name_count,
                                             &making->name_capacity, sizeof *room);
        if (!room)
            return false;
        making->names = room;
        room[making->name_count++] = (struct model_name){
            names->words[i],
            (uint32_t)*map_find(&making->learner->term_texts, names->words[i])};
    }
    return true;
}

/* What is said of the situation that is being read. */
static bool add_said(struct making *making, const struct term *term)
{
    for (size_t i = 0; i < term->count; i++) {
        struct model_said *said = learn_grow(making->said, making->said_count,
                                             &making->said_capacity, sizeof *said);
        if (!said)
            return false;
        making->said = said;
        said[making->said_count++] =
            (struct model_said){term->words[i], (uint32_t)making->count, 1};
    }
    making->lengths[making->count] += (double)term->count;
    return true;
}

/* One situation: its names, then its needs; NULL without room. French names are said too,
 * by who writes French. */
static const uint32_t *read_situation(struct making *making, const uint32_t *at,
                                      bool is_english)
{
    struct term names, need;
    bool has_room;

    at = read_term(at, &names);
    has_room = add_names(making, &names) && (is_english || add_said(making, &names));
    while (has_room && *at) {
        at = read_term(at, &need);
        for (size_t i = 0; i < need.count; i++)
            need.words[i] = model_said_key(need.words[i], is_english);
        has_room =
            add_said(making, &need) && translation_add(&making->calls, &need, &names, 1);
    }
    making->count++;
    return has_room ? at + 1 : NULL;
}

static int by_word(const void *a, const void *b)
{
    const struct model_said *x = a, *y = b;

    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    return x->situation < y->situation ? -1 : x->situation > y->situation;
}

/* How long the situations of one language are in the mean, and how many there are. */
static double mean_length(const struct making *making, bool is_english, size_t *count)
{
    size_t from = is_english ? making->french_count : 0;
    double sum = 0;

    *count = is_english ? making->count - making->french_count : making->french_count;
    for (size_t i = from; i < from + *count; i++)
        sum += making->lengths[i];
    return *count ? sum / (double)*count : 1;
}

/* What is said several times of a situation becomes one, which weighs what BM25 says. */
static void weigh(struct making *making)
{
    struct model_said *said = making->said;
    size_t counts[2], used = 0;
    const double means[2] = {mean_length(making, false, &counts[0]),
                             mean_length(making, true, &counts[1])};

    if (making->said_count)
        qsort(said, making->said_count, sizeof *said, by_word);
    for (size_t i = 0; i < making->said_count; i++)
        if (used && by_word(&said[used - 1], &said[i]) == 0)
            said[used - 1].weight += 1;
        else
            said[used++] = said[i];
    making->said_count = used;
    for (size_t from = 0, to; from < used; from = to) {
        bool is_english = said[from].situation >= making->french_count;
        double rarity;
        for (to = from; to < used && said[to].word == said[from].word; to++)
            ;
        rarity = model_said_rarity(counts[is_english], to - from);
        for (size_t i = from; i < to; i++) {
            double times = (double)said[i].weight;
            double length = making->lengths[said[i].situation] / means[is_english];
            said[i].weight =
                (float)(rarity * times * (K1 + 1) / (times + K1 * (1 - B + B * length)));
        }
    }
}

/* The likeliest calls of each word. */
static err_code keep_calls(struct making *making, struct err *err)
{
    const struct translation *calls = &making->calls;
    struct learner *learner = making->learner;
    struct model_kin *items = malloc((calls->pairs + 1) * sizeof *items);
    size_t count = 0;

    if (!items)
        return no_room(err);
    for (size_t i = 0; i < calls->pairs; i++)
        if (calls->likely[i] > LIKELY_LEAST) {
            uint32_t to = (uint32_t)calls->keys[i];
            items[count++] =
                (struct model_kin){.from = (uint32_t)(calls->keys[i] >> 32),
                                   .to = to,
                                   .text = (uint32_t)*map_find(&learner->term_texts, to),
                                   .strength = calls->likely[i]};
        }
    learn_keep_strongest(items, &count, CALLS_MOST);
    learner->calls = items;
    learner->call_count = count;
    return ERR_NONE;
}

static err_code make(struct making *making, struct err *err)
{
    for (int is_english = 0; is_english < 2; is_english++) {
        const struct learn_words *words = &making->learner->situations[is_english];
        const uint32_t *at = words->items, *end = at + words->count;
        while (at && at < end)
            at = read_situation(making, at, is_english);
        if (words->count && !at)
            return no_room(err);
        if (!is_english)
            making->french_count = making->count;
    }
    if (!translation_learn(&making->calls, ROUNDS, UNSEEN))
        return no_room(err);
    weigh(making);
    return keep_calls(making, err);
}

err_code learn_finish_situations(struct learner *learner, struct err *err)
{
    struct making making = {.learner = learner};
    err_code code;

    translation_init(&making.calls);
    code = make(&making, err);
    translation_done(&making.calls);
    free(making.lengths);
    learner->situation_rows = making.situations;
    learner->situation_count = making.count;
    learner->french_count = making.french_count;
    learner->names = making.names;
    learner->name_count = making.name_count;
    learner->said = making.said;
    learner->said_count = making.said_count;
    return code;
}

err_code learner_situation(struct learner *learner,
                           const struct learn_situation *situation, struct err *err)
{
    bool is_english = strcmp(situation->lang, "en") == 0;
    struct learn_words *words = &learner->situations[is_english];
    size_t before = words->count;
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < situation->name_count; i++)
        code = learn_families(learner, words, situation->names[i], NULL, false, err);
    if (code == ERR_NONE && words->count == before)
        return ERR_NONE; /* names that say nothing */
    if (code == ERR_NONE)
        code = learn_end(words, err);
    for (size_t i = 0; code == ERR_NONE && i < situation->need_count; i++) {
        before = words->count;
        code = learn_families(learner, words, situation->needs[i], situation->lang, false,
                              err);
        if (code == ERR_NONE && words->count > before)
            code = learn_end(words, err);
    }
    return code == ERR_NONE ? learn_end(words, err) : code;
}
