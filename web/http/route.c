/* The table of routes: which one a path is, and the address of one. */
#include "web/http/route.h"

#include <string.h>

/* Where the parts of a path stand. */
struct parts {
    const char *at[PARTS_MOST];
    size_t length[PARTS_MOST], count;
};

/* Matches a path against a pattern; fills parts. */
static bool is_match(const char *pattern, const char *path, struct parts *out)
{
    out->count = 0;
    while (*pattern) {
        if (*pattern == '{') {
            size_t length = strcspn(path, "/");
            if (length == 0 || out->count >= PARTS_MOST)
                return false;
            out->at[out->count] = path;
            out->length[out->count++] = length;
            path += length;
            pattern += strcspn(pattern, "}") + 1;
        } else if (*pattern++ != *path++) {
            return false;
        }
    }
    return *path == '\0';
}

/* False without room. */
static bool keep_parts(struct request *request, const struct parts *parts)
{
    const char **kept = arena_array(request->arena, PARTS_MOST, sizeof *kept);

    if (!kept)
        return false;
    for (size_t i = 0; i < parts->count; i++) {
        kept[i] = arena_strndup(request->arena, parts->at[i], parts->length[i]);
        if (!kept[i])
            return false;
    }
    request->parts = kept;
    request->part_count = parts->count;
    return true;
}

const struct route *route_find(const struct route *routes, size_t count,
                               struct request *request)
{
    struct parts parts;

    for (size_t i = 0; i < count; i++)
        if ((routes[i].method == METHOD_POST) == (request->method == METHOD_POST) &&
            is_match(routes[i].path, request->path, &parts))
            return keep_parts(request, &parts) ? request->route = &routes[i] : NULL;
    return NULL;
}

const char *route_allowed(const struct route *routes, size_t count, const char *path)
{
    bool is_got = false, is_posted = false;
    struct parts parts;

    for (size_t i = 0; i < count; i++)
        if (is_match(routes[i].path, path, &parts)) {
            is_got = is_got || routes[i].method != METHOD_POST;
            is_posted = is_posted || routes[i].method == METHOD_POST;
        }
    if (!is_posted)
        return is_got ? "GET, HEAD" : NULL;
    return is_got ? "GET, HEAD, POST" : "POST";
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
