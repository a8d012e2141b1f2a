/* What the imports share: the file, its columns, its mistakes, its cells. */
#ifndef EXCHANGE_ACTION_IMPORT_TABLE_H
#define EXCHANGE_ACTION_IMPORT_TABLE_H

#include "exchange/action/import.h"
#include "store/skill_names.h"

enum column {
#define COLUMN(key, names) COLUMN_##key,
#include "exchange/action/columns.def"
#undef COLUMN
    COLUMN_COUNT
};

/* A structure or pole named in the file; id 0 while it is only going to be made. */
struct named {
    enum column column;
    const char *name;
    int64_t id;
};

struct table {
    struct db *db;
    const struct import_options *options;
    struct import_report *report;
    struct arena *arena;     /* the whole run */
    struct arena *row_arena; /* one row */
    struct csv_reader reader;
    struct text bytes;
    int at[COLUMN_COUNT]; /* cell of a column in a row, -1 when the file has none */
    struct csv_cell *cells;
    size_t cell_count;
    struct skill_names *skill_names;
    struct named *named; /* import_names.c, with the newest ids before the run */
    size_t named_count, named_capacity;
    struct newest {
        int64_t id; /* of those that were there before the run */
        bool is_known;
    } newest_structure, newest_pole;
    struct err *err;
};

/* Opens the file and reads its header. `columns` are those this import takes. */
MUST_USE err_code table_open(struct table *table, const char *path,
                             const enum column *columns, size_t count);
void table_close(struct table *table);
/* The next row; *is_end at the end. */
MUST_USE err_code table_next(struct table *table, bool *is_end);
/* Every row to the end, or to the first that fails. */
typedef err_code (*table_row)(struct table *table, bool is_applied);
MUST_USE err_code table_each(struct table *table, bool is_applied, table_row row);
bool table_has(const struct table *table, enum column column);
/* The cell's text in the row, "" when empty or absent. */
const char *table_text(const struct table *table, enum column column);
/* The same copied into the run's arena; NULL when empty. */
const char *table_keep(struct table *table, enum column column);
/* The number in "#12", as an export calls what has no id from outside; 0 when it is none. */
int64_t table_number(const char *name);
/* Adds a mistake at the cell of `column` in this row. */
void table_mistake(struct table *table, enum column column, const char *format, ...)
    PRINTF_LIKE(3, 4);
void table_note(struct table *table, const char *format, ...) PRINTF_LIKE(2, 3);

/* Cells with a grammar of their own (import_cells.c). A mistake is told and leaves the output
 * as it was. Lists live in the run's arena. */
void cell_date(struct table *table, enum column column, int64_t *at);
void cell_int(struct table *table, enum column column, int least, int most, int *out);
void cell_windows(struct table *table, enum column column, struct weekly_window **out,
                  size_t *count);
void cell_formats(struct table *table, enum column column, unsigned *out);
void cell_languages(struct table *table, enum column column, const char **out);
/* Labels with their level in parentheses; counts what the thesaurus recognises. */
MUST_USE err_code cell_skills(struct table *table, enum column column,
                              struct person_skill **out, size_t *count);
/* Splits at ; | and line breaks (and commas when `has_commas`), outside parentheses. */
const char **cell_split(struct table *table, const char *text, bool has_commas,
                        size_t *count);

/* Names to ids (import_names.c): made when they are new and the run is applied. */
MUST_USE err_code name_structure(struct table *table, const char *name, bool is_applied,
                                 int64_t *id);
MUST_USE err_code name_pole(struct table *table, const char *name, bool is_applied,
                            int64_t *id);
#endif
