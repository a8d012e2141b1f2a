/* Skills from a CSV file, ours or ESCO's. */
#include "exchange/action/import_kinds.h"
#include "exchange/action/import_skills.h"
#include "exchange/action/same.h"

#include "store/change.h"
#include "store/people.h"
#include "store/skills.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_BYTES_MOST = 500 };

err_code gather_skill(struct table *table, struct gathered *gathered,
                      const struct skill *skill)
{
    struct skill *skills = arena_grow(table->arena, gathered->skills, gathered->count,
                                      &gathered->capacity, sizeof *skills);
    struct gathered_from *from = arena_grow(table->arena, gathered->from, gathered->count,
                                            &gathered->from_capacity, sizeof *from);

    if (!skills || !from)
        return err_set(table->err, ERR_MEMORY, "no room for the skills of the file");
    gathered->skills = skills;
    gathered->from = from;
    from[gathered->count] = (struct gathered_from){table->path, table->cells[0].line};
    skills[gathered->count++] = *skill;
    return ERR_NONE;
}

static bool has_label(const struct skill *skill, const char *text, const char *lang)
{
    for (size_t i = 0; i < skill->label_count; i++)
        if (strcmp(skill->labels[i].text, text) == 0 &&
            strcmp(skill->labels[i].lang, lang) == 0)
            return true;
    return false;
}

err_code gather_labels(struct table *table, const char *text, const char *lang,
                       enum label_kind kind, struct skill *skill, size_t *capacity)
{
    while (*text) {
        size_t length = kind == LABEL_PREFERRED ? strlen(text) : strcspn(text, "|\n");
        const char *from = text, *label;
        struct skill_label *labels;
        size_t kept = length;
        while (kept && *from == ' ') {
            from++;
            kept--;
        }
        while (kept && (from[kept - 1] == ' ' || from[kept - 1] == '\r'))
            kept--;
        text += length + (text[length] != '\0');
        if (kept > LABEL_BYTES_MOST)
            table_mistake(table,
                          kind == LABEL_PREFERRED ? COLUMN_label : COLUMN_alt_labels,
                          "a label of %zu bytes; %d are allowed", kept, LABEL_BYTES_MOST);
        if (kept == 0 || kept > LABEL_BYTES_MOST)
            continue;
        label = arena_strndup(table->arena, from, kept);
        if (!label)
            return err_set(table->err, ERR_MEMORY, "no room for labels");
        if (has_label(skill, label, lang))
            continue;
        labels = arena_grow(table->arena, (void *)skill->labels, skill->label_count,
                            capacity, sizeof *labels);
        if (!labels)
            return err_set(table->err, ERR_MEMORY, "no room for labels");
        skill->labels = labels;
        labels[skill->label_count++] = (struct skill_label){lang, kind, label};
    }
    return ERR_NONE;
}

/* By code, then in the order of the file. */
static int by_code(const void *a, const void *b)
{
    const struct skill *x = *(const struct skill *const *)a,
                       *y = *(const struct skill *const *)b;
    int order = strcmp(x->code, y->code);

    return order ? order : (x > y) - (x < y);
}

static int by_code_alone(const void *a, const void *b)
{
    return strcmp((*(const struct skill *const *)a)->code,
                  (*(const struct skill *const *)b)->code);
}

static int by_known_code(const void *a, const void *b)
{
    return strcmp(((const struct skill_code *)a)->code,
                  ((const struct skill_code *)b)->code);
}

static bool same_skill(const struct skill *a, const struct skill *b)
{
    if (a->label_count != b->label_count || !same_text(a->kind, b->kind) ||
        !same_text(a->description, b->description) ||
        !same_text(a->parent_code, b->parent_code))
        return false;
    for (size_t i = 0; i < a->label_count; i++)
        if (a->labels[i].kind != b->labels[i].kind ||
            strcmp(a->labels[i].lang, b->labels[i].lang) != 0 ||
            strcmp(a->labels[i].text, b->labels[i].text) != 0)
            return false;
    return true;
}

/* The first pass: each skill new, changed or as it was. */
static err_code put_one(struct table *table, struct skill *skill, bool is_applied,
                        bool *is_changed)
{
    struct skill old = {0};
    err_code code = ERR_NONE;

    *is_changed = true;
    if (skill->id) {
        code = skills_get(table->db, table->row_arena, skill->id, &old, table->err);
        *is_changed = code == ERR_NONE && !same_skill(&old, skill);
        table->report->changed += *is_changed;
        table->report->unchanged += code == ERR_NONE && !*is_changed;
    } else {
        table->report->added++;
    }
    if (code == ERR_NONE && is_applied && *is_changed)
        code = skills_save(table->db, skill, true, table->options->now, table->err);
    return code;
}

