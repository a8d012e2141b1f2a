/* Help and legal pages, written in Markdown. */
#include "web/page/page.h"
#include "web/page/routes.h"

#include "base/file.h"
#include "web/view/markdown.h"

#include <string.h>

enum { HELP_BYTES_MOST = 256 * 1024, NAME_BYTES_MOST = 40 };

/* Those that every site has, in the order of the menu beside them. A site may add others.
 */
static const struct {
    const char *name, *title;
} pages[] = {{"index", N_("Where to begin")},
             {"creation", N_("You are looking for someone")},
             {"personnes-ressources", N_("You pass on what you know")},
             {"animation", N_("You keep a pole alive")},
             {"structures", N_("You accompany creators")},
             {"accessibilite", N_("Accessibility")},
             {"vie-privee", N_("Privacy")},
             {"mentions-legales", N_("Legal notice")}};

static bool is_help_name(const char *name)
{
    return *name && strlen(name) < NAME_BYTES_MOST &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz-") == strlen(name);
}

static void set_menu(struct page *page, const char *here)
{
    struct tree *menu = tree_set(page->root, "_menu", tree_array());

    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        struct tree *entry = tree_add(menu, tree_object());
        bool is_index = strcmp(pages[i].name, "index") == 0;
        tree_set_text(entry, "title", tr(page_catalogue(page), pages[i].title));
        tree_set_url(entry, "url",
                     is_index ? page_url(page, "help", NULL)
                              : page_url(page, "help_page", pages[i].name));
        tree_set_bool(entry, "is_here", strcmp(pages[i].name, here) == 0);
    }
}

/* Who answers for the site, from its configuration. */
static void set_legal(struct page *page)
{
    const struct config *config = page->ctx.config;
    struct tree *legal = tree_set(page->root, "legal", tree_object());

    if (*config->site_publisher)
        tree_set_text(legal, "publisher", config->site_publisher);
    if (*config->site_host)
        tree_set_text(legal, "host", config->site_host);
    tree_set_url(legal, "address_url", config->base_url);
    tree_set_text(legal, "version", ETABLI_VERSION);
}

static err_code read_markdown(struct page *page, const char *name)
{
    struct arena *arena = page->request->arena;
    const char *file = arena_printf(arena, "help/%s.%s.md", name, page->request->lang);
    const char *path = file ? hall_content(page->hall, arena, file) : NULL;
    struct text source, html, title;
    err_code code;

    text_init(&source, HELP_BYTES_MOST);
    text_init(&html, HELP_BYTES_MOST * 4);
    text_init(&title, 1000);
    code = path ? file_read(path, &source, &page->err)
                : err_set(&page->err, ERR_MEMORY, "no room for a help page");
    if (code == ERR_NONE)
        code = markdown_to_html(source.bytes, &html, &title, &page->err);
    if (code == ERR_NONE) {
        tree_set_text(page->root, "title", title.bytes);
        tree_set_text(page->root, "body_html", html.bytes);
    }
    text_done(&source);
    text_done(&html);
    text_done(&title);
    return code;
}

void page_help(void *hall, const struct request *request, struct response *response)
{
    const char *name = request->part_count ? request->parts[0] : "index";
    struct page page;

    if (page_open(&page, hall, request, response))
        page.code = is_help_name(name)
                        ? read_markdown(&page, name)
                        : err_set(&page.err, ERR_NOT_FOUND, "no such help page");
    if (page.code == ERR_NONE) {
        set_menu(&page, name);
        if (strcmp(name, "mentions-legales") == 0)
            set_legal(&page);
    }
    page_close(&page, "help");
}
