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
/* id 0 makes a new one; otherwise replaces labels and all. Notes its change. */
MUST_USE err_code skills_save(struct db *db, struct skill *skill, int64_t now,
                              struct err *err);
MUST_USE err_code skills_erase(struct db *db, int64_t id, int64_t now, struct err *err);
MUST_USE err_code skills_find_code(struct db *db, const char *source, const char *code,
                                   int64_t *id, struct err *err);
/* The skill one of whose labels folds (unicode_fold, blanks squeezed) to `folded`: preferred
 * labels before alternatives, source "site" before others, then the lowest id; 0 when none. */
MUST_USE err_code skills_find_label(struct db *db, const char *folded, int64_t *id,
                                    struct err *err);
/* Children, by name. */
MUST_USE err_code skills_children(struct db *db, struct arena *arena, int64_t parent_id,
                                  struct skill **out, size_t *count, struct err *err);

#endif
