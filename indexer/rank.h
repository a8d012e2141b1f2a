/* The ranking formula: one place, one commented sum. */
#ifndef INDEXER_RANK_H
#define INDEXER_RANK_H

#include "config/config.h"
#include "exchange/model/person.h"
#include "indexer/entry.h"
#include "indexer/forward.h"
#include "indexer/forward.h"
#include "indexer/meaning.h"

struct rank_query {
    const struct meaning *meaning;
    const struct vocabulary *vocabulary;
    const struct forward *forward;
    const struct config *config;
    int64_t now;
    bool has_rotation;
    enum skill_level level_least; /* of a matched skill; LEVEL_UNSAID: any */
    struct map *grams;            /* of the query's words: rank_grams */
};

/* The grams of the query's words, as keys of `out` (map_init'ed). False when out of
 * memory. */
bool rank_grams(const struct meaning *meaning, struct map *out);

/* The score of a document whose BM25 was `text_0to1` of the best. 0 when it must not be
 * shown. *freshness is where a person's card stands. */
double rank_score(const struct rank_query *query, const struct entry *entry,
                  double text_0to1, enum freshness *freshness);

/* FRESH for what is not a person. */
enum freshness rank_freshness(const struct entry_head *head, const struct config *config,
                              int64_t now);

/* Which of the query's words stand in a label: a bit each. */
uint32_t rank_match(const struct meaning *meaning, const struct entry_label *label);

#endif
