/* The lists of a configuration: languages, poles, structures, funders. */
#include "config/reading.h"

#include "base/unicode.h"
#include "base/url.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ITEMS_MOST = 2000,
    NAME_BYTES_MOST = CONFIG_NAME_BYTES_MOST,
    ABOUT_BYTES_MOST = CONFIG_ABOUT_BYTES_MOST,
    NEAREST_MOST = 3,
    EUROS_MOST = 1000000,
    DAY_BYTES = 10 /* "2026-11-30" */
};

struct item_key {
    const char *name;
    size_t offset; /* of a const char * in the item */
    bool is_needed;
    size_t bytes_most;
};

static const char *nearest_item_key(const struct item_key *keys, size_t count,
                                    const char *key)
{
    const char *best_name = NULL;
    int best = NEAREST_MOST + 1;

    for (size_t i = 0; i < count; i++) {
        int distance = unicode_distance(keys[i].name, key, NEAREST_MOST);
        if (distance < best) {
            best = distance;
            best_name = keys[i].name;
        }
    }
    return best_name;
}

size_t config_count_items(const struct yaml *list)
{
    size_t count = 0;

    for (const struct yaml *item = list->first; item; item = item->next)
        count++;
    return count;
}

bool config_is_empty(const struct yaml *node)
{
    return node->kind == YAML_SCALAR && !node->is_quoted && !*node->scalar;
}

/* A list of texts; *count 0 after a mistake. */
static const char **read_texts(struct reading *reading, const struct yaml *node,
                               const char *path, size_t *count)
{
    const char **texts;

    *count = 0;
    if (config_is_empty(node))
        return NULL;
    if (node->kind != YAML_LIST) {
        mistake(reading, node, "%s: a list is expected", path);
        return NULL;
    }
    texts = arena_array(reading->arena, config_count_items(node) + 1, sizeof *texts);
    for (const struct yaml *item = node->first; texts && item; item = item->next) {
        if (item->kind != YAML_SCALAR || !*item->scalar ||
            strlen(item->scalar) > NAME_BYTES_MOST)
            mistake(reading, item, "%s: each item is a text of 1 to %d bytes", path,
                    NAME_BYTES_MOST);
        else
            texts[(*count)++] = item->scalar;
    }
    return texts;
}

static void read_languages(struct reading *reading, const struct yaml *node,
                           struct config *config)
{
    config->languages = read_texts(reading, node, "languages", &config->language_count);
    for (size_t i = 0; i < config->language_count; i++) {
        const char *language = config->languages[i];
        if (strcmp(language, "fr") != 0 && strcmp(language, "en") != 0)
            mistake(reading, node, "languages: \"%.20s\" is not there; fr and en are",
                    language);
        for (size_t j = 0; j < i; j++)
            if (strcmp(config->languages[j], language) == 0)
                mistake(reading, node, "languages: \"%s\" is there twice", language);
    }
    if ((config_is_empty(node) || node->kind == YAML_LIST) &&
        (!config->language_count || strcmp(config->languages[0], "fr") != 0))
        mistake(reading, node, "languages: fr must come first");
}

/* Reads the plain texts of an item of a list of maps; lists inside are left to the
 * caller. */
static void read_item(struct reading *reading, const struct yaml *item, const char *list,
                      const struct item_key *keys, size_t count, char *out)
{
    char prefix[40];

    snprintf(prefix, sizeof prefix, "%s.", list);
    for (const struct yaml *node = item->first; node; node = node->next) {
        size_t i = 0;
        while (i < count && strcmp(keys[i].name, node->key) != 0)
            i++;
        if (i == count) {
            unknown_key(reading, node, prefix, nearest_item_key(keys, count, node->key));
        } else if (keys[i].bytes_most == 0) {
            continue;
        } else if (node->kind != YAML_SCALAR) {
            mistake(reading, node, "%s%s: one value is expected", prefix, node->key);
        } else if (strlen(node->scalar) > keys[i].bytes_most) {
            mistake(reading, node, "%s%s: longer than %zu bytes", prefix, node->key,
                    keys[i].bytes_most);
        } else if (*node->scalar) {
            memcpy(out + keys[i].offset, &node->scalar, sizeof node->scalar);
        }
    }
    for (size_t i = 0; i < count; i++) {
        const struct yaml *node = yaml_get(item, keys[i].name);
        if (keys[i].is_needed && (!node || config_is_empty(node)))
            mistake(reading, item, "%s%s is missing", prefix, keys[i].name);
        else if (node && node->kind == YAML_SCALAR && strcmp(keys[i].name, "key") == 0 &&
                 !url_is_key(node->scalar))
            mistake(reading, node,
                    "%skey: \"%.60s\" is not allowed; 1 to %d of a-z, 0-9 and inner "
                    "hyphens",
                    prefix, node->scalar, KEY_BYTES_MOST);
    }
}

