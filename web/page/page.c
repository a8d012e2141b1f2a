/* What every page does: enters the hall, builds its tree, prints it as HTML or JSON. */
#include "web/page/page.h"

#include "base/log.h"
#include "base/unicode.h"
#include "store/change.h"
#include "web/http/route.h"
#include "web/page/head.h"
#include "web/page/routes.h"
#include "web/page/visitor.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLUG_MOST = 60, PAGE_NUMBER_MOST = 1000 };

const struct catalogue *page_catalogue(const struct page *page)
{
    return hall_catalogue(page->hall, page->request->lang);
}

const char *page_url(struct page *page, const char *route, const char *part)
{
    const char *const parts[] = {part, NULL};

    return route_url(page->request->arena, routes, route_count, route,
                     page->request->lang, parts);
}

const char *page_query_url(struct page *page, const char *route, const char *name,
                           const char *value)
{
    return page_query_at(page, page_url(page, route, NULL), name, value);
}

const char *page_query_at(struct page *page, const char *address, const char *name,
                          const char *value)
{
    const char *made = NULL;
    struct text encoded;

    text_init(&encoded, URL_BYTES_MOST);
    url_encode(&encoded, value);
    if (!text_failed(&encoded))
        made =
            arena_printf(page->request->arena, "%s?%s=%s", address, name, encoded.bytes);
    text_done(&encoded);
    return made ? made : address;
}

const char *page_slug(struct page *page, int64_t id, const char *name)
{
    const char *slug = unicode_slug(page->request->arena, name ? name : "", SLUG_MOST);

    return arena_printf(page->request->arena, "%" PRId64 "%s%s", id,
                        slug && *slug ? "-" : "", slug ? slug : "");
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

/* What stands on every page. */
static void set_site(struct page *page)
{
    const struct config *config = page->ctx.config;
    const struct request *request = page->request;
    struct arena *arena = request->arena;
    const char *contact = config->site_contact;

    tree_set_text(page->root, "_lang", request->lang);
    tree_set_bool(page->root, "_is_english", strcmp(request->lang, "en") == 0);
    /* what people write is in the first language of the site, whatever the page speaks */
    if (strcmp(request->lang, config->languages[0]) != 0)
        tree_set_text(page->root, "_content_lang", config->languages[0]);
    tree_set_text(page->root, "_site", config->site_name);
    if (*contact)
        tree_set_url(page->root, "_contact_url",
                     strchr(contact, '@') && strncmp(contact, "http", 4) != 0
                         ? arena_printf(arena, "mailto:%s", contact)
                         : contact);
    if (*config->source_url)
        tree_set_url(page->root, "_source_url", config->source_url);
}

/* The main menu; the place the page belongs to is marked. */
static void set_menu(struct page *page)
{
    static const struct {
        const char *route, *path, *title;
    } places[] = {{"results", "/recherche", N_("Find someone")},
                  {"sessions", "/seances", N_("Sessions")},
                  {"needs", "/besoins", N_("Needs")},
                  {"poles", "/poles", N_("Poles")},
                  {"structures", "/structures", N_("Structures")},
                  {"help", "/aide", N_("Help")}};
    struct tree *menu = tree_set(page->root, "_places", tree_array());

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        struct tree *place = tree_add(menu, tree_object());
        tree_set_text(place, "title", tr(page_catalogue(page), places[i].title));
        tree_set_url(place, "url", page_url(page, places[i].route, NULL));
        tree_set_bool(
            place, "is_here",
            strncmp(page->request->path, places[i].path, strlen(places[i].path)) == 0);
    }
    tree_set_bool(page->root, "_is_my_space",
                  strcmp(page->request->path, "/moi") == 0 ||
                      strncmp(page->request->path, "/moi/", strlen("/moi/")) == 0);
}

static void set_nav(struct page *page)
{
    static const char *const places[] = {"home",        "results",    "sessions", "needs",
                                         "poles",       "structures", "skills",   "help",
                                         "need_new",    "people",     "complete", "me",
                                         "session_new", "opensearch", "report"};
    static const char *const help[][2] = {{"legal_url", "mentions-legales"},
                                          {"accessibility_url", "accessibilite"},
                                          {"privacy_url", "vie-privee"}};
    const struct request *request = page->request;
    bool is_english = strcmp(request->lang, "en") == 0;
    struct tree *nav = tree_set(page->root, "_nav", tree_object());
    const char *target = request->target, *other;

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        const char *key = arena_printf(request->arena, "%s_url", places[i]);
        if (key)
            tree_set_url(nav, key, page_url(page, places[i], NULL));
    }
    for (size_t i = 0; i < sizeof help / sizeof help[0]; i++)
        tree_set_url(nav, help[i][0], page_url(page, "help_page", help[i][1]));
    other = is_english ? (target[3] == '/' ? target + 3 : "/")
                       : arena_printf(request->arena, "/en%s",
                                      strcmp(target, "/") == 0 ? "" : target);
    if (page->ctx.config->language_count > 1)
        tree_set_url(page->root, "_alternate_url", other);
}

