/* The records as CSV that imports again to the same rows. */
#include "exchange/action/export.h"

#include "base/csv.h"
#include "exchange/action/names.h"
#include "store/needs.h"
#include "store/people.h"
#include "store/sessions.h"
#include "store/skills.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ROWS_A_STEP = 500, ARENA_MAX = 1 << 30, CELL_MOST = 1 << 20, PIECE_MOST = 64 << 20 };

struct export {
    struct db *db;
    const struct export_options *options;
    struct arena *arena; /* names */
    struct arena *step;  /* the rows of one step */
    struct names names;
    struct text out;
    struct text cell;
    bool is_first;
    struct err *err;
};

static void add(struct export *e, const char *value)
{
    csv_cell(&e->out, e->is_first, value);
    e->is_first = false;
}

static void add_number(struct export *e, int64_t number, bool is_empty)
{
    char text[24];

    snprintf(text, sizeof text, "%" PRId64, number);
    add(e, is_empty ? "" : text);
}

static void add_time(struct export *e, int64_t at)
{
    char text[CALENDAR_TEXT_MAX] = "";

    if (at)
        calendar_iso(at, text);
    add(e, text);
}

static void end_row(struct export *e)
{
    csv_end(&e->out);
    e->is_first = true;
}

static void add_header(struct export *e, const char *columns)
{
    e->is_first = true;
    text_add(&e->out, columns);
    csv_end(&e->out);
}

static void add_part(struct export *e, const char *part)
{
    if (e->cell.length)
        text_add(&e->cell, "; ");
    text_add(&e->cell, part ? part : "");
}

static void end_cell(struct export *e)
{
    add(e, e->cell.bytes);
    text_clear(&e->cell);
}

static void add_formats(struct export *e, unsigned formats, const char *separator)
{
    static const char *const words[] = {"appel", "atelier", "visite", "individuel", "cercle"};

    for (unsigned i = 0; i < 5; i++)
        if (formats & (1u << i))
            text_printf(&e->cell, "%s%s", e->cell.length ? separator : "", words[i]);
}

static void add_windows(struct export *e, const struct weekly_window *windows, size_t count)
{
    static const char *const days[] = {"lundi", "mardi", "mercredi", "jeudi",
                                       "vendredi", "samedi", "dimanche"};

    for (size_t i = 0; i < count; i++) {
        char text[40];
        snprintf(text, sizeof text, "%s %02d:%02d-%02d:%02d", days[windows[i].weekday - 1],
                 windows[i].start_min / 60, windows[i].start_min % 60,
                 windows[i].end_min / 60, windows[i].end_min % 60);
        add_part(e, text);
    }
    end_cell(e);
}

/* "label (3 non-partage atelier)": always with a level, so that no parenthesis of the label is
 * taken for one; 0 says unsaid. */
static void add_person_skills(struct export *e, const struct person *person)
{
    static const char *const words[] = {"appel", "atelier", "visite", "individuel", "cercle"};

    for (size_t i = 0; i < person->skill_count; i++) {
        const struct person_skill *skill = &person->skills[i];
        add_part(e, skill->label);
        text_printf(&e->cell, " (%d%s", (int)skill->level,
                    skill->is_shared ? "" : " non-partage");
        for (unsigned bit = 0; bit < 5; bit++)
            if (skill->formats & (1u << bit))
                text_printf(&e->cell, " %s", words[bit]);
        text_add_char(&e->cell, ')');
    }
    if (person->skill_count == 1)
        text_add_char(&e->cell, ';'); /* so that a comma in the label is no separator */
    end_cell(e);
}

static const char *structure_key(const struct export *e, int64_t id)
{
    const struct structure *structure = names_structure(&e->names, id);

    return structure ? structure->key : "";
}

static const char *pole_key(const struct export *e, int64_t id)
{
    const struct pole *pole = names_pole(&e->names, id);

    return pole ? pole->key : "";
}

/* What a person is called in a file: her external id, else her address, else nothing. */
static err_code add_person_part(struct export *e, int64_t id, const char *words)
{
    struct person person;
    const char *name;
    err_code code;

    if (!id)
        return ERR_NONE;
    code = people_get(e->db, e->step, id, &person, e->err);
    if (code != ERR_NONE)
        return code;
    name = person.external_id ? person.external_id : person.email;
    if (!name)
        return ERR_NONE;
    add_part(e, name);
    if (words)
        text_printf(&e->cell, ": %s", words);
    return ERR_NONE;
}

