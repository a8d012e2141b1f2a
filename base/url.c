/* Parts of addresses. */
#include "base/url.h"

#include <string.h>

void url_encode(struct text *out, const char *part)
{
    static const char digits[] = "0123456789ABCDEF";

    for (; *part; part++) {
        unsigned char byte = (unsigned char)*part;
        bool is_plain = (*part >= 'a' && *part <= 'z') ||
                        (*part >= 'A' && *part <= 'Z') ||
                        (*part >= '0' && *part <= '9') || strchr("-._~", *part);
        if (is_plain)
            text_add_char(out, *part);
        else
            text_add_bytes(out, (char[]){'%', digits[byte >> 4], digits[byte & 15]}, 3);
    }
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

char *url_decode(struct arena *arena, const char *raw, size_t length, bool plus_is_blank)
{
    char *out = arena_alloc(arena, length + 1);
    size_t used = 0;

    for (size_t i = 0; out && i < length; i++) {
        char c = raw[i];
        if (c == '\0')
            return NULL;
        if (c == '%') {
            int high = i + 2 < length ? hex(raw[i + 1]) : -1;
            int low = high >= 0 ? hex(raw[i + 2]) : -1;
            if (low < 0 || (high == 0 && low == 0))
                return NULL;
            c = (char)(high << 4 | low);
            i += 2;
        } else if (c == '+' && plus_is_blank) {
            c = ' ';
        }
        out[used++] = c;
    }
    return out;
}

bool url_is_web(const char *text)
{
    const char *host = strncmp(text, "https://", 8) == 0  ? text + 8
                       : strncmp(text, "http://", 7) == 0 ? text + 7
                                                          : "";

    if (!*host || strchr("/?#:@.", *host) || strlen(text) > WEB_ADDRESS_BYTES_MOST)
        return false;
    for (const char *at = host; *at; at++)
        if ((unsigned char)*at <= ' ' || *at == 0x7f || strchr("<>\"\\^`{|}", *at))
            return false;
    return true;
}

bool url_is_key(const char *text)
{
    size_t length = strlen(text);

    return length >= 1 && length <= KEY_BYTES_MOST && text[0] != '-' &&
           text[length - 1] != '-' &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}
