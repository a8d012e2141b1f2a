/* People, skills, structures and poles as spreadsheets. */
#include "exchange/action/export_sheet.h"

#include "store/people.h"
#include "store/skills.h"

#include <string.h>

enum {
    ROWS_A_STEP = 200,
    RUN_ARENA_MAX = 512 << 20,
    STEP_ARENA_MAX = 256 << 20,
    LINE_MOST = 4 << 20
};

/* "label (3 not-shared workshop)"; a label that ends in a parenthesis always has its
 * level. */
static void add_skill(struct sheet *sheet, const struct person_skill *skill)
{
    struct text text;
    size_t length = strlen(skill->label);

    text_init(&text, CSV_CELL_BYTES_MOST);
    text_add(&text, skill->label);
    if (skill->level != LEVEL_UNSAID || !skill->is_shared || skill->formats ||
        (length && skill->label[length - 1] == ')')) {
        text_printf(&text, " (%d%s", (int)skill->level,
                    skill->is_shared ? "" : " not-shared");
        for (unsigned bit = FORMAT_CALL; bit <= FORMAT_CIRCLE; bit *= 2)
            if (skill->formats & bit)
                text_printf(&text, " %s", format_word((enum format)bit));
        text_add_char(&text, ')');
    }
    sheet_item(sheet, text.bytes);
    text_done(&text);
}

static void add_languages(struct sheet *sheet, const char *languages)
{
    while (languages && *languages) {
        size_t length = strcspn(languages, " ");
        const char *one = arena_strndup(sheet->row_arena, languages, length);
        if (length && one)
            sheet_item(sheet, one);
        languages += length + (languages[length] == ' ');
    }
    sheet_list(sheet);
}

static err_code put_person(struct sheet *sheet, const struct person *person)
{
    sheet_id(sheet, person->external_id, person->id);
    sheet_cell(sheet, person->name);
    sheet_structure(sheet, person->structure_id);
    sheet_cell(sheet, person->commune);
    sheet_cell(sheet, person->headline);
    for (size_t i = 0; i < person->skill_count; i++)
        add_skill(sheet, &person->skills[i]);
    sheet_list(sheet);
    sheet_cell(sheet, person->about);
    sheet_cell(sheet, person->email);
    sheet_cell(sheet, person->phone);
    for (size_t i = 0; i < person->pole_count; i++) {
        const struct pole *pole = names_pole(&sheet->names, person->pole_ids[i]);
        if (pole)
            sheet_item(sheet, pole->key);
    }
    sheet_list(sheet);
    sheet_windows(sheet, person->windows, person->window_count);
    add_languages(sheet, person->languages);
    sheet_formats(sheet, person->formats);
    sheet_cell(sheet, person->access);
    if (person->quota_month >= 0)
        sheet_int(sheet, person->quota_month);
    else
        sheet_cell(sheet, NULL);
    sheet_time(sheet, person->pause_until);
    sheet_time(sheet, person->confirmed_at);
    sheet_cell(sheet, card_state_word(person->state));
    return sheet_end(sheet);
}

err_code export_people(struct sheet *sheet)
{
    int64_t after = 0;
    err_code code = sheet_header(
        sheet,
        "id,name,structure,commune,headline,skills,about,email,phone,pole,"
        "availability,languages,formats,access,quota,pause_until,confirmed_at,state");

    for (size_t count = 1; code == ERR_NONE && count;) {
        struct person *people;
        arena_reset(sheet->row_arena);
        code = people_next(sheet->db, sheet->row_arena, after, ROWS_A_STEP, &people,
                           &count, sheet->err);
        for (size_t i = 0; code == ERR_NONE && i < count; i++) {
            code = put_person(sheet, &people[i]);
            after = people[i].id;
        }
    }
    return code;
}

static const char *preferred(const struct skill *skill, const char *lang)
{
    for (size_t i = 0; i < skill->label_count; i++)
        if (skill->labels[i].kind == LABEL_PREFERRED &&
            strcmp(skill->labels[i].lang, lang) == 0)
            return skill->labels[i].text;
    return NULL;
}

static void put_alternatives(struct sheet *sheet, const struct skill *skill,
                             const char *lang)
{
    for (size_t i = 0; i < skill->label_count; i++)
        if (skill->labels[i].kind == LABEL_ALTERNATIVE &&
            strcmp(skill->labels[i].lang, lang) == 0)
            text_printf(&sheet->cell, "%s%s", sheet->cell.length ? "|" : "",
                        skill->labels[i].text);
    sheet_cell(sheet, sheet->cell.bytes);
    if (!text_failed(&sheet->cell))
        text_clear(&sheet->cell);
}

