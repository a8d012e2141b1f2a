/* A YAML file as a tree that knows where everything stands. */
#include "config/yaml.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

struct reading {
    yaml_parser_t parser;
    struct arena *arena;
    struct err *err;
    int line, column; /* where a mistake stands */
};

static err_code wrong(struct reading *reading, yaml_mark_t mark, const char *text)
{
    reading->line = (int)mark.line + 1;
    reading->column = (int)mark.column + 1;
    return err_set(reading->err, ERR_INVALID, "%s", text);
}

static err_code next_event(struct reading *reading, yaml_event_t *event)
{
    if (yaml_parser_parse(&reading->parser, event))
        return ERR_NONE;
    reading->line = (int)reading->parser.problem_mark.line + 1;
    reading->column = (int)reading->parser.problem_mark.column + 1;
    return err_set(reading->err, ERR_INVALID, "not YAML: %s",
                   reading->parser.problem ? reading->parser.problem : "unreadable");
}

static struct yaml *new_node(struct reading *reading, enum yaml_kind kind,
                             yaml_mark_t mark)
{
    struct yaml *node = arena_alloc(reading->arena, sizeof *node);

    if (!node) {
        err_set(reading->err, ERR_MEMORY, "the configuration does not fit in memory");
        return NULL;
    }
    node->kind = kind;
    node->line = (int)mark.line + 1;
    node->column = (int)mark.column + 1;
    return node;
}

static err_code read_node(struct reading *reading, yaml_event_t *event, int depth,
                          struct yaml **out);

static err_code read_scalar(struct reading *reading, const yaml_event_t *event,
                            struct yaml **out)
{
    struct yaml *node = new_node(reading, YAML_SCALAR, event->start_mark);

    if (!node)
        return ERR_MEMORY;
    if (event->data.scalar.tag || event->data.scalar.anchor)
        return wrong(reading, event->start_mark, "tags and anchors are not used here");
    if (memchr(event->data.scalar.value, '\0', event->data.scalar.length))
        return wrong(reading, event->start_mark, "a NUL character is not allowed");
    node->scalar = arena_strndup(reading->arena, (const char *)event->data.scalar.value,
                                 event->data.scalar.length);
    node->is_quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    if (!node->scalar)
        return err_set(reading->err, ERR_MEMORY, "no room for the configuration");
    *out = node;
    return ERR_NONE;
}

static err_code read_key(struct reading *reading, const yaml_event_t *event,
                         const struct yaml *map, struct yaml **key)
{
    char text[200];
    const struct yaml *before;

    if (event->type != YAML_SCALAR_EVENT)
        return wrong(reading, event->start_mark, "a key must be a plain word");
    if (read_scalar(reading, event, key) != ERR_NONE)
        return reading->err->code;
    before = yaml_get(map, (*key)->scalar);
    if (!before)
        return ERR_NONE;
    snprintf(text, sizeof text, "key \"%.60s\" is given twice, first on line %d",
             (*key)->scalar, before->key_line);
    return wrong(reading, event->start_mark, text);
}

/* Items until the end event; a map reads a key before each. */
static err_code read_items(struct reading *reading, struct yaml *parent,
                           yaml_event_type_t end, int depth)
{
    struct yaml **link = &parent->first, *key = NULL, *item;
    yaml_event_t event;

    for (;;) {
        err_code code = next_event(reading, &event);
        if (code != ERR_NONE)
            return code;
        if (event.type == end) {
            yaml_event_delete(&event);
            return ERR_NONE;
        }
        if (parent->kind == YAML_MAP) {
            code = read_key(reading, &event, parent, &key);
            yaml_event_delete(&event);
            if (code == ERR_NONE)
                code = next_event(reading, &event);
            if (code != ERR_NONE)
                return code;
        }
        code = read_node(reading, &event, depth + 1, &item);
        yaml_event_delete(&event);
        if (code != ERR_NONE)
            return code;
        if (key) {
            item->key = key->scalar;
            item->key_line = key->line;
            item->key_column = key->column;
        }
        *link = item;
        link = &item->next;
    }
}

static err_code read_node(struct reading *reading, yaml_event_t *event, int depth,
                          struct yaml **out)
{
    bool is_map = event->type == YAML_MAPPING_START_EVENT;
    struct yaml *node;
    err_code code;

    if (depth > YAML_DEPTH_MOST)
        return wrong(reading, event->start_mark, "nested more than 8 levels deep");
    if (event->type == YAML_SCALAR_EVENT)
        return read_scalar(reading, event, out);
    if (event->type == YAML_ALIAS_EVENT)
        return wrong(reading, event->start_mark, "aliases are not used here");
    if (!is_map && event->type != YAML_SEQUENCE_START_EVENT)
        return wrong(reading, event->start_mark, "unexpected end");
    if (is_map ? event->data.mapping_start.anchor != NULL || event->data.mapping_start.tag
               : event->data.sequence_start.anchor != NULL ||
                     event->data.sequence_start.tag)
        return wrong(reading, event->start_mark, "tags and anchors are not used here");
    node = new_node(reading, is_map ? YAML_MAP : YAML_LIST, event->start_mark);
    if (!node)
        return ERR_MEMORY;
    code = read_items(reading, node,
                      is_map ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT, depth);
    if (code == ERR_NONE)
        *out = node;
    return code;
}

static err_code read_document(struct reading *reading, struct yaml **out)
{
    yaml_event_t event;
    yaml_mark_t start = {0};
    struct yaml *root = NULL;
    err_code code;

    for (;;) {
        code = next_event(reading, &event);
        if (code != ERR_NONE)
            return code;
        if (event.type == YAML_STREAM_END_EVENT)
            break;
        if (event.type == YAML_STREAM_START_EVENT ||
            event.type == YAML_DOCUMENT_END_EVENT) {
            yaml_event_delete(&event);
            continue;
        }
        if (event.type == YAML_DOCUMENT_START_EVENT && root)
            code = wrong(reading, event.start_mark, "only one document is allowed");
        else if (event.type != YAML_DOCUMENT_START_EVENT)
            code = read_node(reading, &event, 0, &root);
        yaml_event_delete(&event);
        if (code != ERR_NONE)
            return code;
    }
    yaml_event_delete(&event);
    if (!root)
        root = new_node(reading, YAML_MAP, start);
    *out = root;
    return root ? ERR_NONE : ERR_MEMORY;
}

err_code yaml_read(struct arena *arena, const char *bytes, size_t length,
                   struct yaml **out, int *line, int *column, struct err *err)
{
    struct err own = {0};
    struct reading reading = {.arena = arena, .err = &own, .line = 1, .column = 1};
    err_code code;

    if (!yaml_parser_initialize(&reading.parser))
        return err_set(err, ERR_MEMORY, "no memory for reading the configuration");
    yaml_parser_set_encoding(&reading.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reading.parser, (const unsigned char *)bytes, length);
    code = read_document(&reading, out);
    yaml_parser_delete(&reading.parser);
    *line = reading.line;
    *column = reading.column;
    return code == ERR_NONE ? ERR_NONE : err_set(err, code, "%s", own.text);
}

const struct yaml *yaml_get(const struct yaml *map, const char *key)
{
    for (const struct yaml *item = map->first; item; item = item->next)
        if (item->key && strcmp(item->key, key) == 0)
            return item;
    return NULL;
}
