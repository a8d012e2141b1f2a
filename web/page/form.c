/* What every form does. */
#include "web/page/form.h"

#include <stdlib.h>
#include <string.h>

void form_mistake(struct page *page, const char *field, const char *message_id)
{
    struct arena *arena = page->request->arena;
    struct tree *list = (struct tree *)(uintptr_t)tree_get(page->root, "mistakes");
    const char *text = tr(page_catalogue(page), message_id);
    const char *key = arena_printf(arena, "_wrong_%s", field);
    struct tree *mistake;

    if (!list)
        list = tree_set(page->root, "mistakes", tree_array());
    mistake = tree_add(list, tree_object());
    tree_set_text(mistake, "field", field);
    tree_set_text(mistake, "text", text);
    tree_set_url(mistake, "_url", arena_printf(arena, "#%s", field));
    if (key)
        tree_set_text(page->root, key, text);
    tree_set_bool(page->root, "_has_mistakes", true);
}

static int status_of(err_code code)
{
    switch (code) {
    case ERR_CONFLICT:
        return 409;
    case ERR_LIMIT:
        return 429;
    case ERR_NOT_FOUND:
        return 410;
    default:
        return 422;
    }
}

bool form_failed(struct page *page)
{
    if (page->code == ERR_NONE || !page->err.message_id)
        return false;
    form_mistake(page, page->err.field, page->err.message_id);
    page->response->status = status_of(page->code);
    page->code = ERR_NONE;
    page->err = (struct err){0};
    return true;
}

void form_done(struct page *page, const char *url)
{
    const char *base = page->ctx.config->base_url;
    size_t length = strlen(base);

    page->response->status = 303;
    page->response->location =
        strncmp(url, base, length) == 0 && url[length] == '/' ? url + length : url;
}

int64_t form_int(const struct request *request, const char *name, int64_t least,
                 int64_t most, int64_t fallback)
{
    const char *text = request_form(request, name);
    char *end;
    long long value;

    if (!text || !*text)
        return fallback;
    value = strtoll(text, &end, 10);
    return *end || value < least || value > most ? fallback : value;
}

bool form_is_odd(struct page *page, const char *name, int64_t least, int64_t most,
                 const char *field, const char *message_id)
{
    const char *text = request_form(page->request, name);

    if (!text || !*text ||
        form_int(page->request, name, least, most, least) ==
            form_int(page->request, name, least, most, most))
        return false;
    form_mistake(page, field, message_id);
    page->response->status = 422;
    return true;
}

bool form_is_other(struct page *page, const char *name, const char *words,
                   const char *field, const char *message_id)
{
    const char *text = request_form(page->request, name);
    size_t length = text ? strlen(text) : 0;

    for (const char *at = words; length && *at; at += strcspn(at, " ") + 1)
        if (strcspn(at, " ") == length && memcmp(at, text, length) == 0)
            return false;
    if (!length)
        return false;
    form_mistake(page, field, message_id);
    page->response->status = 422;
    return true;
}
