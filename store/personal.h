/* Rows about one person in any table, told and erased by the statements of queries/personal.sql. A
 * statement takes one value: an id, or an e-mail address. */
#ifndef STORE_PERSONAL_H
#define STORE_PERSONAL_H

#include "store/driver.h"

/* Whose rows. */
struct personal_key {
    int64_t id;        /* of a person or an account; 0 when `email` is set */
    const char *email; /* lower case; NULL when `id` is set */
};

struct personal_cell {
    const char *name; /* of the column, as the statement calls it */
    const char *text; /* NULL: a number, or nothing */
    int64_t number;
    bool is_number;
};

struct personal_line {
    const struct personal_cell *cells; /* those that hold something */
    size_t cell_count;
};

/* Every row of a reading statement, added to *lines. */
MUST_USE err_code personal_read(struct db *db, struct arena *arena, enum query query,
                                const struct personal_key *key,
                                struct personal_line **lines, size_t *count,
                                size_t *capacity, struct err *err);
/* Runs an erasing statement inside a writer's job; the caller notes the change. */
MUST_USE err_code personal_erase(struct db *db, enum query query,
                                 const struct personal_key *key, struct err *err);

/* ---- erasing, inside a writer's job ---- */

/* Her need number `id` loses what she said: the whole need goes when nobody else shares it, else it
 * stays without author, in the words of who shares it, or as its skill is called, or as `neutral`.
 * Notes the change. */
MUST_USE err_code personal_erase_need(struct db *db, int64_t id, const char *neutral,
                                      int64_t now, struct err *err);
/* Mails that wait and hold that name or address go, whoever they are for. */
MUST_USE err_code personal_erase_mails(struct db *db, const char *words, struct err *err);
/* Notes that person `id` is gone for good. */
MUST_USE err_code personal_note_erased(struct db *db, int64_t id, int64_t now,
                                       struct err *err);

/* Who must stay erased. */
struct erased {
    int64_t person_id, at;
};
MUST_USE err_code personal_erased(struct db *db, struct arena *arena,
                                  struct erased **out, size_t *count, struct err *err);
#endif
