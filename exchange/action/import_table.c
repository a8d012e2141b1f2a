/* What the imports share: the file, its columns, its mistakes. */
#include "exchange/action/import_table.h"

#include "base/file.h"
#include "base/unicode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    RUN_ARENA_MAX = 1 << 30,
    MARKS_BYTES_MOST = 1 << 28,
    ROW_ARENA_MAX = 64 << 20,
    NAME_MOST = 80,
    NEAR = 2
};

static const char *const column_keys[COLUMN_COUNT] = {
#define COLUMN(key, names) #key,
#include "exchange/action/columns.def"
#undef COLUMN
};
static const char *const column_names[COLUMN_COUNT] = {
#define COLUMN(key, names) names,
#include "exchange/action/columns.def"
#undef COLUMN
};

void import_report_init(struct import_report *report)
{
    *report = (struct import_report){0};
    text_init(&report->lines, 1 << 20);
    text_init(&report->notes, 1 << 18);
}

void import_report_done(struct import_report *report)
{
    text_done(&report->lines);
    text_done(&report->notes);
}

/* One line of whole letters: what a cell was quoted from may hold line breaks, and
 * "%.40s" may cut a letter in two. */
static void make_line(char *text)
{
    char *to = text;

    for (const char *from = text; *from;) {
        unsigned char lead = (unsigned char)*from;
        size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4, have = 1;
        while (have < length && (from[have] & 0xc0) == 0x80)
            have++;
        if (lead < ' ')
            *to++ = ' ';
        else if (have == length)
            for (size_t i = 0; i < length; i++)
                *to++ = from[i];
        from += have;
    }
    *to = '\0';
}

static void add_mistake(struct table *table, int line, int column, char *text)
{
    struct import_report *report = table->report;

    if (report->mistakes++ >= IMPORT_MISTAKES_SHOWN)
        return;
    make_line(text);
    text_printf(&report->lines, "%s:%d:", table->path, line);
    if (column)
        text_printf(&report->lines, "%d:", column);
    text_printf(&report->lines, " %s\n", text);
}

/* The next conversion ("%.60s") at or after text; its size, 0 at the end. */
static size_t conversion(const char **text)
{
    while ((*text = strchr(*text, '%')) && (*text)[1] == '%')
        *text += 2;
    return *text ? strcspn(*text, "sdiuxc") + 1 : 0;
}

void import_report_restart(struct import_report *report)
{
    struct import_words words = report->words;

    import_report_done(report);
    import_report_init(report);
    report->words = words;
}

static bool has_same_conversions(const char *one, const char *other)
{
    size_t size = conversion(&one);

    while (size && conversion(&other) == size && memcmp(one, other, size) == 0) {
        one += size;
        other += size;
        size = conversion(&one);
    }
    return !size && !conversion(&other);
}

/* In the language of whoever reads the report. */
FORMAT_ARGUMENT(2)
static const char *worded(const struct table *table, const char *sentence)
{
    const struct import_words *words = &table->report->words;
    const char *word = words->word ? words->word(words->of, sentence) : sentence;

    return word && has_same_conversions(sentence, word) ? word : sentence;
}

void table_mistake(struct table *table, enum column column, const char *format, ...)
{
    char text[ERR_TEXT_MAX];
    int at = table->at[column];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, worded(table, format), arguments);
    va_end(arguments);
    add_mistake(table, table->cell_count ? table->cells[0].line : 1, at < 0 ? 1 : at + 1,
                text);
}

void table_mistake_at(struct table *table, int line, int column, const char *format, ...)
{
    char text[ERR_TEXT_MAX];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, worded(table, format), arguments);
    va_end(arguments);
    add_mistake(table, line, column, text);
}

void table_note(struct table *table, const char *format, ...)
{
    char text[ERR_TEXT_MAX];
    va_list arguments;

    if (table->report->notes_made++ >= IMPORT_NOTES_SHOWN)
        return;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, worded(table, format), arguments);
    va_end(arguments);
    make_line(text);
    text_printf(&table->report->notes, "%s\n", text);
}

/* Letters and digits of a header, folded. */
static void plain_name(struct arena *arena, const char *header, char out[NAME_MOST])
{
    const char *folded = unicode_fold(arena, header);
    size_t used = 0;

    for (; folded && *folded && used + 1 < NAME_MOST; folded++)
        if ((*folded >= 'a' && *folded <= 'z') || (*folded >= '0' && *folded <= '9'))
            out[used++] = *folded;
    out[used] = '\0';
}

/* How far `plain` is from the nearest name of a column, at most NEAR + 1. */
static int distance_to(enum column column, const char *plain)
{
    const char *names = column_names[column];
    int best = NEAR + 1;

    while (*names) {
        char name[NAME_MOST];
        size_t length = strcspn(names, "|"), used = 0;
        int distance;
        for (size_t i = 0; i < length; i++)
            if (strchr("abcdefghijklmnopqrstuvwxyz0123456789", names[i]))
                name[used++] = names[i];
        name[used] = '\0';
        distance = unicode_distance(name, plain, NEAR);
        best = distance < best ? distance : best;
        names += length;
        names += *names == '|';
    }
    return best;
}

