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

void page_canonical(struct page *page, const char *path)
{
    const char *french = path, *english;
    struct tree *languages;

    tree_set_url(page->root, "_canonical_url", page_absolute(page, path));
    languages = tree_set(page->root, "_hreflangs", tree_array());
    if (page->ctx.config->language_count < 2)
        return;
    if (strcmp(page->request->lang, "en") == 0)
        french = path[3] == '/' ? path + 3
                                : arena_printf(page->request->arena, "/%s", path + 3);
    if (!french)
        return;
    english =
        arena_printf(page->request->arena, "/en%s", french[1] == '\0' ? "" : french);
    add_language(page, languages, "fr", french);
    if (english)
        add_language(page, languages, "en", english);
    add_language(page, languages, "x-default", french);
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
