/* A growing string with a limit it was born with. */
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 256 };

static char nothing[1]; /* what an empty text shows; never written past its NUL */

void text_init(struct text *text, size_t limit_bytes)
{
    *text = (struct text){.bytes = nothing, .limit = limit_bytes};
}

void text_done(struct text *text)
{
    if (text->bytes != nothing)
        free(text->bytes);
    *text = (struct text){.bytes = nothing, .limit = text->limit};
}

void text_clear(struct text *text)
{
    text->length = 0;
    text->failed = false;
    if (text->bytes != nothing)
        text->bytes[0] = '\0';
}

static bool make_room(struct text *text, size_t more)
{
    size_t needed, capacity;
    char *bytes;

    if (text->failed || more > text->limit || text->length > text->limit - more) {
        text->failed = true;
        return false;
    }
    needed = text->length + more + 1;
    if (needed <= text->capacity)
        return true;
    capacity = text->capacity ? text->capacity : FIRST_CAPACITY;
    while (capacity < needed)
        capacity *= 2;
    bytes = realloc(text->bytes == nothing ? NULL : text->bytes, capacity);
    if (!bytes) {
        text->failed = true;
        return false;
    }
    bytes[text->length] = '\0';
    text->bytes = bytes;
    text->capacity = capacity;
    return true;
}

bool text_add_bytes(struct text *text, const char *bytes, size_t length)
{
    if (!make_room(text, length))
        return false;
    if (length)
        memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
    return true;
}

bool text_add(struct text *text, const char *string)
{
    return text_add_bytes(text, string, strlen(string));
}

bool text_add_char(struct text *text, char c)
{
    return text_add_bytes(text, &c, 1);
}

bool text_printf(struct text *text, const char *format, ...)
{
    va_list arguments, again;
    int length;
    bool done = false;

    va_start(arguments, format);
    va_copy(again, arguments);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        text->failed = true;
    } else if (make_room(text, (size_t)length)) {
        vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
        text->length += (size_t)length;
        done = true;
    }
    va_end(again);
    return done;
}

bool text_failed(const struct text *text)
{
    return text->failed;
}

bool text_ends_with(const char *string, const char *ending)
{
    size_t length = strlen(string), end = strlen(ending);

    return length >= end && strcmp(string + length - end, ending) == 0;
}
