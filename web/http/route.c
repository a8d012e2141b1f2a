/* The table of routes: which one a path is, and the address of one. */
#include "web/http/route.h"

#include <stdio.h>
#include <string.h>

/* Matches a path against a pattern; fills parts. */
static bool is_match(struct arena *arena, const char *pattern, const char *path,
                     const char **parts, size_t *count)
{
    *count = 0;
    while (*pattern) {
        if (*pattern == '{') {
            size_t length = strcspn(path, "/");
            if (length == 0 || *count >= PARTS_MOST)
                return false;
            parts[(*count)++] = arena_strndup(arena, path, length);
            path += length;
            pattern += strcspn(pattern, "}") + 1;
        } else if (*pattern++ != *path++) {
            return false;
        }
    }
    return *path == '\0';
}

const struct route *route_find(const struct route *routes, size_t count,
                               struct request *request, bool *has_path, char allowed[32])
{
    const struct route *found = NULL;

    *has_path = false;
    allowed[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        const char **parts = arena_array(request->arena, PARTS_MOST, sizeof *parts);
        size_t part_count;
        bool is_post = routes[i].method == METHOD_POST;
        if (!parts ||
            !is_match(request->arena, routes[i].path, request->path, parts, &part_count))
            continue;
        *has_path = true;

        if (!strstr(allowed, is_post ? "POST" : "GET"))
            snprintf(allowed + strlen(allowed), 32 - strlen(allowed), "%s%s",
                     *allowed ? ", " : "", is_post ? "POST" : "GET, HEAD");
        if (!found && is_post == (request->method == METHOD_POST)) {
            found = request->route = &routes[i];
            request->parts = parts;
            request->part_count = part_count;
        }
    }
    return found;
}

const char *route_url(struct arena *arena, const struct route *routes, size_t count,
                      const char *name, const char *lang, const char *const *parts)
{
    struct text out;
    const char *url = NULL;

    text_init(&out, URL_BYTES_MOST);
    for (size_t i = 0; i < count && !url; i++) {
        const char *at = routes[i].path;
        if (strcmp(routes[i].name, name) != 0)
            continue;
        if (strcmp(lang, "en") == 0)
            text_add(&out, "/en");
        for (; *at; at++) {
            if (*at == '{') {
                url_encode(&out, *parts++);
                at += strcspn(at, "}");
            } else if (strcmp(lang, "en") != 0 || strcmp(routes[i].path, "/") != 0) {
                text_add_char(&out, *at);
            }
        }
        url = text_failed(&out) ? NULL : arena_strdup(arena, out.bytes);
    }
    text_done(&out);
    return url;
}

void response_header(struct response *response, const char *name, const char *value)
{
    if (response->extra_count < RESPONSE_HEADERS_MAX) {
        response->extra_names[response->extra_count] = name;
        response->extra_values[response->extra_count++] = value;
    }
}
