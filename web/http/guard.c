/* The target and the fields of a request: read, or refused. */
#include "web/http/guard.h"

#include "base/unicode.h"
#include "base/url.h"
#include "web/http/multipart.h"

#include <string.h>
#include <strings.h>

static bool has_control(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            return true;
    return false;
}

bool fields_read(struct arena *arena, const char *raw, size_t length, size_t most,
                 const struct field **out, size_t *count)
{
    struct field *fields = arena_array(arena, most, sizeof *fields);
    size_t used = 0, from = 0;

    *out = fields;
    *count = 0;
    while (fields && from < length) {
        const char *start = raw + from;
        const char *end = memchr(start, '&', length - from);
        size_t size = end ? (size_t)(end - start) : length - from;
        const char *equals = memchr(start, '=', size);
        size_t name_size = equals ? (size_t)(equals - start) : size;
        char *name = url_decode(arena, start, name_size, true);
        char *value = equals ? url_decode(arena, equals + 1, size - name_size - 1, true)
                             : arena_strdup(arena, "");
        from += size + 1;
        if (size == 0)
            continue;
        if (used >= most || !name || !value)
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

bool fields_are_typed(const char *content_type)
{
    static const char form[] = "application/x-www-form-urlencoded";

    return content_type && strncasecmp(content_type, form, strlen(form)) == 0 &&
           strchr("; \t", content_type[strlen(form)]);
}

int form_read(struct arena *arena, const char *content_type, const char *raw,
              size_t length, const struct field **out, size_t *count)
{
    if (length && multipart_is_typed(content_type))
        return multipart_read(arena, content_type, raw, length, out, count) ? 0 : 400;
    if (length && !fields_are_typed(content_type))
        return 415;
    return fields_read(arena, raw, length, FORM_FIELDS_MOST, out, count) ? 0 : 400;
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
    /* so that a refusal is JSON too */
    request->wants_json =
        path_length >= 5 && strncmp(raw + path_length - 5, ".json", 5) == 0;
    if (length > TARGET_BYTES_MOST)
        return 414;
    for (const char *at = raw; *at; at++)
        if ((unsigned char)*at <= ' ' || (unsigned char)*at >= 0x7f ||
            strchr("\"<>\\^`{|}#", *at))
            return 400;
    path = url_decode(arena, raw, path_length, false);
    if (!path || *path != '/' || path[1] == '/' || has_dots(path) ||
        !unicode_is_valid(path, strlen(path)) || has_control(path))
        return 400;
    request->target = arena_strdup(arena, raw);
    request->lang = "fr";
    if (strcmp(path, "/en") == 0 || strncmp(path, "/en/", 4) == 0) {
        request->lang = "en";
        path += 3;
        if (!*path)
            path = arena_strdup(arena, "/");
        if (!path || path[1] == '/')
            return 400; /* the same page in French would be another site */
    }
    if (path && cut_ending(path, ".json")) {
        request->wants_json = true;
        if (strcmp(path, "/index") == 0)
            path[1] = '\0';
    }
    if (path && has_dots(path))
        return 400; /* "/..json" */
    *needs_slash_cut = path && strlen(path) > 1 && path[strlen(path) - 1] == '/' &&
                       raw[path_length - 1] == '/';
    request->path = path;
    if (raw[path_length] == '?' &&
        !fields_read(arena, raw + path_length + 1, length - path_length - 1, FIELDS_MOST,
                     &request->query, &request->query_count))
        return 400;
    return path && request->target ? 0 : 400;
}

bool target_is_crowded(const char *raw)
{
    size_t signs = 0;

    for (; *raw; raw++)
        signs += *raw == '&';
    return signs >= FIELDS_MOST;
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

bool request_form_is_binary(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->form_count; i++)
        if (strcmp(request->form[i].name, name) == 0 && request->form[i].is_binary)
            return true;
    return false;
}

const char *request_form_nth(const struct request *request, const char *name, size_t n)
{
    return find(request->form, request->form_count, name, n);
}
