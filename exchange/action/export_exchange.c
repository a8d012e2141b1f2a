/* Needs and sessions as spreadsheets. */
#include "exchange/action/export_sheet.h"

#include "store/needs.h"
#include "store/sessions.h"

#include <inttypes.h>
#include <string.h>

enum { ROWS_A_STEP = 200 };

static void put_level(struct sheet *sheet, enum skill_level level)
{
    if (level == LEVEL_UNSAID)
        sheet_cell(sheet, NULL);
    else
        sheet_int(sheet, level);
}

/* "P012: her words; P033" */
static err_code put_supports(struct sheet *sheet, const struct need *need)
{
    for (size_t i = 0; i < need->support_count; i++) {
        const struct need_support *support = &need->supports[i];
        const char *name;
        char *words = arena_strdup(sheet->row_arena, support->words);
        err_code code = sheet_person_name(sheet, support->person_id, &name);
        if (code != ERR_NONE)
            return code;
        if (!*name)
            name = "?"; /* someone without a card */
        for (char *at = words; at && *at; at++)
            if (strchr(";|\n", *at))
                *at = ',';
        sheet_item(sheet, words && *words
                              ? arena_printf(sheet->row_arena, "%s: %s", name, words)
                              : name);
    }
    sheet_list(sheet);
    return ERR_NONE;
}

static err_code put_need(struct sheet *sheet, const struct need *need)
{
    err_code code;

    sheet_id(sheet, need->external_id, need->id);
    sheet_cell(sheet, need->text);
    sheet_pole(sheet, need->pole_id);
    code = sheet_skill(sheet, need->skill_id);
    put_level(sheet, need->level);
    sheet_cell(sheet, need_state_word(need->state));
    if (code == ERR_NONE)
        code = sheet_person(sheet, need->person_id);
    sheet_structure(sheet, need->structure_id);
    sheet_cell(sheet, need->commune);
    sheet_windows(sheet, need->windows, need->window_count);
    sheet_cell(sheet, need->could_pass_on);
    sheet_time(sheet, need->created_at);
    if (code == ERR_NONE)
        code = put_supports(sheet, need);
    sheet_cell(sheet, need->email);
    return code == ERR_NONE ? sheet_end(sheet) : code;
}

err_code export_needs(struct sheet *sheet)
{
    int64_t after = 0;
    err_code code =
        sheet_header(sheet, "id,text,pole,skill,level,state,person,structure,commune,"
                            "availability,could_pass_on,created_at,supports,email");

    for (size_t count = 1; code == ERR_NONE && count;) {
        struct need *needs;
        arena_reset(sheet->row_arena);
        code = needs_next(sheet->db, sheet->row_arena, after, ROWS_A_STEP, &needs, &count,
                          sheet->err);
        for (size_t i = 0; code == ERR_NONE && i < count; i++) {
            code = put_need(sheet, &needs[i]);
            after = needs[i].id;
        }
    }
    return code;
}

/* What an import would not guess. */
static const char *how_fixed(const struct session *session, size_t i)
{
    bool is_guessed = session->date_count == 1 && session->state != SESSION_PROPOSED;
    bool is_fixed = session->dates[i].is_fixed;

    return is_fixed == is_guessed ? "" : is_fixed ? " (fixed)" : " (open)";
}

static void put_dates(struct sheet *sheet, const struct session *session)
{
    for (size_t i = 0; i < session->date_count; i++) {
        char start[CALENDAR_TEXT_MAX], end[CALENDAR_TEXT_MAX];
        calendar_local(session->dates[i].starts_at, sheet->options->zone, start);
        calendar_local(session->dates[i].ends_at, sheet->options->zone, end);
        sheet_item(sheet, arena_printf(sheet->row_arena, "%s-%s%s", start, end + 11,
                                       how_fixed(session, i)));
    }
    sheet_list(sheet);
}

static err_code put_needs(struct sheet *sheet, const struct session *session)
{
    for (size_t i = 0; i < session->need_count; i++) {
        struct need need;
        err_code code = needs_get(sheet->db, sheet->row_arena, session->need_ids[i],
                                  &need, sheet->err);
        if (code != ERR_NONE)
            return code;
        sheet_item(sheet, need.external_id
                              ? need.external_id
                              : arena_printf(sheet->row_arena, "#%" PRId64, need.id));
    }
    sheet_list(sheet);
    return ERR_NONE;
}

/* "P012", or "P012 (left)" where an import would not guess it from the order. */
static err_code put_registrations(struct sheet *sheet, const struct session *session)
{
    for (size_t i = 0; i < session->registration_count; i++) {
        enum registration_state state = session->registrations[i].state;
        enum registration_state guessed =
            i < (size_t)session->seats ? REGISTRATION_SEATED : REGISTRATION_WAITING;
        const char *name;
        err_code code =
            sheet_person_name(sheet, session->registrations[i].person_id, &name);
        if (code != ERR_NONE)
            return code;
        sheet_item(sheet, state == guessed ? name
                                           : arena_printf(sheet->row_arena, "%s (%s)",
                                                          name, registration_state_word(state)));
    }
    sheet_list(sheet);
    return ERR_NONE;
}

static err_code put_session(struct sheet *sheet, const struct session *session)
{
    err_code code;

    sheet_id(sheet, session->external_id, session->id);
    sheet_cell(sheet, session->title);
    sheet_cell(sheet, session->about);
    sheet_pole(sheet, session->pole_id);
    sheet_structure(sheet, session->structure_id);
    code = sheet_skill(sheet, session->skill_id);
    put_level(sheet, session->level);
    sheet_cell(sheet, format_word(session->format));
    if (code == ERR_NONE)
        code = sheet_people(sheet, session->trainer_ids, session->trainer_count);
    sheet_cell(sheet, session->place);
    sheet_cell(sheet, session->commune);
    put_dates(sheet, session);
    sheet_int(sheet, session->seats);
    sheet_int(sheet, session->threshold);
    sheet_time(sheet, session->decide_at);
    sheet_cell(sheet, session_state_word(session->state));
    if (code == ERR_NONE)
        code = put_needs(sheet, session);
    if (code == ERR_NONE)
        code = put_registrations(sheet, session);
    return code == ERR_NONE ? sheet_end(sheet) : code;
}

err_code export_sessions(struct sheet *sheet)
{
    int64_t after = 0;
    err_code code = sheet_header(
        sheet, "id,title,about,pole,structure,skill,level,format,trainers,place,commune,"
               "dates,seats,threshold,decide_at,state,needs,registrations");

    for (size_t count = 1; code == ERR_NONE && count;) {
        struct session *sessions;
        arena_reset(sheet->row_arena);
        code = sessions_next(sheet->db, sheet->row_arena, after, ROWS_A_STEP, &sessions,
                             &count, sheet->err);
        for (size_t i = 0; code == ERR_NONE && i < count; i++) {
            code = put_session(sheet, &sessions[i]);
            after = sessions[i].id;
        }
    }
    return code;
}
