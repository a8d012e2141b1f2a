/* Mustache templates: read and compiled once at start, rendered with a result tree.
 *
 * Logic-less, always escaping. Passes the official Mustache specification but its optional
 * lambdas, dynamic names and inheritance. Beyond it:
 *   {{_ Some sentence}}       a catalogue sentence, with %(name) filled from the tree
 *   {{_n count | One person | %(count) people}}   one that depends on a number
 *   {{x@date}} {{x@datetime}} {{x@time}} {{x@number}}   a value said in the language;
 *   {{x@day}} {{x@month}}   the day and the short month of a calendar leaf
 *   {{asset:etabli.css}}      the address of a static file
 * Page templates are stricter than the specification: {{&x}} and {{{x}}} only for names that
 * end in "_html"; names that end in "_jsonld" only in <script type="application/ld+json">, as
 * JSON without <, >, & or line ends of Unicode; in href="", src="" and action="" only names that
 * end in "url"; no other value in a script, a style, a comment, or a tag but in an attribute's
 * quotes. All is checked when the template is compiled. An address of another scheme than http,
 * https, mailto, tel and webcal is printed as "#". docs/templates.md tells the authors of
 * templates. */
#ifndef WEB_VIEW_TEMPLATE_H
#define WEB_VIEW_TEMPLATE_H

#include "web/view/catalogue.h"
#include "web/view/tree.h"

struct templates;

struct template_options {
    const char *folder;
    const char *override_folder; /* may be NULL; its files take the place of others */
    const char *(*asset_url)(void *state, const char *name); /* NULL: no such file */
    void *asset_state;
    struct zone zone; /* of the dates said */
};

/* Reads every *.html in the folder (not below it). ERR_INVALID names the file, the line and
 * what is wrong; ERR_NOT_FOUND when there is no folder. The strings of `options` are borrowed
 * until templates_close. */
MUST_USE err_code templates_open(struct templates **out,
                                 const struct template_options *options, struct err *err);
void templates_close(struct templates *templates); /* accepts NULL */

/* Renders template `name` (without ending) into `out` in the language of `catalogue`.
 * ERR_NOT_FOUND when there is no such template, ERR_LIMIT when `out` is full. */
MUST_USE err_code templates_render(const struct templates *templates, const char *name,
                                   const struct tree *tree,
                                   const struct catalogue *catalogue, struct text *out,
                                   struct err *err);

/* The bare Mustache language, for tests of the specification: partials come from `partials`,
 * an object of name → text (may be NULL). ERR_INVALID as above. */
MUST_USE err_code mustache_render(const char *source, const struct tree *partials,
                                  const struct tree *tree, struct text *out,
                                  struct err *err);

#endif
