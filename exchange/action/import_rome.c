/* ROME 4.0 of France Travail: occupations with their appellations, competences, savoirs.
 *
 * The folder holds files named unix_…_vNNN_utf8.csv. Occupations are told by their ROME code,
 * competences and savoirs by their OGR number; appellations are other names of their occupation.
 * A competence has as parent the first occupation that asks for it. */
#include "exchange/action/import_kinds.h"
#include "exchange/action/import_skills.h"

#include "base/file.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A ROME file: its name between "unix_" and "_vNNN", and the columns it must have. */
struct rome_file {
    const char *name;
    const char *columns[4];
    int at[4];
};

struct rome {
    struct table *table;
    struct gathered gathered;
    struct occupation {
        const char *code;
        size_t skill, capacity; /* place among the gathered, room for labels */
    } *occupations;
    size_t count, capacity;
};

typedef err_code (*rome_row)(struct rome *rome, const struct csv_cell *cells,
                             const struct rome_file *file);

static bool find_file(const char *folder, const char *name, char out[PATH_MAX])
{
    struct dirent *entry;
    char start[80];
    bool is_found = false;
    DIR *open = opendir(folder);

    snprintf(start, sizeof start, "unix_%s_v", name);
    while (open && !is_found && (entry = readdir(open)))
        if (strncmp(entry->d_name, start, strlen(start)) == 0 &&
            strstr(entry->d_name, ".csv")) {
            snprintf(out, PATH_MAX, "%s/%s", folder, entry->d_name);
            is_found = true;
        }
    if (open)
        closedir(open);
    return is_found;
}

static err_code find_columns(struct rome *rome, const char *path, struct rome_file *file,
                             const struct csv_cell *cells, size_t count)
{
    for (int i = 0; i < 4 && file->columns[i]; i++) {
        file->at[i] = -1;
        for (size_t j = 0; j < count; j++)
            if (strcmp(cells[j].text, file->columns[i]) == 0)
                file->at[i] = (int)j;
        if (file->at[i] < 0)
            return err_set(rome->table->err, ERR_INVALID, "%s:1: no column \"%s\"", path,
                           file->columns[i]);
    }
    return ERR_NONE;
}

/* Walks one file; each row has at least the columns of the header. */
static err_code walk(struct rome *rome, struct rome_file *file, rome_row row)
{
    struct table *table = rome->table;
    struct csv_reader reader;
    struct csv_cell *cells;
    size_t count, header;
    char path[PATH_MAX];
    struct text bytes;
    err_code code;

    if (!find_file(table->options->path, file->name, path))
        return err_set(table->err, ERR_NOT_FOUND, "%s: no file unix_%s_v….csv",
                       table->options->path, file->name);
    text_init(&bytes, CSV_FILE_BYTES_MOST);
    code = file_read(path, &bytes, table->err);
    if (code == ERR_NONE)
        code = csv_open(&reader, table->arena, table->row_arena, bytes.bytes, bytes.length,
                        table->err);
    if (code == ERR_NONE)
        code = csv_next(&reader, &cells, &header, table->err);
    if (code == ERR_NONE)
        code = find_columns(rome, path, file, cells, header);
    while (code == ERR_NONE) {
        code = csv_next(&reader, &cells, &count, table->err);
        if (code != ERR_NONE || count == 0)
            break;
        table->report->rows++;
        if (count < header)
            code = err_set(table->err, ERR_INVALID, "line %d: %zu columns where %zu are",
                           cells[0].line, count, header);
        else
            code = row(rome, cells, file);
    }
    text_done(&bytes);
    if (code != ERR_NONE)
        err_context(table->err, "%s", path);
    return code;
}

static const char *cell(const struct csv_cell *cells, const struct rome_file *file, int i)
{
    return cells[file->at[i]].text;
}

static err_code add_occupation(struct rome *rome, const struct csv_cell *cells,
                               const struct rome_file *file)
{
    struct table *table = rome->table;
    struct skill skill = {.code = arena_strdup(table->arena, cell(cells, file, 0)),
                          .kind = "occupation"};
    struct occupation *all = arena_grow(table->arena, rome->occupations, rome->count,
                                        &rome->capacity, sizeof *all);
    err_code code;

    if (!all || !skill.code)
        return err_set(table->err, ERR_MEMORY, "no room for occupations");
    rome->occupations = all;
    all[rome->count] = (struct occupation){.code = skill.code, .skill = rome->gathered.count};
    code = gather_labels(table, cell(cells, file, 1), "fr", LABEL_PREFERRED, &skill,
                         &all[rome->count].capacity);
    rome->count++;
    return code == ERR_NONE ? gather_skill(table, &rome->gathered, &skill) : code;
}

static int by_occupation(const void *a, const void *b)
{
    return strcmp(((const struct occupation *)a)->code, ((const struct occupation *)b)->code);
}

static struct occupation *find_occupation(struct rome *rome, const char *code)
{
    const struct occupation key = {.code = code};

    return rome->count ? bsearch(&key, rome->occupations, rome->count, sizeof key,
                                 by_occupation)
                       : NULL;
}

static err_code add_appellation(struct rome *rome, const struct csv_cell *cells,
                                const struct rome_file *file)
{
    struct occupation *found = find_occupation(rome, cell(cells, file, 0));
    const char *label = cell(cells, file, 1);

    if (!found)
        return ERR_NONE; /* an appellation of an occupation that is not in the files */
    return gather_labels(rome->table, label, "fr", LABEL_ALTERNATIVE,
                         &rome->gathered.skills[found->skill], &found->capacity);
}

