/* The lists of a configuration: languages, communes, poles, structures. */
#include "config/reading.h"

#include "base/unicode.h"

#include <stdio.h>
#include <string.h>

enum {
    ITEMS_MOST = 2000,
    NAME_BYTES_MOST = 200,
    ABOUT_BYTES_MOST = 2000,
    NEAREST_MOST = 3
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

static size_t count_items(const struct yaml *list)
{
    size_t count = 0;

    for (const struct yaml *item = list->first; item; item = item->next)
        count++;
    return count;
}

static bool is_empty(const struct yaml *node)
{
    return node->kind == YAML_SCALAR && !node->is_quoted && !*node->scalar;
}

/* A list of texts; *count 0 after a mistake. */
static const char **read_texts(struct reading *reading, const struct yaml *node,
                               const char *path, size_t *count)
{
    const char **texts;

    *count = 0;
    if (is_empty(node))
        return NULL;
    if (node->kind != YAML_LIST) {
        mistake(reading, node, "%s: a list is expected", path);
        return NULL;
    }
    texts = arena_array(reading->arena, count_items(node) + 1, sizeof *texts);
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
    }
    if ((is_empty(node) || node->kind == YAML_LIST) &&
        (!config->language_count || strcmp(config->languages[0], "fr") != 0))
        mistake(reading, node, "languages: fr must come first");
}

static void read_territory(struct reading *reading, const struct yaml *node,
                           struct config *config)
{
    if (is_empty(node))
        return;
    if (node->kind != YAML_MAP) {
        mistake(reading, node, "territory: a map with the key communes is expected");
        return;
    }
    for (const struct yaml *item = node->first; item; item = item->next) {
        if (strcmp(item->key, "communes") == 0)
            config->communes =
                read_texts(reading, item, "territory.communes", &config->commune_count);
        else
            unknown_key(reading, item, "territory.",
                        unicode_distance(item->key, "communes", NEAREST_MOST) <=
                                NEAREST_MOST
                            ? "communes"
                            : NULL);
    }
}

static bool is_key(const char *key)
{
    size_t length = strlen(key);

    return length >= 1 && length <= 60 && key[0] != '-' && key[length - 1] != '-' &&
           strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
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
        if (keys[i].is_needed && (!node || is_empty(node)))
            mistake(reading, item, "%s%s is missing", prefix, keys[i].name);
        else if (node && node->kind == YAML_SCALAR && strcmp(keys[i].name, "key") == 0 &&
                 !is_key(node->scalar))
            mistake(reading, node,
                    "%skey: \"%.60s\" is not allowed; 1 to 60 of a-z, 0-9 and inner "
                    "hyphens",
                    prefix, node->scalar);
    }
}

static bool is_list_of_maps(struct reading *reading, const struct yaml *node,
                            const char *path, size_t *count)
{
    *count = 0;
    if (is_empty(node))
        return false;
    if (node->kind != YAML_LIST || count_items(node) > ITEMS_MOST) {
        mistake(reading, node, "%s: a list of at most %d items is expected", path,
                ITEMS_MOST);
        return false;
    }
    *count = count_items(node);
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

static void check_pole(struct reading *reading, const struct yaml *item,
                       struct config_pole *pole)
{
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
    struct config_pole *poles;
    size_t count;

    if (!is_list_of_maps(reading, node, "poles", &count))
        return;
    poles = arena_array(reading->arena, count, sizeof *poles);
    for (const struct yaml *item = node->first; poles && item; item = item->next) {
        struct config_pole *pole = &poles[config->pole_count];
        if (!check_item(reading, node, item, "poles"))
            continue;
        read_item(reading, item, "poles", keys, sizeof keys / sizeof keys[0],
                  (char *)pole);
        check_pole(reading, item, pole);
        config->pole_count++;
    }
    config->poles = poles;
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
    struct config_structure *structures;
    size_t count;

    if (!is_list_of_maps(reading, node, "structures", &count))
        return;
    structures = arena_array(reading->arena, count, sizeof *structures);
    for (const struct yaml *item = node->first; structures && item; item = item->next) {
        struct config_structure *one = &structures[config->structure_count];
        const struct yaml *url;
        if (!check_item(reading, node, item, "structures"))
            continue;
        read_item(reading, item, "structures", keys, sizeof keys / sizeof keys[0],
                  (char *)one);
        url = yaml_get(item, "url");
        if (one->url && strncmp(one->url, "https://", 8) != 0 &&
            strncmp(one->url, "http://", 7) != 0)
            mistake(reading, url,
                    "structures.url: \"%.60s\" must start with https:// or http://",
                    one->url);
        config->structure_count++;
    }
    config->structures = structures;
}

bool config_read_list(struct reading *reading, const struct yaml *node,
                      struct config *config)
{
    static const struct {
        const char *key;
        void (*read)(struct reading *, const struct yaml *, struct config *);
    } lists[] = {{"languages", read_languages},
                 {"territory", read_territory},
                 {"poles", read_poles},
                 {"structures", read_structures}};

    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (strcmp(lists[i].key, node->key) == 0) {
            lists[i].read(reading, node, config);
            return true;
        }
    return false;
}
