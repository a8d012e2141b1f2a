/* Lines an operator can grep. */
#include "base/log.h"

#include "base/calendar.h"
#include "base/text.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 4096, VALUE_MAX_BYTES = 1024 };

static const char *const level_words[] = {"error", "warning", "info", "debug"};
static enum log_level log_level_now = LOG_INFO; /* set once at start, then read only */

void log_start(enum log_level level)
{
    log_level_now = level;
}

static bool is_plain(const char *value)
{
    if (!*value)
        return false;
    for (; *value; value++)
        if ((unsigned char)*value <= ' ' || *value == '"' || *value == '\\' ||
            *value == '=' || *value == 0x7f)
            return false;
    return true;
}

static void add_value(struct text *line, const char *value)
{
    size_t i;

    if (is_plain(value)) {
        text_add_bytes(line, value, strnlen(value, VALUE_MAX_BYTES));
        return;
    }
    text_add_char(line, '"');
    for (i = 0; value[i] && i < VALUE_MAX_BYTES; i++) {
        if (value[i] == '"' || value[i] == '\\')
            text_add_char(line, '\\');
        if ((unsigned char)value[i] < ' ' || value[i] == 0x7f)
            text_printf(line, "\\x%02x", (unsigned char)value[i]);
        else
            text_add_char(line, value[i]);
    }
    text_add_char(line, '"');
}

bool log_is_on(enum log_level level)
{
    return level <= log_level_now;
}

void log_line(enum log_level level, const char *event, ...)
{
    struct text line;
    char at[CALENDAR_TEXT_MAX];
    const char *key, *value;
    va_list arguments;
    ssize_t written;

    if (!log_is_on(level))
        return;
    calendar_iso((int64_t)time(NULL), at);
    text_init(&line, LINE_MAX_BYTES);
    text_printf(&line, "at=%s level=%s event=%s", at, level_words[level], event);
    va_start(arguments, event);
    while ((key = va_arg(arguments, const char *))) {
        value = va_arg(arguments, const char *);
        text_printf(&line, " %s=", key);
        add_value(&line, value ? value : "-");
    }
    va_end(arguments);
    line.failed = false; /* a cut line is still worth printing */
    text_add_char(&line, '\n');
    written = write(STDERR_FILENO, line.bytes, line.length);
    (void)written; /* nowhere left to complain */
    text_done(&line);
}
