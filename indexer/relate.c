/* Other words for those of a need. */
#include "indexer/relate.h"

#include "indexer/entry.h"

#include <math.h>
#include <string.h>

enum { OTHERS_MOST = 10 }; /* of one word */

/* Measured: docs/search.md. */
static const double KNOWN_WEIGHT = 0.3, UNKNOWN_WEIGHT = 0.9;
/* Who is found by the thesaurus alone is further off (FAR_BELOW of rank.c): "bocal" for
 * "verre" blows no glass. */
static const double THESAURUS_COVERS = 0.45;

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
        double rarity = vocabulary_rarity(vocabulary, other);
        bool is_listed = found[i].strength > 1;
        double strength = most * (is_listed ? 1 : (double)found[i].strength);
        if (((word->is_known || has_listed) && !is_listed) ||
            meaning->related_count == RELATED_MOST || is_there(meaning, other))
            continue;
        meaning->related[meaning->related_count++] = (struct meaning_related){
            .family = family,
            .word = other,
            .of = (uint8_t)of,
            .strength = is_listed ? strength : fmin(strength, THESAURUS_COVERS),
            .weight = word->weight * strength *
                      (rarity > word->rarity && rarity > 0 ? word->rarity / rarity : 1)};
        used++;
    }
}

void relate_words(struct meaning *meaning, const struct model *model,
                  const struct vocabulary *vocabulary)
{
    for (size_t i = 0; i < meaning->count; i++)
        if (!meaning->words[i].token.is_joined && !meaning->words[i].token.is_weak)
            relate(meaning, i, model, vocabulary);
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
