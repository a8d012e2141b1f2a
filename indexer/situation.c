/* What a need calls for: all of its words are asked together, since each alone has
 * several senses. Two witnesses are heard. The situations of which most of her words are
 * said name what answers them, the likest most (a relevance model: Lavrenko and Croft,
 * SIGIR 2001); and each of her words makes some words of names likely, which add up (a
 * translation model: Berger and Lafferty, SIGIR 1999). */
#include "indexer/situation.h"

#include "base/map.h"
#include "indexer/lexicon.h"

#include <math.h>
#include <stdlib.h>

enum { SITUATIONS_MOST = 20, WORDS_COUNTED_MOST = 3, HEARD_BYTES_MOST = 64 << 20 };

/* Measured: docs/search.md. */
static const double WEAK_WEIGHT = 0.2, /* as in meaning.c */
    TOGETHER = 0.35,                   /* more for each further word that is said of it */
    SHARPNESS = 5,                     /* how soon less like situations are not heard */
    BY_SITUATIONS = 0.5,               /* of the two witnesses */
    STRENGTH_LEAST = 0.02,             /* what is called for less is not looked at */
    HEARD_LEAST = 0.1,                 /* of the strongest: what is less is not kept */
    UNTOLD = 0.7, SURE_LEAST = 0.3,    /* below, nothing is called for */
    MISSED_FROM = 0.4, KNOWN_ENOUGH = 0.9, OWN_LEAST = 0.45, OWN_LESS = 0.5;

struct asked {
    uint32_t key;                  /* model_said_key */
    uint8_t number;                /* among the words of the meaning */
    double weight;                 /* less for a word that says little */
    double rarity;                 /* among what is said of situations, × weight */
    const struct model_said *said; /* `count` of them */
    size_t count;
};

struct situation {
    uint32_t number;
    double score;
};

/* What some word gathers from the witnesses. */
struct heard {
    uint32_t word, text;
    double by_situations, by_words, most, strength;
    uint8_t of; /* the word of hers that speaks most for it */
};

/* What was heard of her words: a page asks three kinds of the same need. */
struct situations {
    const struct model *model;
    struct arena *arena; /* of `heard` */
    bool is_english, is_heard;
    size_t from, all; /* situations of her language */
    struct asked asked[WORDS_MOST];
    size_t asked_count;
    uint8_t rarest;                         /* of hers that is said of some situation */
    struct situation best[SITUATIONS_MOST]; /* best first */
    size_t best_count;
    struct heard *heard;
    size_t heard_count, heard_capacity;
};

/* Idioms were read already; their own words are asked as they are. */
static size_t collect(const struct meaning *meaning, struct asked asked[WORDS_MOST])
{
    unsigned weak = ROLE_WEAK | (meaning->is_english ? ROLE_WEAK_EN : 0);
    size_t count = 0;

    for (size_t i = 0; i < meaning->count; i++) {
        const struct meaning_word *word = &meaning->words[i];
        if (word->meant || word->token.is_joined)
            continue;
        asked[count++] = (struct asked){
            .key = model_said_key(word->word, meaning->is_english),
            .number = (uint8_t)i,
            .weight = lexicon_roles(word->token.exact) & weak ? WEAK_WEIGHT : 1};
    }
    return count;
}

static bool is_same(const struct situations *known, const struct asked *asked,
                    size_t count, bool is_english)
{
    bool is =
        known->is_heard && known->asked_count == count && known->is_english == is_english;

    for (size_t i = 0; is && i < count; i++)
        is = known->asked[i].key == asked[i].key &&
             known->asked[i].number == asked[i].number &&
             known->asked[i].weight >= asked[i].weight &&
             known->asked[i].weight <= asked[i].weight;
    return is;
}

/* What is said with each of her words. */
static void look_up(struct situations *known, const struct asked *asked, size_t count,
                    bool is_english)
{
    double most = 0;

    arena_reset(known->arena);
    *known = (struct situations){.model = known->model,
                                 .arena = known->arena,
                                 .is_english = is_english,
                                 .asked_count = count};
    known->from = model_situations(known->model, is_english, &known->all);
    for (size_t i = 0; i < count; i++) {
        struct asked *word = &known->asked[i];
        *word = asked[i];
        word->said = model_said(known->model, word->key, &word->count);
        word->rarity = word->weight * model_said_rarity(known->all, word->count);
        if (word->count && word->rarity > most) {
            most = word->rarity;
            known->rarest = word->number;
        }
    }
}

/* Keeps the best situations in order. */
static void keep(struct situations *known, struct situation found)
{
    struct situation *best = known->best;
    size_t at = known->best_count;

    if (at == SITUATIONS_MOST && best[at - 1].score >= found.score)
        return;
    if (at < SITUATIONS_MOST)
        known->best_count++;
    else
        at--;
    for (; at && best[at - 1].score < found.score; at--)
        best[at] = best[at - 1];
    best[at] = found;
}

