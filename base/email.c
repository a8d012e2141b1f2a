/* E-mail addresses as people type them. */
#include "base/email.h"

#include <ctype.h>
#include <string.h>

bool email_is_plausible(const char *email)
{
    const char *at = strchr(email, '@');
    const char *dot = strrchr(email, '.');
    size_t length = strlen(email);

    if (!at || at == email || strchr(at + 1, '@') || length > EMAIL_BYTES_MOST)
        return false;
    if (!dot || dot < at + 2 || !dot[1] || strstr(email, "..") || at[1] == '.')
        return false;
    for (; *email; email++)
        if ((unsigned char)*email <= ' ' || strchr("<>()[],;:\\\"\x7f", *email))
            return false;
    return true;
}

const char *email_plain(struct arena *arena, const char *typed)
{
    char *copy;
    size_t length;

    while (isspace((unsigned char)*typed))
        typed++;
    length = strlen(typed);
    while (length && isspace((unsigned char)typed[length - 1]))
        length--;
    copy = arena_strndup(arena, typed, length);
    for (char *at = copy; at && *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    return copy;
}
