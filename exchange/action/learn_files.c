/* Files to learn from: ESCO's labels, ROME, keyword lists. */
#include "exchange/action/learn_files.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/gzip.h"
#include "base/map.h"
#include "base/unicode.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ARENA_MAX = 512 << 20,
    ROW_ARENA_MAX = 16 << 20,
    LIST_BYTES_MOST = 512 << 20,
    LABELS_MOST = 400,
    COLUMNS = 3
};

/* What a row of a file is for; `cells` are those of the wanted columns. */
typedef err_code (*row_use)(void *state, const char *const cells[COLUMNS],
                            struct err *err);

static err_code find_columns(struct csv_reader *reader, const char *const names[COLUMNS],
                             size_t at[COLUMNS], const char *path, struct err *err)
{
    struct csv_cell *cells;
    size_t count;
    err_code code = csv_next(reader, &cells, &count, err);

    for (int i = 0; code == ERR_NONE && i < COLUMNS && names[i]; i++) {
        for (at[i] = 0; at[i] < count && strcmp(cells[at[i]].text, names[i]) != 0;
             at[i]++)
            ;
        if (at[i] == count)
            return err_set(err, ERR_INVALID, "%s: no column \"%s\"", path, names[i]);
    }
    return code;
}

/* Walks a CSV file whose header has the named columns (NULL: no more of them). */
static err_code walk(const char *path, const char *const names[COLUMNS], row_use use,
                     void *state, struct err *err)
{
    struct arena *arena = arena_new(ARENA_MAX), *row = arena_new(ROW_ARENA_MAX);
    struct csv_reader reader;
    struct text file;
    struct csv_cell *cells;
    size_t at[COLUMNS], count = 1;
    err_code code;

    text_init(&file, CSV_FILE_BYTES_MOST);
    code = arena && row ? file_read(path, &file, err)
                        : err_set(err, ERR_MEMORY, "no memory for learning");
    if (code == ERR_NONE)
        code = csv_open(&reader, arena, row, file.bytes, file.length, err);
    if (code == ERR_NONE)
        code = find_columns(&reader, names, at, path, err);
    while (code == ERR_NONE) {
        const char *wanted[COLUMNS] = {"", "", ""};
        code = csv_next(&reader, &cells, &count, err);
        if (code != ERR_NONE || count == 0)
            break;
        for (int i = 0; i < COLUMNS && names[i]; i++)
            wanted[i] = at[i] < count ? cells[at[i]].text : "";
        code = use(state, wanted, err);
    }
    if (code != ERR_NONE)
        err_context(err, "%s", path);
    text_done(&file);
    arena_free(row);
    arena_free(arena);
    return code;
}

/* ---- ESCO ---- */

static err_code esco_row(void *state, const char *const cells[COLUMNS], struct err *err)
{
    const char *labels[LABELS_MOST] = {cells[0]};
    char *others = strdup(cells[1]), *save = NULL;
    size_t count = 1;
    err_code code;

    if (!others)
        return err_set(err, ERR_MEMORY, "no memory for learning");
    for (char *label = strtok_r(others, "|\n\r", &save); label && count < LABELS_MOST;
         label = strtok_r(NULL, "|\n\r", &save))
        if (label[strspn(label, " ")])
            labels[count++] = label + strspn(label, " ");
    code = *cells[0] ? learner_concept(state, labels, count, err) : ERR_NONE;
    free(others);
    return code;
}

err_code learn_esco(struct learner *learner, const char *path, struct err *err)
{
    static const char *const names[COLUMNS] = {"preferredLabel", "altLabels"};

    return walk(path, names, esco_row, learner, err);
}

/* ---- ROME ---- */

/* Texts of an occupation, gathered from several files. */
struct piece {
    const char *code, *text;
    int rank; /* 0 its name, 1 an appellation, 2 other words */
};
struct rome {
    struct learner *learner;
    struct arena *arena;
    struct piece *pieces;
    size_t count, capacity;
    struct map labels; /* by number: the label of a competence or savoir */
};

