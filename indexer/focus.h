/* What of a need is asked, and what is told beside it. Pure.
 *
 * "Je suis menuisier depuis vingt ans, je m'installe et il me manque la comptabilité"
 * asks for bookkeeping, not for joiners. Clauses that ask to be taught ("apprendre à",
 * "besoin d'aide pour", "il me manque") are asked, from such words on, and so is beside
 * them what she wishes to do ("je dois tenir mes comptes"); all else is aside. A need
 * that does not ask to be taught is asked as a whole, and so is one whose question only
 * points back ("mon four ne chauffe plus, j'ai besoin de le réparer"). The lists are in
 * words.def. */
#ifndef INDEXER_FOCUS_H
#define INDEXER_FOCUS_H

#include "indexer/analysis.h"

/* Sets is_aside of the `tokens` that analysis_text made of `string`. */
void focus_find(const char *string, struct tokens *tokens);

#endif