static err_code skill_code_cell(struct export *e, int64_t id)
{
    struct skill skill;
    err_code code;

    if (!id) {
        add(e, "");
        return ERR_NONE;
    }
    code = skills_get(e->db, e->step, id, &skill, e->err);
    if (code == ERR_NONE)
        add(e, skill.code);
    return code;
}

static err_code person_row(struct export *e, const struct person *person)
{
    add(e, person->external_id);
    add(e, person->name);
    add(e, structure_key(e, person->structure_id));
    for (size_t i = 0; i < person->pole_count; i++)
        add_part(e, pole_key(e, person->pole_ids[i]));
    end_cell(e);
    add(e, person->commune);
    add(e, person->headline);
    add_person_skills(e, person);
    add(e, person->about);
    add(e, person->email);
    add(e, person->phone);
    add_windows(e, person->windows, person->window_count);
    for (const char *at = person->languages; at && *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        add_part(e, arena_strndup(e->step, at, length));
        at += length;
    }
    end_cell(e);
    add_formats(e, person->formats, "; ");
    end_cell(e);
    add(e, person->access);
    add_number(e, person->quota_month, person->quota_month < 0);
    add_time(e, person->pause_until);
    add_time(e, person->confirmed_at);
    add(e, card_state_word(person->state));
    end_row(e);
    return ERR_NONE;
}

static err_code need_row(struct export *e, const struct need *need)
{
    err_code code;

    add(e, need->external_id);
    add(e, need->text);
    add(e, pole_key(e, need->pole_id));
    code = skill_code_cell(e, need->skill_id);
    add_number(e, need->level, need->level == LEVEL_UNSAID);
    add(e, need_state_word(need->state));
    if (code == ERR_NONE)
        code = add_person_part(e, need->person_id, NULL);
    end_cell(e);
    add(e, structure_key(e, need->structure_id));
    add(e, need->commune);
    add_windows(e, need->windows, need->window_count);
    add(e, need->could_pass_on);
    add_time(e, need->created_at);
    for (size_t i = 0; code == ERR_NONE && i < need->support_count; i++)
        code = add_person_part(e, need->supports[i].person_id, need->supports[i].words);
    end_cell(e);
    add(e, need->email);
    end_row(e);
    return code;
}

static void add_dates(struct export *e, const struct session *session)
{
    for (size_t i = 0; i < session->date_count; i++) {
        char start[CALENDAR_TEXT_MAX], end[CALENDAR_TEXT_MAX], both[2 * CALENDAR_TEXT_MAX];
        calendar_local(session->dates[i].starts_at, e->options->zone, start);
        calendar_local(session->dates[i].ends_at, e->options->zone, end);
        snprintf(both, sizeof both, "%s-%s", start, end + strlen("2026-12-03 "));
        add_part(e, both);
    }
    end_cell(e);
}

static err_code session_lists(struct export *e, const struct session *session)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < session->need_count; i++) {
        struct need need;
        code = needs_get(e->db, e->step, session->need_ids[i], &need, e->err);
        if (code == ERR_NONE && need.external_id)
            add_part(e, need.external_id);
    }
    end_cell(e);
    for (size_t i = 0; code == ERR_NONE && i < session->registration_count; i++)
        code = add_person_part(e, session->registrations[i].person_id, NULL);
    end_cell(e);
    return code;
}

static err_code session_row(struct export *e, const struct session *session)
{
    err_code code;

    add(e, session->external_id);
    add(e, session->title);
    add(e, session->about);
    add(e, pole_key(e, session->pole_id));
    add(e, structure_key(e, session->structure_id));
    code = skill_code_cell(e, session->skill_id);
    add_number(e, session->level, session->level == LEVEL_UNSAID);
    add_formats(e, session->format, "; ");
    end_cell(e);
    for (size_t i = 0; code == ERR_NONE && i < session->trainer_count; i++)
        code = add_person_part(e, session->trainer_ids[i], NULL);
    end_cell(e);
    add(e, session->place);
    add(e, session->commune);
    add_dates(e, session);
    add_number(e, session->seats, false);
    add_number(e, session->threshold, false);
    add_time(e, session->decide_at);
    add(e, session_state_word(session->state));
    if (code == ERR_NONE)
        code = session_lists(e, session);
    end_row(e);
    return code;
}