/* A code given twice is a mistake where it stands again. `sorted` is by code, then in
 * order. */
static void tell_doubles(struct table *table, const struct gathered *gathered,
                         struct skill **sorted)
{
    for (size_t i = 1; i < gathered->count; i++) {
        const struct gathered_from *first =
                                       &gathered->from[sorted[i - 1] - gathered->skills],
                                   *again = &gathered->from[sorted[i] - gathered->skills];
        if (strcmp(sorted[i]->code, sorted[i - 1]->code) != 0)
            continue;
        table->path = again->path;
        if (strcmp(first->path, again->path) == 0)
            table_mistake_at(table, again->line, 0,
                             "code \"%.80s\" stands on line %d already", sorted[i]->code,
                             first->line);
        else
            table_mistake_at(table, again->line, 0,
                             "code \"%.80s\" stands in %s:%d already", sorted[i]->code,
                             first->path, first->line);
    }
}

static struct skill *find_sorted(struct skill **sorted, size_t count, const char *code)
{
    struct skill wanted = {.code = code}, *key = &wanted;
    struct skill **found =
        count ? bsearch(&key, sorted, count, sizeof *sorted, by_code_alone) : NULL;

    return found ? *found : NULL;
}

/* Whether going up from a skill comes back to it. */
static bool is_own_ancestor(struct skill **sorted, size_t count,
                            const struct skill *skill)
{
    const struct skill *above = skill;

    for (size_t steps = 0; above && above->parent_code && steps <= count; steps++) {
        above = find_sorted(sorted, count, above->parent_code);
        if (above == skill)
            return true;
    }
    return false;
}

/* A parent is of the same file: others are mistakes in a sheet of ours, and left out of
 * the large thesauri, of which people keep parts. */
static void check_parents(struct table *table, const struct gathered *gathered,
                          struct skill **sorted)
{
    bool is_ours = table->options->kind == IMPORT_SKILLS_CSV;
    int64_t left_out = 0;

    for (size_t i = 0; i < gathered->count; i++) {
        struct skill *skill = &gathered->skills[i];
        const char *wrong = !skill->parent_code ? NULL
                            : !find_sorted(sorted, gathered->count, skill->parent_code)
                                ? "is not a code of this file"
                            : is_own_ancestor(sorted, gathered->count, skill)
                                ? "comes back to it"
                                : NULL;
        table->path = gathered->from[i].path;
        if (wrong && is_ours)
            table_mistake_at(table, gathered->from[i].line, table->at[COLUMN_parent] + 1,
                             "parent \"%.80s\" of \"%.80s\" %s", skill->parent_code,
                             skill->code, wrong);
        else if (wrong)
            skill->parent_code = NULL;
        left_out += wrong && !is_ours;
    }
    if (left_out)
        table_note(table, "%" PRId64 " parents are not in the file and left out",
                   left_out);
}

/* Those the source gave before and gives no more. */
static err_code remove_gone(struct table *table, const struct skill_code *known,
                            size_t known_count, struct skill **sorted, size_t count,
                            bool is_applied)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < known_count; i++) {
        if (find_sorted(sorted, count, known[i].code))
            continue;
        table->report->removed++;
        if (is_applied)
            code = skills_erase(table->db, known[i].id, true, table->options->now,
                                table->err);
    }
    return code;
}

static err_code finish(struct table *table, struct gathered *gathered,
                       const bool *is_changed)
{
    const struct import_report *report = table->report;
    err_code code = ERR_NONE;
    int64_t linked = 0;

    for (size_t i = 0; code == ERR_NONE && i < gathered->count; i++)
        if (is_changed[i])
            code = skills_set_parent(table->db, &gathered->skills[i], table->err);
    if (code == ERR_NONE && (report->added || report->changed || report->removed)) {
        code = change_note(table->db, THING_SKILL, 0, table->options->now, table->err);
        if (code == ERR_NONE)
            code =
                people_link_skills(table->db, table->options->now, &linked, table->err);
        if (code == ERR_NONE && linked)
            table_note(table, "%" PRId64 " skills of people are recognised now", linked);
    }
    return code;
}

