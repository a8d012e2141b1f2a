/* Writing JSON. */
#include "base/json.h"

#include <inttypes.h>
#include <string.h>

static void add_string(struct text *out, const char *value)
{
    text_add_char(out, '"');
    for (; *value; value++) {
        unsigned char c = (unsigned char)*value;
        if (c == '"' || c == '\\')
            text_printf(out, "\\%c", c);
        else if (c < ' ' || c == 0x7f)
            text_printf(out, "\\u%04x", c);
        else
            text_add_char(out, *value);
    }
    text_add_char(out, '"');
}

static void begin(struct text *out, const char *key)
{
    char last = out->length ? out->bytes[out->length - 1] : '{';

    if (!strchr("{[", last))
        text_add(out, ", ");
    if (key) {
        add_string(out, key);
        text_add(out, ": ");
    }
}

void json_open(struct text *out, const char *key, char bracket)
{
    if (out->length)
        begin(out, key);
    text_add_char(out, bracket);
}

void json_close(struct text *out, char bracket)
{
    text_add_char(out, bracket);
}

void json_text(struct text *out, const char *key, const char *value)
{
    begin(out, key);
    if (value)
        add_string(out, value);
    else
        text_add(out, "null");
}

void json_int(struct text *out, const char *key, int64_t value)
{
    begin(out, key);
    text_printf(out, "%" PRId64, value);
}

void json_bool(struct text *out, const char *key, bool value)
{
    begin(out, key);
    text_add(out, value ? "true" : "false");
}
