/* Cells of an export. */
#include "exchange/action/export_sheet.h"

#include "store/people.h"
#include "store/skill_names.h"

#include <inttypes.h>
#include <string.h>

void sheet_cell(struct sheet *sheet, const char *value)
{
    csv_cell(&sheet->line, sheet->is_first, value);
    sheet->is_first = false;
}

void sheet_int(struct sheet *sheet, int64_t value)
{
    sheet_cell(sheet, arena_printf(sheet->row_arena, "%" PRId64, value));
}

void sheet_time(struct sheet *sheet, int64_t at)
{
    char text[CALENDAR_TEXT_MAX] = "";

    if (at)
        calendar_iso(at, text);
    sheet_cell(sheet, text);
}

err_code sheet_end(struct sheet *sheet)
{
    csv_end(&sheet->line);
    if (text_failed(&sheet->line) || text_failed(&sheet->cell) ||
        arena_failed(sheet->row_arena))
        return err_set(sheet->err, ERR_LIMIT, "row %" PRId64 " is too long to be written",
                       sheet->rows + 1);
    if (fwrite(sheet->line.bytes, 1, sheet->line.length, sheet->out) !=
        sheet->line.length)
        return err_set(sheet->err, ERR_IO, "the output takes no more");
    text_clear(&sheet->line);
    sheet->is_first = true;
    sheet->rows++;
    return ERR_NONE;
}

err_code sheet_header(struct sheet *sheet, const char *names)
{
    err_code code;

    text_add(&sheet->line, names);
    code = sheet_end(sheet);
    sheet->rows = 0;
    return code;
}

void sheet_item(struct sheet *sheet, const char *item)
{
    if (sheet->cell.length)
        text_add(&sheet->cell, "; ");
    text_add(&sheet->cell, item);
}

void sheet_list(struct sheet *sheet)
{
    /* a comma separates too where no other sign does */
    if (strchr(sheet->cell.bytes, ',') && !strchr(sheet->cell.bytes, ';'))
        text_add_char(&sheet->cell, ';');
    sheet_cell(sheet, sheet->cell.bytes);
    if (!text_failed(&sheet->cell))
        text_clear(&sheet->cell);
}

void sheet_id(struct sheet *sheet, const char *external_id, int64_t id)
{
    sheet_cell(sheet, external_id ? external_id
                                  : arena_printf(sheet->row_arena, "#%" PRId64, id));
}

void sheet_structure(struct sheet *sheet, int64_t id)
{
    const struct structure *structure = names_structure(&sheet->names, id);

    sheet_cell(sheet, structure ? structure->key : NULL);
}

void sheet_pole(struct sheet *sheet, int64_t id)
{
    const struct pole *pole = names_pole(&sheet->names, id);

    sheet_cell(sheet, pole ? pole->key : NULL);
}

/* Its code where that means it, else "source:code". */
static err_code skill_name_for(struct sheet *sheet, const struct skill *skill,
                               const char **out)
{
    int64_t id;
    err_code code = skill_named(sheet->db, skill->code, &id, sheet->err);

    if (code != ERR_NONE)
        return code;
    *out = id == skill->id
               ? skill->code
               : arena_printf(sheet->row_arena, "%s:%s", skill->source, skill->code);
    return *out ? ERR_NONE : err_set(sheet->err, ERR_MEMORY, "no room for a skill");
}

err_code sheet_skill(struct sheet *sheet, int64_t id)
{
    const struct skill *skill = names_skill(&sheet->names, id);
    const char *name = NULL;
    err_code code = skill ? skill_name_for(sheet, skill, &name) : ERR_NONE;

    sheet_cell(sheet, name);
    return code;
}

err_code sheet_skills(struct sheet *sheet, const int64_t *ids, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct skill *skill = names_skill(&sheet->names, ids[i]);
        const char *name;
        err_code code = skill ? skill_name_for(sheet, skill, &name) : ERR_NONE;
        if (code != ERR_NONE)
            return code;
        if (skill)
            sheet_item(sheet, name);
    }
    sheet_list(sheet);
    return ERR_NONE;
}

void sheet_windows(struct sheet *sheet, const struct weekly_window *windows, size_t count)
{
    static const char *const days[] = {"",      "lundi",    "mardi",  "mercredi",
                                       "jeudi", "vendredi", "samedi", "dimanche"};

    for (size_t i = 0; i < count; i++)
        sheet_item(sheet,
                   arena_printf(sheet->row_arena, "%s %02d:%02d-%02d:%02d",
                                days[windows[i].weekday], windows[i].start_min / 60,
                                windows[i].start_min % 60, windows[i].end_min / 60,
                                windows[i].end_min % 60));
    sheet_list(sheet);
}

void sheet_formats(struct sheet *sheet, unsigned formats)
{
    for (unsigned bit = FORMAT_CALL; bit <= FORMAT_CIRCLE; bit *= 2)
        if (formats & bit)
            sheet_item(sheet, format_word((enum format)bit));
    sheet_list(sheet);
}

err_code sheet_person_name(struct sheet *sheet, int64_t id, const char **out)
{
    struct person person;
    err_code code;

    *out = "";
    if (!id)
        return ERR_NONE;
    code = people_get(sheet->db, sheet->row_arena, id, &person, sheet->err);
    if (code != ERR_NONE)
        return code;
    *out = person.external_id ? person.external_id
                              : arena_printf(sheet->row_arena, "#%" PRId64, id);
    return *out ? ERR_NONE : err_set(sheet->err, ERR_MEMORY, "no room for a person");
}

err_code sheet_person(struct sheet *sheet, int64_t id)
{
    const char *name;
    err_code code = sheet_person_name(sheet, id, &name);

    sheet_cell(sheet, name);
    return code;
}

err_code sheet_people(struct sheet *sheet, const int64_t *ids, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *name;
        err_code code = sheet_person_name(sheet, ids[i], &name);
        if (code != ERR_NONE)
            return code;
        sheet_item(sheet, name);
    }
    sheet_list(sheet);
    return ERR_NONE;
}
