/* Words that stand for each other, from terms of near meaning: "tenir l'inventaire",
 * "gérer les stocks" and "suivre les réserves" do not say which word stands for which;
 * thousands of such lines do. IBM's first model of translation (Brown and others,
 * Computational Linguistics 1993) of each term of a line into each other one, by
 * expectation and maximization. */
#include "indexer/learn/learner.h"

#include "indexer/entry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROUNDS = 6,
    TERM_WORDS_MOST = 8,
    TERMS_MOST = 12,
    KIN_MOST = 60 /* of one word */
};
/* What is not seen: keeps a word met once from being sure of what it stands for. */
static const float UNSEEN = 0.5f;
static const float STRENGTH_LEAST = 0.005f;

/* The words of one term, each once. */
struct term {
    uint32_t words[TERM_WORDS_MOST]; /* entry_word of families */
    size_t count;
};

/* One word of a term and one of another: part of a group, of one word on the right. */
struct chance {
    uint32_t pair;  /* number of (from, to) */
    uint32_t group; /* one (term, term, to): the chances in it add up to one */
    float weight;   /* of the group: a line of many terms counts no more than another */
};
struct kin {
    struct map numbers; /* (from << 32 | to): 1 + its number */
    struct map sums;    /* of `from`: what its pairs count together, as bits of a float */
    uint64_t *keys;     /* of the pairs, by number */
    float *likely, *seen;
    size_t pairs, pairs_room;
    struct chance *chances;
    size_t count, room, groups;
};

static err_code no_room(struct err *err)
{
    return err_set(err, ERR_MEMORY, "no memory for learning");
}

static bool has_word(const struct term *term, uint32_t word)
{
    for (size_t i = 0; i < term->count; i++)
        if (term->words[i] == word)
            return true;
    return false;
}

/* The number of a pair; UINT32_MAX without room. */
static uint32_t pair_of(struct kin *kin, uint32_t from, uint32_t to)
{
    uint64_t key = (uint64_t)from << 32 | to, *known = map_at(&kin->numbers, key);
    uint64_t *keys;

    if (!known)
        return UINT32_MAX;
    if (*known)
        return (uint32_t)(*known - 1);
    keys = learn_grow(kin->keys, kin->pairs, &kin->pairs_room, sizeof *keys);
    if (!keys)
        return UINT32_MAX;
    kin->keys = keys;
    keys[kin->pairs] = key;
    *known = ++kin->pairs;
    return (uint32_t)(*known - 1);
}

/* The words of one term that the other lacks, against those that it has. */
static bool add_chances(struct kin *kin, const struct term *from, const struct term *to,
                        float weight)
{
    for (size_t i = 0; i < to->count; i++) {
        size_t before = kin->count;
        if (has_word(from, to->words[i]))
            continue;
        for (size_t j = 0; j < from->count; j++) {
            struct chance *chances;
            uint32_t pair;
            if (has_word(to, from->words[j]))
                continue;
            pair = pair_of(kin, from->words[j], to->words[i]);
            chances = learn_grow(kin->chances, kin->count, &kin->room, sizeof *chances);
            if (!chances || pair == UINT32_MAX)
                return false;
            kin->chances = chances;
            chances[kin->count++] = (struct chance){pair, (uint32_t)kin->groups, weight};
        }
        kin->groups += kin->count > before;
    }
    return true;
}

/* The terms of one line: `words` up to a 0 for each, another 0 at the end of the line. */
static const uint32_t *read_line(const uint32_t *at, struct term terms[TERMS_MOST],
                                 size_t *count)
{
    for (*count = 0; *at; at++) {
        struct term *term = *count < TERMS_MOST ? &terms[(*count)++] : NULL;
        if (term)
            term->count = 0;
        for (; *at; at++)
            if (term && term->count < TERM_WORDS_MOST && !has_word(term, *at))
                term->words[term->count++] = *at;
    }
    return at + 1;
}

static bool collect(struct kin *kin, const struct learner *learner)
{
    const uint32_t *at = learner->terms, *end = at + learner->term_count;
    struct term terms[TERMS_MOST];
    size_t count;

    while (at < end) {
        at = read_line(at, terms, &count);
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; j < count; j++)
                if (i != j &&
                    !add_chances(kin, &terms[i], &terms[j], 1 / (float)(count - 1)))
                    return false;
    }
    return true;
}

/* Each group is shared out by how likely its pairs are so far, and these are counted
 * anew. */
static void expect(struct kin *kin)
{
    for (size_t from = 0, to; from < kin->count; from = to) {
        float all = 0;
        for (to = from;
             to < kin->count && kin->chances[to].group == kin->chances[from].group; to++)
            all += kin->likely[kin->chances[to].pair];
        for (size_t i = from; all > 0 && i < to; i++)
            kin->seen[kin->chances[i].pair] +=
                kin->chances[i].weight * kin->likely[kin->chances[i].pair] / all;
    }
}

static bool maximize(struct kin *kin, float unseen)
{
    map_clear(&kin->sums);
    for (size_t i = 0; i < kin->pairs; i++) {
        uint64_t *slot = map_at(&kin->sums, kin->keys[i] >> 32);
        float sum;
        if (!slot)
            return false;
        memcpy(&sum, slot, sizeof sum);
        sum += kin->seen[i];
        memcpy(slot, &sum, sizeof sum);
    }
    for (size_t i = 0; i < kin->pairs; i++) {
        const uint64_t *slot = map_find(&kin->sums, kin->keys[i] >> 32);
        float sum;
        memcpy(&sum, slot, sizeof sum);
        kin->likely[i] = sum > 0 ? kin->seen[i] / (sum + unseen) : 0;
        kin->seen[i] = 0;
    }
    return true;
}

