/* A skill of the thesaurus and its labels. Plain values: no I/O. */
#ifndef EXCHANGE_MODEL_SKILL_H
#define EXCHANGE_MODEL_SKILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum label_kind { LABEL_PREFERRED, LABEL_ALTERNATIVE };

struct skill_label {
    const char *lang; /* "fr" or "en" */
    enum label_kind kind;
    const char *text;
};

struct skill {
    int64_t id;          /* 0 before it is saved */
    const char *source;  /* "site", "rome", "esco", "csv" or the name given to the import */
    const char *code;    /* what the source calls it; unique within the source */
    const char *parent_code; /* same source; NULL when at the top */
    const char *kind;    /* "occupation", "skill", "knowledge" or NULL */
    const char *description; /* NULL when none */
    const struct skill_label *labels;
    size_t label_count;
    int64_t version;
};

/* The preferred label in `lang`, else in French, else the first; "" when there is none. */
const char *skill_name(const struct skill *skill, const char *lang);

#endif