static void ignore_column(struct table *table, const char *header, const char *plain,
                          const enum column *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (*plain && strlen(plain) > 3 && distance_to(columns[i], plain) <= NEAR) {
            table_note(table, N_("column \"%s\" ignored; did you mean \"%s\"?"), header,
                       column_keys[columns[i]]);
            return;
        }
    if (*header)
        table_note(table, N_("column \"%s\" ignored"), header);
}

/* Two columns of one header are a mistake; two that mean the same are one too many. */
static void tell_taken(struct table *table, size_t i, enum column column)
{
    const char *header = table->cells[i].text;
    const char *taken = table->cells[table->at[column]].text;

    if (strcmp(header, taken) == 0)
        table_mistake_at(
            table, table->cells[i].line, (int)i + 1,
            N_("column \"%.60s\" stands twice (column %d): which one counts?"), header,
            table->at[column] + 1);
    else
        table_note(table, N_("column \"%.60s\" ignored: \"%.60s\" is read as %s"), header,
                   taken, column_keys[column]);
}

static void find_columns(struct table *table, const enum column *columns, size_t count)
{
    table->column_count = table->cell_count;
    for (size_t i = 0; i < table->cell_count; i++) {
        char plain[NAME_MOST];
        size_t j = 0;
        plain_name(table->row_arena, table->cells[i].text, plain);
        while (j < count && (!*plain || distance_to(columns[j], plain) != 0))
            j++;
        if (j == count)
            ignore_column(table, table->cells[i].text, plain, columns, count);
        else if (table->at[columns[j]] >= 0)
            tell_taken(table, i, columns[j]);
        else
            table->at[columns[j]] = (int)i;
    }
}

err_code table_start(struct table *table)
{
    err_code code = ERR_NONE;

    for (int i = 0; i < COLUMN_COUNT; i++)
        table->at[i] = -1;
    table->path = table->options->path;
    table->arena = arena_new(RUN_ARENA_MAX);
    table->row_arena = arena_new(ROW_ARENA_MAX);
    table->marks = lookup_new(MARKS_BYTES_MOST);
    if (!table->arena || !table->row_arena || !table->marks)
        code = err_set(table->err, ERR_MEMORY, "no memory for the import");
    return code;
}

void table_close(struct table *table)
{
    text_done(&table->bytes);
    lookup_free(table->marks);
    lookup_free(table->structures.by_name);
    lookup_free(table->poles.by_name);
    arena_free(table->row_arena);
    arena_free(table->arena);
}

err_code table_read(struct table *table, const char *path)
{
    struct err wrong = {0};
    err_code code;

    text_clear(&table->bytes);
    table->path = path;
    if (table->options->text) {
        text_add(&table->bytes, table->options->text);
        code = text_failed(&table->bytes)
                   ? err_set(table->err, ERR_LIMIT, "%s: too long", path)
                   : ERR_NONE;
    } else {
        code = file_read(path, &table->bytes, table->err);
    }
    if (code != ERR_NONE)
        return code;
    code = csv_open(&table->reader, table->arena, table->row_arena, table->bytes.bytes,
                    table->bytes.length, &wrong);
    if (code == ERR_INVALID || code == ERR_LIMIT) {
        table_mistake_at(table, table->reader.wrong_line, 0, "%s",
                         worded(table, wrong.text));
        table->reader = (struct csv_reader){.arena = table->row_arena};
        return ERR_NONE;
    }
    return code == ERR_NONE ? code
                            : err_set(table->err, code, "%s: %s", path, wrong.text);
}

/* The next row of the file; no cells at the end, and after a mistake. */
static err_code read_row(struct table *table)
{
    struct err wrong = {0};
    err_code code = csv_next(&table->reader, &table->cells, &table->cell_count, &wrong);

    if (code == ERR_INVALID || code == ERR_LIMIT) {
        table_mistake_at(table, table->reader.wrong_line, 0, "%s",
                         worded(table, wrong.text));
        table->cell_count = 0; /* the rest of the file cannot be trusted */
        return ERR_NONE;
    }
    return code == ERR_NONE
               ? code
               : err_set(table->err, code, "%s: %s", table->path, wrong.text);
}

err_code table_open(struct table *table, const enum column *columns, size_t count)
{
    err_code code = table_read(table, table->options->path);

    if (code == ERR_NONE && table->reader.encoding)
        table_note(table, N_("read as %s, columns separated by %s"),
                   table->reader.encoding,
                   worded(table, table->reader.delimiter == '\t'  ? N_("tabs")
                                 : table->reader.delimiter == ';' ? N_("semicolons")
                                 : table->reader.delimiter == ',' ? N_("commas")
                                                                  : N_("another sign")));
    if (code == ERR_NONE)
        code = read_row(table);
    if (code == ERR_NONE)
        find_columns(table, columns, count);
    if (table->options->progress)
        progress_start(table->options->progress, "import", table->reader.length);
    return code;
}

