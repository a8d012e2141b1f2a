/* What French asks of a label before it can stand in a sentence. By endings and short
 * lists, not by a dictionary: what is in doubt counts as no verb, and is then put in « ».
 */
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
