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
    ROLE_EITHER = 2048,
    ROLE_ASKING = 4096,
    ROLE_TO_HER = 8192,
    ROLE_SHOWING = 16384,
    ROLE_FRAME = 32768,
    ROLE_LEARN = 65536,
    ROLE_BREAK = 262144,
    ROLE_LINK = 524288,
    ROLE_TELLER = 1048576,
    ROLE_POINTING = 2097152,
    ROLE_WEAK_EN = 4194304,
    ROLE_LEARN_NOUN = 8388608,
    ROLE_OF = 16777216,
    ROLE_POINTING_EN = 33554432,
    ROLE_AHEAD = 67108864,
    ROLE_LACK = 131072,
    ROLE_OWN = 134217728,
    ROLE_WISH = 268435456
};

/* What `word` does: a set of enum role, 0 for most. */
unsigned lexicon_roles(const char *word);
/* The family of an irregular word or root (ROOT); NULL when it is regular. */
const char *lexicon_family(const char *root, size_t length);

#endif
