/* The listed words (words.def) and what they do, found by one lookup. Folded; made at the
 * first question, once for the process. */
#ifndef INDEXER_LEXICON_H
#define INDEXER_LEXICON_H

#include <stddef.h>

/* A set of bits; what each means stands in words.def. */
enum role {
    ROLE_ELISION = 1,
    ROLE_JOINED = 2,
    ROLE_ENDING = 4,
    ROLE_STOP_FR = 8,
    ROLE_STOP_EN = 16,
    ROLE_CARRIER = 32,
    ROLE_WEAK = 64,
    ROLE_POLITE = 128,
    ROLE_UNIT = 256,
    ROLE_PRONOUN = 512,
    ROLE_TOLD = 1024,
    ROLE_EITHER = 2048
};

/* What `word` does: a set of enum role, 0 for most. */
unsigned lexicon_roles(const char *word);
/* The family of an irregular word or root (ROOT); NULL when it is regular. */
const char *lexicon_family(const char *root, size_t length);

#endif
