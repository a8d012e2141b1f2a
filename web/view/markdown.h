/* Markdown to safe HTML (cmark): raw HTML and dangerous links are left out. */
#ifndef WEB_VIEW_MARKDOWN_H
#define WEB_VIEW_MARKDOWN_H

#include "base/text.h"

/* Headings start at h2: a page has one h1 of its own; the document's first "# Title" is taken
 * out and copied to `title` (may be NULL). ERR_MEMORY past `out`'s limit. */
MUST_USE err_code markdown_to_html(const char *markdown, struct text *out,
                                   struct text *title, struct err *err);

#endif
