/* The form and the chips of a list that its address narrows. */
#include "web/page/lists_tree.h"

#include "base/url.h"
#include "web/http/route.h"

#include <string.h>

static const char *const names[LIST_KINDS] = {"pole", "commune", "mois"};
static const char *const titles[LIST_KINDS] = {N_("Pole"), N_("Commune"), N_("Month")};
static const char *const any[LIST_KINDS] = {N_("all poles"), N_("all communes"),
                                            N_("all months")};

const char *list_name(enum list_kind kind)
{
    return names[kind];
}

const char *list_url(struct page *page, const char *path,
                     const struct list_choice *choice, enum list_kind left_out)
{
    struct text out;
    const char *url;
    char mark = '?';

    text_init(&out, URL_BYTES_MOST);
    text_add(&out, path);
    for (int i = 0; i < LIST_KINDS; i++) {
        if (!choice->key[i] || i == (int)left_out)
            continue;
        text_printf(&out, "%c%s=", mark, names[i]);
        url_encode(&out, choice->key[i]);
        mark = '&';
    }
    url = arena_strdup(page->request->arena, out.bytes);
    text_done(&out);
    return url ? url : path;
}

void list_show(struct page *page, const char *path, const struct list_choice *choice)
{
    struct tree *filters = tree_set(page->root, "filters", tree_array());

    tree_set(page->root, "facets", tree_array());
    for (int i = 0; i < LIST_KINDS; i++) {
        struct tree *entry;
        if (!choice->key[i])
            continue;
        entry = tree_add(filters, tree_object());
        tree_set_text(entry, "name", names[i]);
        tree_set_text(entry, "key", choice->key[i]);
        tree_set_text(entry, "label", choice->label[i]);
        tree_set_url(entry, "without_url",
                     list_url(page, path, choice, (enum list_kind)i));
    }
    tree_set_bool(page->root, "_has_filters", tree_size(filters) > 0);
    tree_set_bool(page->root, "_has_facets", false);
    tree_set_url(page->root, "_list_url", path);
    if (tree_size(filters) > 0)
        tree_set_url(page->root, "clear_url", path);
}

static void add_value(struct tree *values, const char *key, const char *label,
                      int64_t count, bool is_chosen)
{
    struct tree *value = tree_add(values, tree_object());

    tree_set_text(value, "key", key);
    tree_set_text(value, "label", label);
    tree_set_int(value, "count", count);
    tree_set_bool(value, "is_chosen", is_chosen);
}

void list_facet(struct page *page, const struct list_choice *choice, enum list_kind kind,
                const struct list_value *values, size_t count)
{
    struct tree *facets = (struct tree *)(uintptr_t)tree_get(page->root, "facets");
    const struct catalogue *catalogue = page_catalogue(page);
    const char *chosen = choice->key[kind];
    struct tree *entry, *list;
    bool is_there = false;

    if (count < 2 && !chosen)
        return;
    entry = tree_add(facets, tree_object());
    tree_set_text(entry, "name", names[kind]);
    tree_set_text(entry, "title", tr(catalogue, titles[kind]));
    tree_set_text(entry, "_any", tr(catalogue, any[kind]));
    list = tree_set(entry, "values", tree_array());
    for (size_t i = 0; i < count; i++) {
        bool is_it = chosen && strcmp(values[i].key, chosen) == 0;
        add_value(list, values[i].key, values[i].label, values[i].count, is_it);
        is_there = is_there || is_it;
    }
    if (chosen && !is_there)
        add_value(list, chosen, choice->label[kind], 0, true);
    tree_set_bool(page->root, "_has_facets", true);
}
