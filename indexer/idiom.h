/* What people say for something that trades have a word for: "trouver des clients" is
 * prospection. The list is idioms.def. */
#ifndef INDEXER_IDIOM_H
#define INDEXER_IDIOM_H

#include "indexer/analysis.h"

enum { IDIOM_WORDS_MOST = 4, IDIOM_MEANT_MOST = 5 };

struct idiom {
    uint32_t from, to;   /* where it stands in the text */
    struct tokens meant; /* the words for it */
};

/* The first idiom in the words of a text from the one numbered `*at` on, which moves
 * behind it; false when there is none. Everything in *out lives in `arena`. */
bool idiom_next(struct arena *arena, const struct tokens *tokens, size_t *at,
                struct idiom *out);

#endif
