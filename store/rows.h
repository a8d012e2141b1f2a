/* What the subject files of the store share: rows with lists below them, ids, short writes. */
#ifndef STORE_ROWS_H
#define STORE_ROWS_H

#include "exchange/model/person.h"
#include "store/driver.h"

/* A list below rows: (parent id, columns from 1 on), in order of parent. */
struct child_list {
    enum query query;   /* $1 first and $2 last parent id */
    size_t item_size;
    /* Fills one item from the row; text goes into the arena. */
    void (*read)(struct stmt *stmt, struct arena *arena, void *item);
};

struct child_span {
    size_t start, count;
};

/* Reads the lists of `count` parents with ascending ids: *items holds all, spans[i] says which
 * belong to ids[i]. */
MUST_USE err_code rows_children(struct db *db, struct arena *arena,
                                const struct child_list *list, const int64_t *ids,
                                size_t count, struct child_span *spans, void **items,
                                struct err *err);

/* Reads a list of plain ids below rows (item: int64_t). */
void rows_read_id(struct stmt *stmt, struct arena *arena, void *item);
/* Weekly times below rows (item: struct weekly_window). */
void rows_read_window(struct stmt *stmt, struct arena *arena, void *item);

/* One number of a statement with up to four whole-number parameters. `fallback` when no row. */
MUST_USE err_code rows_number(struct db *db, enum query query, const int64_t *parameters,
                              int parameter_count, int64_t fallback, int64_t *out,
                              struct err *err);
/* As rows_number with one text parameter $1. */
MUST_USE err_code rows_number_by_text(struct db *db, enum query query, const char *text,
                                      int64_t *out, struct err *err);
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

#endif
