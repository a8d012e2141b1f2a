/* Reading who did what (written with audit_of, store/change.h): for those who answer for a site. */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "store/driver.h"

struct audit_row {
    int64_t id, at;
    const char *actor;  /* "cli", "job", "account 12" */
    const char *email;  /* of that account; NULL when it is none, or gone */
    const char *verb;
    const char *detail; /* NULL when none */
    int64_t pole_id, person_id; /* 0: none */
    const char *person_name;    /* NULL when none, or gone */
};

struct audit_filter {
    int64_t pole_id;  /* 0: all */
    const char *verb; /* NULL or "": all */
    size_t offset, most;
};

/* Latest first; *total counts all that the filter lets through. */
MUST_USE err_code audit_list(struct db *db, struct arena *arena,
                             const struct audit_filter *filter, struct audit_row **out,
                             size_t *count, int64_t *total, struct err *err);
/* Every verb there is, in order, at most `most`. */
MUST_USE err_code audit_verbs(struct db *db, struct arena *arena, size_t most,
                              const char ***out, size_t *count, struct err *err);

#endif
