/* Reading the parts of a problem. */
#include "cli/plan_read.h"

#include <stdio.h>
#include <string.h>

err_code plan_no_room(struct reading *reading)
{
    return err_set(reading->err, ERR_MEMORY, "no room for the problem");
}

void plan_at(struct reading *reading, const char *list, size_t i)
{
    snprintf(reading->where, sizeof reading->where, "%s[%zu]", list, i);
}

err_code plan_read_list(struct reading *reading, const struct tree *root, const char *key,
                        size_t most, const struct tree **out, size_t *count)
{
    *out = tree_get(root, key);
    snprintf(reading->where, sizeof reading->where, "%s", key);
    if (!*out || !tree_is_array(*out))
        return WRONG(reading, "a list is wanted");
    *count = tree_size(*out);
    return *count <= most ? ERR_NONE
                          : WRONG(reading, "%zu entries; %zu are allowed", *count, most);
}

/* A number within its range; `fallback` when it is absent. */
err_code plan_read_number(struct reading *reading, const struct tree *object,
                          const char *key, double least, double most, double fallback,
                          double *out)
{
    const struct tree *value = tree_get(object, key);

    *out = fallback;
    if (!value)
        return ERR_NONE;
    if (!tree_is_number(value) ||
        !(tree_real(value) >= least && tree_real(value) <= most))
        return WRONG(reading, "%s: a number from %g to %g is wanted", key, least, most);
    *out = tree_real(value);
    return ERR_NONE;
}

err_code plan_read_whole(struct reading *reading, const struct tree *object,
                         const char *key, int least, int most, int fallback, int *out)
{
    double value;
    err_code code = plan_read_number(reading, object, key, least, most, fallback, &value);

    if (code == ERR_NONE && value != (double)(int)value)
        code = WRONG(reading, "%s: a whole number is wanted", key);
    if (code == ERR_NONE)
        *out = (int)value;
    return code;
}

err_code plan_read_truth(struct reading *reading, const struct tree *object,
                         const char *key, bool *out)
{
    const struct tree *value = tree_get(object, key);

    *out = tree_is_true(value);
    return !value || tree_is_bool(value)
               ? ERR_NONE
               : WRONG(reading, "%s: true or false is wanted", key);
}

err_code plan_read_objects(struct reading *reading, const struct tree *object,
                           const char *key, size_t size, const struct tree **out,
                           size_t *count, void **items)
{
    const struct tree *list = tree_get(object, key);

    *out = list;
    *count = 0;
    if (list && !tree_is_array(list))
        return WRONG(reading, "%s: a list is wanted", key);
    *count = list ? tree_size(list) : 0;
    for (size_t i = 0; i < *count; i++)
        if (!tree_is_object(tree_at(list, i)))
            return WRONG(reading, "%s[%zu]: an object is wanted", key, i);
    *items = arena_array(reading->arena, *count + 1, size);
    return *items ? ERR_NONE : plan_no_room(reading);
}

err_code plan_read_keys(struct reading *reading, const struct tree *object,
                        const char *known)
{
    const char *other = tree_other_key(object, known);

    return other
               ? WRONG(reading, "\"%s\" is nothing known here; allowed: %s", other, known)
               : ERR_NONE;
}

/* The index of what `text` names; with `is_optional` -1 when it is absent. */
err_code plan_read_name(struct reading *reading, const struct tree *value,
                        const char *key, enum names kind, bool is_optional, int *out)
{
    const char *text = tree_text(value);
    const int64_t *found = text ? lookup_find(reading->names[kind], text) : NULL;

    *out = -1;
    if (is_optional && tree_is_null(value))
        return ERR_NONE;
    if (!text)
        return WRONG(reading, "%s: a name is wanted", key);
    if (!found)
        return WRONG(reading, "%s: nothing is called \"%s\"", key, text);
    *out = (int)*found;
    return ERR_NONE;
}

