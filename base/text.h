/* A growing string with a limit it was born with.
 *
 * An append that would pass the limit (or finds no memory) changes nothing and sticks: every
 * later append fails too, and text_failed() is checked once at the end. Holds bytes, always
 * NUL-terminated. Not for memory that outlives one task: see arena_strdup. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/err.h"

struct text {
    char *bytes; /* never NULL after text_init; valid until the next append or text_done */
    size_t length, capacity, limit;
    bool failed;
};

void text_init(struct text *text, size_t limit_bytes);
void text_done(struct text *text); /* frees; the text can be text_init'ed again */
void text_clear(struct text *text); /* length 0, failure forgotten, memory kept */

bool text_add(struct text *text, const char *string);
bool text_add_bytes(struct text *text, const char *bytes, size_t length);
bool text_add_char(struct text *text, char c);
bool text_printf(struct text *text, const char *format, ...) PRINTF_LIKE(2, 3);
bool text_failed(const struct text *text);

/* Whether a string ends so, or is just that. */
bool text_ends_with(const char *string, const char *ending);

#endif
