/* A spreadsheet: read, and what was read is written so that it is read again alike. */
#include "base/csv.h"
#include "base/unicode.h"
#include "tests/fuzz/fuzz.h"

static void write_row(struct text *out, const struct csv_cell *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        must(cells[i].column == (int)i + 1 && cells[i].line >= 1,
             "a cell knows its place");
        must(unicode_is_valid(cells[i].text, strlen(cells[i].text)), "cells are UTF-8");
        csv_cell(out, i == 0, cells[i].text);
    }
    csv_end(out);
}

/* Reads all rows; writes them to `out` when not NULL, compares them to `again` otherwise.
 */
static size_t read_all(const char *bytes, size_t length, struct text *out)
{
    struct arena *arena = arena_new(16 << 20), *row_arena = arena_new(16 << 20);
    struct csv_reader reader;
    struct csv_cell *cells;
    struct err err = {0};
    size_t count, rows = 0;
    int line = 1;

    if (csv_open(&reader, arena, row_arena, bytes, length, &err) == ERR_NONE)
        while (csv_next(&reader, &cells, &count, &err) == ERR_NONE && count) {
            must(cells[0].line >= line && count <= CSV_COLUMNS_MOST,
                 "rows come in order");
            line = cells[0].line;
            write_row(out, cells, count);
            rows++;
        }
    arena_free(row_arena);
    arena_free(arena);
    return rows;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct text first, second;
    size_t rows;

    text_init(&first, 8 << 20);
    text_init(&second, 8 << 20);
    text_add(&first, "a,b\r\n"); /* a header, which tells the delimiter */
    text_add(&second, "");
    rows = read_all((const char *)bytes, length, &first);
    if (!text_failed(&first)) {
        must(read_all(first.bytes, first.length, &second) == rows + 1,
             "as many rows are read again");
        must(first.length == second.length &&
                 memcmp(first.bytes, second.bytes, first.length) == 0,
             "what is written is read again alike");
    }
    text_done(&first);
    text_done(&second);
    return 0;
}