err_code export_skills(struct sheet *sheet)
{
    const char *source = sheet->options->source;
    err_code code = sheet_header(
        sheet, "code,label,alt_labels,description,parent,kind,label_en,alt_labels_en");

    for (size_t i = 0; code == ERR_NONE && i < sheet->names.skill_count; i++) {
        const struct skill *skill = &sheet->names.skills[i];
        if (source && strcmp(source, skill->source) != 0)
            continue;
        sheet_cell(sheet, skill->code);
        sheet_cell(sheet, preferred(skill, "fr"));
        put_alternatives(sheet, skill, "fr");
        sheet_cell(sheet, skill->description);
        sheet_cell(sheet, skill->parent_code);
        sheet_cell(sheet, skill->kind);
        sheet_cell(sheet, preferred(skill, "en"));
        put_alternatives(sheet, skill, "en");
        code = sheet_end(sheet);
    }
    return code;
}

err_code export_structures(struct sheet *sheet)
{
    err_code code = sheet_header(sheet, "key,name,kind,commune,about,url");

    for (size_t i = 0; code == ERR_NONE && i < sheet->names.structure_count; i++) {
        const struct structure *structure = &sheet->names.structures[i];
        sheet_cell(sheet, structure->key);
        sheet_cell(sheet, structure->name);
        sheet_cell(sheet, structure->kind);
        sheet_cell(sheet, structure->commune);
        sheet_cell(sheet, structure->about);
        sheet_cell(sheet, structure->url);
        code = sheet_end(sheet);
    }
    return code;
}

err_code export_poles(struct sheet *sheet)
{
    err_code code = sheet_header(sheet, "key,name,kind,about,skills,facilitators");

    for (size_t i = 0; code == ERR_NONE && i < sheet->names.pole_count; i++) {
        const struct pole *pole = &sheet->names.poles[i];
        sheet_cell(sheet, pole->key);
        sheet_cell(sheet, pole->name);
        sheet_cell(sheet, pole->kind);
        sheet_cell(sheet, pole->about);
        code = sheet_skills(sheet, pole->skill_ids, pole->skill_count);
        if (code == ERR_NONE)
            code = sheet_people(sheet, pole->facilitator_ids, pole->facilitator_count);
        if (code == ERR_NONE)
            code = sheet_end(sheet);
    }
    return code;
}

static err_code run(struct sheet *sheet)
{
    static err_code (*const kinds[])(struct sheet *) = {
        [EXPORT_PEOPLE] = export_people,         [EXPORT_SKILLS] = export_skills,
        [EXPORT_NEEDS] = export_needs,           [EXPORT_SESSIONS] = export_sessions,
        [EXPORT_STRUCTURES] = export_structures, [EXPORT_POLES] = export_poles,
    };
    enum export_kind kind = sheet->options->kind;
    err_code code = db_read_begin(sheet->db, sheet->err);

    if (code != ERR_NONE)
        return code;
    code = names_load(sheet->db, sheet->arena, &sheet->names, sheet->err);
    if (code == ERR_NONE && kind != EXPORT_PEOPLE && kind != EXPORT_STRUCTURES)
        code = names_load_skills(sheet->db, sheet->arena, &sheet->names, sheet->err);
    if (code == ERR_NONE)
        code = kinds[kind](sheet);
    db_read_end(sheet->db);
    return code;
}

err_code export_run(struct db *db, const struct export_options *options, FILE *out,
                    int64_t *rows, struct err *err)
{
    struct sheet sheet = {
        .db = db, .options = options, .out = out, .is_first = true, .err = err};
    err_code code;

    sheet.arena = arena_new(RUN_ARENA_MAX);
    sheet.row_arena = arena_new(STEP_ARENA_MAX);
    text_init(&sheet.line, LINE_MOST);
    text_init(&sheet.cell, LINE_MOST);
    if (!sheet.arena || !sheet.row_arena)
        code = err_set(err, ERR_MEMORY, "no memory for the export");
    else
        code = run(&sheet);
    if (code == ERR_NONE && fflush(out) != 0)
        code = err_set(err, ERR_IO, "the output takes no more");
    if (code == ERR_NONE)
        *rows = sheet.rows;
    text_done(&sheet.cell);
    text_done(&sheet.line);
    arena_free(sheet.row_arena);
    arena_free(sheet.arena);
    return code;
}
