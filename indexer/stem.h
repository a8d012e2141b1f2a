/* Stems by libstemmer, after French feminine endings became masculine ones. */
#ifndef INDEXER_STEM_H
#define INDEXER_STEM_H

#include "base/arena.h"

struct stemmer;

/* This thread's, for "fr" or "en"; freed with the thread. NULL when out of memory. */
struct stemmer *stemmer_of_thread(const char *lang);

/* The stem of a folded word, in the arena; NULL when it is full. Words of fewer than four
 * letters, and those with a digit, are their own stems. */
const char *stemmer_stem(struct stemmer *stemmer, struct arena *arena, const char *word);

/* What was found for a word: cards and needs say the same few thousand words again and again.
 * A thread keeps as many as it has room for, without where they stood. */
enum { STEM_KEPT_MOST = 31 }; /* bytes of a word that is kept */
struct stem_kept {
    char exact[STEM_KEPT_MOST + 1], stem[STEM_KEPT_MOST + 1], family[STEM_KEPT_MOST + 1];
};
/* NULL when it is not kept; valid until the next stemmer_keep. */
const struct stem_kept *stemmer_kept(const struct stemmer *stemmer, const char *exact);
void stemmer_keep(struct stemmer *stemmer, const char *exact, const char *stem,
                  const char *family);

#endif