err_code gathered_put(struct table *table, struct gathered *gathered, const char *source,
                      bool is_applied)
{
    struct skill_code *known;
    struct skill **sorted;
    bool *is_changed;
    size_t known_count;
    err_code code = skills_of_source(table->db, table->arena, source, &known,
                                     &known_count, table->err);

    if (code != ERR_NONE)
        return code;
    sorted = arena_array(table->arena, gathered->count, sizeof *sorted);
    is_changed = arena_array(table->arena, gathered->count, sizeof *is_changed);
    if (!sorted || !is_changed)
        return err_set(table->err, ERR_MEMORY, "no room for the skills of the file");
    for (size_t i = 0; i < gathered->count; i++)
        sorted[i] = &gathered->skills[i];
    if (gathered->count)
        qsort(sorted, gathered->count, sizeof *sorted, by_code);
    if (known_count)
        qsort(known, known_count, sizeof *known, by_known_code);
    if (gathered->count == 0 && known_count && !table->report->mistakes)
        table_mistake_at(table, 1, 0,
                         "no skill in the file; all %zu that source \"%s\" gave would be "
                         "removed",
                         known_count, source);
    tell_doubles(table, gathered, sorted);
    check_parents(table, gathered, sorted);
    if (table->report->mistakes)
        return ERR_NONE;
    if (table->options->progress)
        progress_start(table->options->progress, "skills", gathered->count);
    code = remove_gone(table, known, known_count, sorted, gathered->count, is_applied);
    for (size_t i = 0; code == ERR_NONE && i < gathered->count; i++) {
        struct skill *skill = &gathered->skills[i];
        const struct skill_code key = {.code = skill->code};
        const struct skill_code *found =
            known_count ? bsearch(&key, known, known_count, sizeof *known, by_known_code)
                        : NULL;
        arena_reset(table->row_arena);
        skill->id = found ? found->id : 0;
        skill->source = source;
        code = put_one(table, skill, is_applied, &is_changed[i]);
        if (table->options->progress)
            progress_show(table->options->progress, i);
    }
    return code == ERR_NONE && is_applied ? finish(table, gathered, is_changed) : code;
}

static err_code gather_row(struct table *table, struct gathered *gathered)
{
    const char *lang = table->options->lang ? table->options->lang : "fr";
    struct skill skill = {.code = arena_strdup(table->arena, cell_id(table, COLUMN_code)),
                          .description = table_keep(table, COLUMN_about),
                          .parent_code = table_keep(table, COLUMN_parent),
                          .kind = table_keep(table, COLUMN_kind)};
    size_t capacity = 0;
    err_code code;

    if (!skill.code || !*table_text(table, COLUMN_label)) {
        table_mistake(table, skill.code ? COLUMN_label : COLUMN_code, "the %s is missing",
                      skill.code ? "label" : "code");
        return ERR_NONE;
    }
    code = gather_labels(table, table_text(table, COLUMN_label), lang, LABEL_PREFERRED,
                         &skill, &capacity);
    if (code == ERR_NONE)
        code = gather_labels(table, table_text(table, COLUMN_label_en), "en",
                             LABEL_PREFERRED, &skill, &capacity);
    if (code == ERR_NONE)
        code = gather_labels(table, table_text(table, COLUMN_alt_labels), lang,
                             LABEL_ALTERNATIVE, &skill, &capacity);
    if (code == ERR_NONE)
        code = gather_labels(table, table_text(table, COLUMN_alt_labels_en), "en",
                             LABEL_ALTERNATIVE, &skill, &capacity);
    return code == ERR_NONE ? gather_skill(table, gathered, &skill) : code;
}

err_code import_skills(struct table *table, bool is_applied)
{
    static const enum column columns[] = {
        COLUMN_code,          COLUMN_label, COLUMN_alt_labels, COLUMN_label_en,
        COLUMN_alt_labels_en, COLUMN_about, COLUMN_parent,     COLUMN_kind};
    const struct import_options *options = table->options;
    const char *source = options->source                       ? options->source
                         : options->kind == IMPORT_SKILLS_ESCO ? "esco"
                                                               : "csv";
    struct gathered gathered = {0};
    bool is_end = false;
    err_code code = table_open(table, columns, sizeof columns / sizeof columns[0]);

    if (code != ERR_NONE || table->report->mistakes)
        return code;
    if (!table_has(table, COLUMN_code) || !table_has(table, COLUMN_label)) {
        table_mistake(table, COLUMN_code,
                      "the first line must name the columns code and label (ESCO: "
                      "conceptUri and preferredLabel)");
        return ERR_NONE;
    }
    code = table_next(table, &is_end);
    while (code == ERR_NONE && !is_end) {
        code = gather_row(table, &gathered);
        if (code == ERR_NONE)
            code = table_next(table, &is_end);
    }
    return code == ERR_NONE ? gathered_put(table, &gathered, source, is_applied) : code;
}
