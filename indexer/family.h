/* The family of a word: what menuisier, menuiserie and menuiser share. */
#ifndef INDEXER_FAMILY_H
#define INDEXER_FAMILY_H

#include "base/arena.h"

/* The family of a folded French word and its stem: the root that is left of the stem when
 * its suffixes go, at most two of them, as long as FAMILY_ROOT_LEAST letters remain
 * (FAMILY_SHORT_LEAST for what makes a noun of a verb). Irregular words, stems and roots
 * are listed (ROOT in words.def); otherwise equal stems have equal families. NULL when
 * the arena is full. */
enum { FAMILY_ROOT_LEAST = 5, FAMILY_SHORT_LEAST = 4 };
const char *family_of(struct arena *arena, const char *word, const char *stem);

#endif
