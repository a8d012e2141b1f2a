/* The site's one configuration file: settings by settings.def, lists by their own rules.
 */
#include "config/config.h"

#include "base/file.h"
#include "base/unicode.h"
#include "config/reading.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_BYTES_MOST = 1 << 20, KEY_BYTES_MOST = 60, NEAREST_MOST = 3 };

enum setting_type { TEXT, INT, REAL, BOOL };

struct setting {
    const char *path;
    enum setting_type type;
    size_t offset;
    const char *unit;
    double least, most;
    const char *sentence;
};

static const struct setting settings[] = {
#define SETTING(path, type, member, unit, initial, least, most, sentence)                \
    {path, type, offsetof(struct config, member), unit, least, most, sentence},
#include "config/settings.def"
#undef SETTING
};
enum { SETTING_COUNT = sizeof settings / sizeof settings[0] };

static const char *const list_names[] = {"languages", "territory", "poles", "structures"};

err_code config_defaults(struct arena *arena, struct config *out, struct err *err)
{
    const char **languages = arena_array(arena, 2, sizeof *languages);

    if (!languages)
        return err_set(err, ERR_MEMORY, "no room for the defaults");
    *out = (struct config){
#define SETTING(path, type, member, unit, initial, least, most, sentence)                \
    .member = initial,
#include "config/settings.def"
#undef SETTING
    };
    languages[0] = "fr";
    languages[1] = "en";
    out->languages = languages;
    out->language_count = 2;
    out->zone = zone_paris;
    return ERR_NONE;
}

void mistake(struct reading *reading, const struct yaml *node, const char *format, ...)
{
    char text[ERR_TEXT_MAX];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    text_printf(reading->mistakes, "%s:%d:%d: %s\n", reading->path, node->line,
                node->column, text);
    reading->count++;
}

static const char *kind_word(const struct yaml *node)
{
    return node->kind == YAML_LIST  ? "a list"
           : node->kind == YAML_MAP ? "a map"
                                    : "a value";
}

static bool has_control(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            return true;
    return false;
}

static void read_text(struct reading *reading, const struct setting *setting,
                      const struct yaml *node, char *member)
{
    size_t length = strlen(node->scalar);

    if (length < (size_t)setting->least || length > (size_t)setting->most)
        mistake(reading, node,
                "%s: \"%.60s\" is %zu bytes long; %.0f to %.0f are allowed",
                setting->path, node->scalar, length, setting->least, setting->most);
    else if (has_control(node->scalar))
        mistake(reading, node, "%s: line breaks and control characters are not allowed",
                setting->path);
    else
        memcpy(member, &node->scalar, sizeof node->scalar);
}

/* "8", or "8 s" with the setting's own unit. */
static bool split_unit(const char *value, const char *unit, char number[32])
{
    size_t length = strcspn(value, " ");

    if (length == 0 || length >= 32)
        return false;
    memcpy(number, value, length);
    number[length] = '\0';
    return value[length] == '\0' || (*unit && strcmp(value + length + 1, unit) == 0);
}

static void read_number(struct reading *reading, const struct setting *setting,
                        const struct yaml *node, char *member)
{
    bool is_whole = setting->type == INT;
    const char *unit = setting->unit;
    char number[32], *end = number;
    double value = 0;
    bool is_number =
        !node->is_quoted && split_unit(node->scalar, unit, number) &&
        number[strspn(number, is_whole ? "-0123456789" : "-0123456789.")] == '\0';

    if (is_number) {
        errno = 0;
        value = strtod(number, &end);
        is_number = end != number && *end == '\0' && errno == 0;
    }
    if (!is_number || value < setting->least || value > setting->most) {
        mistake(reading, node, "%s: \"%.60s\" is not allowed; %s from %.*f to %.*f%s%s",
                setting->path, node->scalar, is_whole ? "a whole number" : "a number",
                is_whole ? 0 : 2, setting->least, is_whole ? 0 : 2, setting->most,
                *unit ? " " : "", unit);
        return;
    }
    if (is_whole)
        memcpy(member, &(int64_t){strtoll(number, NULL, 10)}, sizeof(int64_t));
    else
        memcpy(member, &value, sizeof value);
}

static void read_truth(struct reading *reading, const struct setting *setting,
                       const struct yaml *node, char *member)
{
    bool is_yes = strcmp(node->scalar, "true") == 0;

    if (node->is_quoted || (!is_yes && strcmp(node->scalar, "false") != 0))
        mistake(reading, node, "%s: \"%.60s\" is not allowed; true or false",
                setting->path, node->scalar);
    else
        memcpy(member, &is_yes, sizeof is_yes);
}

static void read_setting(struct reading *reading, const struct setting *setting,
                         const struct yaml *node, struct config *config)
{
    char *member = (char *)config + setting->offset;

    if (node->kind != YAML_SCALAR) {
        mistake(reading, node, "%s: %s where one value is expected", setting->path,
                kind_word(node));
        return;
    }
    switch (setting->type) {
    case TEXT:
        read_text(reading, setting, node, member);
        break;
    case INT:
    case REAL:
        read_number(reading, setting, node, member);
        break;
    case BOOL:
        read_truth(reading, setting, node, member);
        break;
    }
}

static bool is_group(const char *path, size_t length)
{
    for (int i = 0; i < SETTING_COUNT; i++)
        if (strncmp(settings[i].path, path, length) == 0 &&
            settings[i].path[length] == '.')
            return true;
    return false;
}

