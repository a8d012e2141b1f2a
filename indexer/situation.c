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
#include <string.h>

enum { SITUATIONS_MOST = 20, WORDS_COUNTED_MOST = 3 };

/* Measured: docs/search.md. */
static const double WEAK_WEIGHT = 0.2, /* as in meaning.c */
    TOGETHER = 0.35,                   /* more for each further word that is said of it */
    SHARPNESS = 5,                     /* how soon less like situations are not heard */
    BY_SITUATIONS = 0.5;               /* of the two witnesses */

struct asked {
    uint32_t word;
    uint8_t number; /* among the words of the meaning */
    double
        rarity; /* among what is said of situations, less for a word that says little */
};

struct situation {
    uint32_t number;
    double score;
    unsigned words; /* how many of hers are said of it */
};

/* What some word gathers from the witnesses. */
struct heard {
    uint32_t word, text;
    double by_situations, by_words, most;
    uint8_t of; /* the word of hers that speaks most for it */
};

struct reading {
    const struct model *model;
    const struct vocabulary *vocabulary;
    struct asked asked[WORDS_MOST];
    size_t asked_count;
    uint8_t rarest; /* of hers that is said of some situation */
    struct situation *situations;
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
        size_t count = 0;
        double weight = lexicon_roles(word->token.exact) & ROLE_WEAK ? WEAK_WEIGHT : 1;
        if (word->meant || word->token.is_joined)
            continue;
        (void)model_said(reading->model, word->word, &count);
        weight *= model_said_rarity(model_situation_count(reading->model), count);
        reading->asked[reading->asked_count++] =
            (struct asked){.word = word->word, .number = (uint8_t)i, .rarity = weight};
        if (count && weight > most) {
            most = weight;
            reading->rarest = (uint8_t)i;
        }
    }
}

static int best_first(const void *a, const void *b)
{
    const struct situation *x = a, *y = b;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* The situations that are most like the need. */
static bool find_situations(struct reading *reading, struct arena *arena)
{
    struct map places; /* 1 + the place in `all` */
    struct situation *all = NULL;
    size_t count = 0, capacity = 0;
    double sum = 0;
    bool has_room = true;

    map_init(&places);
    for (size_t i = 0; has_room && i < reading->asked_count; i++) {
        size_t said_count;
        const struct model_said *said =
            model_said(reading->model, reading->asked[i].word, &said_count);
        double rarity =
            model_said_rarity(model_situation_count(reading->model), said_count);
        double weight = rarity > 0 ? reading->asked[i].rarity / rarity : 0;
        sum += reading->asked[i].rarity;
        for (size_t j = 0; has_room && j < said_count; j++) {
            uint64_t *place = map_at(&places, (uint64_t)said[j].situation + 1);
            all = arena_grow(arena, all, count, &capacity, sizeof *all);
            has_room = place && all;
            if (!has_room)
                break;
            if (!*place) {
                all[count] = (struct situation){.number = said[j].situation};
                *place = ++count;
            }
            all[*place - 1].score += weight * (double)said[j].weight;
            all[*place - 1].words += weight >= 1;
        }
    }
    map_done(&places);
    for (size_t i = 0; has_room && i < count; i++) {
        unsigned more = all[i].words ? all[i].words - 1 : 0;
        more = more < WORDS_COUNTED_MOST ? more : WORDS_COUNTED_MOST;
        all[i].score *= (1 + TOGETHER * more) / (sum > 0 ? sum : 1);
    }
    if (has_room && count)
        qsort(all, count, sizeof *all, best_first);
    reading->situations = all;
    reading->situation_count = count < SITUATIONS_MOST ? count : SITUATIONS_MOST;
    return has_room;
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
            model_calls(reading->model, reading->asked[i].word, &count);
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
static bool weigh(struct reading *reading, struct arena *arena,
                  struct meaning_called **out)
{
    struct meaning_called *all = arena_array(arena, reading->heard_count, sizeof *all);
    double situations = 0, words = 0;

    for (size_t i = 0; i < reading->heard_count; i++) {
        situations = fmax(situations, reading->heard[i].by_situations);
        words = fmax(words, reading->heard[i].by_words);
    }
    for (size_t i = 0; all && i < reading->heard_count; i++) {
        const struct heard *heard = &reading->heard[i];
        double strength = 0;
        if (situations > 0)
            strength += BY_SITUATIONS * heard->by_situations / situations;
        if (words > 0)
            strength += (1 - BY_SITUATIONS) * heard->by_words / words;
        all[i] = (struct meaning_called){
            .family = model_text(reading->model, heard->text),
            .word = heard->word,
            .of = heard->of,
            .strength = strength,
            .rarity = vocabulary_rarity(reading->vocabulary, heard->word)};
    }
    if (all && reading->heard_count)
        qsort(all, reading->heard_count, sizeof *all, strongest_first);
    *out = all;
    return all != NULL;
}

/* The strongest words that some document has, and how much is called for in all. */
static bool choose(struct reading *reading, struct arena *arena, struct meaning *meaning)
{
    struct meaning_called *all;
    double most = 0, sum = 0;

    if (!weigh(reading, arena, &all))
        return false;
    for (size_t i = 0; i < reading->heard_count && meaning->called_count < CALLED_MOST;
         i++) {
        sum += all[i].strength * all[i].rarity * all[i].strength * all[i].rarity;
        if (!vocabulary_has(reading->vocabulary, all[i].word))
            continue;
        most = fmax(most, all[i].strength);
        meaning->called[meaning->called_count++] = all[i];
    }
    for (size_t i = 0; most > 0 && i < meaning->called_count; i++)
        meaning->called[i].strength /= most;
    meaning->called_all = most > 0 ? sqrt(sum) / most : 0;
    if (reading->situation_count)
        meaning->likeness = reading->situations[0].score;
    return true;
}

err_code situation_read(struct arena *arena, const struct model *model,
                        const struct vocabulary *vocabulary, struct meaning *meaning,
                        struct err *err)
{
    struct reading reading = {.model = model, .vocabulary = vocabulary};
    bool has_room;

    map_init(&reading.places);
    collect(&reading, meaning);
    has_room = find_situations(&reading, arena) && hear_situations(&reading, arena) &&
               hear_words(&reading, arena) && choose(&reading, arena, meaning);
    map_done(&reading.places);
    return has_room ? ERR_NONE : err_set(err, ERR_MEMORY, "no room for a query");
}