static void add_labels(struct export *e, const struct skill *skill, const char *lang,
                       enum label_kind kind)
{
    for (size_t i = 0; i < skill->label_count; i++)
        if (skill->labels[i].kind == kind && strcmp(skill->labels[i].lang, lang) == 0)
            text_printf(&e->cell, "%s%s", e->cell.length ? "|" : "", skill->labels[i].text);
    end_cell(e);
}

static err_code skill_row(struct export *e, const struct skill *skill)
{
    add(e, skill->code);
    add_labels(e, skill, "fr", LABEL_PREFERRED);
    add_labels(e, skill, "fr", LABEL_ALTERNATIVE);
    add(e, skill->description);
    add(e, skill->parent_code);
    add_labels(e, skill, "en", LABEL_PREFERRED);
    add_labels(e, skill, "en", LABEL_ALTERNATIVE);
    add(e, skill->kind);
    end_row(e);
    return ERR_NONE;
}

/* One step of a table: its rows after *after_id. */
#define STEP(name, type, next, row)                                                        \
    static err_code name(struct export *e, int64_t *after_id, size_t *count)               \
    {                                                                                      \
        struct type *rows;                                                                 \
        err_code code = next(e->db, e->step, *after_id, ROWS_A_STEP, &rows, count, e->err); \
        for (size_t i = 0; code == ERR_NONE && i < *count; i++) {                          \
            code = row(e, &rows[i]);                                                       \
            *after_id = rows[i].id;                                                        \
        }                                                                                  \
        return code;                                                                       \
    }
STEP(step_people, person, people_next, person_row)
STEP(step_needs, need, needs_next, need_row)
STEP(step_sessions, session, sessions_next, session_row)
STEP(step_skills, skill, skills_next, skill_row)

static const struct {
    const char *what, *columns;
    err_code (*step)(struct export *e, int64_t *after_id, size_t *count);
} tables[] = {
    {"people",
     "id,name,structure,pole,commune,headline,skills,about,email,phone,availability,"
     "languages,formats,access,quota,pause_until,confirmed_at,state",
     step_people},
    {"needs",
     "id,text,pole,skill,level,state,person,structure,commune,availability,"
     "could_pass_on,created_at,supports,email",
     step_needs},
    {"sessions",
     "id,title,about,pole,structure,skill,level,format,trainers,place,commune,dates,"
     "seats,threshold,decide_at,state,needs,registrations",
     step_sessions},
    {"skills",
     "code,label,alt_labels,description,parent,label_en,alt_labels_en,kind", step_skills},
};

static err_code walk(struct export *e, size_t table)
{
    int64_t after_id = 0;
    size_t count = 1;
    err_code code = names_load(e->db, e->arena, &e->names, e->err);

    add_header(e, tables[table].columns);
    while (code == ERR_NONE && count > 0) {
        arena_reset(e->step);
        code = tables[table].step(e, &after_id, &count);
        if (code == ERR_NONE && (text_failed(&e->out) || text_failed(&e->cell)))
            code = err_set(e->err, ERR_LIMIT, "a row is too long to export");
        if (code == ERR_NONE)
            code = e->options->sink(e->options->state, e->out.bytes, e->out.length, e->err);
        text_clear(&e->out);
    }
    return code;
}

err_code export_run(struct db *db, const struct export_options *options, struct err *err)
{
    struct export e = {.db = db, .options = options, .err = err};
    size_t table = 0;
    err_code code;

    while (table < sizeof tables / sizeof tables[0] &&
           strcmp(tables[table].what, options->what) != 0)
        table++;
    if (table == sizeof tables / sizeof tables[0])
        return err_set(err, ERR_INVALID,
                       "export \"%s\" is not known; people, skills, needs and sessions are",
                       options->what);
    e.arena = arena_new(ARENA_MAX);
    e.step = arena_new(ARENA_MAX);
    text_init(&e.out, PIECE_MOST);
    text_init(&e.cell, CELL_MOST);
    code = e.arena && e.step ? db_read_begin(db, err)
                             : err_set(err, ERR_MEMORY, "no memory for the export");
    if (code == ERR_NONE) {
        code = walk(&e, table);
        db_read_end(db);
    }
    text_done(&e.out);
    text_done(&e.cell);
    arena_free(e.step);
    arena_free(e.arena);
    return code;
}
