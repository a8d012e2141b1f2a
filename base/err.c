/* What went wrong, in one line a person can act on. */
#include "base/err.h"

#include <stdio.h>
#include <string.h>

static void one_line(char *text)
{
    for (; *text; text++)
        if (*text == '\n' || *text == '\r')
            *text = ' ';
}

err_code err_set(struct err *err, err_code code, const char *format, ...)
{
    va_list arguments;

    if (!err || err->code != ERR_NONE)
        return code;
    err->code = code;
    va_start(arguments, format);
    vsnprintf(err->text, sizeof err->text, format, arguments);
    va_end(arguments);
    one_line(err->text);
    return code;
}

err_code err_set_field(struct err *err, err_code code, const char *field,
                       const char *message_id)
{
    if (!err || err->code != ERR_NONE)
        return code;
    err->code = code;
    err->message_id = message_id;
    snprintf(err->field, sizeof err->field, "%s", field);
    snprintf(err->text, sizeof err->text, "%s: %s", field, message_id);
    return code;
}

void err_context(struct err *err, const char *format, ...)
{
    char context[ERR_TEXT_MAX];
    char joined[2 * ERR_TEXT_MAX + 2];
    va_list arguments;

    if (!err || err->code == ERR_NONE)
        return;
    va_start(arguments, format);
    vsnprintf(context, sizeof context, format, arguments);
    va_end(arguments);
    snprintf(joined, sizeof joined, "%s: %s", context, err->text);
    memcpy(err->text, joined, sizeof err->text - 1);
    err->text[sizeof err->text - 1] = '\0';
    one_line(err->text);
}

void err_clear(struct err *err)
{
    if (err)
        *err = (struct err){0};
}

const char *err_word(err_code code)
{
    switch (code) {
    case ERR_NONE:
        return "none";
    case ERR_INVALID:
        return "invalid";
    case ERR_NOT_FOUND:
        return "not_found";
    case ERR_FORBIDDEN:
        return "forbidden";
    case ERR_CONFLICT:
        return "conflict";
    case ERR_BUSY:
        return "busy";
    case ERR_LIMIT:
        return "limit";
    case ERR_STORE:
        return "store";
    case ERR_UNCERTAIN:
        return "uncertain";
    case ERR_IO:
        return "io";
    case ERR_MEMORY:
        return "memory";
    }
    return "unknown";
}