static err_code add_piece(struct rome *rome, const char *code, const char *text, int rank,
                          struct err *err)
{
    struct piece *pieces = arena_grow(rome->arena, rome->pieces, rome->count,
                                      &rome->capacity, sizeof *pieces);

    if (!pieces)
        return err_set(err, ERR_MEMORY, "no memory for learning");
    rome->pieces = pieces;
    pieces[rome->count++] = (struct piece){arena_strdup(rome->arena, code),
                                           arena_strdup(rome->arena, text), rank};
    return pieces[rome->count - 1].text
               ? ERR_NONE
               : err_set(err, ERR_MEMORY, "no memory for learning");
}

static err_code name_row(void *state, const char *const cells[COLUMNS], struct err *err)
{
    return add_piece(state, cells[0], cells[1], 0, err);
}

static err_code appellation_row(void *state, const char *const cells[COLUMNS],
                                struct err *err)
{
    return add_piece(state, cells[0], cells[1], 1, err);
}

static err_code text_row(void *state, const char *const cells[COLUMNS], struct err *err)
{
    return add_piece(state, cells[0], cells[1], 2, err);
}

/* A competence or savoir: a line, and a label that occupations ask for. */
static err_code label_row(void *state, const char *const cells[COLUMNS], struct err *err)
{
    struct rome *rome = state;
    const char *label = arena_strdup(rome->arena, cells[1]);
    uint64_t *slot = map_at(&rome->labels, map_key(cells[0], strlen(cells[0])));
    err_code code;

    if (!label || !slot)
        return err_set(err, ERR_MEMORY, "no memory for learning");
    *slot = (uint64_t)(uintptr_t)label;
    code = learner_words(rome->learner, label, "fr", err);
    return code == ERR_NONE ? learner_end(rome->learner, err) : code;
}

static err_code link_row(void *state, const char *const cells[COLUMNS], struct err *err)
{
    struct rome *rome = state;
    const uint64_t *label = map_find(&rome->labels, map_key(cells[1], strlen(cells[1])));

    return label ? add_piece(rome, cells[0], (const char *)(uintptr_t)*label, 2, err)
                 : ERR_NONE;
}

static int by_code(const void *a, const void *b)
{
    const struct piece *x = a, *y = b;
    int order = strcmp(x->code, y->code);

    if (order == 0)
        order = x->rank - y->rank;
    return order ? order : x < y ? -1 : x > y;
}

/* One occupation: its names are a concept, each a line; all its words are a line. */
static err_code add_occupation(struct rome *rome, size_t from, size_t to, struct err *err)
{
    const char *labels[LABELS_MOST];
    size_t count = 0;
    err_code code = ERR_NONE;

    for (size_t i = from; i < to; i++)
        if (rome->pieces[i].rank < 2 && count < LABELS_MOST)
            labels[count++] = rome->pieces[i].text;
    if (count)
        code = learner_concept(rome->learner, labels, count, err);
    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        code = learner_words(rome->learner, labels[i], "fr", err);
        if (code == ERR_NONE)
            code = learner_end(rome->learner, err);
    }
    for (size_t i = from; code == ERR_NONE && i < to; i++)
        if (rome->pieces[i].rank == 2)
            code = learner_words(rome->learner, rome->pieces[i].text, "fr", err);
    return code == ERR_NONE ? learner_end(rome->learner, err) : code;
}

static bool find_file(const char *folder, const char *name, char out[PATH_MAX])
{
    struct dirent *entry;
    char start[80];
    bool is_found = false;
    DIR *open = opendir(folder);

    snprintf(start, sizeof start, "unix_%s_v", name);
    while (open && !is_found && (entry = readdir(open)))
        if (strncmp(entry->d_name, start, strlen(start)) == 0 &&
            strstr(entry->d_name, ".csv"))
            is_found = snprintf(out, PATH_MAX, "%s/%s", folder, entry->d_name) < PATH_MAX;
    if (open)
        closedir(open);
    return is_found;
}

