/* The result tree: what a page knows, before it is HTML or JSON.
 *
 * The same tree prints as JSON (the API) and fills a Mustache template (the page), so the
 * two cannot disagree. The name of a key says what its text may do in a template: a key
 * that ends in "url" may stand in href, src and action; one that ends in "_html" (made
 * from Markdown only) is printed as it is; one that ends in "_jsonld" may stand in a
 * JSON-LD script. Keys that start with "_" are for templates only. A tree owns what is
 * put into it. Running out of memory loses values, never crashes. This is the wall in
 * front of jansson. */
#ifndef WEB_VIEW_TREE_H
#define WEB_VIEW_TREE_H

#include "base/arena.h"
#include "base/text.h"

#include <stdint.h>

struct tree; /* never defined: it is jansson's value */

/* What this thread makes from now on lives in `arena`, and goes with it: tree_free of it gives
 * nothing back. NULL: each is freed for itself. Returns what was in use before, to be put
 * back. A page makes some thousand values; so they cost a third. */
struct arena *tree_use(struct arena *arena);

struct tree *tree_object(void);
struct tree *tree_array(void);
void tree_free(struct tree *tree); /* accepts NULL */

/* Objects: a second set of the same key replaces the first. NULL text sets null. */
void tree_set_text(struct tree *object, const char *key, const char *value);
void tree_set_int(struct tree *object, const char *key, int64_t value);
void tree_set_bool(struct tree *object, const char *key, bool value);
/* `key` ends in "url" (assert). */
void tree_set_url(struct tree *object, const char *key, const char *value);
/* Takes `value` over and returns it:
 * struct tree *person = tree_set(root, "person", tree_object()); */
struct tree *tree_set(struct tree *object, const char *key, struct tree *value);
struct tree *tree_add(struct tree *array, struct tree *value);
void tree_add_text(struct tree *array, const char *value);

/* Reading, for templates and tests. */
const struct tree *tree_get(const struct tree *object,
                            const char *key);   /* NULL: not there */
const char *tree_text(const struct tree *tree); /* NULL when it is no text */
bool tree_is_array(const struct tree *tree);
bool tree_is_object(const struct tree *tree);
bool tree_is_true(const struct tree *tree); /* what a Mustache section takes for true */
double tree_real(const struct tree *tree);  /* 0 when it is no number */
int64_t tree_int(const struct tree *tree);  /* 0 when it is no number */
bool tree_is_number(const struct tree *tree);
bool tree_is_bool(const struct tree *tree);
bool tree_is_null(const struct tree *tree); /* not there, or null */
/* The first key of an object that is none of those in `known`, which have blanks between;
 * NULL: all are. Borrowed. */
const char *tree_other_key(const struct tree *object, const char *known);
size_t tree_size(const struct tree *array);
const struct tree *tree_at(const struct tree *array, size_t i);
/* Adds text, number or truth as Mustache prints it. */
void tree_print(const struct tree *tree, struct text *out);

/* JSON text, members in the order they were set. */
MUST_USE err_code tree_to_json(const struct tree *tree, struct text *out,
                               struct err *err);
/* ERR_INVALID with line and column. */
MUST_USE err_code tree_from_json(const char *json, struct tree **out, struct err *err);

#endif
