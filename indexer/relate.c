/* Other words for those of a need. */
#include "indexer/relate.h"

#include "indexer/entry.h"

#include <math.h>
#include <string.h>

enum { OTHERS_MOST = 10, KIN_MOST = 8 }; /* of one word */

/* Measured: docs/search.md. */
static const double KNOWN_WEIGHT = 0.3, UNKNOWN_WEIGHT = 0.9, KIN_LEAST = 0.02,
                    KIN_POWER = 0.15, KIN_KNOWN = 0.6, KIN_UNKNOWN = 0.8,
                    KIN_COVERS = 0.5, KIN_SURE = 0.25;
/* Who is found by the thesaurus alone is further off (FAR_BELOW of rank.c): "bocal" for
 * "verre" blows no glass. */
static const double THESAURUS_COVERS = 0.45;

static void add(struct meaning *meaning, size_t of, struct meaning_related other,
                const struct vocabulary *vocabulary)
{
    const struct meaning_word *word = &meaning->words[of];
    double rarity = vocabulary_rarity(vocabulary, other.word);

    other.of = (uint8_t)of;
    other.weight *=
        word->weight * (rarity > word->rarity && rarity > 0 ? word->rarity / rarity : 1);
    meaning->related[meaning->related_count++] = other;
}

static bool is_there(const struct meaning *meaning, uint32_t word)
{
    for (size_t i = 0; i < meaning->count; i++)
        if (meaning->words[i].word == word)
            return true;
    for (size_t i = 0; i < meaning->related_count; i++)
        if (meaning->related[i].word == word)
            return true;
    return false;
}

/* Of a word that stands in no document all synonyms; of others only those listed by hand:
 * a thesaurus names too many, and where the word itself is found they lead away from it.
 */
static void relate(struct meaning *meaning, size_t of, const struct model *model,
                   const struct vocabulary *vocabulary)
{
    const struct meaning_word *word = &meaning->words[of];
    double most = word->is_known ? KNOWN_WEIGHT : UNKNOWN_WEIGHT;
    size_t count, used = 0;
    bool has_listed = false;
    const struct model_synonym *found =
        model_synonyms(model, model_word_key(&word->token), &count);

    for (size_t i = 0; i < count; i++)
        has_listed = has_listed || found[i].strength > 1;
    for (size_t i = 0; i < count && used < OTHERS_MOST; i++) {
        const char *family = model_text(model, found[i].text);
        uint32_t other = entry_word(family);
        bool is_listed = found[i].strength > 1;
        double strength = most * (is_listed ? 1 : (double)found[i].strength);
        if (((word->is_known || has_listed) && !is_listed) ||
            meaning->related_count == RELATED_MOST || is_there(meaning, other))
            continue;
        add(meaning, of,
            (struct meaning_related){
                .family = family,
                .word = other,
                .strength = is_listed ? strength : fmin(strength, THESAURUS_COVERS),
                .covers = is_listed ? strength : fmin(strength, THESAURUS_COVERS),
                .weight = strength},
            vocabulary);
        used++;
    }
}

/* Those that stand for a word in terms of near meaning, of the words that some document
 * has: the strongest. Who is found by them alone is further off, unless nobody uses her
 * word and there is little doubt what it stands for. */
static void relate_by_kin(struct meaning *meaning, size_t of, const struct model *model,
                          const struct vocabulary *vocabulary)
{
    const struct meaning_word *word = &meaning->words[of];
    const struct model_kin *best[KIN_MOST] = {NULL};
    size_t count;
    const struct model_kin *all = model_kin(model, word->word, &count);

    for (size_t i = 0; i < count; i++) {
        const struct model_kin *one = (double)all[i].strength < KIN_LEAST ||
                                              is_there(meaning, all[i].to) ||
                                              !vocabulary_has(vocabulary, all[i].to)
                                          ? NULL
                                          : &all[i];
        for (size_t j = 0; one && j < KIN_MOST; j++)
            if (!best[j] || best[j]->strength < one->strength) {
                const struct model_kin *weaker = best[j];
                best[j] = one;
                one = weaker;
            }
    }
    for (size_t j = 0; j < KIN_MOST && best[j] && meaning->related_count < RELATED_MOST;
         j++) {
        bool is_sure = !word->is_known && (double)best[j]->strength >= KIN_SURE;
        double strength = (word->is_known ? KIN_KNOWN : KIN_UNKNOWN) *
                          pow((double)best[j]->strength, KIN_POWER);
        add(meaning, of,
            (struct meaning_related){.family = model_text(model, best[j]->text),
                                     .word = best[j]->to,
                                     .strength = strength,
                                     .covers = (is_sure ? 1 : KIN_COVERS) * strength,
                                     .weight = strength},
            vocabulary);
    }
}

static bool may_relate(const struct meaning *meaning, size_t i)
{
    return !meaning->words[i].token.is_joined && !meaning->words[i].token.is_weak;
}

void relate_words(struct meaning *meaning, const struct model *model,
                  const struct vocabulary *vocabulary, const struct config *config)
{
    for (size_t i = 0; config->has_synonyms && i < meaning->count; i++)
        if (may_relate(meaning, i))
            relate(meaning, i, model, vocabulary);
    for (size_t i = 0; config->has_kin && i < meaning->count; i++)
        if (may_relate(meaning, i))
            relate_by_kin(meaning, i, model, vocabulary);
}

bool relate_vector(const struct meaning *meaning, const struct model *model,
                   struct arena *arena, int8_t out[MODEL_DIMENSIONS])
{
    struct model_sum *sum = arena_alloc(arena, sizeof *sum);

    for (size_t i = 0; sum && i < meaning->count; i++) {
        struct token token = meaning->words[i].token;
        model_add(model, sum, &(struct tokens){.items = &token, .count = 1},
                  (float)meaning->words[i].weight);
    }
    return sum && model_vector(model, sum, out);
}
