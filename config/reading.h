/* What the files that read a configuration share. */
#ifndef CONFIG_READING_H
#define CONFIG_READING_H

#include "config/config.h"
#include "config/yaml.h"

struct reading {
    struct arena *arena;
    const char *path;
    struct text *mistakes;
    int count; /* mistakes so far */
};

/* Adds "FILE:LINE:COLUMN: …". */
void mistake(struct reading *reading, const struct yaml *node, const char *format, ...)
    PRINTF_LIKE(3, 4);
/* `nearest` may be NULL. */
void unknown_key(struct reading *reading, const struct yaml *node, const char *prefix,
                 const char *nearest);

/* Reads one of the lists (languages, territory, poles, structures, funders); false when
 * it is none. */
bool config_read_list(struct reading *reading, const struct yaml *node,
                      struct config *config);

/* `communes` of the territory. */
void config_read_territory(struct reading *reading, const struct yaml *node,
                           struct config *config);
/* Nothing was written there. */
bool config_is_empty(const struct yaml *node);
size_t config_count_items(const struct yaml *list);

/* The rules between settings, and the forms of addresses. */
void config_check_rules(struct reading *reading, const struct yaml *root,
                        struct config *config);

#endif
