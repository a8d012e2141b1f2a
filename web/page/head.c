/* What the head of a page tells other programs. */
#include "web/page/head.h"

#include "web/http/route.h"

#include <string.h>

const char *page_absolute(struct page *page, const char *path)
{
    const char *made =
        arena_printf(page->request->arena, "%s%s", page->ctx.config->base_url, path);

    return made ? made : path;
}

static void add_language(struct page *page, struct tree *array, const char *lang,
                         const char *path)
{
    struct tree *entry = tree_add(array, tree_object());

    tree_set_text(entry, "lang", lang);
    tree_set_url(entry, "url", page_absolute(page, path));
}

/* A path of the language of this request, in the other one. */
static const char *in_other(struct page *page, const char *path)
{
    if (strcmp(page->request->lang, "en") != 0)
        return arena_printf(page->request->arena, "/en%s", path[1] == '\0' ? "" : path);
    return path[3] == '/' ? path + 3
                          : arena_printf(page->request->arena, "/%s", path + 3);
}

static void set_languages(struct page *page, const char *path, const char *other)
{
    bool is_english = strcmp(page->request->lang, "en") == 0;
    const char *french = is_english ? other : path, *english = is_english ? path : other;
    struct tree *languages = tree_set(page->root, "_hreflangs", tree_array());

    tree_set_url(page->root, "_canonical_url", page_absolute(page, path));
    if (page->ctx.config->language_count < 2 || !other)
        return;
    add_language(page, languages, "fr", french);
    add_language(page, languages, "en", english);
    add_language(page, languages, "x-default", french);
}

void page_canonical(struct page *page, const char *path)
{
    set_languages(page, path, in_other(page, path));
}

void page_canonical_named(struct page *page, const char *path, const char *named)
{
    const char *other = in_other(page, named);

    set_languages(page, path, other);
    if (page->ctx.config->language_count > 1)
        tree_set_url(page->root, "_alternate_url", other);
}

void page_no_canonical(struct page *page)
{
    tree_set_text(page->root, "_canonical_url", NULL);
    tree_set(page->root, "_hreflangs", tree_array());
}

void page_feeds(struct page *page, const char *calendar, const char *atom)
{
    struct tree *feeds = tree_set(page->root, "_feeds", tree_object());
    const char *host = strstr(page->ctx.config->base_url, "://");

    tree_set_url(feeds, "calendar_url", calendar);
    tree_set_url(feeds, "atom_url", atom);
    if (!calendar || !host)
        return;
    tree_set_text(feeds, "address", page_absolute(page, calendar));
    tree_set_url(feeds, "webcal_url",
                 arena_printf(page->request->arena, "webcal%s%s", host, calendar));
}
