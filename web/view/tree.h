/* The result tree: what a page knows, before it is HTML or JSON.
 *
 * The same tree prints as JSON (the API) and fills a Mustache template (the page), so the two
 * cannot disagree. Values: object, array, text, whole number, number, truth, null, and two
 * kinds of text that templates treat apart: `url` (made from a route, may stand in href and
 * src) and `html` (made from Markdown only, printed as it is). In JSON both are strings.
 * A tree owns what is put into it. After a failed allocation it is marked and tree_failed()
 * says so; nothing crashes. This is the wall in front of jansson. */
#ifndef WEB_VIEW_TREE_H
#define WEB_VIEW_TREE_H

#include "base/arena.h"
#include "base/text.h"

#include <stdint.h>

struct tree;

struct tree *tree_object(void);
struct tree *tree_array(void);
void tree_free(struct tree *tree); /* accepts NULL */
bool tree_failed(const struct tree *tree);

/* Objects: a second set of the same key replaces the first. NULL text sets null. */
void tree_set_text(struct tree *object, const char *key, const char *value);
void tree_set_int(struct tree *object, const char *key, int64_t value);
void tree_set_real(struct tree *object, const char *key, double value);
void tree_set_bool(struct tree *object, const char *key, bool value);
void tree_set_url(struct tree *object, const char *key, const char *value);
void tree_set_html(struct tree *object, const char *key, const char *value);
/* Takes `value` over and returns it: struct tree *person = tree_set(root, "person", tree_object()); */
struct tree *tree_set(struct tree *object, const char *key, struct tree *value);
struct tree *tree_add(struct tree *array, struct tree *value);
void tree_add_text(struct tree *array, const char *value);

/* JSON text, members in the order they were set; keys that start with "_" are left out
 * (they are for templates only). */
MUST_USE err_code tree_to_json(const struct tree *tree, bool is_pretty, struct text *out,
                               struct err *err);
/* For tests and stored answers. ERR_INVALID with line and column. */
MUST_USE err_code tree_from_json(const char *json, struct tree **out, struct err *err);

#endif