/* The situations that are most like the need. */
static bool find_situations(struct situations *known)
{
    size_t all = known->all;
    float *scores = arena_array(known->arena, all, sizeof *scores);
    uint8_t *words = arena_array(known->arena, all, sizeof *words);
    double sum = 0;

    if (!scores || !words)
        return false;
    for (size_t i = 0; i < known->asked_count; i++) {
        const struct asked *asked = &known->asked[i];
        sum += asked->rarity;
        for (size_t j = 0; j < asked->count; j++) {
            size_t at = asked->said[j].situation - known->from;
            if (at >= all)
                continue; /* of the other language: two words with one key */
            scores[at] += (float)asked->weight * asked->said[j].weight;
            words[at] += asked->weight >= 1;
        }
    }
    for (size_t i = 0; sum > 0 && i < all; i++) {
        unsigned more = words[i] ? words[i] - 1u : 0;
        if (scores[i] <= 0)
            continue;
        more = more < WORDS_COUNTED_MOST ? more : WORDS_COUNTED_MOST;
        keep(known, (struct situation){(uint32_t)(known->from + i),
                                       (double)scores[i] * (1 + TOGETHER * more) / sum});
    }
    return true;
}

static struct heard *hear(struct situations *known, struct map *places, uint32_t word,
                          uint32_t text)
{
    uint64_t *place = map_at(places, (uint64_t)word + 1);

    known->heard = arena_grow(known->arena, known->heard, known->heard_count,
                              &known->heard_capacity, sizeof *known->heard);
    if (!place || !known->heard)
        return NULL;
    if (!*place) {
        known->heard[known->heard_count] =
            (struct heard){.word = word, .text = text, .of = known->rarest};
        *place = ++known->heard_count;
    }
    return &known->heard[*place - 1];
}

static bool hear_situations(struct situations *known, struct map *places)
{
    for (size_t i = 0; i < known->best_count; i++) {
        size_t count;
        const struct model_name *names =
            model_names(known->model, known->best[i].number, &count);
        double likeness = exp(SHARPNESS * (known->best[i].score - known->best[0].score));
        for (size_t j = 0; j < count; j++) {
            struct heard *heard = hear(known, places, names[j].word, names[j].text);
            if (!heard)
                return false;
            heard->by_situations += likeness;
        }
    }
    return true;
}

static bool hear_words(struct situations *known, struct map *places)
{
    for (size_t i = 0; i < known->asked_count; i++) {
        size_t count;
        const struct model_kin *calls =
            model_calls(known->model, known->asked[i].key, &count);
        for (size_t j = 0; j < count; j++) {
            struct heard *heard = hear(known, places, calls[j].to, calls[j].text);
            double speaks = known->asked[i].rarity * (double)calls[j].strength;
            if (!heard)
                return false;
            heard->by_words += speaks;
            if (speaks > heard->most) {
                heard->most = speaks;
                heard->of = known->asked[i].number;
            }
        }
    }
    return true;
}

/* How strongly each word is called for by both witnesses together. */
static void add_up(struct situations *known)
{
    double situations = 0, words = 0;

    for (size_t i = 0; i < known->heard_count; i++) {
        situations = fmax(situations, known->heard[i].by_situations);
        words = fmax(words, known->heard[i].by_words);
    }
    for (size_t i = 0; i < known->heard_count; i++) {
        struct heard *heard = &known->heard[i];
        if (situations > 0)
            heard->strength += BY_SITUATIONS * heard->by_situations / situations;
        if (words > 0)
            heard->strength += (1 - BY_SITUATIONS) * heard->by_words / words;
    }
}

/* What both witnesses say of her words; false without room. */
static bool listen(struct situations *known, const struct asked *asked, size_t count,
                   bool is_english)
{
    struct map places; /* of words: 1 + the place in `heard` */

    look_up(known, asked, count, is_english);
    map_init(&places);
    known->is_heard = find_situations(known) && hear_situations(known, &places) &&
                      hear_words(known, &places);
    map_done(&places);
    if (known->is_heard)
        add_up(known);
    return known->is_heard;
}

static int strongest_first(const void *a, const void *b)
{
    const struct meaning_called *x = a, *y = b;

    if (x->strength * x->rarity != y->strength * y->rarity)
        return x->strength * x->rarity > y->strength * y->rarity ? -1 : 1;
    return x->word < y->word ? -1 : x->word > y->word;
}