static bool is_list_of_maps(struct reading *reading, const struct yaml *node,
                            const char *path, size_t *count)
{
    *count = 0;
    if (config_is_empty(node))
        return false;
    if (node->kind != YAML_LIST || config_count_items(node) > ITEMS_MOST) {
        mistake(reading, node, "%s: a list of at most %d items is expected", path,
                ITEMS_MOST);
        return false;
    }
    *count = config_count_items(node);
    return true;
}

static const struct yaml *item_with_key(const struct yaml *list, const char *key,
                                        const struct yaml *before)
{
    for (const struct yaml *item = list->first; item && item != before;
         item = item->next) {
        const struct yaml *node = item->kind == YAML_MAP ? yaml_get(item, "key") : NULL;
        if (node && node->kind == YAML_SCALAR && strcmp(node->scalar, key) == 0)
            return node;
    }
    return NULL;
}

/* True when the item is a map; tells of a key used before. */
static bool check_item(struct reading *reading, const struct yaml *list,
                       const struct yaml *item, const char *path)
{
    const struct yaml *key, *before;

    if (item->kind != YAML_MAP) {
        mistake(reading, item, "%s: each item is a map with key and name", path);
        return false;
    }
    key = yaml_get(item, "key");
    before = key && key->kind == YAML_SCALAR && *key->scalar
                 ? item_with_key(list, key->scalar, item)
                 : NULL;
    if (before)
        mistake(reading, key, "%s.key: \"%.60s\" is used on line %d already", path,
                key->scalar, before->line);
    return true;
}

static void check_pole(struct reading *reading, const struct yaml *item, void *one)
{
    struct config_pole *pole = one;
    const struct yaml *kind = yaml_get(item, "kind");
    const struct yaml *facilitators = yaml_get(item, "facilitators");
    const struct yaml *skills = yaml_get(item, "skills");

    if (kind && pole->kind && strcmp(pole->kind, "trade") != 0 &&
        strcmp(pole->kind, "service") != 0 && strcmp(pole->kind, "sales") != 0)
        mistake(reading, kind,
                "poles.kind: \"%.40s\" is not allowed; trade, service or sales",
                pole->kind);
    if (facilitators)
        pole->facilitators = read_texts(reading, facilitators, "poles.facilitators",
                                        &pole->facilitator_count);
    for (size_t i = 0; i < pole->facilitator_count; i++)
        if (!strchr(pole->facilitators[i], '@'))
            mistake(reading, facilitators,
                    "poles.facilitators: \"%.60s\" is not an e-mail address",
                    pole->facilitators[i]);
    if (skills)
        pole->skills = read_texts(reading, skills, "poles.skills", &pole->skill_count);
}

/* A list of maps that become structs of one kind. */
struct item_list {
    const char *path;
    size_t size;
    const struct item_key *keys;
    size_t key_count;
    /* what no key can say of itself */
    void (*check)(struct reading *reading, const struct yaml *item, void *one);
};

/* NULL when it is no such list; *count is how many are right enough to be told apart. */
static void *read_items(struct reading *reading, const struct yaml *node,
                        const struct item_list *list, size_t *count)
{
    char *items;
    size_t most;

    *count = 0;
    if (!is_list_of_maps(reading, node, list->path, &most))
        return NULL;
    items = arena_array(reading->arena, most, list->size);
    for (const struct yaml *item = node->first; items && item; item = item->next) {
        char *one = items + *count * list->size;
        if (!check_item(reading, node, item, list->path))
            continue;
        read_item(reading, item, list->path, list->keys, list->key_count, one);
        list->check(reading, item, one);
        ++*count;
    }
    return items;
}

static void read_poles(struct reading *reading, const struct yaml *node,
                       struct config *config)
{
    static const struct item_key keys[] = {
        {"key", offsetof(struct config_pole, key), true, NAME_BYTES_MOST},
        {"name", offsetof(struct config_pole, name), true, NAME_BYTES_MOST},
        {"kind", offsetof(struct config_pole, kind), true, NAME_BYTES_MOST},
        {"about", offsetof(struct config_pole, about), false, ABOUT_BYTES_MOST},
        {"facilitators", 0, false, 0},
        {"skills", 0, false, 0},
    };
    static const struct item_list list = {"poles", sizeof(struct config_pole), keys,
                                          sizeof keys / sizeof keys[0], check_pole};

