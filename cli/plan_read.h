/* Reading the parts of a problem: names, numbers, dates, each with where it stands. */
#ifndef CLI_PLAN_READ_H
#define CLI_PLAN_READ_H

#include "base/lookup.h"
#include "cli/plan_file.h"
#include "web/view/tree.h"

enum { NAME_KINDS = 8 };

enum names {
    NAME_DATE,
    NAME_COMMUNE,
    NAME_SKILL,
    NAME_PERSON,
    NAME_ROOM,
    NAME_NEED,
    NAME_LANGUAGE,
    NAME_EQUIPMENT
};

struct reading {
    struct arena *arena;
    struct plan_file *file;
    struct lookup *names[NAME_KINDS];
    int64_t bits[2]; /* languages and kinds of equipment so far */
    char where[120];
    struct err *err;
};

#define WRONG(reading, ...)                                                              \
    (err_set((reading)->err, ERR_INVALID, __VA_ARGS__),                                  \
     err_context((reading)->err, "%s", (reading)->where), ERR_INVALID)

/* A list of named things: the list, its names, and room for as many of `size`. */
struct things {
    const char *key;
    enum names kind;
    size_t most, size;
    const char *keys; /* of each, blanks between */
    const struct tree *list;
    size_t count;
    const char **names;
    void *items;
};

err_code plan_no_room(struct reading *reading);

void plan_at(struct reading *reading, const char *list, size_t i);

MUST_USE err_code plan_read_list(struct reading *reading, const struct tree *root,
                                 const char *key, size_t most, const struct tree **out,
                                 size_t *count);

/* A number within its range; `fallback` when it is absent. */
MUST_USE err_code plan_read_number(struct reading *reading, const struct tree *object,
                                   const char *key, double least, double most,
                                   double fallback, double *out);

MUST_USE err_code plan_read_whole(struct reading *reading, const struct tree *object,
                                  const char *key, int least, int most, int fallback,
                                  int *out);

/* true or false; false when it is absent. */
MUST_USE err_code plan_read_truth(struct reading *reading, const struct tree *object,
                                  const char *key, bool *out);

/* A list of objects that may be absent; then there are none. `*items` has room for each,
 * `size` bytes. */
MUST_USE err_code plan_read_objects(struct reading *reading, const struct tree *object,
                                    const char *key, size_t size, const struct tree **out,
                                    size_t *count, void **items);

/* Tells of a key that is none of those in `known`, which have blanks between. */
MUST_USE err_code plan_read_keys(struct reading *reading, const struct tree *object,
                                 const char *known);

/* The index of what `text` names; with `is_optional` -1 when it is absent. */
MUST_USE err_code plan_read_name(struct reading *reading, const struct tree *value,
                                 const char *key, enum names kind, bool is_optional,
                                 int *out);

/* Bits of languages or equipment; new words get the next one. */
MUST_USE err_code plan_read_bits(struct reading *reading, const struct tree *object,
                                 const char *key, enum names kind, uint64_t *out);

/* Dates as a bit set; absent: `all`. */
MUST_USE err_code plan_read_dates(struct reading *reading, const struct tree *object,
                                  const uint64_t *all, const uint64_t **out);

MUST_USE err_code plan_names_of(struct reading *reading, const struct tree *list,
                                size_t count, const char *key, enum names kind,
                                const char ***out);

MUST_USE err_code plan_begin_things(struct reading *reading, const struct tree *root,
                                    struct things *things);

#endif
