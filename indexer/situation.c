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

enum { SITUATIONS_MOST = 20, WORDS_COUNTED_MOST = 3 };

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

struct reading {
    const struct model *model;
    size_t from, all; /* situations of her language */
    const struct vocabulary *vocabulary;
    struct asked asked[WORDS_MOST];
    size_t asked_count;
    uint8_t rarest; /* of hers that is said of some situation */
    struct situation situations[SITUATIONS_MOST]; /* best first */
    size_t situation_count;
    struct map places; /* of words: 1 + the place in `heard` */
    struct heard *heard;
    size_t heard_count, heard_capacity;
};

/* Idioms were read already; their own words are asked as they are. */
static void collect(struct reading *reading, const struct meaning *meaning)
{
    double most = 0;

    for (size_t i = 0; i < meaning->count; i++) {
        const struct meaning_word *word = &meaning->words[i];
        struct asked asked = {.key = model_said_key(word->word, meaning->is_english),
                              .number = (uint8_t)i};
        if (word->meant || word->token.is_joined)
            continue;
        asked.said = model_said(reading->model, asked.key, &asked.count);
        asked.weight = lexicon_roles(word->token.exact) & ROLE_WEAK ? WEAK_WEIGHT : 1;
        asked.rarity = asked.weight * model_said_rarity(reading->all, asked.count);
        reading->asked[reading->asked_count++] = asked;
        if (asked.count && asked.rarity > most) {
            most = asked.rarity;
            reading->rarest = (uint8_t)i;
        }
    }
}

/* Keeps the best situations in order. */
static void keep(struct reading *reading, struct situation found)
{
    struct situation *best = reading->situations;
    size_t at = reading->situation_count;

    if (at == SITUATIONS_MOST && best[at - 1].score >= found.score)
        return;
    if (at < SITUATIONS_MOST)
        reading->situation_count++;
    else
        at--;
    for (; at && best[at - 1].score < found.score; at--)
        best[at] = best[at - 1];
    best[at] = found;
}

