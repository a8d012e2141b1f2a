/* The communes of the territory and where they are. */
#include "config/territory.h"

#include "base/unicode.h"
#include "config/reading.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double EARTH_KM = 6371, RADIANS = 3.14159265358979323846 / 180;

enum { KEYS = 3 };
static const char *const keys[KEYS] = {"name", "latitude", "longitude"};

static const char *nearest_key(const char *const *names, size_t count, const char *key)
{
    enum { NEAREST_MOST = 3 };

    for (size_t i = 0; i < count; i++)
        if (unicode_distance(names[i], key, NEAREST_MOST) <= NEAREST_MOST)
            return names[i];
    return NULL;
}

static double read_degrees(struct reading *reading, const struct yaml *item,
                           const char *key, double most)
{
    const struct yaml *node = yaml_get(item, key);
    char *end = NULL;
    double degrees;

    if (!node || node->kind != YAML_SCALAR) {
        mistake(reading, node ? node : item,
                "territory.communes.%s: a number of degrees is expected, like 45.19",
                key);
        return 0;
    }
    degrees = strtod(node->scalar, &end);
    if (!*node->scalar || *end || fabs(degrees) > most ||
        node->scalar[strspn(node->scalar, "-0123456789.")])
        mistake(reading, node,
                "territory.communes.%s: \"%.20s\" is not allowed; degrees, %.0f to %.0f",
                key, node->scalar, -most, most);
    return degrees;
}

/* A name alone, or a map that says where it is. */
static bool read_commune(struct reading *reading, const struct yaml *item,
                         struct config_commune *out)
{
    const struct yaml *name = item->kind == YAML_MAP ? yaml_get(item, "name") : item;
    bool is_map = item->kind == YAML_MAP;

    for (const struct yaml *node = is_map ? item->first : NULL; node; node = node->next) {
        size_t i = 0;
        while (i < KEYS && strcmp(keys[i], node->key) != 0)
            i++;
        if (i == KEYS)
            unknown_key(reading, node, "territory.communes.",
                        nearest_key(keys, KEYS, node->key));
    }
    if (!name || name->kind != YAML_SCALAR || !*name->scalar ||
        strlen(name->scalar) > COMMUNE_BYTES_MOST) {
        mistake(reading, name ? name : item,
                "territory.communes: each item is a name of 1 to %d bytes, or a map with "
                "name, latitude and longitude",
                COMMUNE_BYTES_MOST);
        return false;
    }
    *out = (struct config_commune){.name = name->scalar,
                                   .key = unicode_fold(reading->arena, name->scalar),
                                   .has_place = is_map};
    if (is_map) {
        out->latitude = read_degrees(reading, item, "latitude", 90);
        out->longitude = read_degrees(reading, item, "longitude", 180);
    }
    return out->key != NULL;
}

static int by_key(const void *a, const void *b)
{
    const struct config_commune *x = a, *y = b;

    return strcmp(x->key, y->key);
}

static void read_communes(struct reading *reading, const struct yaml *node,
                          struct config *config)
{
    struct config_commune *communes;
    size_t count = 0;

    if (config_is_empty(node))
        return;
    if (node->kind != YAML_LIST || config_count_items(node) > COMMUNES_MOST) {
        mistake(reading, node,
                "territory.communes: a list of at most %d items is expected",
                COMMUNES_MOST);
        return;
    }
    communes =
        arena_array(reading->arena, config_count_items(node) + 1, sizeof *communes);
    for (const struct yaml *item = node->first; communes && item; item = item->next)
        count += read_commune(reading, item, &communes[count]);
    if (count)
        qsort(communes, count, sizeof *communes, by_key);
    for (size_t i = 1; i < count; i++)
        if (strcmp(communes[i].key, communes[i - 1].key) == 0)
            mistake(reading, node, "territory.communes: \"%s\" is there twice",
                    communes[i].name);
    config->communes = communes;
    config->commune_count = count;
}

void config_read_territory(struct reading *reading, const struct yaml *node,
                           struct config *config)
{
    static const char *const known[] = {"communes"};

    if (config_is_empty(node))
        return;
    if (node->kind != YAML_MAP) {
        mistake(reading, node, "territory: a map with the key communes is expected");
        return;
    }
    for (const struct yaml *item = node->first; item; item = item->next) {
        if (strcmp(item->key, known[0]) == 0)
            read_communes(reading, item, config);
        else
            unknown_key(reading, item, "territory.", nearest_key(known, 1, item->key));
    }
}

const struct config_commune *territory_find(const struct config *config, const char *key)
{
    const struct config_commune wanted = {.key = key};

    return config->commune_count
               ? bsearch(&wanted, config->communes, config->commune_count,
                         sizeof *config->communes, by_key)
               : NULL;
}

double territory_km(const struct config_commune *a, const struct config_commune *b)
{
    double up, along, chord;

    if (!a || !b || !a->has_place || !b->has_place)
        return -1;
    up = sin((b->latitude - a->latitude) * RADIANS / 2);
    along = sin((b->longitude - a->longitude) * RADIANS / 2);
    chord =
        up * up + cos(a->latitude * RADIANS) * cos(b->latitude * RADIANS) * along * along;
    return 2 * EARTH_KM * asin(fmin(1, sqrt(chord)));
}
