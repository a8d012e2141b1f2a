/* Spreadsheets as people save them: read whatever the dialect, refused with the line when
 * they are none, and written so that they are read again. */
#include "base/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { SHOWN_MAX = 1 << 20 };

struct sheet {
    const char *bytes;
    size_t length;
    const char *shown; /* cells in brackets, rows on lines: "[a][b]\n" */
};
#define SHEET(bytes, shown)                                                              \
    {                                                                                    \
        bytes, sizeof(bytes) - 1, shown                                                  \
    }

/* Shows the rows, or the line and the words of what is wrong. */
static void show(const char *bytes, size_t length, size_t room, size_t row_room,
                 struct text *out)
{
    struct arena *arena = arena_new(room), *row_arena = arena_new(row_room);
    struct csv_reader reader;
    struct csv_cell *cells;
    struct err err = {0};
    size_t count = 0;
    err_code code = csv_open(&reader, arena, row_arena, bytes, length, &err);

    text_clear(out);
    while (code == ERR_NONE) {
        code = csv_next(&reader, &cells, &count, &err);
        if (code != ERR_NONE || !count)
            break;
        for (size_t i = 0; i < count; i++)
            text_printf(out, "[%s]", cells[i].text);
        text_add(out, "\n");
    }
    if (code != ERR_NONE)
        text_printf(out, "%d: %s", reader.wrong_line, err.text);
    arena_free(row_arena);
    arena_free(arena);
}

static void show_all(const struct sheet *sheets, size_t count)
{
    struct text out;

    text_init(&out, SHOWN_MAX);
    for (size_t i = 0; i < count; i++) {
        /* a copy, so that a look past the end is seen by the sanitizers */
        char *copy = malloc(sheets[i].length + 1);
        memcpy(copy, sheets[i].bytes, sheets[i].length);
        copy[sheets[i].length] = '\0';
        show(copy, sheets[i].length, SHOWN_MAX, SHOWN_MAX, &out);
        assert_string_equal(out.bytes, sheets[i].shown);
        free(copy);
    }
    text_done(&out);
}

static void every_dialect_is_read(void **state)
{
    static const struct sheet sheets[] = {
        SHEET("", ""),
        SHEET("a", "[a]\n"),
        SHEET("a,b\r\nc,d\r\n", "[a][b]\n[c][d]\n"),
        SHEET("a;b\rc;d,e\r", "[a][b]\n[c][d,e]\n"),
        SHEET("a\tb\nc\td;e", "[a][b]\n[c][d;e]\n"),
        SHEET("\n\r\n,,\na,b\n , \n", "[a][b]\n"),
        SHEET("\xef\xbb\xbf"
              "a;b\n",
              "[a][b]\n"),
        SHEET("\xff\xfe"
              "a\0;\0\xe9\0\n\0=\xd8\x00\xde",
              "[a][\xc3\xa9]\n[\xf0\x9f\x98\x80]\n"),
        SHEET("\xfe\xff\0a\0;\0b", "[a][b]\n"),
        SHEET("nom;\xe9t\xe9 \x80\n", "[nom][\xc3\xa9t\xc3\xa9 \xe2\x82\xac]\n"),
        SHEET("sep=|\na|b;c\n", "[a][b;c]\n"),
        SHEET("\"sep=;\"\na;b,c\n", "[a][b,c]\n"),
        SHEET("sep=\na,b\n", "[sep=]\n[a][b]\n"),
        SHEET("sep=a\nb,c\n", "[sep=a]\n[b][c]\n"),
        SHEET("sep=\xc3\xa9\nb,c\n", "[sep=\xc3\xa9]\n[b][c]\n"),
        SHEET("\"sep=", "1: a quote is opened and never closed"),
        SHEET("  \"a,b\" , c\n", "[a,b][c]\n"),
        SHEET("\"a \"\"b\"\"\",\"c\r\nd\re\nf\"\ng,h\n",
              "[a \"b\"][c\nd\ne\nf]\n[g][h]\n"),
        SHEET("a,\"b\" c\n", "[a][b c]\n"),
        SHEET("a,b\"c\"\n", "[a][b\"c\"]\n"),
        SHEET("a,\"\"\n", "[a][]\n"),
        SHEET("\xc2\xa0 a\xe2\x80\xaf,\xe2\x80\x8b"
              "b\xef\xbb\xbf\xc2\xa0\n",
              "[a][b]\n"),
        SHEET("a\001,\x7f"
              "b\n",
              "[a][b]\n"),
        SHEET("'=1,''=2,'a,',''\n", "[=1]['=2]['a][']['']\n"),
    };

    (void)state;
    show_all(sheets, sizeof sheets / sizeof sheets[0]);
}