static err_code add_text(struct rome *rome, const struct csv_cell *cells,
                         const struct rome_file *file)
{
    struct occupation *found = find_occupation(rome, cell(cells, file, 0));
    struct skill *skill = found ? &rome->gathered.skills[found->skill] : NULL;

    if (!skill || strcmp(cell(cells, file, 1), "definition") != 0)
        return ERR_NONE;
    skill->description =
        skill->description
            ? arena_printf(rome->table->arena, "%s %s", skill->description,
                           cell(cells, file, 2))
            : arena_strdup(rome->table->arena, cell(cells, file, 2));
    return skill->description ? ERR_NONE
                              : err_set(rome->table->err, ERR_MEMORY, "no room for texts");
}

static err_code add_plain(struct rome *rome, const struct csv_cell *cells,
                          const struct rome_file *file, const char *kind)
{
    struct table *table = rome->table;
    struct skill skill = {.code = arena_strdup(table->arena, cell(cells, file, 0)),
                          .kind = kind};
    size_t capacity = 0;
    err_code code = gather_labels(table, cell(cells, file, 1), "fr", LABEL_PREFERRED,
                                  &skill, &capacity);

    if (!skill.code)
        return err_set(table->err, ERR_MEMORY, "no room for skills");
    if (code != ERR_NONE || skill.label_count == 0)
        return code;
    return gather_skill(table, &rome->gathered, &skill);
}

static err_code add_competence(struct rome *rome, const struct csv_cell *cells,
                               const struct rome_file *file)
{
    return add_plain(rome, cells, file, "skill");
}

static err_code add_savoir(struct rome *rome, const struct csv_cell *cells,
                           const struct rome_file *file)
{
    return add_plain(rome, cells, file, "knowledge");
}

static int by_skill_code(const void *a, const void *b)
{
    return strcmp((*(struct skill *const *)a)->code, (*(struct skill *const *)b)->code);
}

/* For the links: the gathered skills sorted by code. */
struct linking {
    struct skill **sorted;
    size_t count;
};

static err_code set_parents(struct rome *rome)
{
    struct table *table = rome->table;
    struct linking linking = {.count = rome->gathered.count};
    struct rome_file links = {"liens_rome_referentiels", {"code_rome", "code_ogr"}, {0}};
    struct csv_reader reader;
    struct csv_cell *cells;
    size_t count;
    char path[PATH_MAX];
    struct text bytes;
    err_code code;

    if (!find_file(table->options->path, links.name, path))
        return ERR_NONE; /* the files are of use without it */
    linking.sorted = arena_array(table->arena, linking.count, sizeof *linking.sorted);
    if (!linking.sorted)
        return err_set(table->err, ERR_MEMORY, "no room for links");
    for (size_t i = 0; i < linking.count; i++)
        linking.sorted[i] = &rome->gathered.skills[i];
    qsort(linking.sorted, linking.count, sizeof *linking.sorted, by_skill_code);
    text_init(&bytes, CSV_FILE_BYTES_MOST);
    code = file_read(path, &bytes, table->err);
    if (code == ERR_NONE)
        code = csv_open(&reader, table->arena, table->row_arena, bytes.bytes, bytes.length,
                        table->err);
    if (code == ERR_NONE)
        code = csv_next(&reader, &cells, &count, table->err);
    if (code == ERR_NONE)
        code = find_columns(rome, path, &links, cells, count);
    while (code == ERR_NONE) {
        struct skill wanted = {0}, *key = &wanted, **found;
        const struct occupation *occupation;
        code = csv_next(&reader, &cells, &count, table->err);
        if (code != ERR_NONE || count <= (size_t)links.at[1])
            break;
        wanted.code = cell(cells, &links, 1);
        found = bsearch(&key, linking.sorted, linking.count, sizeof key, by_skill_code);
        occupation = find_occupation(rome, cell(cells, &links, 0));
        if (found && occupation && !(*found)->parent_code)
            (*found)->parent_code = occupation->code;
    }
    text_done(&bytes);
    return code;
}

err_code import_rome(struct table *table, bool is_applied)
{
    struct {
        struct rome_file file;
        rome_row row;
    } steps[] = {
        {{"referentiel_code_rome", {"code_rome", "libelle_rome"}, {0}}, add_occupation},
        {{"referentiel_appellation", {"code_rome", "libelle_appellation_long"}, {0}},
         add_appellation},
        {{"texte", {"code_rome", "libelle_type_texte", "libelle_texte"}, {0}}, add_text},
        {{"referentiel_competence", {"code_ogr", "libelle_competence"}, {0}},
         add_competence},
        {{"referentiel_savoir", {"code_ogr_savoir", "libelle_savoir"}, {0}}, add_savoir},
    };
    struct rome rome = {.table = table};
    const char *source = table->options->source ? table->options->source : "rome";
    err_code code = ERR_NONE;

    table->arena = arena_new(1 << 30);
    table->row_arena = arena_new(64 << 20);
    if (!table->arena || !table->row_arena)
        return err_set(table->err, ERR_MEMORY, "no memory for the import");
    for (size_t i = 0; code == ERR_NONE && i < sizeof steps / sizeof steps[0]; i++) {
        code = walk(&rome, &steps[i].file, steps[i].row);
        if (code == ERR_NONE && i == 0 && rome.count)
            qsort(rome.occupations, rome.count, sizeof *rome.occupations, by_occupation);
    }
    if (code == ERR_NONE)
        code = set_parents(&rome);
    return code == ERR_NONE ? gathered_put(table, &rome.gathered, source, is_applied) : code;
}
