/* What invented people are put together from. */
#include "cli/demo_lists.h"

#include "base/csv.h"
#include "base/file.h"

#include <string.h>

enum { FILE_BYTES_MOST = 8 << 20, ROW_ARENA_MAX = 16 << 20, OTHER_LABELS = 2 };

/* A spreadsheet on its way through a function that takes its rows. */
struct sheet {
    const char *path;
    struct demo_lists *lists;
    int code, label, alt_labels; /* columns of the thesaurus */
    uint64_t rows;
    struct err *err;
};

typedef err_code (*take_row)(struct sheet *sheet, const struct csv_cell *cells,
                             size_t count);

static err_code read_rows(struct sheet *sheet, struct csv_reader *reader, take_row take)
{
    err_code code = ERR_NONE;
    struct csv_cell *cells;
    size_t count = 1;

    while (code == ERR_NONE && count) {
        code = csv_next(reader, &cells, &count, sheet->err);
        if (code == ERR_NONE && count) {
            code = take(sheet, cells, count);
            sheet->rows++;
        }
    }
    return code;
}

static err_code read_sheet(struct sheet *sheet, const char *folder, const char *file,
                           take_row take)
{
    struct arena *arena = arena_new(FILE_BYTES_MOST * 4);
    struct arena *row_arena = arena_new(ROW_ARENA_MAX);
    struct csv_reader reader;
    struct text bytes;
    err_code code = ERR_NONE;

    text_init(&bytes, FILE_BYTES_MOST);
    sheet->path = arena && row_arena ? arena_printf(arena, "%s/%s", folder, file) : NULL;
    if (!sheet->path)
        code = err_set(sheet->err, ERR_MEMORY, "no room for %s", file);
    if (code == ERR_NONE)
        code = file_read(sheet->path, &bytes, sheet->err);
    if (code == ERR_NONE)
        code = csv_open(&reader, arena, row_arena, bytes.bytes, bytes.length, sheet->err);
    if (code == ERR_NONE)
        code = read_rows(sheet, &reader, take);
    text_done(&bytes);
    arena_free(row_arena);
    arena_free(arena);
    return code;
}

static err_code wrong(const struct sheet *sheet, const struct csv_cell *cell,
                      const char *trouble, const char *text)
{
    return err_set(sheet->err, ERR_INVALID, "%s:%d:%d: %s \"%.60s\"", sheet->path,
                   cell->line, cell->column, trouble, text);
}

/* The list, made when new; NULL when there is no room. Rows of a list stand together, so
 * the last one made is looked at first. */
static struct demo_list *list_for(struct demo_lists *lists, const char *name,
                                  const char *key)
{
    struct demo_list *grown;

    for (size_t i = lists->count; i-- > 0;)
        if (strcmp(lists->all[i].name, name) == 0 && strcmp(lists->all[i].key, key) == 0)
            return &lists->all[i];
    grown = arena_grow(lists->arena, lists->all, lists->count, &lists->capacity,
                       sizeof *grown);
    if (!grown)
        return NULL;
    lists->all = grown;
    grown[lists->count] = (struct demo_list){.name = arena_strdup(lists->arena, name),
                                             .key = arena_strdup(lists->arena, key)};
    return arena_failed(lists->arena) ? NULL : &grown[lists->count++];
}

static err_code add_item(struct sheet *sheet, const char *name, const char *key,
                         const char *text, size_t length)
{
    struct demo_lists *lists = sheet->lists;
    struct demo_list *list = list_for(lists, name, key);
    const char **items = list ? arena_grow(lists->arena, list->items, list->count,
                                           &list->capacity, sizeof *items)
                              : NULL;

    if (!items)
        return err_set(sheet->err, ERR_MEMORY, "no room for the lists");
    list->items = items;
    items[list->count] = arena_strndup(lists->arena, text, length);
    return items[list->count++]
               ? ERR_NONE
               : err_set(sheet->err, ERR_MEMORY, "no room for the lists");
}

static int column_of(const struct csv_cell *cells, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(cells[i].text, name) == 0)
            return (int)i;
    return -1;
}

/* Each skill's label, then the first of its other names: people do not all say it alike.
 */
static err_code take_skill(struct sheet *sheet, const struct csv_cell *cells,
                           size_t count)
{
    const char *code, *at;
    err_code done;

    if (sheet->rows == 0) {
        sheet->code = column_of(cells, count, "code");
        sheet->label = column_of(cells, count, "label");
        sheet->alt_labels = column_of(cells, count, "alt_labels");
        return sheet->code >= 0 && sheet->label >= 0 && sheet->alt_labels >= 0
                   ? ERR_NONE
                   : wrong(sheet, cells, "code, label and alt_labels are needed, not",
                           cells[0].text);
    }
    if ((size_t)sheet->alt_labels >= count || (size_t)sheet->label >= count)
        return wrong(sheet, cells, "no labels for", cells[0].text);
    code = cells[sheet->code].text;
    at = cells[sheet->label].text;
    done = add_item(sheet, "label", code, at, strlen(at));
    at = cells[sheet->alt_labels].text;
    for (int i = 0; done == ERR_NONE && *at && i < OTHER_LABELS; i++) {
        size_t length = strcspn(at, "|");
        done = add_item(sheet, "label", code, at, length);
        at += length + (at[length] == '|');
    }
    return done;
}

