/* The ranking formula.
 *
 *   score = fit × (1 + skill + freshness + availability) × sinking × rotation
 *
 *   fit           ranking.text × (BM25 as a part of the best one + LABEL_WEIGHT × how
 * exactly the query is one of its labels: the cosine of two sets of stems) skill part of
 * the query that its best matching skill covers × (ranking.level × level / 4 +
 * ranking.sharing when she shares it) freshness     ranking.freshness for a card
 * confirmed lately, half of it for one to confirm availability  ranking.availability for
 * someone who neither pauses nor has a quota of none sinking       ranking.sinking for a
 * card nobody confirmed for a year, else 1 rotation      1 ± half of ranking.rotation, by
 * a hash of the day and the id, so that near equals change places from day to day and
 * stay put within one
 *
 * A card past its last term is not shown: its score is 0. */
#include "indexer/rank.h"

#include "base/calendar.h"
#include "base/random.h"

#include <math.h>

static const double LABEL_WEIGHT = 0.6; /* measured: docs/search.md */

/* The cosine of the query and a label, as sets of stems; which stems they share goes to
 * *matched. */
static double cosine(const char *stems, const struct rank_query *query, uint32_t *matched)
{
    int words, common;

    *matched = card_match(stems, query->stems, query->count, &words);
    common = __builtin_popcount(*matched);
    return words && query->count ? common / sqrt((double)words * (double)query->count)
                                 : 0;
}

/* The best label's cosine, and the gain of the best matching skill. */
static void weigh_labels(const struct rank_query *query, const struct card *card,
                         double *label_0to1, double *skill_gain)
{
    const struct config *config = query->config;
    uint32_t matched, also;

    *label_0to1 =
        card->kind == KIND_PERSON ? 0 : cosine(card->title.stems, query, &matched);
    *skill_gain = 0;
    for (size_t i = 0; i < card->skill_count; i++) {
        const struct card_skill *skill = &card->skills[i];
        double best = cosine(skill->own.stems, query, &matched), gain;
        for (size_t j = 0; j < skill->through_count; j++) {
            best = fmax(best, cosine(skill->through[j].stems, query, &also));
            matched |= also;
        }
        *label_0to1 = fmax(*label_0to1, best);
        gain = config->weight_level * skill->level / LEVEL_TRAINS +
               (skill->is_shared ? config->weight_sharing : 0);
        gain *=
            query->count ? (double)__builtin_popcount(matched) / (double)query->count : 0;
        *skill_gain = fmax(*skill_gain, gain);
    }
}

static double rotation(const struct rank_query *query, const struct card *card)
{
    uint64_t day = (uint64_t)(query->now / DAY_S);
    double chance = (double)(random_mix(day, (uint64_t)card->id) >> 11) * 0x1.0p-53;

    return query->has_rotation ? 1 + query->config->weight_rotation * (chance - 0.5) : 1;
}

static double person_gain(const struct rank_query *query, const struct card *card,
                          enum freshness freshness)
{
    const struct config *config = query->config;
    double gain = 0;

    if (freshness == FRESH)
        gain += config->weight_freshness;
    else if (freshness == TO_CONFIRM)
        gain += config->weight_freshness / 2;
    if (card->pause_until <= query->now && card->quota_month != 0)
        gain += config->weight_availability;
    return gain;
}

double rank_score(const struct rank_query *query, const struct card *card,
                  double text_0to1, enum freshness *freshness)
{
    const struct config *config = query->config;
    const struct person person = {.confirmed_at = card->confirmed_at,
                                  .created_at = card->created_at};
    double label, gain, score;

    weigh_labels(query, card, &label, &gain);
    score = config->weight_text * (text_0to1 + LABEL_WEIGHT * label);
    *freshness = FRESH;
    if (card->kind == KIND_PERSON) {
        *freshness =
            person_freshness(&person, query->now, (int)config->to_confirm_months,
                             (int)config->sinks_months, (int)config->hidden_months);
        if (*freshness == EXPIRED)
            return 0;
        gain += person_gain(query, card, *freshness);
        if (*freshness == SINKING)
            score *= config->weight_sinking;
        score *= 1 + gain;
    }
    return score * rotation(query, card);
}