    config->poles = read_items(reading, node, &list, &config->pole_count);
}

static void check_url(struct reading *reading, const struct yaml *item, const char *list,
                      const char *url)
{
    if (url && !url_is_web(url))
        mistake(reading, yaml_get(item, "url"),
                "%s.url: \"%.60s\" is not allowed; an https:// or http:// address", list,
                url);
}

static void check_structure(struct reading *reading, const struct yaml *item, void *one)
{
    check_url(reading, item, "structures", ((struct config_structure *)one)->url);
}

static void read_structures(struct reading *reading, const struct yaml *node,
                            struct config *config)
{
    static const struct item_key keys[] = {
        {"key", offsetof(struct config_structure, key), true, NAME_BYTES_MOST},
        {"name", offsetof(struct config_structure, name), true, NAME_BYTES_MOST},
        {"kind", offsetof(struct config_structure, kind), false, NAME_BYTES_MOST},
        {"commune", offsetof(struct config_structure, commune), false, NAME_BYTES_MOST},
        {"about", offsetof(struct config_structure, about), false, ABOUT_BYTES_MOST},
        {"url", offsetof(struct config_structure, url), false, NAME_BYTES_MOST},
    };
    static const struct item_list list = {"structures", sizeof(struct config_structure),
                                          keys, sizeof keys / sizeof keys[0],
                                          check_structure};

    config->structures = read_items(reading, node, &list, &config->structure_count);
}

/* A whole number of euros; 0 when unsaid. */
static int64_t read_euros(struct reading *reading, const struct yaml *item,
                          const char *key, const char *text)
{
    char *end = NULL;
    long long number = text ? strtoll(text, &end, 10) : 0;

    if (!text)
        return 0;
    if (*end || number < 1 || number > EUROS_MOST)
        mistake(reading, yaml_get(item, key),
                "funders.%s: \"%.20s\" is not allowed; 1 to %d euros", key, text,
                EUROS_MOST);
    return number;
}

static void check_funder(struct reading *reading, const struct yaml *item, void *one)
{
    struct config_funder *funder = one;
    int64_t at;

    funder->person_most = read_euros(reading, item, "a_person", funder->a_person);
    funder->hour_most = read_euros(reading, item, "an_hour", funder->an_hour);
    check_url(reading, item, "funders", funder->url);
    if (!funder->a_person && !funder->an_hour)
        mistake(reading, item, "funders: a_person or an_hour is missing");
    if (!funder->checked_on)
        return;
    if (strlen(funder->checked_on) != DAY_BYTES || funder->checked_on[4] != '-' ||
        !calendar_parse(funder->checked_on, 0, (struct zone){0}, &at))
        mistake(reading, yaml_get(item, "checked_on"),
                "funders.checked_on: \"%.20s\" is no day such as 2026-11-30",
                funder->checked_on);
    else
        funder->checked_day = at / DAY_S;
}

static void read_funders(struct reading *reading, const struct yaml *node,
                         struct config *config)
{
    static const struct item_key keys[] = {
        {"key", offsetof(struct config_funder, key), true, NAME_BYTES_MOST},
        {"name", offsetof(struct config_funder, name), true, NAME_BYTES_MOST},
        {"pays", offsetof(struct config_funder, pays), true, ABOUT_BYTES_MOST},
        {"a_person", offsetof(struct config_funder, a_person), false, NAME_BYTES_MOST},
        {"an_hour", offsetof(struct config_funder, an_hour), false, NAME_BYTES_MOST},
        {"conditions", offsetof(struct config_funder, conditions), false,
         ABOUT_BYTES_MOST},
        {"url", offsetof(struct config_funder, url), false, NAME_BYTES_MOST},
        {"checked_on", offsetof(struct config_funder, checked_on), true, NAME_BYTES_MOST},
        {"checked_by", offsetof(struct config_funder, checked_by), true, NAME_BYTES_MOST},
    };
    static const struct item_list list = {"funders", sizeof(struct config_funder), keys,
                                          sizeof keys / sizeof keys[0], check_funder};

    config->funders = read_items(reading, node, &list, &config->funder_count);
}

bool config_read_list(struct reading *reading, const struct yaml *node,
                      struct config *config)
{
    static const struct {
        const char *key;
        void (*read)(struct reading *, const struct yaml *, struct config *);
    } lists[] = {{"languages", read_languages},
                 {"territory", config_read_territory},
                 {"poles", read_poles},
                 {"structures", read_structures},
                 {"funders", read_funders}};

    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (strcmp(lists[i].key, node->key) == 0) {
            lists[i].read(reading, node, config);
            return true;
        }
    return false;
}
