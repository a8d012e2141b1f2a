/* What of a need only carries it. Pure.
 *
 * "Bonjour, je débute, qui pourrait m'apprendre à poser du placo ? Merci d'avance" asks
 * for "poser placo". What goes: words of asking before the subject ("je cherche quelqu'un
 * pour m'apprendre à"), questions behind it ("et je ne sais pas comment faire"), and
 * clauses that say nothing else. What frames it ("dans le cadre de mon activité", "des
 * notions de") stays and says little. Something always stays. The lists are in words.def.
 */
#ifndef INDEXER_CARRIER_H
#define INDEXER_CARRIER_H

#include "indexer/analysis.h"

/* Takes what carries out of `tokens`, which analysis_text made of `string`, in place. */
void carrier_drop(const char *string, struct tokens *tokens);

#endif
