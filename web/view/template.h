/* Mustache templates: compiled once at start, rendered with a result tree.
 *
 * Logic-less, always escaping. Passes the official Mustache specification but its optional
 * lambdas, dynamic names and inheritance. Beyond it:
 *   {{_ Some sentence}}               a catalogue sentence, with %(name) filled from the tree
 *   {{_n count | One person | %(count) people}}    one that depends on a number
 *   {{date_key@date}} {{x@time}} {{x@day}} {{x@number}}   a value formatted for the language
 * {{&x}} and {{{x}}} print unescaped only values of kind `html`; in href="" and src="" only
 * values of kind `url` are accepted (checked when compiled and when rendered). */
#ifndef WEB_VIEW_TEMPLATE_H
#define WEB_VIEW_TEMPLATE_H

#include "base/calendar.h"
#include "web/view/catalogue.h"
#include "web/view/tree.h"

struct templates;

/* Reads and compiles every *.html and *.txt below `folder`, those of `override_folder` (may be
 * NULL) in their place. ERR_INVALID names file:line and what is wrong. */
MUST_USE err_code templates_open(struct templates **out, const char *folder,
                                 const char *override_folder, struct err *err);
void templates_close(struct templates *templates);

/* Renders template `name` (without folder and ending) into `out`. `catalogue` is the
 * language; dates are shown in `zone`. ERR_NOT_FOUND when there is no such template. */
MUST_USE err_code templates_render(const struct templates *templates, const char *name,
                                   const struct tree *tree,
                                   const struct catalogue *catalogue, struct zone zone,
                                   struct text *out, struct err *err);

/* The bare Mustache language, for tests of the specification: partials come from `partials`,
 * an object of name → text (may be NULL); {{{x}}} prints any text. */
MUST_USE err_code mustache_render(const char *source, const struct tree *partials,
                                  const struct tree *tree, struct text *out,
                                  struct err *err);

#endif