static err_code take_word(struct sheet *sheet, const struct csv_cell *cells, size_t count)
{
    static const char *const known[] = {
        "trade",     "title",   "special", "core",    "side",     "said",
        "structure", "common",  "commune", "history", "how",      "reach",
        "first_f",   "first_m", "last",    "window",  "language", "format"};
    static const char *const skills[] = {"core", "side", "common"};
    bool is_known = false, is_skill = false;

    if (sheet->rows == 0)
        return ERR_NONE;
    if (count != 3)
        return wrong(sheet, cells, "list, key and text are needed after", cells[0].text);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        is_known = is_known || strcmp(known[i], cells[0].text) == 0;
    for (size_t i = 0; i < sizeof skills / sizeof skills[0]; i++)
        is_skill = is_skill || strcmp(skills[i], cells[0].text) == 0;
    if (!is_known)
        return wrong(sheet, &cells[0], "there is no list", cells[0].text);
    if (!*cells[2].text)
        return wrong(sheet, &cells[2], "nothing is said for", cells[0].text);
    if (is_skill && demo_list(sheet->lists, "label", cells[2].text)->count == 0)
        return wrong(sheet, &cells[2], "there is no skill", cells[2].text);
    if (strcmp(cells[0].text, "trade") == 0)
        return add_item(sheet, "trade", "", cells[1].text, strlen(cells[1].text)) ||
                       add_item(sheet, "pole", cells[1].text, cells[2].text,
                                strlen(cells[2].text))
                   ? ERR_MEMORY
                   : ERR_NONE;
    return add_item(sheet, cells[0].text, cells[1].text, cells[2].text,
                    strlen(cells[2].text));
}

static err_code check_lists(const struct demo_lists *lists, const char *folder,
                            struct err *err)
{
    static const char *const of_trade[] = {"title", "special", "core", "side", "said"};
    static const char *const of_all[] = {
        "trade",   "structure", "common", "commune", "history",  "how",   "reach",
        "first_f", "first_m",   "last",   "window",  "language", "format"};
    const struct demo_list *trades = demo_list(lists, "trade", "");

    for (size_t i = 0; i < sizeof of_all / sizeof of_all[0]; i++)
        if (demo_list(lists, of_all[i], "")->count == 0)
            return err_set(err, ERR_INVALID, "%s/made.csv: the list \"%s\" is empty",
                           folder, of_all[i]);
    for (size_t i = 0; i < trades->count; i++)
        for (size_t j = 0; j < sizeof of_trade / sizeof of_trade[0]; j++)
            if (demo_list(lists, of_trade[j], trades->items[i])->count == 0)
                return err_set(err, ERR_INVALID,
                               "%s/made.csv: the trade \"%.60s\" has no \"%s\"", folder,
                               trades->items[i], of_trade[j]);
    return ERR_NONE;
}

err_code demo_lists_read(struct demo_lists *lists, struct arena *arena,
                         const char *folder, struct err *err)
{
    struct sheet thesaurus = {.lists = lists, .err = err}, words = thesaurus;
    err_code code;

    *lists = (struct demo_lists){.arena = arena};
    code = read_sheet(&thesaurus, folder, "skills.csv", take_skill);
    if (code == ERR_NONE)
        code = read_sheet(&words, folder, "made.csv", take_word);
    return code == ERR_NONE ? check_lists(lists, folder, err) : code;
}

static err_code take_nothing(struct sheet *sheet, const struct csv_cell *cells,
                             size_t count)
{
    (void)sheet, (void)cells, (void)count;
    return ERR_NONE;
}

err_code demo_count_rows(const char *folder, const char *file, uint64_t *count,
                         struct err *err)
{
    struct sheet sheet = {.err = err};
    err_code code = read_sheet(&sheet, folder, file, take_nothing);

    if (code == ERR_NONE)
        *count = sheet.rows ? sheet.rows - 1 : 0;
    return code;
}

const struct demo_list *demo_list(const struct demo_lists *lists, const char *name,
                                  const char *key)
{
    static const struct demo_list none = {"", "", NULL, 0, 0};

    for (size_t i = 0; i < lists->count; i++)
        if (strcmp(lists->all[i].name, name) == 0 && strcmp(lists->all[i].key, key) == 0)
            return &lists->all[i];
    return &none;
}
