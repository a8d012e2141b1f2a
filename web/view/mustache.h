/* A compiled Mustache template: a list of nodes, sections with theirs inside. */
#ifndef WEB_VIEW_MUSTACHE_H
#define WEB_VIEW_MUSTACHE_H

#include "base/arena.h"

enum node_kind {
    NODE_LITERAL, NODE_VALUE, NODE_RAW, NODE_SECTION, NODE_INVERTED, NODE_PARTIAL,
    NODE_SENTENCE, NODE_PLURAL, NODE_DATA
};

struct node {
    enum node_kind kind;
    const char *text;   /* literal; name; sentence */
    size_t length;      /* of a literal */
    const char *format; /* after '@' of a value, NULL when none */
    const char *many;   /* plural: the other sentence; its count's name is `format` */
    const char *indent; /* partial: what stands before it on its line */
    int line;           /* of its tag, from 1 */
    bool is_address;    /* value: begins an address (href, src, action), whose scheme counts */
    const struct node *partial; /* partial: what it prints; set when all are compiled */
    struct node *inside, *next;
};

enum { MUSTACHE_DEPTH_MOST = 32 };

/* Compiles `source` into `arena`. With `is_page` the extensions and checks of template.h hold.
 * ERR_INVALID "line N: …". */
MUST_USE err_code mustache_compile(struct arena *arena, const char *source, bool is_page,
                                   struct node **out, struct err *err);

#endif
