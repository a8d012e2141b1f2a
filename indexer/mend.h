/* Words of a need that stand in no document, and the word that each was meant to be: of
 * those that some document has, or else of those that were learnt; by mistakes and sound
 * (spelling.h), a verb of doing again, a French word in an English need. */
#ifndef INDEXER_MEND_H
#define INDEXER_MEND_H

#include "indexer/meaning.h"

/* Of one need. */
struct mending {
    struct arena *arena;
    const struct meaning_request *request;
    struct engine *engine;
    struct vocabulary *vocabulary;
    const char *lang; /* that the need seems to be in */
    bool is_english;
    size_t count; /* words looked for so far */
    struct err *err;
};

/* Whether a document has the word: its family (prefix "F") or itself ("E"). */
MUST_USE err_code mend_is_known(struct mending *mending, const char *prefix,
                                const char *word, bool *out);
/* Sets is_known, and is_mended when another word took its place: then `shown` is that. */
MUST_USE err_code mend_word(struct mending *mending, struct meaning_word *word);

#endif
