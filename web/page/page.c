/* What every page does: enters the hall, builds its tree, prints it as HTML or JSON. */
#include "web/page/page.h"

#include "base/log.h"
#include "base/unicode.h"
#include "web/http/route.h"
#include "web/page/routes.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLUG_MOST = 60, PAGE_NUMBER_MOST = 1000 };

const char *page_url(struct page *page, const char *route, const char *part)
{
    const char *const parts[] = {part, NULL};

    return route_url(page->request->arena, routes, route_count, route, page->request->lang,
                     parts);
}

const char *page_slug(struct page *page, int64_t id, const char *name)
{
    const char *slug = unicode_slug(page->request->arena, name ? name : "", SLUG_MOST);

    return arena_printf(page->request->arena, "%" PRId64 "%s%s", id, slug && *slug ? "-" : "",
                        slug ? slug : "");
}

int64_t page_id(const struct page *page)
{
    const char *part = page->request->part_count ? page->request->parts[0] : "";
    size_t digits = strspn(part, "0123456789");

    if (digits == 0 || digits > 18 || (part[digits] && part[digits] != '-'))
        return 0;
    return strtoll(part, NULL, 10);
}

size_t page_number(const struct page *page)
{
    const char *number = request_query(page->request, "page");
    long read = number ? strtol(number, NULL, 10) : 1;

    return read < 1 || read > PAGE_NUMBER_MOST ? 1 : (size_t)read;
}

static void set_nav(struct page *page)
{
    static const char *const places[] = {"home", "results", "sessions", "needs", "poles",
                                         "structures", "skills", "help", "need_new"};
    const struct request *request = page->request;
    bool is_english = strcmp(request->lang, "en") == 0;
    struct tree *nav = tree_set(page->root, "_nav", tree_object());
    const char *target = request->target, *other;

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        const char *key = arena_printf(request->arena, "%s_url", places[i]);
        if (key)
            tree_set_url(nav, key, page_url(page, places[i], NULL));
    }
    other = is_english ? (target[3] == '/' ? target + 3 : "/")
                       : arena_printf(request->arena, "/en%s",
                                      strcmp(target, "/") == 0 ? "" : target);
    tree_set_url(page->root, "_alternate_url", other);
    tree_set_text(page->root, "_lang", request->lang);
    tree_set_bool(page->root, "_is_english", is_english);
    tree_set_text(page->root, "_site", page->ctx.config->site_name);
    tree_set_int(page->root, "_now", request->now);
}

bool page_open(struct page *page, void *hall, const struct request *request,
               struct response *response)
{
    *page = (struct page){.hall = hall, .request = request, .response = response};
    page->ctx = (struct ctx){.arena = request->arena,
                             .config = hall_config(hall),
                             .now = request->now,
                             .lang = request->lang};
    page->root = tree_object();
    set_nav(page);
    page->code = hall_enter(page->hall, &page->ctx, &page->reader, &page->err);
    if (page->code == ERR_NONE)
        page->code = names_load(page->ctx.db, request->arena, &page->names, &page->err);
    tree_set_bool(page->root, "_is_degraded", page->code == ERR_NONE && !page->ctx.search);
    return page->code == ERR_NONE;
}

static int status_of(err_code code)
{
    switch (code) {
    case ERR_NOT_FOUND:
        return 404;
    case ERR_FORBIDDEN:
        return 403;
    case ERR_INVALID:
        return 400;
    case ERR_BUSY:
    case ERR_STORE:
    case ERR_MEMORY:
        return 503;
    default:
        return 500;
    }
}

static void print(struct page *page, const char *template)
{
    struct response *response = page->response;
    struct err err = {0};
    err_code code;

    if (page->request->wants_json) {
        response->content_type = "application/json";
        code = tree_to_json(page->root, &response->body, &err);
    } else {
        code = templates_render(hall_templates(page->hall), template, page->root,
                                hall_catalogue(page->hall, page->request->lang),
                                &response->body, &err);
    }
    if (code != ERR_NONE) {
        log_line(LOG_ERROR, "page", "id", page->request->id, "error", err.text, NULL);
        text_clear(&response->body);
        response->status = 500;
    }
}

void page_close(struct page *page, const char *template)
{
    if (page->reader)
        hall_leave(page->hall, page->reader);
    if (page->code == ERR_NONE) {
        print(page, template);
    } else {
        if (page->code != ERR_NOT_FOUND && page->code != ERR_INVALID)
            log_line(LOG_ERROR, "page", "id", page->request->id, "error", page->err.text,
                     NULL);
        page->response->status = status_of(page->code);
        page_error(page->hall, page->request, page->response);
    }
    tree_free(page->root);
}

void page_error(void *hall, const struct request *request, struct response *response)
{
    struct page page = {.hall = hall, .request = request, .response = response};
    int status = response->status;
    char key[16];

    page.ctx.config = hall_config(hall);
    page.root = tree_object();
    set_nav(&page);
    tree_set_int(page.root, "status", status);
    snprintf(key, sizeof key, "_is_%d", status);
    tree_set_bool(page.root, key, true);
    tree_set_bool(page.root, "_is_other",
                  status != 404 && status != 503 && status != 403 && status != 400);
    print(&page, "error");
    if (request->wants_json)
        response->content_type = "application/problem+json";
    response->status = status;
    tree_free(page.root);
}

void page_health(void *hall, const struct request *request, struct response *response)
{
    (void)hall;
    (void)request;
    response->content_type = "text/plain; charset=utf-8";
    text_add(&response->body, "ok\n");
}

void page_pages(struct page *page, const char *path, int64_t total, size_t number, size_t size)
{
    struct tree *pages = tree_set(page->root, "_pages", tree_object());
    struct arena *arena = page->request->arena;
    const char *join = strchr(path, '?') ? "&" : "?";

    tree_set_int(page->root, "total", total);
    tree_set_int(page->root, "page", (int64_t)number);
    if (number > 1)
        tree_set_url(pages, "previous_url",
                     arena_printf(arena, "%s%spage=%zu", path, join, number - 1));
    if ((int64_t)(number * size) < total)
        tree_set_url(pages, "next_url",
                     arena_printf(arena, "%s%spage=%zu", path, join, number + 1));
    tree_set_bool(page->root, "_has_pages", number > 1 || (int64_t)(number * size) < total);
    tree_set_bool(page->root, "_is_later", number > 1);
}
