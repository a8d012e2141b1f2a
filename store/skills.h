/* Records of the thesaurus: skills, their labels, parents and codes. */
#ifndef STORE_SKILLS_H
#define STORE_SKILLS_H

#include "exchange/model/skill.h"
#include "store/driver.h"

MUST_USE err_code skills_get(struct db *db, struct arena *arena, int64_t id,
                             struct skill *out, struct err *err);
MUST_USE err_code skills_next(struct db *db, struct arena *arena, int64_t after_id,
                              size_t most, struct skill **out, size_t *count,
                              struct err *err);
MUST_USE err_code skills_count(struct db *db, int64_t *count, struct err *err);
/* id 0 makes a new one; otherwise replaces labels and all. Notes its change unless
 * `is_bulk` (the caller then notes one change with id 0). Parents are set afterwards. */
MUST_USE err_code skills_save(struct db *db, struct skill *skill, bool is_bulk,
                              int64_t now, struct err *err);
MUST_USE err_code skills_erase(struct db *db, int64_t id, bool is_bulk, int64_t now,
                               struct err *err);
/* Sets or clears the parent by its code in the same source. */
MUST_USE err_code skills_set_parent(struct db *db, const struct skill *skill,
                                    struct err *err);
/* Every skill of a source: ids and codes, in order of code. */
struct skill_code {
    int64_t id;
    const char *code;
};
MUST_USE err_code skills_of_source(struct db *db, struct arena *arena, const char *source,
                                   struct skill_code **out, size_t *count,
                                   struct err *err);
/* The site's own families: skills of source "site" without a parent. */
MUST_USE err_code skills_families(struct db *db, struct arena *arena, size_t most,
                                  struct skill **out, size_t *count, struct err *err);
/* Children, by id. */
MUST_USE err_code skills_children(struct db *db, struct arena *arena, int64_t parent_id,
                                  struct skill **out, size_t *count, struct err *err);

#endif
