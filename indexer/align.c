/* How well the words of a label answer those of a need, one by one. */
#include "indexer/align.h"

#include "base/map.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    LABEL_WORDS_MOST = 16,
    KEPT_WORDS_MOST = 1 << 20, /* of all labels; then they are read again */
    TASK_ARENA_MAX = 1 << 20
};

/* Measured: docs/search.md. */
static const double COSINE_LEAST = 0.2, COSINE_POWER = 2, RARITY_POWER = 1.5,
                    VERB_WEIGHT = 0.4, KIN_POWER = 0.15;

/* A word of either side. */
struct word {
    uint32_t family;      /* entry_word */
    const int8_t *vector; /* NULL: none was learnt */
    double weight;
    const struct model_kin *kin; /* of a word of the need */
    size_t kin_count;
};
/* A word of a label, as it is kept. */
struct kept {
    uint32_t family, number; /* 1 + its number in the model; 0: not there */
};

struct align {
    const struct model *model;
    const struct vocabulary *vocabulary;
    bool has_kin;
    struct arena *task;
    struct map labels; /* by text: where its words start in `kept`, × LABEL_WORDS_MOST +
                          how many */
    struct kept *kept;
    size_t count, capacity;
    struct word need[WORDS_MOST];
    size_t need_count;
};

struct align *align_new(const struct model *model, bool has_kin)
{
    struct align *align = calloc(1, sizeof *align);

    if (!align)
        return NULL;
    align->model = model;
    align->has_kin = has_kin;
    align->task = arena_new(TASK_ARENA_MAX);
    map_init(&align->labels);
    if (!align->task) {
        align_free(align);
        return NULL;
    }
    return align;
}

void align_free(struct align *align)
{
    if (!align)
        return;
    arena_free(align->task);
    map_done(&align->labels);
    free(align->kept);
    free(align);
}

/* What is done says less than what it is done to: "organiser", "vérifier". */
static bool is_verb(const char *word)
{
    const char *rest = *word ? word + 1 : word; /* an ending is no verb */

    return text_ends_with(rest, "er") || text_ends_with(rest, "ir") ||
           text_ends_with(rest, "re");
}

void align_need(struct align *align, const struct meaning *meaning,
                const struct vocabulary *vocabulary)
{
    align->vocabulary = vocabulary;
    align->need_count = 0;
    for (size_t i = 0; i < meaning->count; i++) {
        const struct meaning_word *one = &meaning->words[i];
        double weight = pow(one->rarity, RARITY_POWER);
        struct word *need;
        uint32_t number;
        if (one->token.is_joined)
            continue;
        if (align->need_count == 0 && is_verb(one->token.exact))
            weight *= VERB_WEIGHT;
        number = model_word(align->model, &one->token);
        need = &align->need[align->need_count++];
        *need = (struct word){.family = one->word,
                              .vector = model_word_vector(align->model, number),
                              .weight = weight};
        if (align->has_kin)
            need->kin = model_kin(align->model, one->word, &need->kin_count);
    }
    if (align->need_count == 1) /* there is nothing else */
        align->need[0].weight = 1;
}

static bool keep(struct align *align, struct kept word)
{
    if (align->count == align->capacity) {
        size_t wanted = align->capacity ? 2 * align->capacity : 4096;
        struct kept *kept = realloc(align->kept, wanted * sizeof *kept);
        if (!kept)
            return false;
        align->kept = kept;
        align->capacity = wanted;
    }
    align->kept[align->count++] = word;
    return true;
}

/* Where the words of a label are kept, and how many. */
static size_t words_of(struct align *align, const struct entry_label *label,
                       size_t *count)
{
    uint64_t *slot, key = map_key(label->text, label->text_length);
    size_t from = align->count;
    struct tokens tokens;
    const char *text;

    if (align->count > KEPT_WORDS_MOST) {
        map_clear(&align->labels);
        align->count = from = 0;
    }
    slot = map_at(&align->labels, key);
    *count = slot ? *slot % LABEL_WORDS_MOST : 0;
    if (!slot || *slot)
        return slot ? *slot / LABEL_WORDS_MOST : 0;
    arena_reset(align->task);
    text = arena_strndup(align->task, label->text, label->text_length);
    if (!text || analysis_text(align->task, text, "fr", &tokens, NULL) != ERR_NONE)
        return 0;
    for (size_t i = 0; i < tokens.count && *count < LABEL_WORDS_MOST - 1; i++) {
        const struct token *token = &tokens.items[i];
        if (!token->is_stop && !token->is_joined)
            *count += keep(align, (struct kept){entry_word(token->family),
                                                model_word(align->model, token)});
    }
    *slot = from * LABEL_WORDS_MOST + *count;
    return from;
}

/* How far one word stands for another in terms of near meaning. */
static double by_kin(const struct word *need, uint32_t family)
{
    size_t from = 0, to = need->kin_count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (need->kin[middle].to < family)
            from = middle + 1;
        else
            to = middle;
    }
    return from < need->kin_count && need->kin[from].to == family
               ? pow((double)need->kin[from].strength, KIN_POWER)
               : 0;
}

/* How far a word of the need stands for another. */
static double stands_for(const struct word *need, const struct word *other)
{
    double cosine;

    if (need->family == other->family)
        return 1;
    cosine =
        need->vector && other->vector ? model_cosine(need->vector, other->vector) : 0;
    return fmax(cosine < COSINE_LEAST ? 0 : pow(fmin(cosine, 1), COSINE_POWER),
                by_kin(need, other->family));
}

double align_label(struct align *align, const struct entry_label *label)
{
    size_t count, from = words_of(align, label, &count);
    double of_need[WORDS_MOST] = {0}, need = 0, all_need = 0, met = 0, all = 0;

    for (size_t i = 0; i < count; i++) {
        const struct kept *kept = &align->kept[from + i];
        double rarity = vocabulary_rarity(align->vocabulary, kept->family), best = 0;
        struct word word = {.family = kept->family,
                            .vector = model_word_vector(align->model, kept->number),
                            .weight = pow(rarity, RARITY_POWER)};
        for (size_t j = 0; j < align->need_count; j++) {
            double fit = stands_for(&align->need[j], &word);
            best = fmax(best, fit);
            of_need[j] = fmax(of_need[j], fit);
        }
        met += word.weight * best;
        all += word.weight;
    }
    for (size_t j = 0; j < align->need_count; j++) {
        need += align->need[j].weight * of_need[j];
        all_need += align->need[j].weight;
    }
    return all > 0 && all_need > 0 ? sqrt(need / all_need * (met / all)) : 0;
}
