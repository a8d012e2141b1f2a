/* The result tree on jansson. */
#include "web/view/tree.h"

#include <assert.h>
#include <inttypes.h>
#include <jansson.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* In front of each piece of memory that jansson has. */
union owner {
    bool is_arena;
    max_align_t alignment;
};

static _Thread_local struct arena *in_use;
static pthread_once_t prepared = PTHREAD_ONCE_INIT;

static void *take_memory(size_t size)
{
    union owner *owner;

    if (size > SIZE_MAX - sizeof *owner)
        return NULL;
    owner =
        in_use ? arena_alloc(in_use, sizeof *owner + size) : malloc(sizeof *owner + size);
    if (!owner)
        return NULL;
    owner->is_arena = in_use != NULL;
    return owner + 1;
}

static void give_memory(void *memory)
{
    union owner *owner = memory;

    if (owner && !owner[-1].is_arena)
        free(owner - 1);
}

static void prepare(void)
{
    json_set_alloc_funcs(take_memory, give_memory);
}

struct arena *tree_use(struct arena *arena)
{
    struct arena *before = in_use;

    in_use = arena;
    return before;
}

static json_t *inside(const struct tree *tree)
{
    return (json_t *)(uintptr_t)tree;
}

struct tree *tree_object(void)
{
    pthread_once(&prepared, prepare);
    return (struct tree *)json_object();
}

struct tree *tree_array(void)
{
    pthread_once(&prepared, prepare);
    return (struct tree *)json_array();
}

void tree_free(struct tree *tree)
{
    json_decref(inside(tree));
}

struct tree *tree_set(struct tree *object, const char *key, struct tree *value)
{
    return object && value &&
                   json_object_set_new_nocheck(inside(object), key, inside(value)) == 0
               ? value
               : NULL;
}

void tree_set_text(struct tree *object, const char *key, const char *value)
{
    (void)tree_set(object, key,
                   (struct tree *)(value ? json_string(value) : json_null()));
}

void tree_set_int(struct tree *object, const char *key, int64_t value)
{
    (void)tree_set(object, key, (struct tree *)json_integer(value));
}

void tree_set_bool(struct tree *object, const char *key, bool value)
{
    (void)tree_set(object, key, (struct tree *)json_boolean(value));
}

void tree_set_url(struct tree *object, const char *key, const char *value)
{
    size_t length = strlen(key);

    assert(length >= 3 && strcmp(key + length - 3, "url") == 0);
    tree_set_text(object, key, value);
}

struct tree *tree_add(struct tree *array, struct tree *value)
{
    return array && value && json_array_append_new(inside(array), inside(value)) == 0
               ? value
               : NULL;
}

void tree_add_text(struct tree *array, const char *value)
{
    (void)tree_add(array, (struct tree *)json_string(value));
}

const struct tree *tree_get(const struct tree *object, const char *key)
{
    return (const struct tree *)json_object_get(inside(object), key);
}

const char *tree_text(const struct tree *tree)
{
    return json_string_value(inside(tree));
}

bool tree_is_array(const struct tree *tree)
{
    return json_is_array(inside(tree));
}

bool tree_is_object(const struct tree *tree)
{
    return json_is_object(inside(tree));
}

bool tree_is_true(const struct tree *tree)
{
    const json_t *value = inside(tree);

    if (!value || json_is_null(value) || json_is_false(value))
        return false;
    return !json_is_array(value) || json_array_size(value) > 0;
}

bool tree_is_number(const struct tree *tree)
{
    return json_is_number(inside(tree));
}

bool tree_is_bool(const struct tree *tree)
{
    return json_is_boolean(inside(tree));
}

bool tree_is_null(const struct tree *tree)
{
    return !inside(tree) || json_is_null(inside(tree));
}

static bool is_among(const char *words, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = words; *at; at += strspn(at, " ")) {
        size_t here = strcspn(at, " ");
        if (here == length && memcmp(at, word, length) == 0)
            return true;
        at += here;
    }
    return false;
}

const char *tree_other_key(const struct tree *object, const char *known)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)inside(object), key, value)
    {
        if (!is_among(known, key))
            return key;
    }
    return NULL;
}

double tree_real(const struct tree *tree)
{
    return json_number_value(inside(tree));
}

int64_t tree_int(const struct tree *tree)
{
    return json_integer_value(inside(tree));
}

size_t tree_size(const struct tree *array)
{
    return json_array_size(inside(array));
}

const struct tree *tree_at(const struct tree *array, size_t i)
{
    return (const struct tree *)json_array_get(inside(array), i);
}

void tree_print(const struct tree *tree, struct text *out)
{
    const json_t *value = inside(tree);

    if (json_is_string(value))
        text_add(out, json_string_value(value));
    else if (json_is_integer(value))
        text_printf(out, "%" PRId64, (int64_t)json_integer_value(value));
    else if (json_is_real(value))
        text_printf(out, "%.15g", json_real_value(value));
    else if (json_is_boolean(value))
        text_add(out, json_is_true(value) ? "true" : "false");
}

/* A copy without the keys that are for templates only. */
static json_t *for_others(const json_t *value)
{
    json_t *copy, *item;
    const char *key;
    size_t i;

    if (json_is_object(value)) {
        copy = json_object();
        json_object_foreach((json_t *)(uintptr_t)value, key, item)
            if (*key != '_')
                json_object_set_new(copy, key, for_others(item));
        return copy;
    }
    if (json_is_array(value)) {
        copy = json_array();
        json_array_foreach(value, i, item)
            json_array_append_new(copy, for_others(item));
        return copy;
    }
    return json_deep_copy(value);
}

err_code tree_to_json(const struct tree *tree, struct text *out, struct err *err)
{
    json_t *copy = for_others(inside(tree));
    char *printed = copy ? json_dumps(copy, JSON_INDENT(1) | JSON_ENCODE_ANY) : NULL;
    bool is_fine = printed && text_add(out, printed) && text_add_char(out, '\n');

    give_memory(printed);
    json_decref(copy);
    return is_fine ? ERR_NONE : err_set(err, ERR_MEMORY, "no room for the JSON answer");
}

err_code tree_from_json(const char *json, struct tree **out, struct err *err)
{
    json_error_t error;
    json_t *read;

    pthread_once(&prepared, prepare);
    read = json_loads(json, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);
    if (!read)
        return err_set(err, ERR_INVALID, "%d:%d: %s", error.line, error.column,
                       error.text);
    *out = (struct tree *)read;
    return ERR_NONE;
}