/* Whether `plain` is a name of the column, to the letter. */
static bool is_named(enum column column, const char *plain)
{
    const char *names = column_names[column];

    while (*names) {
        size_t length = strcspn(names, "|"), at = 0;
        bool is_same = true;
        for (size_t i = 0; is_same && i < length; i++)
            if (strchr("abcdefghijklmnopqrstuvwxyz0123456789", names[i]))
                is_same = plain[at] == names[i] && plain[at++];
        if (is_same && !plain[at])
            return true;
        names += length;
        names += *names == '|';
    }
    return false;
}

/* A second line of headers below a title, or the header of a file that was put behind
 * another: every cell names a column, each another one. */
static void tell_names_again(struct table *table)
{
    bool is_taken[COLUMN_COUNT] = {false};
    size_t named = 0;

    for (size_t i = 0; i < table->cell_count; i++) {
        char plain[NAME_MOST];
        int column = 0;
        if (!*table->cells[i].text)
            continue;
        plain_name(table->row_arena, table->cells[i].text, plain);
        while (column < COLUMN_COUNT &&
               (!*plain || !is_named((enum column)column, plain)))
            column++;
        if (column == COLUMN_COUNT || is_taken[column])
            return;
        is_taken[column] = true;
        named++;
    }
    if (named >= 2)
        table_mistake_at(table, table->cells[0].line, 0,
                         N_("this line names columns: only the first line of the file "
                            "does; take out titles above it and headers that are "
                            "repeated"));
}

/* A row of several cells that another sign separates lands whole in the first: as many as
 * the columns ask for, or any of what nobody writes in a cell without quotes. */
static void tell_other_dialect(struct table *table)
{
    static const char signs[] = {';', '\t', ','};
    const struct csv_cell *cell = table->cells;

    if (table->cell_count != 1 || table->column_count < 2)
        return;
    for (size_t i = 0; i < sizeof signs; i++) {
        const char *at = cell->text;
        size_t count = 0;
        while (signs[i] != table->reader.delimiter && (at = strchr(at, signs[i]))) {
            count++;
            at++;
        }
        if (count == 0 ||
            (count + 1 < table->column_count && (cell->is_quoted || signs[i] == ',')))
            continue;
        table_mistake_at(
            table, cell->line, 1,
            N_("one cell where the first line has %zu: is this row separated "
               "by another sign? If it is one cell, put it in quotes"),
            table->column_count);
        return;
    }
}

err_code table_next(struct table *table, bool *is_end)
{
    err_code code = arena_failed(table->row_arena)
                        ? err_set(table->err, ERR_MEMORY, "no room for a row")
                        : read_row(table);

    if (code != ERR_NONE)
        return code;
    *is_end = table->cell_count == 0;
    table->report->rows += !*is_end;
    tell_other_dialect(table);
    tell_names_again(table);
    for (size_t i = table->column_count; i < table->cell_count; i++)
        if (*table->cells[i].text) {
            table_mistake_at(table, table->cells[i].line, (int)i + 1,
                             N_("a cell beyond the %zu columns of the first line; is a "
                                "quote or a separator missing?"),
                             table->column_count);
            break;
        }
    if (table->options->progress)
        progress_show(table->options->progress, table->reader.at);
    return ERR_NONE;
}

err_code table_each(struct table *table, bool is_applied, table_row row)
{
    bool is_end = false;
    err_code code = table_next(table, &is_end);

    while (code == ERR_NONE && !is_end) {
        code = row(table, is_applied);
        if (code == ERR_NONE)
            code = table_next(table, &is_end);
    }
    return code;
}

bool table_has(const struct table *table, enum column column)
{
    return table->at[column] >= 0;
}

const char *table_text(const struct table *table, enum column column)
{
    int at = table->at[column];

    return at >= 0 && (size_t)at < table->cell_count ? table->cells[at].text : "";
}

const char *table_value(const struct table *table, enum column column)
{
    const char *text = table_text(table, column);

    return *text ? text : NULL;
}

const char *table_keep(struct table *table, enum column column)
{
    return arena_strdup(table->arena, table_value(table, column));
}

err_code table_once(struct table *table, enum column column, const char *kind,
                    const char *text, const char *hint)
{
    const char *mark = arena_printf(table->row_arena, "%s %s", kind, text);
    const int64_t *line = mark ? lookup_find(table->marks, mark) : NULL;

    if (line)
        table_mistake(table, column, N_("\"%.80s\" stands on line %d already%s"), text,
                      (int)*line, worded(table, hint));
    else if (!mark || !lookup_put(table->marks, mark, table->cells[0].line))
        return err_set(table->err, ERR_MEMORY, "no room for the rows of the file");
    return ERR_NONE;
}

int64_t table_number(const char *name)
{
    size_t length = strspn(name + (*name == '#'), "0123456789");

    if (*name != '#' || length == 0 || length > 18 || name[1 + length])
        return 0;
    return strtoll(name + 1, NULL, 10);
}
