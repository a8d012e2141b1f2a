/* Fields of a multipart/form-data body. */
#include "web/http/multipart.h"

#include "base/unicode.h"
#include "web/http/guard.h"

#include <string.h>
#include <strings.h>

enum { BOUNDARY_MOST = 70 }; /* RFC 2046 */

static const char TYPE[] = "multipart/form-data";

bool multipart_is_typed(const char *content_type)
{
    return content_type && strncasecmp(content_type, TYPE, strlen(TYPE)) == 0 &&
           strchr("; \t", content_type[strlen(TYPE)]);
}

/* The first place of `needle` in the bytes; NULL when there is none. */
static const char *find(const char *bytes, size_t length, const char *needle)
{
    size_t size = strlen(needle);

    for (size_t i = 0; i + size <= length; i++)
        if (bytes[i] == needle[0] && memcmp(bytes + i, needle, size) == 0)
            return bytes + i;
    return NULL;
}

/* The value of `name`="…" (or bare) in a header's parameters. NULL when it is not there.
 */
static const char *parameter(struct arena *arena, const char *text, size_t length,
                             const char *name)
{
    for (size_t i = 0, size = strlen(name); i + size + 1 < length; i++) {
        const char *from = text + i + size + 1;
        size_t left = length - i - size - 1, used = 0;
        bool is_quoted = *from == '"';
        if ((i && !strchr("; \t", text[i - 1])) ||
            strncasecmp(text + i, name, size) != 0 || text[i + size] != '=')
            continue;
        from += is_quoted;
        left -= is_quoted;
        while (used < left && from[used] != '\r' &&
               (is_quoted ? from[used] != '"' : !strchr("; \t", from[used])))
            used++;
        return arena_strndup(arena, from, used);
    }
    return NULL;
}

/* "name" or "filename" in the headers of a part; NULL when it has none. */
static const char *told(struct arena *arena, const char *head, size_t length,
                        const char *what)
{
    static const char wanted[] = "content-disposition:";

    while (length) {
        const char *end = find(head, length, "\r\n");
        size_t size = end ? (size_t)(end - head) : length;
        if (size > strlen(wanted) && strncasecmp(head, wanted, strlen(wanted)) == 0)
            return parameter(arena, head, size, what);
        if (!end)
            return NULL;
        length -= size + 2;
        head = end + 2;
    }
    return NULL;
}

static bool read_part(struct arena *arena, const char *part, size_t length,
                      struct field *out)
{
    const char *gap = find(part, length, "\r\n\r\n");
    size_t size = gap ? (size_t)(gap - part) : 0, head = size + 4;
    const char *name = gap ? told(arena, part, size, "name") : NULL;
    bool is_file;

    if (!name)
        return false;
    is_file = told(arena, part, size, "filename") != NULL;
    part += head;
    length -= head;
    if (is_file && unicode_is_utf16(part, length)) {
        part = unicode_from_utf16(arena, part, length);
        length = part ? strlen(part) : 0;
    }
    out->is_binary = is_file && (!part || memchr(part, '\0', length));
    if (out->is_binary) {
        part = "";
        length = 0;
    }
    if (memchr(part, '\0', length))
        return false;
    out->name = unicode_clean(arena, name, strlen(name));
    out->value = unicode_clean(arena, part, length);
    if (!out->value && is_file)
        out->value = unicode_from_windows_1252(arena, part, length);
    return out->name && out->value;
}

bool multipart_read(struct arena *arena, const char *content_type, const char *raw,
                    size_t length, const struct field **out, size_t *count)
{
    struct field *fields = arena_array(arena, FIELDS_MOST, sizeof *fields);
    const char *boundary =
        parameter(arena, content_type, strlen(content_type), "boundary");
    const char *mark = boundary ? arena_printf(arena, "\r\n--%s", boundary) : NULL;
    const char *at = raw, *end;
    size_t used = 0, left = length;

    if (!fields || !mark || !*boundary || strlen(boundary) > BOUNDARY_MOST ||
        left < strlen(mark) || memcmp(at, mark + 2, strlen(mark) - 2) != 0)
        return false;
    at += strlen(mark) - 2;
    left -= strlen(mark) - 2;
    while (left < 2 || memcmp(at, "--", 2) != 0) {
        if (used >= FIELDS_MOST || left < 2 || memcmp(at, "\r\n", 2) != 0)
            return false;
        end = find(at + 2, left - 2, mark);
        if (!end || !read_part(arena, at + 2, (size_t)(end - at) - 2, &fields[used]))
            return false;
        used++;
        left -= (size_t)(end - at) + strlen(mark);
        at = end + strlen(mark);
    }
    *out = fields;
    *count = used;
    return true;
}
