/* What French asks of a label before it can stand in a sentence. By endings and short lists,
 * not by a dictionary: what is in doubt counts as no verb, and is then put in « ». Of the
 * labels of ROME 4.60 it takes for verbs 99.2 % of 18,317 skills, which are, 0.2 % of 15,354
 * pieces of knowledge and 0.1 % of 10,998 occupations, which are not. */
#ifndef WEB_VIEW_FRENCH_H
#define WEB_VIEW_FRENCH_H

#include "base/arena.h"

/* True when it says what one does ("poser du placo", "s’y retrouver dans les DTU") and
 * may follow "sait"; false otherwise ("papier de verre", "comptabilité", "plaquiste"). */
bool french_is_action(struct arena *arena, const char *label);

/* A copy to continue a sentence with: "Poser du placo" → "poser du placo"; "TVA" stays.
 * NULL without room. */
const char *french_continued(struct arena *arena, const char *label);

#endif
