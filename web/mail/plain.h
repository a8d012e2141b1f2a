/* The text of a mail from its HTML: one source, two parts. */
#ifndef WEB_MAIL_PLAIN_H
#define WEB_MAIL_PLAIN_H

#include "base/text.h"

/* Adds the words of the body of `html` (as our templates print it): paragraphs and
 * headings with a blank line between, each link followed by its address, entities as they
 * are meant. */
void plain_text(const char *html, struct text *out);
/* The words of its <title>, in the arena's place `out`. */
void plain_title(const char *html, struct text *out);

#endif
