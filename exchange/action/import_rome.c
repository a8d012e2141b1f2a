/* ROME 4.0 of France Travail: occupations with their appellations, competences, savoirs.
 *
 * The folder holds files named unix_…_vNNN_utf8.csv. Occupations are told by their ROME
 * code, competences and savoirs by their OGR number; appellations are other names of
 * their occupation. A competence has as parent the first occupation that asks for it. */
#include "exchange/action/import_kinds.h"
#include "exchange/action/import_skills.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A ROME file: its name between "unix_" and "_vNNN", and the columns it must have. */
struct rome_file {
    const char *name;
    const char *columns[4];
    bool is_optional;
    int at[4];
};

struct rome {
    struct table *table;
    struct gathered gathered;
    struct occupation {
        const char *code;
        size_t skill, capacity; /* place among the gathered, room for labels */
    } * occupations;
    size_t count, capacity;
    struct skill **sorted; /* the gathered ones by code, for the links */
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

static void find_columns(struct table *table, struct rome_file *file)
{
    for (int i = 0; i < 4 && file->columns[i]; i++) {
        file->at[i] = -1;
        for (size_t j = 0; j < table->cell_count; j++)
            if (strcmp(table->cells[j].text, file->columns[i]) == 0)
                file->at[i] = (int)j;
        if (file->at[i] < 0)
            table_mistake_at(table, 1, 0, "no column \"%s\"", file->columns[i]);
    }
    table->at[COLUMN_code] = file->at[0]; /* where a mistake is told */
    table->at[COLUMN_label] = file->at[file->columns[2] ? 2 : 1];
}

/* Walks one file of the folder; each row that `row` gets has the cells of the header. */
static err_code walk(struct rome *rome, struct rome_file *file, rome_row row)
{
    struct table *table = rome->table;
    int64_t before = table->report->mistakes;
    size_t header;
    bool is_end = false;
    char path[PATH_MAX];
    const char *kept;
    err_code code;

    if (!find_file(table->options->path, file->name, path))
        return file->is_optional
                   ? ERR_NONE
                   : err_set(table->err, ERR_NOT_FOUND, "%s: no file unix_%s_v….csv",
                             table->options->path, file->name);
    kept = arena_strdup(table->arena, path);
    table->column_count = SIZE_MAX;
    code = kept ? table_read(table, kept)
                : err_set(table->err, ERR_MEMORY, "no room for a path");
    if (code == ERR_NONE)
        code = table_next(table, &is_end);
    if (code != ERR_NONE || table->report->mistakes != before)
        return code;
    find_columns(table, file);
    table->report->rows -= !is_end;
    if (table->report->mistakes != before)
        return ERR_NONE;
    header = table->column_count = table->cell_count;
    code = table_next(table, &is_end);
    while (code == ERR_NONE && !is_end) {
        if (table->cell_count < header)
            table_mistake_at(table, table->cells[0].line, 0, "%zu columns where %zu are",
                             table->cell_count, header);
        else
            code = row(rome, table->cells, file);
        if (code == ERR_NONE)
            code = table_next(table, &is_end);
    }
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
    all[rome->count] =
        (struct occupation){.code = skill.code, .skill = rome->gathered.count};
    code = gather_labels(table, cell(cells, file, 1), "fr", LABEL_PREFERRED, &skill,
                         &all[rome->count].capacity);
    rome->count++;
    return code == ERR_NONE ? gather_skill(table, &rome->gathered, &skill) : code;
}

static int by_occupation(const void *a, const void *b)
{
    return strcmp(((const struct occupation *)a)->code,
                  ((const struct occupation *)b)->code);
}

static struct occupation *find_occupation(struct rome *rome, const char *code)
{
    const struct occupation key = {.code = code};

    return rome->count
               ? bsearch(&key, rome->occupations, rome->count, sizeof key, by_occupation)
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
    skill->description = skill->description
                             ? arena_printf(rome->table->arena, "%s %s",
                                            skill->description, cell(cells, file, 2))
                             : arena_strdup(rome->table->arena, cell(cells, file, 2));
    return skill->description
               ? ERR_NONE
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

static err_code sort_skills(struct rome *rome)
{
    struct gathered *gathered = &rome->gathered;

    rome->sorted = arena_array(rome->table->arena, gathered->count, sizeof *rome->sorted);
    if (!rome->sorted)
        return err_set(rome->table->err, ERR_MEMORY, "no room for links");
    for (size_t i = 0; i < gathered->count; i++)
        rome->sorted[i] = &gathered->skills[i];
    if (gathered->count)
        qsort(rome->sorted, gathered->count, sizeof *rome->sorted, by_skill_code);
    return ERR_NONE;
}

/* An occupation asks for a competence or savoir: the first one is its parent. */
static err_code add_link(struct rome *rome, const struct csv_cell *cells,
                         const struct rome_file *file)
{
    struct skill wanted = {.code = cell(cells, file, 1)}, *key = &wanted, **found;
    const struct occupation *occupation = find_occupation(rome, cell(cells, file, 0));

    if (!rome->gathered.count)
        return ERR_NONE;
    found = bsearch(&key, rome->sorted, rome->gathered.count, sizeof key, by_skill_code);
    if (found && occupation && !(*found)->parent_code)
        (*found)->parent_code = occupation->code;
    return ERR_NONE;
}

/* What has to be ready before the rows of a step. */
static err_code prepare(struct rome *rome, rome_row row)
{
    if (row == add_appellation && rome->count)
        qsort(rome->occupations, rome->count, sizeof *rome->occupations, by_occupation);
    return row == add_link ? sort_skills(rome) : ERR_NONE;
}

err_code import_rome(struct table *table, bool is_applied)
{
    struct {
        struct rome_file file;
        rome_row row;
    } steps[] = {
        {{"referentiel_code_rome", {"code_rome", "libelle_rome"}, false, {0}},
         add_occupation},
        {{"referentiel_appellation",
          {"code_rome", "libelle_appellation_long"},
          false,
          {0}},
         add_appellation},
        {{"texte", {"code_rome", "libelle_type_texte", "libelle_texte"}, false, {0}},
         add_text},
        {{"referentiel_competence", {"code_ogr", "libelle_competence"}, false, {0}},
         add_competence},
        {{"referentiel_savoir", {"code_ogr_savoir", "libelle_savoir"}, false, {0}},
         add_savoir},
        {{"liens_rome_referentiels", {"code_rome", "code_ogr"}, true, {0}}, add_link},
    };
    struct rome rome = {.table = table};
    const char *source = table->options->source ? table->options->source : "rome";
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < sizeof steps / sizeof steps[0]; i++) {
        code = prepare(&rome, steps[i].row);
        if (code == ERR_NONE)
            code = walk(&rome, &steps[i].file, steps[i].row);
    }
    table->path = table->options->path;
    return code == ERR_NONE ? gathered_put(table, &rome.gathered, source, is_applied)
                            : code;
}