/* The address asked for, without what only narrows down or follows. */
static const char *own_path(struct page *page)
{
    const struct request *request = page->request;
    const char *number = request_query(request, "page"), *asked = NULL;
    size_t length = strcspn(request->target, "?");
    struct text path;

    text_init(&path, URL_BYTES_MOST);
    text_add_bytes(&path, request->target, length);
    if (strcmp(request->path, "/recherche") == 0)
        asked = request_query(request, "q");
    if (asked) {
        text_add(&path, "?q=");
        url_encode(&path, asked);
    }
    if (number && page_number(page) > 1)
        text_printf(&path, "%cpage=%zu", asked ? '&' : '?', page_number(page));
    asked =
        text_failed(&path) ? request->target : arena_strdup(request->arena, path.bytes);
    text_done(&path);
    return asked ? asked : "/";
}

void page_begin(struct page *page, void *hall, const struct request *request,
                struct response *response)
{
    *page = (struct page){.hall = hall, .request = request, .response = response};
    page->ctx = (struct ctx){.arena = request->arena,
                             .config = hall_config(hall),
                             .now = request->now,
                             .lang = request->lang};
    page->outer_arena = tree_use(request->arena);
    page->root = tree_object();
    set_site(page);
    set_nav(page);
    set_menu(page);
    if (request->method != METHOD_POST)
        page_canonical(page, own_path(page));
}

bool page_open(struct page *page, void *hall, const struct request *request,
               struct response *response)
{
    page_begin(page, hall, request, response);
    page->code = hall_enter(page->hall, &page->ctx, &page->reader, &page->err);
    if (page->code != ERR_NONE)
        return false;
    page->names = reader_names(page->reader);
    tree_set_bool(page->root, "_is_degraded", !page->ctx.search);
    return visitor_read(page) && visitor_let_in(page);
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
    case ERR_CONFLICT:
        return 409;
    case ERR_LIMIT:
        return 429;
    case ERR_BUSY:
    case ERR_STORE:
    case ERR_MEMORY:
        return 503;
    default:
        return 500;
    }
}

void page_print(struct page *page, const char *template)
{
    struct response *response = page->response;
    struct err err = {0};
    err_code code;

    if (page->request->wants_json) {
        response->content_type = "application/json";
        code = tree_to_json(page->root, &response->body, &err);
    } else {
        code = templates_render(hall_templates(page->hall), template, page->root,
                                page_catalogue(page), &response->body, &err);
    }
    if (code != ERR_NONE) {
        log_line(LOG_ERROR, "page", "id", page->request->id, "error", err.text, NULL);
        text_clear(&response->body);
        response->status = 500;
        response->content_type = "text/plain; charset=utf-8";
        text_add(&response->body,
                 tr(page_catalogue(page), N_("Something went wrong on our side")));
        text_add(&response->body, "\n");
    }
}

void page_end(struct page *page)
{
    tree_free(page->root);
    (void)tree_use(page->outer_arena);
}

void page_close(struct page *page, const char *template)
{
    if (page->reader)
        hall_leave(page->hall, page->reader);
    if (page->code == ERR_NONE) {
        if (template && (page->response->status != 303 || page->request->wants_json))
            page_print(page, template);
    } else {
        if (page->code != ERR_NOT_FOUND && page->code != ERR_INVALID &&
            page->code != ERR_FORBIDDEN)
            log_line(LOG_ERROR, "page", "id", page->request->id, "error", page->err.text,
                     NULL);
        page->response->status = status_of(page->code);
        page_error(page->hall, page->request, page->response);
    }
    page_end(page);
}

void page_health(void *hall, const struct request *request, struct response *response)
{
    (void)hall;
    (void)request;
    response->content_type = "text/plain; charset=utf-8";
    text_add(&response->body, "ok\n");
}

void page_ready(void *hall, const struct request *request, struct response *response)
{
    struct ctx ctx = {.arena = request->arena};
    struct reader *reader = NULL;
    struct err err = {0};
    int64_t number = 0;
    err_code code = hall_enter(hall, &ctx, &reader, &err);

    if (code == ERR_NONE)
        code = change_last(ctx.db, &number, &err);
    response->content_type = "text/plain; charset=utf-8";
    response->status = code == ERR_NONE ? 200 : 503;
    text_printf(&response->body, "records %s\nindex %s\n",
                code == ERR_NONE   ? "ok"
                : code == ERR_BUSY ? "busy"
                                   : "not readable",
                ctx.search ? "ok" : "not there");
    if (reader)
        hall_leave(hall, reader);
}

/* The same list further on; NULL when there is nothing there. */
static const char *numbered(struct page *page, const char *path, size_t number,
                            bool is_there)
{
    return is_there ? arena_printf(page->request->arena, "%s%cpage=%zu", path,
                                   strchr(path, '?') ? '&' : '?', number)
                    : NULL;
}

void page_pages(struct page *page, const char *path, int64_t total, size_t number,
                size_t size)
{
    bool has_next = number < PAGE_NUMBER_MOST && (int64_t)(number * size) < total;

    tree_set_int(page->root, "total", total);
    tree_set_int(page->root, "page", (int64_t)number);
    tree_set_int(page->root, "page_count",
                 total > 0 ? (total + (int64_t)size - 1) / (int64_t)size : 1);
    tree_set_url(page->root, "first_url", path);
    tree_set_url(page->root, "previous_url",
                 numbered(page, path, number - 1, number > 1));
    tree_set_url(page->root, "next_url", numbered(page, path, number + 1, has_next));
    tree_set_bool(page->root, "_has_pages", number > 1 || has_next);
    tree_set_bool(page->root, "_is_later", number > 1);
    tree_set_bool(page->root, "_is_beyond",
                  number > 1 && (int64_t)((number - 1) * size) >= total);
}
