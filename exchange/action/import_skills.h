/* Skills gathered from a file, then put in place of what their source gave before. */
#ifndef EXCHANGE_ACTION_IMPORT_SKILLS_H
#define EXCHANGE_ACTION_IMPORT_SKILLS_H

#include "exchange/action/import_table.h"
#include "exchange/model/skill.h"

struct gathered {
    struct skill *skills; /* in the order of the file */
    struct gathered_from {
        const char *path;
        int line;
    } *from; /* where each stands */
    size_t count, capacity, from_capacity;
};

/* Adds a skill whose texts live in the run's arena. */
MUST_USE err_code gather_skill(struct table *table, struct gathered *gathered,
                               const struct skill *skill);
/* Adds labels separated by | or line breaks. `labels` grows in the run's arena. */
MUST_USE err_code gather_labels(struct table *table, const char *text, const char *lang,
                                enum label_kind kind, struct skill *skill,
                                size_t *capacity);
/* Compares with the source's skills in the records, and writes the difference when applied:
 * ids of codes that stay are kept. */
MUST_USE err_code gathered_put(struct table *table, struct gathered *gathered,
                               const char *source, bool is_applied);

#endif
