/* What of a need is asked, and what is told beside it. Pure.
 *
 * "Je suis menuisier depuis vingt ans, je m'installe et il me manque la comptabilité"
 * asks for bookkeeping, not for joiners. Clauses that ask to be taught ("apprendre à",
 * "besoin d'aide pour", "il me manque") count before those that wish ("je voudrais"), and
 * these before all others; what stands before such words in their clause is aside too. A
 * need that does not ask in words is asked as a whole, and so is one whose question only
 * points back ("mon four ne chauffe plus, j'aimerais le réparer"). The lists are in
 * words.def. */
#ifndef INDEXER_FOCUS_H
#define INDEXER_FOCUS_H

#include "indexer/analysis.h"

/* Sets is_aside of the `tokens` that analysis_text made of `string`. */
void focus_find(const char *string, struct tokens *tokens);

#endif
