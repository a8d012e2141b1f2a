/* What is refused before any handler sees it, and what the rest becomes. */
#include "web/http/guard.h"

#include "base/unicode.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_token(const char *name)
{
    static const char marks[] = "!#$%&'*+-.^_`|~";

    if (!*name)
        return false;
    for (; *name; name++)
        if (!((*name >= 'a' && *name <= 'z') || (*name >= 'A' && *name <= 'Z') ||
              (*name >= '0' && *name <= '9') || strchr(marks, *name)))
            return false;
    return true;
}

static bool is_plain_value(const char *value)
{
    for (; value && *value; value++)
        if (((unsigned char)*value < ' ' && *value != '\t') || *value == 0x7f)
            return false;
    return true;
}

int method_status(const char *method)
{
    static const char *const others[] = {"PUT",     "DELETE", "PATCH",
                                         "OPTIONS", "TRACE",  "CONNECT"};

    if (!is_token(method))
        return 400;
    if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0 ||
        strcmp(method, "POST") == 0)
        return 0;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strcmp(method, others[i]) == 0)
            return 405;
    return 501;
}

/* A name or an address, with a port or not; no user, no path. */
static bool is_host(const char *value)
{
    if (!*value)
        return false;
    for (; *value; value++)
        if (!((*value >= 'a' && *value <= 'z') || (*value >= 'A' && *value <= 'Z') ||
              (*value >= '0' && *value <= '9') || strchr("-._:[]", *value)))
            return false;
    return true;
}

void framing_add(struct framing *framing, const char *name, const char *value)
{
    value = value ? value : "";
    framing->headers++;
    framing->has_bad_name = framing->has_bad_name || !is_token(name);
    framing->has_bad_value = framing->has_bad_value || !is_plain_value(value);
    if (strcasecmp(name, "Host") == 0) {
        framing->hosts++;
        framing->has_bad_value = framing->has_bad_value || !is_host(value);
    }
    if (strcasecmp(name, "Transfer-Encoding") == 0) {
        framing->encodings++;
        framing->is_chunked = strcasecmp(value, "chunked") == 0;
    }
    if (strcasecmp(name, "Content-Length") == 0) {
        framing->lengths++;
        if (!*value || strspn(value, "0123456789") != strlen(value) || strlen(value) > 12)
            framing->has_bad_value = true;
        else
            framing->length = strtoll(value, NULL, 10);
    }
}

int framing_status(const struct framing *framing)
{
    if (framing->has_bad_name || framing->has_bad_value || framing->lengths > 1 ||
        framing->encodings > 1 || framing->hosts > 1 ||
        (framing->lengths && framing->encodings) ||
        (framing->encodings && (!framing->is_chunked || !framing->is_http_1_1)) ||
        (framing->is_http_1_1 && framing->hosts == 0))
        return 400;
    return framing->headers > HEADERS_MOST ? 431 : 0;
}

bool form_is_foreign(const char *fetch_site, const char *origin, const char *host,
                     const char *base_url)
{
    const char *origin_host = origin ? strstr(origin, "://") : NULL;

    if (fetch_site && strcmp(fetch_site, "same-origin") != 0 &&
        strcmp(fetch_site, "none") != 0)
        return true;
    if (!origin || strcmp(origin, base_url) == 0)
        return false;
    return !host || !origin_host || strcasecmp(origin_host + 3, host) != 0;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Percent-decodes; NULL when wrong, or when %00 stands in it. */
static char *decode(struct arena *arena, const char *raw, size_t length,
                    bool plus_is_blank)
{
    char *out = arena_alloc(arena, length + 1);
    size_t used = 0;

    for (size_t i = 0; out && i < length; i++) {
        char c = raw[i];
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

bool fields_read(struct arena *arena, const char *raw, size_t length,
                 const struct field **out, size_t *count)
{
    struct field *fields = arena_array(arena, FIELDS_MOST, sizeof *fields);
    size_t used = 0, from = 0;

    *out = fields;
    *count = 0;
    while (fields && from < length) {
        const char *start = raw + from;
        const char *end = memchr(start, '&', length - from);
        size_t size = end ? (size_t)(end - start) : length - from;
        const char *equals = memchr(start, '=', size);
        size_t name_size = equals ? (size_t)(equals - start) : size;
        char *name = decode(arena, start, name_size, true);
        char *value = equals ? decode(arena, equals + 1, size - name_size - 1, true)
                             : arena_strdup(arena, "");
        from += size + 1;
        if (size == 0)
            continue;
        if (used >= FIELDS_MOST || !name || !value)
            return false;
        fields[used].name = unicode_clean(arena, name, strlen(name));
        fields[used].value = unicode_clean(arena, value, strlen(value));
        if (!fields[used].name || !fields[used].value)
            return false;
        used++;
    }
    *count = used;
    return fields != NULL;
}

static bool has_dots(const char *path)
{
    for (const char *at = path; (at = strchr(at, '/')); at++)
        if (at[1] == '.' && (at[2] == '/' || at[2] == '\0' ||
                             (at[2] == '.' && (at[3] == '/' || at[3] == '\0'))))
            return true;
    return false;
}

static bool cut_ending(char *path, const char *ending)
{
    size_t length = strlen(path), cut = strlen(ending);

    if (length <= cut || strcmp(path + length - cut, ending) != 0)
        return false;
    path[length - cut] = '\0';
    return true;
}

int target_read(struct arena *arena, const char *raw, struct request *request,
                bool *needs_slash_cut)
{
    size_t length = strlen(raw), path_length = strcspn(raw, "?");
    char *path;

    *needs_slash_cut = false;
    if (length > TARGET_BYTES_MOST)
        return 414;
    for (const char *at = raw; *at; at++)
        if ((unsigned char)*at <= ' ' || (unsigned char)*at >= 0x7f ||
            strchr("\"<>\\^`{|}#", *at))
            return 400;
    path = decode(arena, raw, path_length, false);
    if (!path || *path != '/' || path[1] == '/' || has_dots(path) ||
        !unicode_is_valid(path, strlen(path)) || !is_plain_value(path) ||
        strchr(path, '\t'))
        return 400;
    request->target = arena_strdup(arena, raw);
    request->lang = "fr";
    if (strcmp(path, "/en") == 0 || strncmp(path, "/en/", 4) == 0) {
        request->lang = "en";
        path += 3;
        if (!*path)
            path = arena_strdup(arena, "/");
    }
    if (path && cut_ending(path, ".json")) {
        request->wants_json = true;
        if (strcmp(path, "/index") == 0)
            path[1] = '\0';
    }
    *needs_slash_cut = path && strlen(path) > 1 && path[strlen(path) - 1] == '/' &&
                       raw[path_length - 1] == '/';
    request->path = path;
    if (raw[path_length] == '?' &&
        !fields_read(arena, raw + path_length + 1, length - path_length - 1,
                     &request->query, &request->query_count))
        return 400;
    return path && request->target ? 0 : 400;
}

static const char *find(const struct field *fields, size_t count, const char *name,
                        size_t n)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].name, name) == 0 && n-- == 0)
            return fields[i].value;
    return NULL;
}

const char *request_query(const struct request *request, const char *name)
{
    return find(request->query, request->query_count, name, 0);
}

const char *request_query_nth(const struct request *request, const char *name, size_t n)
{
    return find(request->query, request->query_count, name, n);
}

const char *request_form(const struct request *request, const char *name)
{
    return find(request->form, request->form_count, name, 0);
}

const char *request_form_nth(const struct request *request, const char *name, size_t n)
{
    return find(request->form, request->form_count, name, n);
}