/* At first all words of a term stand for all of another alike. */
static bool learn_likely(struct kin *kin)
{
    bool has_room;

    kin->likely = malloc((kin->pairs + 1) * sizeof *kin->likely);
    kin->seen = calloc(kin->pairs + 1, sizeof *kin->seen);
    if (!kin->likely || !kin->seen)
        return false;
    for (size_t i = 0; i < kin->pairs; i++)
        kin->likely[i] = 1;
    expect(kin);
    has_room = maximize(kin, 0);
    for (int round = 0; has_room && round < ROUNDS; round++) {
        expect(kin);
        has_room = maximize(kin, UNSEEN);
    }
    return has_room;
}

static int strongest_first(const void *a, const void *b)
{
    const struct model_kin *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->strength != y->strength)
        return x->strength > y->strength ? -1 : 1;
    return x->to < y->to ? -1 : x->to > y->to;
}

static int by_words(const void *a, const void *b)
{
    const struct model_kin *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->to < y->to ? -1 : x->to > y->to;
}

/* The strongest of each word, in the order in which they are looked up. */
static void keep_strongest(struct model_kin *items, size_t *count)
{
    size_t used = 0, of_one = 0;

    qsort(items, *count, sizeof *items, strongest_first);
    for (size_t i = 0; i < *count; i++) {
        of_one = i && items[i].from == items[i - 1].from ? of_one + 1 : 0;
        if (of_one < KIN_MOST)
            items[used++] = items[i];
    }
    *count = used;
    qsort(items, used, sizeof *items, by_words);
}

/* A word stands for another as far as each is likely for the other. */
static err_code keep(const struct kin *kin, struct learner *learner, struct err *err)
{
    struct model_kin *items = malloc((kin->pairs + 1) * sizeof *items);
    size_t used = 0;

    if (!items)
        return no_room(err);
    for (size_t i = 0; i < kin->pairs; i++) {
        uint32_t from = (uint32_t)(kin->keys[i] >> 32), to = (uint32_t)kin->keys[i];
        const uint64_t *back = map_find(&kin->numbers, (uint64_t)to << 32 | from);
        float strength = back ? sqrtf(kin->likely[i] * kin->likely[*back - 1]) : 0;
        if (strength >= STRENGTH_LEAST)
            items[used++] =
                (struct model_kin){.from = from,
                                   .to = to,
                                   .text = (uint32_t)*map_find(&learner->term_texts, to),
                                   .strength = strength};
    }
    keep_strongest(items, &used);
    learner->kin = items;
    learner->kin_count = used;
    return ERR_NONE;
}

err_code learn_finish_kin(struct learner *learner, struct err *err)
{
    struct kin kin = {.keys = NULL};
    err_code code;

    map_init(&kin.numbers);
    map_init(&kin.sums);
    code = collect(&kin, learner) && learn_likely(&kin) ? keep(&kin, learner, err)
                                                        : no_room(err);
    map_done(&kin.numbers);
    map_done(&kin.sums);
    free(kin.keys);
    free(kin.likely);
    free(kin.seen);
    free(kin.chances);
    return code;
}

static err_code add_word(struct learner *learner, uint32_t word, struct err *err)
{
    uint32_t *terms = learn_grow(learner->terms, learner->term_count,
                                 &learner->term_capacity, sizeof *terms);

    if (!terms)
        return no_room(err);
    learner->terms = terms;
    terms[learner->term_count++] = word;
    return ERR_NONE;
}

static err_code add_family(struct learner *learner, const char *family, struct err *err)
{
    uint32_t word = entry_word(family);
    uint64_t *text = word ? map_at(&learner->term_texts, word) : NULL;

    if (!text)
        return word ? no_room(err) : ERR_NONE;
    if (!*text)
        *text = learn_text(learner, family, strlen(family));
    return *text == UINT32_MAX ? no_room(err) : add_word(learner, word, err);
}

static err_code add_term(struct learner *learner, const char *term, struct err *err)
{
    struct tokens tokens;
    size_t before = learner->term_count;
    err_code code;

    arena_reset(learner->task);
    code = analysis_text(learner->task, term, "fr", &tokens, err);
    for (size_t i = 0; code == ERR_NONE && i < tokens.count; i++)
        if (!tokens.items[i].is_stop && !tokens.items[i].is_joined)
            code = add_family(learner, tokens.items[i].family, err);
    return code == ERR_NONE && learner->term_count > before ? add_word(learner, 0, err)
                                                            : code;
}

/* Whether vectors can be made of what was given before the first of these lines. */
static err_code has_enough(struct learner *learner, bool *out, struct err *err)
{
    uint32_t *words = NULL;
    size_t count = 0;
    err_code code = ERR_NONE;

    if (!learner->term_count) {
        code = learn_choose(learner, &words, &count, err);
        learner->has_enough = count >= LEARN_WORDS_LEAST;
        free(words);
    }
    *out = learner->has_enough;
    return code;
}

err_code learner_near(struct learner *learner, const char *const *terms, size_t count,
                      struct err *err)
{
    bool is_line = false;
    err_code code = has_enough(learner, &is_line, err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = add_term(learner, terms[i], err);
    if (code == ERR_NONE)
        code = add_word(learner, 0, err);
    if (!is_line)
        return code;
    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = learner_words(learner, terms[i], "fr", err);
    return code == ERR_NONE ? learner_end(learner, err) : code;
}
