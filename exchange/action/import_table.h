/* What the imports share: the file, its columns, its mistakes, its cells. */
#ifndef EXCHANGE_ACTION_IMPORT_TABLE_H
#define EXCHANGE_ACTION_IMPORT_TABLE_H

#include "base/lookup.h"
#include "exchange/action/import.h"
#include "store/skill_names.h"

enum column {
#define COLUMN(key, names) COLUMN_##key,
#include "exchange/action/columns.def"
#undef COLUMN
    COLUMN_COUNT
};

/* The structures or poles a run knows by name; ids below 0 are only going to be made. */
struct places {
    struct lookup *by_name; /* NULL until the first is named */
    const char **names;     /* of those that were there before the run */
    size_t name_count;
    int64_t coming;         /* the last id below 0 */
};

struct table {
    struct db *db;
    const struct import_options *options;
    struct import_report *report;
    struct arena *arena;     /* the whole run */
    struct arena *row_arena; /* one row */
    const char *path; /* of the file being read */
    struct csv_reader reader;
    struct text bytes;
    int at[COLUMN_COUNT]; /* cell of a column in a row, -1 when the file has none */
    struct csv_cell *cells;
    size_t cell_count, column_count; /* of the row; of the header */
    struct skill_names *skill_names;
    struct lookup *marks; /* what may stand once in the file: its line */
    struct places structures, poles; /* import_names.c */
    int64_t nameless; /* needs and sessions without an id */
    struct err *err;
};

/* What a run needs; table_close() in any case. */
MUST_USE err_code table_start(struct table *table);
void table_close(struct table *table);
/* Reads a file to be taken row by row, in place of the one before. What is no text is a mistake,
 * and a file without rows. `path` must outlive the run. */
MUST_USE err_code table_read(struct table *table, const char *path);
/* Reads the file of the options and its header. `columns` are those this import takes. */
MUST_USE err_code table_open(struct table *table, const enum column *columns, size_t count);
/* The next row; *is_end at the end, and after a mistake that leaves the rest in doubt. */
MUST_USE err_code table_next(struct table *table, bool *is_end);
/* Every row to the end, or to the first that fails. */
typedef err_code (*table_row)(struct table *table, bool is_applied);
MUST_USE err_code table_each(struct table *table, bool is_applied, table_row row);
bool table_has(const struct table *table, enum column column);
/* The cell's text in the row, "" when empty or absent. Valid until the next row. */
const char *table_text(const struct table *table, enum column column);
/* The same, NULL when empty. */
const char *table_value(const struct table *table, enum column column);
/* The same copied into the run's arena. */
const char *table_keep(struct table *table, enum column column);
/* The number in "#12", as an export calls what has no id from outside; 0 when it is none. */
int64_t table_number(const char *name);
/* Adds a mistake at the cell of `column` in this row. */
void table_mistake(struct table *table, enum column column, const char *format, ...)
    PRINTF_LIKE(3, 4);
/* Adds a mistake on a line, "FILE:LINE: …" or with a column "FILE:LINE:COLUMN: …". */
void table_mistake_at(struct table *table, int line, int column, const char *format, ...)
    PRINTF_LIKE(4, 5);
/* A mistake at `column` when `text` stood in the file as the same `kind` on another line; `hint`
 * ends the sentence. */
MUST_USE err_code table_once(struct table *table, enum column column, const char *kind,
                             const char *text, const char *hint);
void table_note(struct table *table, const char *format, ...) PRINTF_LIKE(2, 3);

/* Cells with a grammar of their own (import_cells.c). A mistake is told and leaves the output
 * as it was. Lists live until the next row. */
void cell_date(struct table *table, enum column column, int64_t *at);
void cell_int(struct table *table, enum column column, int least, int most, int *out);
void cell_windows(struct table *table, enum column column, struct weekly_window **out,
                  size_t *count);
void cell_formats(struct table *table, enum column column, unsigned *out);
void cell_languages(struct table *table, enum column column, const char **out);
/* Labels with their level in parentheses; counts what the thesaurus recognises. */
MUST_USE err_code cell_skills(struct table *table, enum column column,
                              struct person_skill **out, size_t *count);
/* What separates the parts of a cell: ; | and line breaks, or commas where none of them stands. */
enum split {
    SPLIT_ANY,
    SPLIT_NO_COMMAS,
    SPLIT_LABELS /* no commas within parentheses; parts without a letter or digit left out */
};
const char **cell_split(struct table *table, const char *text, enum split split,
                        size_t *count);
/* The id in a cell, NULL when empty; a mistake when it cannot be told from a list of ids. */
const char *cell_id(struct table *table, enum column column);

/* Names to ids (import_names.c): made when they are new and the run is applied. */
MUST_USE err_code name_structure(struct table *table, const char *name, bool is_applied,
                                 int64_t *id);
MUST_USE err_code name_pole(struct table *table, const char *name, bool is_applied,
                            int64_t *id);
#endif
