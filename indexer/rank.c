/* The ranking formula.
 *
 *   score = fit × (1 + skill + freshness + availability) × sinking × rotation
 *
 *   fit           ranking.text × (BM25 as a part of the best one + likeness)
 *   likeness      of people, needs and sessions: LABEL_WEIGHT × how exactly the query is
 * one of its labels (the cosine of two sets of families, each weighing its rarity); of
 * skills: SKILL_LABEL_WEIGHT × the same + GRAM_WEIGHT × the cosine of the letters, four
 * at a time, of the query and of its name + ALIGN_WEIGHT × its words one by one (align.h)
 * skill         part of the query that its best matching skill covers × (ranking.level ×
 * level / 4 + ranking.sharing when she shares it) freshness     ranking.freshness for a
 * card confirmed lately, half of it for one to confirm availability  ranking.availability
 * for someone who neither pauses nor has a quota of none sinking       ranking.sinking
 * for a card nobody confirmed for a year, else 1 rotation      1 ± half of
 * ranking.rotation, by a hash of the day and the id, so that near equals change places
 * from day to day and stay put within one
 *
 * A card past its last term is not shown: its score is 0. */
#include "indexer/rank.h"

#include "base/calendar.h"
#include "base/map.h"
#include "base/random.h"
#include "indexer/fit.h"
#include "indexer/search.h"
#include "indexer/terms.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Measured: docs/search.md. */
static const double LABEL_WEIGHT = 1.5, FULL_WEIGHT = 0.3, SKILL_LABEL_WEIGHT = 0.2,
                    GRAM_WEIGHT = 0.2, VECTOR_WEIGHT = 0.75, VECTOR_WORDS = 4,
                    NEAR_WEIGHT = 0.3, NEAR_COVERS = 0.8, CALLED_COVERS = 2.3,
                    CALLED_ENOUGH = 0.5, ALIGN_WEIGHT = 1, ALIGN_LABELS = 2,
                    VECTOR_LESS = 0.5;

/* An answer that covers too little of the query is far, unless the query says FULL_FROM
 * of one of its labels and that is FULL_COVERS of the query. Where what the query calls
 * for is what nobody has, its words answer less, and no label of it tells. */
static const double FULL_FROM = 0.8, FULL_COVERS = 0.15, MISSED_LESS = 2,
                    SAME_LABEL = 0.95;

enum { WHOLE_MOST = ENTRY_TEXT_MOST + 2 };

double rank_near(const struct rank_query *query, uint32_t skill_id)
{
    for (size_t i = 0; skill_id && i < query->near_count; i++)
        if (query->near[i].skill_id == skill_id)
            return (double)query->near[i].cosine;
    return 0;
}

struct labels {
    struct fit best;
    double skill_gain, nearness;
    bool has_level; /* some matched skill reaches the level that is asked for */
};

static struct labels weigh_labels(const struct rank_query *query,
                                  const struct entry *entry)
{
    const struct config *config = query->config;
    const unsigned char *at = entry->labels;
    struct labels out = {0};
    struct entry_label label;

    if (!entry_next_label(&at, entry->end, &label))
        return out;
    if (entry->head.kind != KIND_PERSON)
        out.best = fit_of(query, &label);
    for (size_t i = 0;
         i < entry->head.skill_count && entry_next_label(&at, entry->end, &label); i++) {
        struct entry_skill skill = entry_skill(entry, i);
        struct fit fit = fit_skill(query, &skill, &label);
        double nearness = rank_near(query, skill.skill_id);
        double gain = config->weight_level * skill.level / LEVEL_TRAINS +
                      (skill.is_shared ? config->weight_sharing : 0);
        gain *= fmax(fit.met / (double)query->meaning->count, nearness);
        out.nearness = fmax(out.nearness, nearness);
        out.best = fit_better(out.best, fit);
        out.skill_gain = fmax(out.skill_gain, gain);
        out.has_level = out.has_level || ((fit.matched || nearness > 0) &&
                                          skill.level >= query->level_least);
    }
    return out;
}

static uint64_t gram_key(const char *letters)
{
    return map_key(letters, GRAM_LETTERS);
}

bool rank_grams(const struct meaning *meaning, struct map *out)
{
    for (size_t i = 0; i < meaning->count; i++) {
        char whole[WHOLE_MOST + 1];
        size_t length;
        if (meaning->words[i].token.is_joined)
            continue;
        length = (size_t)snprintf(whole, sizeof whole, "^%.*s$", ENTRY_TEXT_MOST,
                                  meaning->words[i].typed);
        for (size_t at = 0; at + GRAM_LETTERS <= length; at++) {
            uint64_t *count = map_at(out, gram_key(whole + at));
            if (!count)
                return false;
            *count = 1;
        }
    }
    return true;
}

