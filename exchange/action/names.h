/* Structures, poles and thesaurus entries by id, read once for a batch of work. */
#ifndef EXCHANGE_ACTION_NAMES_H
#define EXCHANGE_ACTION_NAMES_H

#include "exchange/model/skill.h"
#include "exchange/model/structure.h"
#include "store/driver.h"

struct names {
    struct structure *structures;
    size_t structure_count;
    struct pole *poles;
    size_t pole_count;
    struct skill *skills; /* in order of id; only after names_load_skills */
    size_t skill_count;
};

/* All structures and poles: some tens. They live in `arena`. */
MUST_USE err_code names_load(struct db *db, struct arena *arena, struct names *out,
                             struct err *err);
/* Structures and poles kept from one time to the next; zeroed at first. */
struct names_kept {
    struct names names;
    struct arena *arena;
    int64_t change; /* number of the last change they know */
};
/* Reads them anew when the records changed since. What `kept->names` pointed at before is gone
 * then. */
MUST_USE err_code names_refresh(struct db *db, struct names_kept *kept, struct err *err);
void names_drop(struct names_kept *kept);

/* The whole thesaurus: some tens of thousands, for a rebuild. */
MUST_USE err_code names_load_skills(struct db *db, struct arena *arena,
                                    struct names *names, struct err *err);

/* NULL when there is none with that id. */
const struct structure *names_structure(const struct names *names, int64_t id);
const struct pole *names_pole(const struct names *names, int64_t id);
/* As names_pole, by its key; `key` may be NULL. */
const struct pole *names_pole_key(const struct names *names, const char *key);
const struct skill *names_skill(const struct names *names, int64_t id);

#endif