static err_code put_name(struct reading *reading, enum names kind, const char *text,
                         int64_t index)
{
    if (!text || !*text)
        return WRONG(reading, "id: a text is wanted");
    if (lookup_find(reading->names[kind], text))
        return WRONG(reading, "id: \"%s\" stands twice", text);
    return lookup_put(reading->names[kind], text, index) ? ERR_NONE
                                                         : plan_no_room(reading);
}

/* Bits of languages or equipment; new words get the next one. */
err_code plan_read_bits(struct reading *reading, const struct tree *object,
                        const char *key, enum names kind, uint64_t *out)
{
    const struct tree *list = tree_get(object, key);
    int64_t *next = &reading->bits[kind == NAME_EQUIPMENT];

    *out = 0;
    if (list && !tree_is_array(list))
        return WRONG(reading, "%s: a list of words is wanted", key);
    for (size_t i = 0; list && i < tree_size(list); i++) {
        const char *word = tree_text(tree_at(list, i));
        const int64_t *bit = word ? lookup_find(reading->names[kind], word) : NULL;
        if (!word)
            return WRONG(reading, "%s: a list of words is wanted", key);
        if (!bit && *next >= PLAN_BITS_MOST)
            return WRONG(reading, "%s: %d different words are allowed", key,
                         PLAN_BITS_MOST);
        if (!bit) {
            if (!lookup_put(reading->names[kind], word, (*next)++))
                return plan_no_room(reading);
            bit = lookup_find(reading->names[kind], word);
        }
        *out |= (uint64_t)1 << *bit;
    }
    return ERR_NONE;
}

/* Dates as a bit set; absent: `all`. */
err_code plan_read_dates(struct reading *reading, const struct tree *object,
                         const uint64_t *all, const uint64_t **out)
{
    size_t words = (reading->file->problem.date_count + 63) / 64 + 1;
    const struct tree *list = tree_get(object, "dates");
    uint64_t *bits = arena_array(reading->arena, words, sizeof *bits);

    if (!bits)
        return plan_no_room(reading);
    *out = bits;
    if (!list) {
        memcpy(bits, all, words * sizeof *bits);
        return ERR_NONE;
    }
    if (!tree_is_array(list))
        return WRONG(reading, "dates: a list is wanted");
    for (size_t i = 0; i < tree_size(list); i++) {
        int date;
        err_code code =
            plan_read_name(reading, tree_at(list, i), "dates", NAME_DATE, false, &date);
        if (code != ERR_NONE)
            return code;
        bits[date / 64] |= (uint64_t)1 << (date % 64);
    }
    return ERR_NONE;
}

err_code plan_names_of(struct reading *reading, const struct tree *list, size_t count,
                       const char *key, enum names kind, const char ***out)
{
    const char **names = arena_array(reading->arena, count + 1, sizeof *names);
    err_code code = ERR_NONE;

    if (!names)
        return plan_no_room(reading);
    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        const struct tree *entry = tree_at(list, i);
        const char *id = tree_text(tree_is_object(entry) ? tree_get(entry, "id") : entry);
        plan_at(reading, key, i);
        code = put_name(reading, kind, id, (int64_t)i);
        names[i] = code == ERR_NONE ? arena_strdup(reading->arena, id) : NULL;
    }
    *out = names;
    return code;
}

err_code plan_begin_things(struct reading *reading, const struct tree *root,
                           struct things *things)
{
    err_code code = plan_read_list(reading, root, things->key, things->most,
                                   &things->list, &things->count);

    for (size_t i = 0; code == ERR_NONE && i < things->count; i++) {
        plan_at(reading, things->key, i);
        code = tree_is_object(tree_at(things->list, i))
                   ? plan_read_keys(reading, tree_at(things->list, i), things->keys)
                   : WRONG(reading, "an object is wanted");
    }
    if (code == ERR_NONE)
        code = plan_names_of(reading, things->list, things->count, things->key,
                             things->kind, &things->names);
    if (code != ERR_NONE)
        return code;
    things->items = arena_array(reading->arena, things->count + 1, things->size);
    return things->items ? ERR_NONE : plan_no_room(reading);
}
