/* How well a query fits a label, word by word. */
#include "indexer/fit.h"

#include <math.h>
#include <string.h>

/* Of an idiom, what a label must have of her own words to be what she said. */
static const double WHOLLY_SAID = 0.99;

/* How much of what was said of an idiom stands there, by rarity: her own words are as
 * good as those that stand for them. `strengths` says how far each of the query's words
 * does. */
static double as_said(const struct meaning *meaning, size_t idiom,
                      const double *strengths)
{
    const struct token *all = &meaning->words[idiom].token;
    double said = 0, met = 0;

    for (size_t i = 0; i < meaning->count; i++) {
        const struct meaning_word *word = &meaning->words[i];
        if (i == idiom || word->meant || word->token.is_joined ||
            word->token.from < all->from || word->token.to > all->to)
            continue;
        said += word->rarity;
        met += word->rarity * strengths[i];
    }
    return said > 0 ? met / said : 0;
}

/* Which of the query's words stand in a label, and how well: by another word less. */
static uint32_t match(const struct meaning *meaning, const struct entry_label *label,
                      double strengths[WORDS_MOST])
{
    uint32_t matched = 0;

    for (size_t i = 0; i < label->word_count; i++) {
        uint32_t word = entry_label_word(label, i);
        if (!meaning_may_have(meaning, word))
            continue;
        for (size_t j = 0; j < meaning->count; j++)
            if (meaning->words[j].word == word) {
                bool is_same = meaning->words[j].stem == entry_label_stem(label, i);
                matched |= 1u << j;
                strengths[j] = fmax(strengths[j], is_same ? 1 : FAMILY_STRENGTH);
            }
        for (size_t j = 0; j < meaning->related_count; j++) {
            const struct meaning_related *related = &meaning->related[j];
            if (related->word == word) {
                matched |= 1u << related->of;
                strengths[related->of] = fmax(strengths[related->of], related->strength);
            }
        }
    }
    for (size_t j = 0; matched && j < meaning->count; j++) {
        double said = meaning->words[j].meant ? as_said(meaning, j, strengths) : 0;
        if (said > WHOLLY_SAID) {
            matched |= 1u << j;
            strengths[j] = fmax(strengths[j], said);
        }
    }
    return matched;
}

uint32_t fit_match(const struct meaning *meaning, const struct entry_label *label)
{
    double unused[WORDS_MOST] = {0};

    return match(meaning, label, unused);
}

/* What the query calls for, as far as it is what the label says: by rarity. */
static double fit_called(const struct rank_query *query, const struct entry_label *label)
{
    const struct meaning *meaning = query->meaning;
    double called = 0, all = 0;

    for (size_t i = 0; i < label->word_count; i++) {
        uint32_t word = entry_label_word(label, i);
        if (!meaning_may_have(meaning, word))
            continue;
        for (size_t j = 0; j < meaning->called_count; j++)
            if (meaning->called[j].word == word)
                called += meaning->called[j].strength * meaning->called[j].rarity *
                          meaning->called[j].rarity;
    }
    if (called <= 0)
        return 0;
    for (size_t i = 0; i < label->word_count; i++) {
        double rarity = vocabulary_rarity(query->vocabulary, entry_label_word(label, i));
        all += rarity * rarity;
    }
    return all > 0 ? called / sqrt(all) : 0;
}

struct fit fit_of(const struct rank_query *query, const struct entry_label *label)
{
    const struct meaning *meaning = query->meaning;
    double common = 0, of_query = 0, of_label = 0, strongest = 0;
    double strengths[WORDS_MOST] = {0};
    struct fit fit = {.matched = match(meaning, label, strengths),
                      .called = fit_called(query, label)};

    if (!fit.matched)
        return fit;
    for (size_t i = 0; i < meaning->count; i++) {
        double square = meaning->words[i].rarity * meaning->words[i].rarity;
        of_query += square;
        if (fit.matched & 1u << i) {
            common += square * strengths[i];
            fit.met += strengths[i];
            strongest = fmax(strongest, strengths[i]);
        }
    }
    for (size_t i = 0; i < label->word_count; i++) {
        double rarity = vocabulary_rarity(query->vocabulary, entry_label_word(label, i));
        of_label += rarity * rarity;
    }
    if (of_query > 0 && of_label > 0) {
        fit.likeness = fmin(common / sqrt(of_query * of_label), 1);
        fit.fullness = fmin(common / of_label, 1) * strongest;
    }
    return fit;
}

struct fit fit_better(struct fit a, struct fit b)
{
    return (struct fit){.likeness = fmax(a.likeness, b.likeness),
                        .fullness = fmax(a.fullness, b.fullness),
                        .met = fmax(a.met, b.met),
                        .matched = a.matched | b.matched,
                        .called = fmax(a.called, b.called)};
}

/* The best of the thesaurus's labels of a skill; what they share together. Many people
 * have the skill: kept for the next. */
static struct fit fit_through(const struct rank_query *query, uint64_t through)
{
    struct fit_kept *kept = &query->fits->kept[through / sizeof through % FITS_KEPT];
    const unsigned char *at, *end;
    size_t length = 0;
    struct entry_label label;

    if (kept->through == through)
        return kept->fit;
    *kept = (struct fit_kept){.through = through};
    at = forward_item(query->forward, through, &length);
    end = at ? at + length : NULL;
    while (at && entry_next_label(&at, end, &label))
        kept->fit = fit_better(kept->fit, fit_of(query, &label));
    return kept->fit;
}

struct fit fit_skill(const struct rank_query *query, const struct entry_skill *skill,
                     const struct entry_label *own)
{
    struct fit fit = fit_of(query, own);

    return skill->through ? fit_better(fit, fit_through(query, skill->through)) : fit;
}
