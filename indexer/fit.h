/* How well a query fits a label: what ranking (rank.h) weighs. */
#ifndef INDEXER_FIT_H
#define INDEXER_FIT_H

#include "indexer/rank.h"

/* How far a word stands for another of its family: table for tableur, souder for soudure.
 */
#define FAMILY_STRENGTH 0.6

/* The cosine of the query and a label, as sets of families weighing their rarity. */
struct fit {
    double likeness, fullness;
    double met;       /* how far the words of the query stand there, together */
    uint32_t matched; /* words of the query: a bit each */
    double called;    /* how much of what the query calls for stands there */
};

/* What was found for the labels of the thesaurus during one query. All zeros at first. */
enum { FITS_KEPT = 512 };
struct fits {
    struct fit_kept {
        uint64_t through; /* entry_skill.through; 0: none */
        struct fit fit;
    } kept[FITS_KEPT];
};

/* Which of the query's words stand in a label: a bit each. */
uint32_t fit_match(const struct meaning *meaning, const struct entry_label *label);
struct fit fit_of(const struct rank_query *query, const struct entry_label *label);
/* The better of each. */
struct fit fit_better(struct fit a, struct fit b);
/* Of a skill's own label and of those of the thesaurus it goes by. */
struct fit fit_skill(const struct rank_query *query, const struct entry_skill *skill,
                     const struct entry_label *own);

#endif
