/* Suggestions as one types: skills, people, poles. */
#include "base/unicode.h"
#include "web/page/page.h"
#include "web/page/routes.h"

#include <string.h>

enum { SHOWN_MOST = 8, SKILLS_MOST = 5, LOOKED_AT = 30 };

/* What the index suggests for what is typed, folded. */
struct suggested {
    const char *folded;
    struct completion *items;
    size_t count;
};

static struct tree *add_completion(struct tree *entries, const char *kind,
                                   const char *label, const char *url)
{
    struct tree *entry = tree_add(entries, tree_object());

    tree_set_text(entry, "kind", kind);
    tree_set_text(entry, "label", label);
    tree_set_url(entry, "url", url);
    return entry;
}

static void add_found(struct page *page, struct tree *entries,
                      const struct completion *one)
{
    bool is_skill = strcmp(one->kind, "skill") == 0;
    struct tree *entry =
        add_completion(entries, one->kind, one->label,
                       page_url(page, one->kind, page_slug(page, one->id, one->label)));

    tree_set_text(entry, "kind_name",
                  tr(page_catalogue(page), is_skill ? N_("skill") : N_("person")));
}

/* Whether some word of `name` starts like `folded`. */
static bool has_start(struct page *page, const char *name, const char *folded)
{
    const char *at = unicode_fold(page->request->arena, name);

    while (at && *at) {
        if (strncmp(at, folded, strlen(folded)) == 0)
            return true;
        at += strcspn(at, " '-");
        at += strspn(at, " '-");
    }
    return false;
}

static void add_poles(struct page *page, struct tree *entries, const char *folded)
{
    for (size_t i = 0; strlen(folded) > 1 && i < page->names->pole_count; i++) {
        const struct pole *pole = &page->names->poles[i];
        if (has_start(page, pole->name, folded))
            tree_set_text(add_completion(entries, "pole", pole->name,
                                         page_url(page, "pole", pole->key)),
                          "kind_name", tr(page_catalogue(page), N_("pole")));
    }
}

/* Adds those of a kind until there are `most` entries: first those whose own name has
 * what is typed, then those found by another name. */
static void add_kind(struct page *page, struct tree *entries,
                     const struct suggested *from, const char *kind, size_t most)
{
    for (int is_own = 1; is_own >= 0; is_own--)
        for (size_t i = 0; i < from->count && tree_size(entries) < most; i++)
            if (strcmp(from->items[i].kind, kind) == 0 &&
                has_start(page, from->items[i].label, from->folded) == is_own)
                add_found(page, entries, &from->items[i]);
}

static err_code complete(struct page *page, const char *text)
{
    struct tree *entries = tree_set(page->root, "completions", tree_array());
    struct suggested found = {.folded = unicode_fold(page->request->arena, text)};
    err_code code = ERR_NONE;

    if (!found.folded)
        return err_set(&page->err, ERR_MEMORY, "no room for suggestions");
    if (page->ctx.search)
        code = search_complete(page->ctx.search, page->request->arena, text,
                               page->ctx.now, page->visitor.signed_in != 0, LOOKED_AT,
                               &found.items, &found.count, &page->err);
    if (code != ERR_NONE)
        return code;
    add_kind(page, entries, &found, "skill", SKILLS_MOST);
    add_kind(page, entries, &found, "person", SHOWN_MOST);
    add_poles(page, entries, found.folded);
    return ERR_NONE;
}

void page_complete(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    const char *text = request_query(request, "q");
    struct request json = *request;

    json.wants_json = true;
    if (page_open(&page, hall, &json, response))
        page.code = complete(&page, text ? text : "");
    page_close(&page, "results");
}
