/* Writing JSON: objects and lists of texts and numbers, into a bounded text. For what is stored
 * for later (values of a mail, what a link is to do); the result tree of pages is web/view/tree.h.
 * The writer keeps no state but the text: commas come from looking at its last byte. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/text.h"

#include <stdint.h>

/* key NULL inside a list. A NULL value is written as null. */
void json_open(struct text *out, const char *key, char bracket); /* '{' or '[' */
void json_close(struct text *out, char bracket);                 /* '}' or ']' */
void json_text(struct text *out, const char *key, const char *value);
void json_int(struct text *out, const char *key, int64_t value);
void json_bool(struct text *out, const char *key, bool value);

#endif
