/* What the subject files of the store share: ids, numbers, short writes. */
#ifndef STORE_ROWS_H
#define STORE_ROWS_H

#include "store/driver.h"

/* One number of a statement with up to four whole-number parameters. `fallback` when no
 * row. */
MUST_USE err_code rows_number(struct db *db, enum query query, const int64_t *parameters,
                              int parameter_count, int64_t fallback, int64_t *out,
                              struct err *err);
/* As rows_number with one text parameter $1. */
MUST_USE err_code rows_number_by_text(struct db *db, enum query query, const char *text,
                                      int64_t *out, struct err *err);
/* The same with a moment $2: how many since. */
MUST_USE err_code rows_count_since(struct db *db, enum query query, const char *text,
                                   int64_t since, int64_t *out, struct err *err);
/* The first column of every row, as ids. */
MUST_USE err_code rows_ids(struct db *db, struct arena *arena, enum query query,
                           const int64_t *parameters, int parameter_count, int64_t **out,
                           size_t *count, struct err *err);
/* Runs a statement with whole-number parameters. */
MUST_USE err_code rows_run(struct db *db, enum query query, const int64_t *parameters,
                           int parameter_count, struct err *err);
/* Writes ids below a parent: $1 parent, $2 position, $3 id. */
MUST_USE err_code rows_add_ids(struct db *db, enum query query, int64_t parent,
                               const int64_t *ids, size_t count, struct err *err);
/* The next id of a table. */
MUST_USE err_code rows_next_id(struct db *db, const char *table, int64_t *id,
                               struct err *err);
/* ERR_CONFLICT "…changed meanwhile" unless exactly one row changed. */
MUST_USE err_code rows_changed_one(int64_t changed, const char *what, int64_t id,
                                   struct err *err);

/* Rows of one kind, read one by one into a list that grows in the arena. */
struct rows {
    struct arena *arena;
    size_t size; /* of an item */
    void (*read)(struct stmt *stmt, struct arena *arena, void *item);
    char *items;
    size_t count, capacity;
};
/* Those of a statement whose parameters are bound, behind those that are there. */
MUST_USE err_code rows_read(struct rows *rows, struct stmt *stmt, struct err *err);
/* Those of a statement with whole-number parameters. */
MUST_USE err_code rows_all(struct rows *rows, struct db *db, enum query query,
                           const int64_t *parameters, int count, struct err *err);

#endif
