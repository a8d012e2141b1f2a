/* Spreadsheets as people save them: CSV of many dialects, read; RFC 4180, written. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/arena.h"
#include "base/text.h"

enum {
    CSV_FILE_BYTES_MOST = 256 << 20,
    CSV_CELL_BYTES_MOST = 64 * 1024,
    CSV_COLUMNS_MOST = 200
};

struct csv_cell {
    const char
        *text; /* UTF-8, NFC, without blanks at both ends; valid until the next row */
    int line,
        column; /* where it starts: line of the file, position of the cell in its row */
    bool is_quoted;
};

struct csv_reader {
    struct arena *arena; /* reset at each row */
    const char *bytes;   /* UTF-8 */
    size_t length, at;
    char delimiter;
    int line;
    int wrong_line;       /* after an error: the line it stands on */
    const char *encoding; /* "UTF-8", "UTF-16", "Windows-1252": for the report */
};

/* Finds encoding and delimiter (comma, semicolon, tab) of `bytes`, which it may convert
 * into `arena`. ERR_INVALID when the bytes are no text (a NUL, broken UTF-16): on
 * `wrong_line`. */
MUST_USE err_code csv_open(struct csv_reader *reader, struct arena *arena,
                           struct arena *row_arena, const char *bytes, size_t length,
                           struct err *err);

/* The next row that is not empty; *count 0 at the end. ERR_INVALID for a quote that is
 * never closed, ERR_LIMIT for a cell or a row over the limits: on `wrong_line`. */
MUST_USE err_code csv_next(struct csv_reader *reader, struct csv_cell **cells,
                           size_t *count, struct err *err);

/* Adds a cell: quoted when needed; a leading = + - @ tab CR is guarded by an apostrophe,
 * which csv_next takes away again. Follow with csv_end or another cell. */
void csv_cell(struct text *out, bool is_first, const char *value);
/* The same with another delimiter than a comma: ';' or a tab. */
void csv_cell_by(struct text *out, char delimiter, bool is_first, const char *value);
void csv_end(struct text *out);

#endif
