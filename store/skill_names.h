/* Which skill a name means: the one place that decides, for the skills of people, needs,
 * sessions and poles, whether they come from a spreadsheet, the configuration or a form.
 *
 * A name means, in this order:
 * 1. "source:code", to the letter ("rome:D1102"): exports write it where a code alone would
 *    mean another skill;
 * 2. a code, to the letter;
 * 3. a label, without case, accents and doubled blanks: a preferred one before an alternative.
 * Where several sources know the name: "site", the site's own, before what structures bring by
 * CSV (in order of the source's name), before "esco", before "rome"; within a source the first
 * code. It does not depend on the order in which the sources were imported. Weak side: it does
 * not forgive a slip; that is for the search. */
#ifndef STORE_SKILL_NAMES_H
#define STORE_SKILL_NAMES_H

#include "store/driver.h"

/* A label as it is compared: unicode_fold without blanks at the ends or doubled. NULL when the
 * arena is full. */
char *skill_label_fold(struct arena *arena, const char *label);

/* The skill that `name` means now; *id 0 when there is none. */
MUST_USE err_code skill_named(struct db *db, const char *name, int64_t *id,
                              struct err *err);

/* The same for many names within one transaction: each is looked up once. Owned by the caller,
 * on `db`, which must outlive it: skill_names_free(). ERR_MEMORY only. */
struct skill_names;
MUST_USE err_code skill_names_new(struct skill_names **out, struct db *db,
                                  struct err *err);
void skill_names_free(struct skill_names *names); /* accepts NULL */
MUST_USE err_code skill_names_find(struct skill_names *names, const char *name,
                                   int64_t *id, struct err *err);

#endif
