/* The wall in front of the database engine: one SQL text, several engines.
 *
 * Statements are named in the .sql files of store/queries and become `enum query` at build
 * time. Their parameters are $1, $2, … as PostgreSQL numbers them (SQLite is bound by that name). A
 * connection belongs to one thread at a time. Not for building SQL at run time. */
#ifndef STORE_DRIVER_H
#define STORE_DRIVER_H

#include "base/arena.h"
#include "base/progress.h"
#include "base/text.h"
#include "store/queries.h" /* generated: enum query */

#include <stdint.h>

struct db;
struct stmt;

enum db_mode { DB_READ, DB_WRITE };

/* `address` is a folder's database file, or postgresql://… once that engine is there.
 * Owned by the caller: db_close(). ERR_STORE with the engine's reason; an unknown newer
 * schema is refused with both numbers. */
MUST_USE err_code db_open(struct db **out, const char *address, enum db_mode mode,
                          struct err *err);
void db_close(struct db *db); /* accepts NULL */

/* The address of the records in a data folder. NULL when the arena is full. */
const char *store_address(struct arena *arena, const char *data_folder);

/* For the writer and the migrations only. db_open_any asks no schema. */
MUST_USE err_code db_open_any(struct db **out, const char *address, enum db_mode mode,
                              struct err *err);
MUST_USE err_code db_execute(struct db *db, const char *sql, struct err *err);
MUST_USE err_code db_schema_number(struct db *db, int *number, struct err *err);
MUST_USE err_code db_set_schema_number(struct db *db, int number, struct err *err);
int64_t db_total_changes(struct db *db); /* rows changed since it was opened */
bool db_in_transaction(struct db *db);   /* false when the engine undid it by itself */

/* The prepared statement, ready to bind. One use of a query at a time on a connection: a
 * second db_query of the same query while the first still gives rows is our own mistake. */
MUST_USE err_code db_query(struct db *db, enum query query, struct stmt **out,
                           struct err *err);
void stmt_int(struct stmt *stmt, int number, int64_t value);
void stmt_id(struct stmt *stmt, int number, int64_t id);           /* 0 binds NULL */
void stmt_text(struct stmt *stmt, int number, const char *string); /* NULL binds NULL;
                                                                      copied */
/* Next row: *has_row. ERR_CONFLICT on a broken constraint (the text names it), ERR_BUSY when
 * locked, ERR_STORE otherwise. At the end, or on failure, the statement is reset by itself. */
MUST_USE err_code stmt_next(struct stmt *stmt, bool *has_row, struct err *err);
/* Runs a statement that gives no rows; *changed (may be NULL) is how many it changed. */
MUST_USE err_code stmt_run(struct stmt *stmt, int64_t *changed, struct err *err);
void stmt_end(struct stmt *stmt); /* stops before the last row */

/* Columns count from 0; NULL reads as 0 or NULL. Text is copied into the arena. */
int64_t row_int(struct stmt *stmt, int column);
const char *row_text(struct stmt *stmt, int column, struct arena *arena);

/* What a row holds, for those who show rows of any statement: its columns, their names (valid until
 * the next row) and whether the value is a number; NULL is no number. */
int row_columns(struct stmt *stmt);
const char *row_name(struct stmt *stmt, int column);
bool row_is_number(struct stmt *stmt, int column);

/* What the engine finds wrong with its file (pages, types, checks, foreign keys): a line each in
 * `lines`, counted in *troubles. */
MUST_USE err_code db_integrity(struct db *db, struct text *lines, int64_t *troubles,
                               struct err *err);
/* Copies the records as they are at one moment into a new file at `path`, which must not be there,
 * while others go on writing. `progress` (may be NULL) counts pages. ERR_STORE with the reason; the
 * file is then worth nothing. */
MUST_USE err_code db_copy(struct db *db, const char *path, struct progress *progress,
                          struct err *err);

/* A read snapshot over several statements. */
MUST_USE err_code db_read_begin(struct db *db, struct err *err);
void db_read_end(struct db *db);

#endif
