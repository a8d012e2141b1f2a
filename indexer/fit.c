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

/* What stands in a label. */
struct standing {
    uint32_t matched;             /* of the query's words: a bit each */
    double strengths[WORDS_MOST]; /* how well each does: by another word less */
    double called;                /* of what the query calls for, by rarity */
};

static void meet(const struct meaning *meaning, unsigned number, uint32_t stem,
                 struct standing *out)
{
    size_t of = number;
    double strength;

    if (number >= MEANING_CALLED) {
        const struct meaning_called *called = &meaning->called[number - MEANING_CALLED];
        out->called += called->strength * called->rarity * called->rarity;
        return;
    }
    if (number < WORDS_MOST) {
        strength = meaning->words[number].stem == stem ? 1 : FAMILY_STRENGTH;
    } else {
        of = meaning->related[number - WORDS_MOST].of;
        strength = meaning->related[number - WORDS_MOST].strength;
    }
    out->matched |= 1u << of;
    out->strengths[of] = fmax(out->strengths[of], strength);
}

static void match(const struct meaning *meaning, const struct entry_label *label,
                  struct standing *out)
{
    for (size_t i = 0; i < label->word_count; i++) {
        uint32_t word = entry_label_word(label, i);
        for (unsigned number = meaning_first(meaning, word); number != MEANING_NONE;
             number = meaning->next[number])
            if (meaning->numbered[number] == word)
                meet(meaning, number, entry_label_stem(label, i), out);
    }
    for (size_t j = 0; out->matched && j < meaning->count; j++) {
        double said = meaning->words[j].meant ? as_said(meaning, j, out->strengths) : 0;
        if (said > WHOLLY_SAID) {
            out->matched |= 1u << j;
            out->strengths[j] = fmax(out->strengths[j], said);
        }
    }
}

uint32_t fit_match(const struct meaning *meaning, const struct entry_label *label)
{
    struct standing standing = {.matched = 0};

    match(meaning, label, &standing);
    return standing.matched;
}

struct fit fit_of(const struct rank_query *query, const struct entry_label *label)
{
    const struct meaning *meaning = query->meaning;
    double common = 0, of_query = 0, of_label = 0, strongest = 0;
    struct standing standing = {.matched = 0};
    struct fit fit = {.matched = 0};

    match(meaning, label, &standing);
    if (!standing.matched && standing.called <= 0)
        return fit;
    fit.matched = standing.matched;
    for (size_t i = 0; i < meaning->count; i++) {
        double square = meaning->words[i].rarity * meaning->words[i].rarity;
        of_query += square;
        if (fit.matched & 1u << i) {
            common += square * standing.strengths[i];
            fit.met += standing.strengths[i];
            strongest = fmax(strongest, standing.strengths[i]);
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
    if (of_label > 0)
        fit.called = standing.called / sqrt(of_label);
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
