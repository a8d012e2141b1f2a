/* The ranking formula: one place, one commented sum. */
#ifndef INDEXER_RANK_H
#define INDEXER_RANK_H

#include "config/config.h"
#include "exchange/model/person.h"
#include "indexer/align.h"
#include "indexer/entry.h"
#include "indexer/forward.h"
#include "indexer/meaning.h"
#include "indexer/near.h"

/* Who answers less than one of so many parts of the query is far, unless a label says
 * most of it. */
enum { RANK_NEAR_PARTS = 2 };

struct rank_query {
    const struct meaning *meaning;
    const struct vocabulary *vocabulary;
    const struct forward *forward;
    const struct config *config;
    int64_t now;
    bool has_rotation;
    bool is_member;                /* who asks has come in */
    enum skill_level level_least;  /* of a matched skill; LEVEL_UNSAID: any */
    const int8_t *vector;          /* of the query; NULL: none */
    uint32_t vector_mark;          /* of the model it is from */
    double nearest;                /* cosine of the nearest label; 0: none */
    const struct near_label *near; /* thesaurus entries that mean about the same */
    size_t near_count;
    struct map *grams;   /* of the query's words: rank_grams */
    struct align *align; /* compares labels word by word; NULL: none */
    struct fits *fits;   /* room for what is found on the way: fit.h */
};

/* The grams of the query's words, as keys of `out` (map_init'ed). False when out of
 * memory. */
bool rank_grams(const struct meaning *meaning, struct map *out);

struct rank_result {
    double score;    /* 0: it must not be shown */
    double likeness; /* of the label that is most like the query, 0 to 1 */
    double coverage; /* how much of the query stands somewhere in it: 0 to 1, by rarity */
    bool is_far;     /* it answers too little of the query to be a resource */
    double fullness; /* how much of a label the query says, at best: 0 to 1, by rarity */
    enum freshness freshness; /* where a person's card stands */
    double called; /* how much of what the query calls for one of its labels says */
    double gain;   /* what a fit is multiplied with; 0: it must not be shown */
};

/* The rank of a document whose BM25 was `text_0to1` of the best. */
struct rank_result rank_score(const struct rank_query *query, const struct entry *entry,
                              double text_0to1);

/* How near a thesaurus entry is to the query; 0 when it is not among the nearest. */
double rank_near(const struct rank_query *query, uint32_t skill_id);

/* FRESH for what is not a person. */
enum freshness rank_freshness(const struct entry_head *head, const struct config *config,
                              int64_t now);
/* Whether it may be shown at `now`: neither too old nor for members while who asks is
 * none. */
bool rank_is_shown(const struct entry_head *head, const struct config *config,
                   int64_t now, bool is_member);

#endif