/* The situations that are most like the need. */
static bool find_situations(struct reading *reading, struct arena *arena)
{
    size_t all = reading->all;
    float *scores = arena_array(arena, all, sizeof *scores);
    uint8_t *words = arena_array(arena, all, sizeof *words);
    double sum = 0;

    if (!scores || !words)
        return false;
    for (size_t i = 0; i < reading->asked_count; i++) {
        const struct asked *asked = &reading->asked[i];
        sum += asked->rarity;
        for (size_t j = 0; j < asked->count; j++) {
            size_t at = asked->said[j].situation - reading->from;
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
        keep(reading,
             (struct situation){(uint32_t)(reading->from + i),
                                (double)scores[i] * (1 + TOGETHER * more) / sum});
    }
    return true;
}

static struct heard *hear(struct reading *reading, struct arena *arena, uint32_t word,
                          uint32_t text)
{
    uint64_t *place = map_at(&reading->places, (uint64_t)word + 1);

    reading->heard = arena_grow(arena, reading->heard, reading->heard_count,
                                &reading->heard_capacity, sizeof *reading->heard);
    if (!place || !reading->heard)
        return NULL;
    if (!*place) {
        reading->heard[reading->heard_count] =
            (struct heard){.word = word, .text = text, .of = reading->rarest};
        *place = ++reading->heard_count;
    }
    return &reading->heard[*place - 1];
}

static bool hear_situations(struct reading *reading, struct arena *arena)
{
    for (size_t i = 0; i < reading->situation_count; i++) {
        size_t count;
        const struct model_name *names =
            model_names(reading->model, reading->situations[i].number, &count);
        double likeness = exp(
            SHARPNESS * (reading->situations[i].score - reading->situations[0].score));
        for (size_t j = 0; j < count; j++) {
            struct heard *heard = hear(reading, arena, names[j].word, names[j].text);
            if (!heard)
                return false;
            heard->by_situations += likeness;
        }
    }
    return true;
}

static bool hear_words(struct reading *reading, struct arena *arena)
{
    for (size_t i = 0; i < reading->asked_count; i++) {
        size_t count;
        const struct model_kin *calls =
            model_calls(reading->model, reading->asked[i].key, &count);
        for (size_t j = 0; j < count; j++) {
            struct heard *heard = hear(reading, arena, calls[j].to, calls[j].text);
            double speaks = reading->asked[i].rarity * (double)calls[j].strength;
            if (!heard)
                return false;
            heard->by_words += speaks;
            if (speaks > heard->most) {
                heard->most = speaks;
                heard->of = reading->asked[i].number;
            }
        }
    }
    return true;
}

static int strongest_first(const void *a, const void *b)
{
    const struct meaning_called *x = a, *y = b;

    if (x->strength * x->rarity != y->strength * y->rarity)
        return x->strength * x->rarity > y->strength * y->rarity ? -1 : 1;
    return x->word < y->word ? -1 : x->word > y->word;
}

/* How strongly each word is called for by both witnesses together. */
static void add_up(struct reading *reading)
{
    double situations = 0, words = 0;

    for (size_t i = 0; i < reading->heard_count; i++) {
        situations = fmax(situations, reading->heard[i].by_situations);
        words = fmax(words, reading->heard[i].by_words);
    }
    for (size_t i = 0; i < reading->heard_count; i++) {
        struct heard *heard = &reading->heard[i];
        if (situations > 0)
            heard->strength += BY_SITUATIONS * heard->by_situations / situations;
        if (words > 0)
            heard->strength += (1 - BY_SITUATIONS) * heard->by_words / words;
    }
}

/* Those that are called for clearly, strongest first. */
static bool weigh(struct reading *reading, struct arena *arena,
                  struct meaning_called **out, size_t *count)
{
    struct meaning_called *all = arena_array(arena, reading->heard_count, sizeof *all);
    double most = 0;
    size_t known = 0, used = 0;

    for (size_t i = 0; all && i < reading->heard_count; i++) {
        const struct heard *heard = &reading->heard[i];
        if (heard->strength < STRENGTH_LEAST)
            continue;
        all[known] = (struct meaning_called){
            .family = model_text(reading->model, heard->text),
            .word = heard->word,
            .of = heard->of,
            .strength = heard->strength,
            .rarity = vocabulary_rarity(reading->vocabulary, heard->word)};
        most = fmax(most, all[known].strength * all[known].rarity);
        known++;
    }
    for (size_t i = 0; i < known; i++)
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
static double own_missing(const struct reading *reading, const struct meaning *meaning,
                          const struct meaning_called *all, size_t count, double best)
{
    double most = 0;

    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < meaning->count; j++)
            if (meaning->words[j].word == all[i].word &&
                !vocabulary_has(reading->vocabulary, all[i].word))
                most = fmax(most, all[i].strength / best);
    return most >= OWN_LEAST ? most : 0;
}

/* How sure it is that somebody answers what she tells, and that nobody can. */
static void tell_sureness(const struct reading *reading, struct meaning *meaning,
                          double known, double own)
{
    double likeness = reading->situations[0].score;

    meaning->sure = sureness(meaning, likeness, known) * (1 - OWN_LESS * own);
    meaning->missed = fmax(missing(likeness, known), own * fmin(likeness, 1));
}

/* The strongest words that some document has, and how much is called for in all. */
static bool choose(struct reading *reading, struct arena *arena, struct meaning *meaning)
{
    struct meaning_called *all;
    size_t count;
    double most = 0, sum = 0, best = 0;

    if (!weigh(reading, arena, &all, &count))
        return false;
    for (size_t i = 0; i < count && meaning->called_count < CALLED_MOST; i++) {
        sum += all[i].strength * all[i].rarity * all[i].strength * all[i].rarity;
        best = fmax(best, all[i].strength);
        if (!vocabulary_has(reading->vocabulary, all[i].word))
            continue;
        most = fmax(most, all[i].strength);
        meaning->called[meaning->called_count++] = all[i];
    }
    for (size_t i = 0; most > 0 && i < meaning->called_count; i++)
        meaning->called[i].strength /= most;
    meaning->called_all = most > 0 ? sqrt(sum) / most : 0;
    if (reading->situation_count && best > 0)
        tell_sureness(reading, meaning, most / best,
                      own_missing(reading, meaning, all, count, best));
    if (meaning->sure < SURE_LEAST)
        meaning->called_count = 0;
    return true;
}

err_code situation_read(struct arena *arena, const struct model *model,
                        const struct vocabulary *vocabulary, struct meaning *meaning,
                        struct err *err)
{
    struct reading reading = {.model = model, .vocabulary = vocabulary};
    bool has_room;

    map_init(&reading.places);
    reading.from = model_situations(model, meaning->is_english, &reading.all);
    collect(&reading, meaning);
    has_room = find_situations(&reading, arena) && hear_situations(&reading, arena) &&
               hear_words(&reading, arena);
    add_up(&reading);
    has_room = has_room && choose(&reading, arena, meaning);
    map_done(&reading.places);
    return has_room ? ERR_NONE : err_set(err, ERR_MEMORY, "no room for a query");
}