static err_code read_rome(struct rome *rome, const char *folder, struct err *err)
{
    static const struct {
        const char *file;
        const char *names[COLUMNS];
        row_use use;
    } files[] = {
        {"referentiel_code_rome", {"code_rome", "libelle_rome"}, name_row},
        {"referentiel_appellation",
         {"code_rome", "libelle_appellation_long"},
         appellation_row},
        {"referentiel_competence", {"code_ogr", "libelle_competence"}, label_row},
        {"referentiel_savoir", {"code_ogr_savoir", "libelle_savoir"}, label_row},
        {"texte", {"code_rome", "libelle_texte"}, text_row},
        {"liens_rome_referentiels", {"code_rome", "code_ogr"}, link_row},
    };
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < sizeof files / sizeof files[0]; i++) {
        char path[PATH_MAX];
        if (!find_file(folder, files[i].file, path))
            return err_set(err, ERR_NOT_FOUND, "%s: no file unix_%s_v….csv", folder,
                           files[i].file);
        code = walk(path, files[i].names, files[i].use, rome, err);
    }
    return code;
}

err_code learn_rome(struct learner *learner, const char *folder, struct err *err)
{
    struct rome rome = {.learner = learner, .arena = arena_new(ARENA_MAX)};
    err_code code;

    map_init(&rome.labels);
    code = rome.arena ? read_rome(&rome, folder, err)
                      : err_set(err, ERR_MEMORY, "no memory for learning");
    if (code == ERR_NONE && rome.count)
        qsort(rome.pieces, rome.count, sizeof *rome.pieces, by_code);
    for (size_t from = 0, to; code == ERR_NONE && from < rome.count; from = to) {
        for (to = from + 1;
             to < rome.count && strcmp(rome.pieces[to].code, rome.pieces[from].code) == 0;
             to++)
            ;
        code = add_occupation(&rome, from, to, err);
    }
    map_done(&rome.labels);
    arena_free(rome.arena);
    return code;
}

/* ---- lists ---- */

/* The texts between quotes in the lists of a line of JSON, in place; each ends with a
 * NUL. */
static err_code learn_json(struct learner *learner, char *line, struct err *err)
{
    err_code code = ERR_NONE;
    char *at = strchr(line, '[');

    while (code == ERR_NONE && at && (at = strchr(at, '"'))) {
        char *from = ++at, *to = from;
        for (; *at && *at != '"'; at++) {
            bool is_escaped = *at == '\\' && at[1];
            at += is_escaped;
            *to++ = is_escaped && *at != '"' && *at != '\\' && *at != '/' ? ' ' : *at;
        }
        if (!*at++)
            return ERR_NONE; /* the line was cut */
        *to = '\0';
        code = learner_words(learner, from, "fr", err);
    }
    return code;
}

err_code learn_list(struct learner *learner, const char *path, struct err *err)
{
    struct text file, plain;
    char *save = NULL;
    err_code code;

    text_init(&file, LIST_BYTES_MOST);
    text_init(&plain, LIST_BYTES_MOST);
    code = file_read(path, &file, err);
    if (code == ERR_NONE && gzip_is(file.bytes, file.length)) {
        if (!gzip_read(file.bytes, file.length, &plain))
            code = err_set(err, ERR_INVALID, "%s: damaged gzip", path);
    } else if (code == ERR_NONE)
        text_add_bytes(&plain, file.bytes, file.length);
    if (code == ERR_NONE && (!unicode_is_valid(plain.bytes, plain.length) ||
                             strlen(plain.bytes) != plain.length))
        code = err_set(err, ERR_INVALID, "%s: not UTF-8 text", path);
    for (char *line = code == ERR_NONE ? strtok_r(plain.bytes, "\n", &save) : NULL;
         code == ERR_NONE && line; line = strtok_r(NULL, "\n", &save)) {
        code = *line == '{' ? learn_json(learner, line, err)
                            : learner_words(learner, line, "fr", err);
        if (code == ERR_NONE)
            code = learner_end(learner, err);
    }
    text_done(&plain);
    text_done(&file);
    return code;
}