/* The cosine of the grams of the query and of a text of folded words with blanks between.
 */
static double gram_likeness(const struct rank_query *query,
                            const struct entry_label *label)
{
    char whole[WHOLE_MOST + 1];
    size_t length = 0, count = 0, common = 0;

    if (!label->text_length || !query->grams || !query->grams->count)
        return 0;
    whole[length++] = ' ';
    memcpy(whole + length, label->text, label->text_length);
    length += label->text_length;
    whole[length++] = ' ';
    for (size_t at = 0; at + GRAM_LETTERS <= length; at++) {
        char gram[GRAM_LETTERS];
        memcpy(gram, whole + at, GRAM_LETTERS);
        if (memchr(gram + 1, ' ', GRAM_LETTERS - 2))
            continue; /* of two words */
        gram[0] = gram[0] == ' ' ? '^' : gram[0];
        gram[GRAM_LETTERS - 1] =
            gram[GRAM_LETTERS - 1] == ' ' ? '$' : gram[GRAM_LETTERS - 1];
        count++;
        common += map_find(query->grams, gram_key(gram)) != NULL;
    }
    return count ? (double)common / sqrt((double)count * (double)query->grams->count) : 0;
}

static double rotation(const struct rank_query *query, const struct entry_head *head)
{
    uint64_t day = (uint64_t)(query->now / DAY_S);
    double chance = (double)(random_mix(day, (uint64_t)head->id) >> 11) * 0x1.0p-53;

    return query->has_rotation ? 1 + query->config->weight_rotation * (chance - 0.5) : 1;
}

enum freshness rank_freshness(const struct entry_head *head, const struct config *config,
                              int64_t now)
{
    const struct person person = {.confirmed_at = head->confirmed_at,
                                  .created_at = head->created_at};

    if (head->kind != KIND_PERSON)
        return FRESH;
    return person_freshness(&person, now, (int)config->to_confirm_months,
                            (int)config->sinks_months, (int)config->hidden_months);
}

bool rank_is_shown(const struct entry_head *head, const struct config *config,
                   int64_t now, bool is_member)
{
    return (int)head->visibility <= (is_member ? VISIBLE_MEMBERS : VISIBLE_PUBLIC) &&
           rank_freshness(head, config, now) != EXPIRED;
}

static double person_gain(const struct rank_query *query, const struct entry_head *head,
                          enum freshness freshness)
{
    const struct config *config = query->config;
    double gain = 0;

    if (freshness == FRESH)
        gain += config->weight_freshness;
    else if (freshness == TO_CONFIRM)
        gain += config->weight_freshness / 2;
    if (head->pause_until <= query->now && head->quota_month != 0)
        gain += config->weight_availability;
    return gain;
}

/* How much the name of a skill looks like the query. */
static double name_likeness(const struct rank_query *query, const struct entry *entry)
{
    const unsigned char *at = entry->labels;
    struct entry_label name;

    return entry_next_label(&at, entry->end, &name) ? gram_likeness(query, &name) : 0;
}

/* How far each of the query's words stands in the document: itself, by one of its family
 * or by another word for it. */
static void find_words(const struct meaning *meaning, const struct entry *entry,
                       double how_far[WORDS_MOST])
{
    for (size_t i = 0; i < entry->head.word_count; i++) {
        uint32_t word = entry_word_at(entry, i);
        for (unsigned number = meaning_first(meaning, word); number < MEANING_CALLED;
             number = meaning->next[number]) {
            size_t of = number;
            double here;
            if (meaning->numbered[number] != word)
                continue;
            if (number < WORDS_MOST) {
                here =
                    entry_has_stem(entry, meaning->words[of].stem) ? 1 : FAMILY_STRENGTH;
            } else {
                of = meaning->related[number - WORDS_MOST].of;
                here = meaning->related[number - WORDS_MOST].covers;
            }
            how_far[of] = fmax(how_far[of], here);
        }
    }
}

/* How much of what is asked stands in the document, each word by its rarity. */
static double coverage(const struct rank_query *query, const struct entry *entry)
{
    const struct meaning *meaning = query->meaning;
    double how_far[WORDS_MOST] = {0}, all = 0, met = 0;

    find_words(meaning, entry, how_far);
    for (size_t i = 0; i < meaning->count; i++) {
        const struct meaning_word *word = &meaning->words[i];
        if (word->token.is_joined || word->token.is_aside)
            continue;
        all += word->rarity;
        met += word->rarity * how_far[i];
    }
    return all > 0 ? met / all : 1;
}

