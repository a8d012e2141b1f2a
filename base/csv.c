/* Spreadsheets as people save them. */
#include "base/csv.h"

#include "base/unicode.h"

#include <stdint.h>
#include <string.h>

enum { SNIFFED_BYTES = 64 * 1024 };

static const char formulas[] = "=+-@\t\r";

/* Apostrophes, and then what a spreadsheet would run as a formula. Writing adds one
 * apostrophe, reading takes one away: any number of them comes back. */
static bool is_guarded(const char *text)
{
    char first = text[strspn(text, "'")];

    return first && strchr(formulas, first);
}

/* A mark that is neither a letter, a digit nor a quote. */
static bool is_delimiter(char c)
{
    return c == '\t' || (c >= ' ' && c < 0x7f && c != '"' && !(c >= '0' && c <= '9') &&
                         !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z'));
}

/* What a first line "sep=;", which Excel writes and reads, names; NUL when there is none.
 */
static char named_delimiter(const char *bytes, size_t length)
{
    size_t at = length && *bytes == '"' ? 5 : 4;

    return length > at && strncmp(bytes + at - 4, "sep=", 4) == 0 &&
                   is_delimiter(bytes[at])
               ? bytes[at]
               : '\0';
}

/* Finds the delimiter that gives the most columns, alike in the first rows. */
static char sniff_delimiter(const char *bytes, size_t length)
{
    static const char candidates[] = {';', ',', '\t'};
    size_t counts[3] = {0};
    bool is_quoted = false;
    size_t end = length < SNIFFED_BYTES ? length : SNIFFED_BYTES;
    int best = 1;

    for (size_t i = 0; i < end; i++) {
        if (bytes[i] == '"')
            is_quoted = !is_quoted;
        if (!is_quoted && (bytes[i] == '\n' || bytes[i] == '\r') &&
            (counts[0] || counts[1] || counts[2]))
            break; /* the header decides: its cells hold no punctuation */
        for (int c = 0; !is_quoted && c < 3; c++)
            counts[c] += bytes[i] == candidates[c];
    }
    for (int c = 0; c < 3; c++)
        if (counts[c] > counts[best])
            best = c;
    return candidates[best];
}

err_code csv_open(struct csv_reader *reader, struct arena *arena, struct arena *row_arena,
                  const char *bytes, size_t length, struct err *err)
{
    const char *encoding = "UTF-8", *nul;

    reader->wrong_line = 1;
    if (unicode_is_utf16(bytes, length)) {
        encoding = "UTF-16";
        bytes = unicode_from_utf16(arena, bytes, length);
    } else if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    if (bytes && *encoding == 'U' && encoding[4] == '1')
        length = strlen(bytes);
    nul = bytes ? memchr(bytes, '\0', length) : NULL;
    if (nul) {
        for (const char *at = bytes; at < nul; at++)
            reader->wrong_line +=
                *at == '\n' || (*at == '\r' && at + 1 < nul && at[1] != '\n');
        return err_set(err, ERR_INVALID, N_("a NUL byte: this is not a text file"));
    }
    if (bytes && !unicode_is_valid(bytes, length)) {
        encoding = "Windows-1252";
        bytes = unicode_from_windows_1252(arena, bytes, length);
        length = bytes ? strlen(bytes) : 0;
    }
    if (!bytes)
        return err_set(err, arena_failed(arena) ? ERR_LIMIT : ERR_INVALID,
                       "%s cannot be read as text: it is cut or damaged",
                       strcmp(encoding, "UTF-16") == 0 ? "UTF-16" : "the file");
    *reader = (struct csv_reader){.arena = row_arena,
                                  .bytes = bytes,
                                  .length = length,
                                  .line = 1,
                                  .encoding = encoding};
    reader->delimiter = named_delimiter(bytes, length);
    while (reader->delimiter && reader->at < length && !strchr("\r\n", bytes[reader->at]))
        reader->at++;
    if (!reader->delimiter)
        reader->delimiter = sniff_delimiter(bytes, length);
    return ERR_NONE;
}

/* Steps over the end of a line; CR, LF and CR LF all count as one. */
static bool at_line_end(struct csv_reader *reader)
{
    char c = reader->bytes[reader->at];

    if (c != '\r' && c != '\n')
        return false;
    reader->at += c == '\r' && reader->at + 1 < reader->length &&
                          reader->bytes[reader->at + 1] == '\n'
                      ? 2
                      : 1;
    reader->line++;
    return true;
}

static err_code refuse_cell(struct csv_reader *reader, int line, struct err *err)
{
    reader->wrong_line = line;
    return err_set(err, ERR_LIMIT, "a cell is longer than %d bytes", CSV_CELL_BYTES_MOST);
}

static err_code read_quoted(struct csv_reader *reader, struct text *cell, struct err *err)
{
    int start = reader->line;

    for (reader->at++; reader->at < reader->length; reader->at++) {
        char c = reader->bytes[reader->at];
        if (c == '"') {
            if (reader->at + 1 >= reader->length || reader->bytes[reader->at + 1] != '"')
                break;
            reader->at++;
        }
        if (c == '\n' || (c == '\r' && (reader->at + 1 >= reader->length ||
                                        reader->bytes[reader->at + 1] != '\n')))
            reader->line++;
        if (!text_add_char(cell, c))
            return refuse_cell(reader, start, err);
    }
    if (reader->at >= reader->length) {
        reader->wrong_line = start;
        return err_set(err, ERR_INVALID, N_("a quote is opened and never closed"));
    }
    reader->at++;
    return ERR_NONE;
}

static err_code read_cell(struct csv_reader *reader, struct text *cell, bool *is_quoted,
                          struct err *err)
{
    text_clear(cell);
    while (reader->at < reader->length && reader->bytes[reader->at] == ' ')
        reader->at++;
    if (reader->at < reader->length && reader->bytes[reader->at] == '"') {
        err_code code = read_quoted(reader, cell, err);
        *is_quoted = true;
        if (code != ERR_NONE)
            return code;
    }
    for (; reader->at < reader->length; reader->at++) {
        char c = reader->bytes[reader->at];
        if (c == reader->delimiter || c == '\r' || c == '\n')
            break;
        if (!text_add_char(cell, c))
            return refuse_cell(reader, reader->line, err);
    }
    return ERR_NONE;
}

/* Takes no-break and zero-width blanks off both ends: they come with what was copied. */
static char *trim(char *text)
{
    static const char *const blanks[] = {
        "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x8b", "\xef\xbb\xbf", " ", "\t", "\n"};
    size_t length = text ? strlen(text) : 0;

    for (size_t i = 0; length && i < sizeof blanks / sizeof blanks[0]; i++) {
        size_t blank = strlen(blanks[i]);
        bool is_first = strncmp(text, blanks[i], blank) == 0;
        if (!is_first &&
            (length < blank || strcmp(text + length - blank, blanks[i]) != 0))
            continue;
        if (is_first)
            text += blank;
        else
            text[length - blank] = '\0';
        length -= blank;
        i = (size_t)-1; /* and again from the first */
    }
    return text;
}

/* The clean text of a cell; the guard of a formula is taken away. */
static const char *finish_cell(struct csv_reader *reader, const struct text *cell)
{
    char *text = unicode_clean(reader->arena, cell->bytes, cell->length);

    if (text && *text == '\'' && is_guarded(text))
        text++;
    return trim(text);
}

static err_code read_row(struct csv_reader *reader, struct text *text,
                         struct csv_cell **cells, size_t *count, struct err *err)
{
    struct csv_cell *row = NULL;
    size_t used = 0, capacity = 0;

    for (;;) {
        int line = reader->line;
        bool is_quoted = false;
        err_code code = read_cell(reader, text, &is_quoted, err);
        if (code != ERR_NONE)
            return code;
        reader->wrong_line = line;
        if (used >= CSV_COLUMNS_MOST)
            return err_set(err, ERR_LIMIT, "more than %d columns", CSV_COLUMNS_MOST);
        row = arena_grow(reader->arena, row, used, &capacity, sizeof *row);
        if (row)
            row[used] = (struct csv_cell){.text = finish_cell(reader, text),
                                          .line = line,
                                          .column = (int)used + 1,
                                          .is_quoted = is_quoted};
        if (!row || !row[used].text)
            return err_set(err, ERR_MEMORY, "no room for the row");
        used++;
        if (reader->at >= reader->length || at_line_end(reader))
            break;
        reader->at++; /* the delimiter */
    }
    *cells = row;
    *count = used;
    return ERR_NONE;
}

static bool is_empty(const struct csv_cell *cells, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (*cells[i].text)
            return false;
    return true;
}

err_code csv_next(struct csv_reader *reader, struct csv_cell **cells, size_t *count,
                  struct err *err)
{
    struct text text;
    err_code code = ERR_NONE;

    *count = 0;
    text_init(&text, CSV_CELL_BYTES_MOST);
    while (code == ERR_NONE && reader->at < reader->length) {
        arena_reset(reader->arena);
        code = read_row(reader, &text, cells, count, err);
        if (code == ERR_NONE && !is_empty(*cells, *count))
            break;
        *count = 0;
    }
    text_done(&text);
    return code;
}

void csv_cell(struct text *out, bool is_first, const char *value)
{
    csv_cell_by(out, ',', is_first, value);
}

void csv_cell_by(struct text *out, char delimiter, bool is_first, const char *value)
{
    if (!is_first)
        text_add_char(out, delimiter);
    if (!value || !*value)
        return;
    if (is_guarded(value)) {
        text_add_char(out, '"');
        text_add_char(out, '\'');
    } else if (value[strcspn(value, ",;\"\r\n\t")] || *value == ' ') {
        text_add_char(out, '"');
    } else {
        text_add(out, value);
        return;
    }
    for (; *value; value++) {
        if (*value == '"')
            text_add_char(out, '"');
        text_add_char(out, *value);
    }
    text_add_char(out, '"');
}

void csv_end(struct text *out)
{
    text_add(out, "\r\n");
}
