/* Spreadsheets as people save them. */
#include "base/csv.h"

#include "base/unicode.h"

#include <stdint.h>
#include <string.h>

enum { SNIFFED_BYTES = 64 * 1024 };

static const char guarded[] = "=+-@\t";

static char *from_utf16(struct arena *arena, const unsigned char *bytes, size_t length,
                        bool is_big)
{
    char *out = arena_alloc(arena, length / 2 * 3 + 4);
    size_t used = 0;

    for (size_t i = 0; out && i + 1 < length; i += 2) {
        int32_t unit = is_big ? bytes[i] << 8 | bytes[i + 1] : bytes[i + 1] << 8 | bytes[i];
        if (unit >= 0xd800 && unit < 0xdc00 && i + 3 < length) {
            int32_t low = is_big ? bytes[i + 2] << 8 | bytes[i + 3]
                                 : bytes[i + 3] << 8 | bytes[i + 2];
            unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
            i += 2;
        }
        if (unit == 0)
            return NULL;
        used += (size_t)unicode_put(unit, out + used);
    }
    return out;
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
    const unsigned char *b = (const unsigned char *)bytes;
    const char *encoding = "UTF-8";

    if (length >= 2 && ((b[0] == 0xff && b[1] == 0xfe) || (b[0] == 0xfe && b[1] == 0xff))) {
        encoding = "UTF-16";
        bytes = from_utf16(arena, b + 2, length - 2, b[0] == 0xfe);
    } else if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    if (bytes && *encoding == 'U' && encoding[4] == '1')
        length = strlen(bytes);
    if (bytes && memchr(bytes, '\0', length))
        return err_set(err, ERR_INVALID, "byte %zu is NUL: this is not a text file",
                       (size_t)((const char *)memchr(bytes, '\0', length) - bytes) + 1);
    if (bytes && !unicode_is_valid(bytes, length)) {
        encoding = "Windows-1252";
        bytes = unicode_from_windows_1252(arena, bytes, length);
        length = bytes ? strlen(bytes) : 0;
    }
    if (!bytes)
        return err_set(err, arena_failed(arena) ? ERR_LIMIT : ERR_INVALID,
                       "the file cannot be read as text");
    *reader = (struct csv_reader){.arena = row_arena,
                                  .bytes = bytes,
                                  .length = length,
                                  .line = 1,
                                  .encoding = encoding};
    if (length >= 5 && strncmp(bytes, "sep=", 4) == 0) {
        reader->delimiter = bytes[4];
        reader->at = strcspn(bytes, "\r\n");
    } else {
        reader->delimiter = sniff_delimiter(bytes, length);
    }
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
            return err_set(err, ERR_LIMIT, "line %d: a cell is longer than %d bytes", start,
                           CSV_CELL_BYTES_MOST);
    }
    if (reader->at >= reader->length)
        return err_set(err, ERR_INVALID, "line %d: a quote is opened and never closed",
                       start);
    reader->at++;
    return ERR_NONE;
}

static err_code read_cell(struct csv_reader *reader, struct text *cell, struct err *err)
{
    text_clear(cell);
    while (reader->at < reader->length && reader->bytes[reader->at] == ' ')
        reader->at++;
    if (reader->at < reader->length && reader->bytes[reader->at] == '"') {
        err_code code = read_quoted(reader, cell, err);
        if (code != ERR_NONE)
            return code;
    }
    for (; reader->at < reader->length; reader->at++) {
        char c = reader->bytes[reader->at];
        if (c == reader->delimiter || c == '\r' || c == '\n')
            break;
        if (!text_add_char(cell, c))
            return err_set(err, ERR_LIMIT, "line %d: a cell is longer than %d bytes",
                           reader->line, CSV_CELL_BYTES_MOST);
    }
    return ERR_NONE;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The clean text of a cell; the guard of a formula is taken away. */
static const char *finish_cell(struct csv_reader *reader, const struct text *cell)
{
    const char *from = cell->bytes;
    size_t length = cell->length;

    if (length >= 2 && from[0] == '\'' && strchr(guarded, from[1])) {
        from++;
        length--;
    }
    while (length && is_blank(*from)) {
        from++;
        length--;
    }
    while (length && is_blank(from[length - 1]))
        length--;
    return unicode_clean(reader->arena, from, length);
}

static err_code read_row(struct csv_reader *reader, struct text *text,
                         struct csv_cell **cells, size_t *count, struct err *err)
{
    struct csv_cell *row = NULL;
    size_t used = 0, capacity = 0;

    for (;;) {
        int line = reader->line;
        err_code code = read_cell(reader, text, err);
        if (code != ERR_NONE)
            return code;
        if (used >= CSV_COLUMNS_MOST)
            return err_set(err, ERR_LIMIT, "line %d: more than %d columns", line,
                           CSV_COLUMNS_MOST);
        row = arena_grow(reader->arena, row, used, &capacity, sizeof *row);
        if (row)
            row[used] = (struct csv_cell){.text = finish_cell(reader, text),
                                          .line = line,
                                          .column = (int)used + 1};
        if (!row || !row[used].text)
            return err_set(err, ERR_MEMORY, "line %d: no room for the row", line);
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
    if (!is_first)
        text_add_char(out, ',');
    if (!value || !*value)
        return;
    if (strchr(guarded, *value) || (*value == '\'' && value[1] && strchr(guarded, value[1]))) {
        /* a spreadsheet would run it as a formula */
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