/* Some of her words stand for others (idiom.h). */
static bool has_idiom(const struct meaning *meaning)
{
    for (size_t i = 0; i < meaning->count; i++)
        if (meaning->words[i].meant)
            return true;
    return false;
}

/* Who says much of what the need calls for answers it, the more the surer that is. */
static double by_called(const struct meaning *meaning, double called)
{
    double part = meaning->called_all > 0 ? called / meaning->called_all : 0;

    return CALLED_COVERS * fmin(part * meaning->sure, CALLED_ENOUGH);
}

/* How near the meanings are, as a part of the nearest; less of a long query. */
static double vector_fit(const struct rank_query *query, const struct entry *entry,
                         double nearness)
{
    double words = (double)query->meaning->count;
    double fall = words > VECTOR_WORDS ? VECTOR_WORDS / words : 1;

    if (entry->head.kind == KIND_PERSON)
        return NEAR_WEIGHT * fall * nearness;
    if (!query->vector || entry->head.kind != KIND_SKILL || !query->nearest ||
        entry->head.vector_mark != query->vector_mark)
        return 0;
    return VECTOR_WEIGHT * fall *
           fmax(model_cosine(query->vector, entry->vector) / query->nearest, 0);
}

/* What a thesaurus entry says word by word and as a whole, beside the words it shares
 * with the query: of one that is nothing but labels, each word tells; a description tells
 * by itself. */
static double meaning_fit(const struct rank_query *query, const struct entry *entry)
{
    size_t length = 0, words = 0;
    const unsigned char *at =
        entry->head.skill_count
            ? forward_item(query->forward, entry_skill(entry, 0).through, &length)
            : NULL;
    const unsigned char *end = at ? at + length : NULL;
    struct entry_label label;
    double best = 0, labels;

    if (!query->align)
        return vector_fit(query, entry, 0);
    while (at && entry_next_label(&at, end, &label)) {
        best = fmax(best, align_label(query->align, &label));
        words = label.word_count > words ? label.word_count : words;
    }
    labels = entry->head.word_count
                 ? fmin((double)words / (double)entry->head.word_count, 1)
                 : 0;
    return (1 - VECTOR_LESS * labels) * vector_fit(query, entry, 0) +
           (ALIGN_WEIGHT + ALIGN_LABELS * labels) * best;
}

struct rank_result rank_score(const struct rank_query *query, const struct entry *entry,
                              double text_0to1)
{
    const struct config *config = query->config;
    struct labels labels = weigh_labels(query, entry);
    bool is_skill = entry->head.kind == KIND_SKILL;
    struct rank_result out = {.likeness = labels.best.likeness,
                              .fullness = labels.best.fullness,
                              .coverage = coverage(query, entry),
                              .called = labels.best.called,
                              .freshness =
                                  rank_freshness(&entry->head, config, query->now)};
    double fit = text_0to1, missed = query->meaning->missed;

    if (labels.best.likeness > SAME_LABEL && !has_idiom(query->meaning))
        missed = 0; /* it is what she asks, whatever else that calls for */
    out.coverage = fmax(out.coverage, NEAR_COVERS * labels.nearness);
    out.coverage *= fmax(1 - MISSED_LESS * missed, 0);
    out.coverage = fmax(out.coverage, by_called(query->meaning, out.called));
    out.is_far = out.coverage * RANK_NEAR_PARTS < 1 &&
                 (out.fullness < FULL_FROM || out.coverage < FULL_COVERS || missed > 0);
    if (!rank_is_shown(&entry->head, config, query->now, query->is_member) ||
        (query->level_least != LEVEL_UNSAID && !labels.has_level))
        return out;
    if (config->has_likeness)
        fit += is_skill ? SKILL_LABEL_WEIGHT * labels.best.likeness +
                              GRAM_WEIGHT * name_likeness(query, entry)
                        : LABEL_WEIGHT * labels.best.likeness +
                              FULL_WEIGHT * labels.best.fullness;
    fit +=
        is_skill ? meaning_fit(query, entry) : vector_fit(query, entry, labels.nearness);
    out.gain = config->weight_text * rotation(query, &entry->head);
    if (entry->head.kind == KIND_PERSON && config->has_person) {
        if (out.freshness == SINKING)
            out.gain *= config->weight_sinking;
        out.gain *=
            1 + labels.skill_gain + person_gain(query, &entry->head, out.freshness);
    }
    out.score = fit * out.gain;
    return out;
}
