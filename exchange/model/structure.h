/* A structure d'accompagnement and a cooperation pole. Plain values. */
#ifndef EXCHANGE_MODEL_STRUCTURE_H
#define EXCHANGE_MODEL_STRUCTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct structure {
    int64_t id;
    const char *key;  /* a-z 0-9 and hyphens, in addresses */
    const char *name; /* never NULL */
    const char *kind; /* "association", "cae", "scop", "scic", "public", …; NULL unsaid */
    const char *commune, *about, *url; /* NULL when none */
    int64_t version;
};

struct pole {
    int64_t id;
    const char *key, *name;
    const char *kind;  /* "trade", "service" or "sales" */
    const char *about; /* NULL when none */
    const int64_t *skill_ids; /* in scope */
    size_t skill_count;
    const int64_t *facilitator_ids; /* people; the first keeps it, the others stand in */
    size_t facilitator_count;
    int64_t version;
};

#endif
