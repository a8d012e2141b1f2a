/* Markdown to safe HTML (cmark). */
#include "web/view/markdown.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

/* The words of a heading, without its emphasis and links. */
static void add_words(cmark_node *heading, struct text *out)
{
    cmark_iter *iter = cmark_iter_new(heading);

    while (iter && cmark_iter_next(iter) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
            text_add(out, cmark_node_get_literal(node));
        else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            text_add_char(out, ' ');
    }
    cmark_iter_free(iter);
}

/* Takes the first heading of level 1 out as the title; any other goes one level down,
 * also inside a quotation or a list. */
static void take_title(cmark_node *document, struct text *title)
{
    cmark_node *first = cmark_node_first_child(document);
    cmark_iter *iter;

    while (first && (cmark_node_get_type(first) != CMARK_NODE_HEADING ||
                     cmark_node_get_heading_level(first) != 1))
        first = cmark_node_next(first);
    if (first && title) {
        add_words(first, title);
        cmark_node_unlink(first);
        cmark_node_free(first);
    }
    iter = cmark_iter_new(document);
    while (iter && cmark_iter_next(iter) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (cmark_node_get_type(node) == CMARK_NODE_HEADING &&
            cmark_node_get_heading_level(node) == 1)
            cmark_node_set_heading_level(node, 2);
    }
    cmark_iter_free(iter);
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