static void what_is_no_sheet_is_told_with_its_line(void **state)
{
    static const struct sheet sheets[] = {
        SHEET("a,b\n\"c\r\nd\n", "[a][b]\n2: a quote is opened and never closed"),
        SHEET("a,b\r\nc\rd\0e", "3: a NUL byte: this is not a text file"),
        SHEET("a\r\0", "1: a NUL byte: this is not a text file"),
        SHEET("\xff\xfe"
              "a\0;",
              "1: UTF-16 cannot be read as text: it is cut or damaged"),
        SHEET("\xff\xfe\0\0", "1: UTF-16 cannot be read as text: it is cut or damaged"),
        SHEET("\xff\xfe=\xd8", "1: UTF-16 cannot be read as text: it is cut or damaged"),
        SHEET("\xff\xfe=\xd8"
              "a\0",
              "1: UTF-16 cannot be read as text: it is cut or damaged"),
        SHEET("\xff\xfe=\xd8\0\xe0",
              "1: UTF-16 cannot be read as text: it is cut or damaged"),
        SHEET("\xff\xfe\0\xdc"
              "a\0",
              "1: UTF-16 cannot be read as text: it is cut or damaged"),
    };

    (void)state;
    show_all(sheets, sizeof sheets / sizeof sheets[0]);
}

static void what_is_too_large_is_told_with_its_line(void **state)
{
    size_t length = 4 * CSV_CELL_BYTES_MOST;
    char *bytes = malloc(length);
    struct text out;

    (void)state;
    text_init(&out, SHOWN_MAX);
    memset(bytes, 'a', length);
    memcpy(bytes, "x\ny\n", 4);
    show(bytes, length, SHOWN_MAX, SHOWN_MAX, &out);
    assert_string_equal(out.bytes, "[x]\n[y]\n3: a cell is longer than 65536 bytes");
    bytes[4] = '"';
    show(bytes, length, SHOWN_MAX, SHOWN_MAX, &out);
    assert_string_equal(out.bytes, "[x]\n[y]\n3: a cell is longer than 65536 bytes");
    memset(bytes, ',', CSV_COLUMNS_MOST);
    show(bytes, CSV_COLUMNS_MOST - 1, SHOWN_MAX, SHOWN_MAX, &out);
    assert_string_equal(out.bytes, "");
    show(bytes, CSV_COLUMNS_MOST, SHOWN_MAX, SHOWN_MAX, &out);
    assert_string_equal(out.bytes, "1: more than 200 columns");
    show("a,b", 3, SHOWN_MAX, 10, &out);
    assert_string_equal(out.bytes, "1: no room for the row");
    show("\xe9,b", 3, 1, SHOWN_MAX, &out);
    assert_string_equal(out.bytes,
                        "1: the file cannot be read as text: it is cut or damaged");
    text_done(&out);
    free(bytes);
}

static void a_delimiter_far_down_is_not_looked_for(void **state)
{
    size_t length = 70000;
    char *bytes = malloc(length);
    struct text out;

    (void)state;
    text_init(&out, SHOWN_MAX);
    memset(bytes, '\n', length);
    memcpy(bytes + length - 4, "a;b,", 4);
    show(bytes, length, SHOWN_MAX, SHOWN_MAX, &out);
    assert_string_equal(out.bytes, "[a;b][]\n");
    text_done(&out);
    free(bytes);
}

static void cells_are_written_as_rfc_4180_says(void **state)
{
    static const char *const values[] = {"a",    "",     NULL,   "a,b",  "a;b",
                                         "a\"b", "a\nb", "a\rb", "a\tb", " a",
                                         "=1",   "'=1",  "'",    "+33"};
    static const char expected[] =
        "a,,,\"a,b\",\"a;b\",\"a\"\"b\",\"a\nb\",\"a\rb\",\"a\tb\",\" a\",\"'=1\","
        "\"''=1\",',\"'+33\"\r\n";
    struct text out;

    (void)state;
    text_init(&out, SHOWN_MAX);
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        csv_cell(&out, i == 0, values[i]);
    csv_end(&out);
    assert_string_equal(out.bytes, expected);
    text_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_dialect_is_read),
        cmocka_unit_test(what_is_no_sheet_is_told_with_its_line),
        cmocka_unit_test(what_is_too_large_is_told_with_its_line),
        cmocka_unit_test(a_delimiter_far_down_is_not_looked_for),
        cmocka_unit_test(cells_are_written_as_rfc_4180_says),
    };
    return cmocka_run_group_tests_name("spreadsheets", tests, NULL, NULL);
}