/* The known key (at this depth) that looks most like an unknown one, or NULL. */
static const char *nearest_key(const char *prefix, const char *key,
                               char out[KEY_BYTES_MOST])
{
    size_t prefix_length = strlen(prefix);
    int best = NEAREST_MOST + 1;

    out[0] = '\0';
    for (size_t i = 0; i < SETTING_COUNT + 4; i++) {
        const char *path =
            i < SETTING_COUNT ? settings[i].path : list_names[i - SETTING_COUNT];
        char name[KEY_BYTES_MOST];
        int distance;
        if (strncmp(path, prefix, prefix_length) != 0)
            continue;
        snprintf(name, sizeof name, "%.*s", (int)strcspn(path + prefix_length, "."),
                 path + prefix_length);
        distance = unicode_distance(name, key, NEAREST_MOST);
        if (distance < best) {
            best = distance;
            memcpy(out, name, sizeof name);
        }
    }
    return out[0] ? out : NULL;
}

void unknown_key(struct reading *reading, const struct yaml *node, const char *prefix,
                 const char *nearest)
{
    struct yaml at = {.line = node->key_line, .column = node->key_column};

    if (nearest)
        mistake(reading, &at, "%s%s: unknown key; did you mean \"%s\"?", prefix,
                node->key, nearest);
    else
        mistake(reading, &at, "%s%s: unknown key", prefix, node->key);
}

static void read_settings(struct reading *reading, const struct yaml *map,
                          const char *prefix, struct config *config)
{
    for (const struct yaml *node = map->first; node; node = node->next) {
        char path[2 * KEY_BYTES_MOST], nearest[KEY_BYTES_MOST];
        int i;
        snprintf(path, sizeof path, "%s%.*s", prefix, KEY_BYTES_MOST - 1, node->key);
        if (!*prefix && config_read_list(reading, node, config))
            continue;
        for (i = 0; i < SETTING_COUNT && strcmp(settings[i].path, path) != 0; i++)
            ;
        if (i < SETTING_COUNT) {
            read_setting(reading, &settings[i], node, config);
        } else if (!*prefix && is_group(path, strlen(path))) {
            if (node->kind == YAML_MAP) {
                snprintf(path, sizeof path, "%.*s.", KEY_BYTES_MOST - 1, node->key);
                read_settings(reading, node, path, config);
            } else if (node->kind == YAML_LIST || *node->scalar) {
                mistake(reading, node, "%s: %s where a map is expected", path,
                        kind_word(node));
            }
        } else {
            unknown_key(reading, node, prefix, nearest_key(prefix, node->key, nearest));
        }
    }
}

static const char *skip_mark(const struct text *bytes, size_t *length)
{
    bool has_mark = bytes->length >= 3 && memcmp(bytes->bytes, "\xef\xbb\xbf", 3) == 0;

    *length = bytes->length - (has_mark ? 3 : 0);
    return bytes->bytes + (has_mark ? 3 : 0);
}

static err_code read_bytes(struct reading *reading, const struct text *bytes,
                           struct config *config, struct err *err)
{
    struct err wrong = {0};
    struct yaml *root;
    size_t length;
    const char *start = skip_mark(bytes, &length);
    int line = 1, column = 1;
    err_code code =
        yaml_read(reading->arena, start, length, &root, &line, &column, &wrong);

    if (code == ERR_INVALID) {
        text_printf(reading->mistakes, "%s:%d:%d: %s\n", reading->path, line, column,
                    wrong.text);
        reading->count++;
    } else if (code != ERR_NONE) {
        return err_set(err, code, "%s", wrong.text);
    } else if (root->kind != YAML_MAP) {
        mistake(reading, root, "%s where a map of settings is expected", kind_word(root));
    } else {
        read_settings(reading, root, "", config);
        config_check_rules(reading, root, config);
    }
    if (reading->count)
        return err_set(err, ERR_INVALID, "%s: %d mistakes", reading->path,
                       reading->count);
    return ERR_NONE;
}

err_code config_read(struct arena *arena, const char *path, struct config *out,
                     struct text *mistakes, struct err *err)
{
    struct reading reading = {.arena = arena, .path = path, .mistakes = mistakes};
    struct config config;
    struct text bytes;
    err_code code = config_defaults(arena, &config, err);

    if (code != ERR_NONE)
        return code;
    text_init(&bytes, FILE_BYTES_MOST);
    code = file_read(path, &bytes, err);
    if (code == ERR_NONE)
        code = read_bytes(&reading, &bytes, &config, err);
    text_done(&bytes);
    if (code != ERR_NONE)
        return code;
    config.path = path;
    *out = config;
    return ERR_NONE;
}

void config_explain(struct text *out)
{
    static const char *const types[] = {"text", "whole number", "number", "true/false"};

    for (int i = 0; i < SETTING_COUNT; i++) {
        const struct setting *setting = &settings[i];
        text_printf(out, "%s\n    %s %.*f to %.*f%s%s. %s\n", setting->path,
                    types[setting->type], setting->type == REAL ? 2 : 0, setting->least,
                    setting->type == REAL ? 2 : 0, setting->most,
                    *setting->unit ? " " : "",
                    setting->type == TEXT ? "bytes" : setting->unit, setting->sentence);
    }
}