/* Those that are called for clearly, strongest first. */
static bool weigh(const struct situations *known, const struct vocabulary *vocabulary,
                  struct arena *arena, struct meaning_called **out, size_t *count)
{
    struct meaning_called *all = arena_array(arena, known->heard_count, sizeof *all);
    double most = 0;
    size_t clear = 0, used = 0;

    for (size_t i = 0; all && i < known->heard_count; i++) {
        const struct heard *heard = &known->heard[i];
        if (heard->strength < STRENGTH_LEAST)
            continue;
        all[clear] =
            (struct meaning_called){.family = model_text(known->model, heard->text),
                                    .word = heard->word,
                                    .of = heard->of,
                                    .strength = heard->strength,
                                    .rarity = vocabulary_rarity(vocabulary, heard->word)};
        most = fmax(most, all[clear].strength * all[clear].rarity);
        clear++;
    }
    for (size_t i = 0; i < clear; i++)
        if (all[i].strength * all[i].rarity >= HEARD_LEAST * most)
            all[used++] = all[i];
    if (used)
        qsort(all, used, sizeof *all, strongest_first);
    *out = all;
    *count = used;
    return all != NULL;
}

/* The surer the likest situation is like the need; less when what is called for most is
 * what nobody has (`known`, 0 to 1), or when she tells nothing but names something. */
static double sureness(const struct meaning *meaning, double likeness, double known)
{
    return fmin(likeness, 1) * known * known * (meaning->is_told ? 1 : UNTOLD);
}

/* Who tells of asbestos needs who knows asbestos, not who knows tiles: what is called for
 * most, of a situation much like hers, is what nobody has. */
static double missing(double likeness, double known)
{
    return likeness >= MISSED_FROM && known < KNOWN_ENOUGH
               ? fmin(likeness, 1) * (1 - known)
               : 0;
}

/* How strongly a word of hers that nobody has is called for, as a part of the strongest:
 * she names it, and it is what is missing. */
static double own_missing(const struct vocabulary *vocabulary,
                          const struct meaning *meaning, const struct meaning_called *all,
                          size_t count, double best)
{
    double most = 0;

    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < meaning->count; j++)
            if (meaning->words[j].word == all[i].word &&
                !vocabulary_has(vocabulary, all[i].word))
                most = fmax(most, all[i].strength / best);
    return most >= OWN_LEAST ? most : 0;
}

/* How sure it is that somebody answers what she tells, and that nobody can. */
static void tell_sureness(struct meaning *meaning, double likeness, double known,
                          double own)
{
    meaning->sure = sureness(meaning, likeness, known) * (1 - OWN_LESS * own);
    meaning->missed = fmax(missing(likeness, known), own * fmin(likeness, 1));
}

/* The strongest words that some document has, and how much is called for in all. */
static bool choose(const struct situations *known, const struct vocabulary *vocabulary,
                   struct arena *arena, struct meaning *meaning)
{
    struct meaning_called *all;
    size_t count;
    double most = 0, sum = 0, best = 0;

    if (!weigh(known, vocabulary, arena, &all, &count))
        return false;
    for (size_t i = 0; i < count && meaning->called_count < CALLED_MOST; i++) {
        sum += all[i].strength * all[i].rarity * all[i].strength * all[i].rarity;
        best = fmax(best, all[i].strength);
        if (!vocabulary_has(vocabulary, all[i].word))
            continue;
        most = fmax(most, all[i].strength);
        meaning->called[meaning->called_count++] = all[i];
    }
    for (size_t i = 0; most > 0 && i < meaning->called_count; i++)
        meaning->called[i].strength /= most;
    meaning->called_all = most > 0 ? sqrt(sum) / most : 0;
    if (known->best_count && best > 0)
        tell_sureness(meaning, known->best[0].score, most / best,
                      own_missing(vocabulary, meaning, all, count, best));
    if (meaning->sure < SURE_LEAST)
        meaning->called_count = 0;
    return true;
}

struct situations *situations_new(const struct model *model)
{
    struct situations *known = calloc(1, sizeof *known);

    if (!known)
        return NULL;
    known->model = model;
    known->arena = arena_new(HEARD_BYTES_MOST);
    if (known->arena)
        return known;
    free(known);
    return NULL;
}

void situations_free(struct situations *known)
{
    if (known)
        arena_free(known->arena);
    free(known);
}

err_code situation_read(struct situations *known, struct arena *arena,
                        const struct vocabulary *vocabulary, struct meaning *meaning,
                        struct err *err)
{
    struct asked asked[WORDS_MOST];
    size_t count = collect(meaning, asked);

    if ((is_same(known, asked, count, meaning->is_english) ||
         listen(known, asked, count, meaning->is_english)) &&
        choose(known, vocabulary, arena, meaning))
        return ERR_NONE;
    return err_set(err, ERR_MEMORY, "no room for a query");
}
