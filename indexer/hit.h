/* From a document that was found to a hit with its reasons. */
#ifndef INDEXER_HIT_H
#define INDEXER_HIT_H

#include "indexer/card.h"
#include "indexer/mark.h"
#include "indexer/rank.h"

struct hit_query {
    struct mark_query mark;
    const struct meaning *meaning;
    const struct rank_query *rank; /* what it was ranked by */
    const struct forward *forward;
};

/* The words that are marked, hers and then the others, for struct mark_query; each list
 * has room for HIT_WORDS_MOST. */
enum { HIT_WORDS_MOST = WORDS_MOST + RELATED_MOST + CALLED_MOST };
struct mark_query hit_words(const struct meaning *meaning, const char **families,
                            uint8_t *words, const char **said);

/* Fills *out; it lives in `arena` and in the card. */
MUST_USE err_code hit_make(struct arena *arena, const struct hit_query *query,
                           const struct card *card, const struct entry *entry,
                           struct hit *out, struct err *err);

/* Measures need no reasons. */
struct hit hit_bare(const struct card *card);

#endif
