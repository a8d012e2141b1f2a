/* Markdown to safe HTML (cmark). */
#include "web/view/markdown.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

/* Takes the first heading of level 1 out as the title; the others go one level down. */
static void take_title(cmark_node *document, struct text *title)
{
    cmark_node *node = cmark_node_first_child(document);

    while (node) {
        cmark_node *next = cmark_node_next(node);
        int level = cmark_node_get_type(node) == CMARK_NODE_HEADING
                        ? cmark_node_get_heading_level(node)
                        : 0;
        cmark_node *inside = level ? cmark_node_first_child(node) : NULL;
        if (level == 1 && title && title->length == 0 && inside &&
            cmark_node_get_literal(inside)) {
            text_add(title, cmark_node_get_literal(inside));
            cmark_node_unlink(node);
            cmark_node_free(node);
        } else if (level == 1) {
            cmark_node_set_heading_level(node, 2);
        }
        node = next;
    }
}

err_code markdown_to_html(const char *markdown, struct text *out, struct text *title,
                          struct err *err)
{
    cmark_node *document =
        cmark_parse_document(markdown, strlen(markdown), CMARK_OPT_DEFAULT);
    char *html;
    bool is_fine;

    if (!document)
        return err_set(err, ERR_MEMORY, "no memory for a help page");
    take_title(document, title);
    html = cmark_render_html(document, CMARK_OPT_DEFAULT | CMARK_OPT_SAFE);
    is_fine = html && text_add(out, html);
    free(html);
    cmark_node_free(document);
    return is_fine ? ERR_NONE : err_set(err, ERR_MEMORY, "a help page is too long");
}
