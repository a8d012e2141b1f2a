/* A YAML file as a tree that knows where everything stands. The wall in front of libyaml.
 *
 * Only what a configuration needs: maps, lists and scalars of one document. Anchors, tags and
 * a second document are refused; so is a key given twice. */
#ifndef CONFIG_YAML_H
#define CONFIG_YAML_H

#include "base/arena.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml {
    enum yaml_kind kind;
    int line, column;      /* from 1 */
    const char *scalar;    /* kind YAML_SCALAR: as written, quotes removed */
    bool is_quoted;        /* a quoted scalar is never a number or a truth */
    const char *key;       /* when it is a value of a map */
    int key_line, key_column;
    struct yaml *first;    /* items of a list, values of a map */
    struct yaml *next;     /* its neighbour */
};

enum { YAML_DEPTH_MOST = 8 };

/* Reads a document. ERR_INVALID: *line and *column say where, the text what. An empty document
 * gives an empty map. */
MUST_USE err_code yaml_read(struct arena *arena, const char *bytes, size_t length,
                            struct yaml **out, int *line, int *column, struct err *err);

/* The value of a key of a map, NULL when it is not there. */
const struct yaml *yaml_get(const struct yaml *map, const char *key);

#endif
