/* Needs and sessions from a spreadsheet. */
#include "exchange/action/import_kinds.h"

#include "base/unicode.h"
#include "exchange/action/need_post.h"
#include "exchange/action/same.h"
#include "store/needs.h"
#include "store/people.h"
#include "store/sessions.h"

#include <stdio.h>
#include <string.h>

enum { SEATS_MOST = 1000, DATES_MOST = 20 };

/* The person an import called `name`, or whose address it is; 0 and a mistake when
 * nobody. */
static err_code find_person(struct table *table, enum column column, const char *name,
                            int64_t *id)
{
    err_code code = people_find_external(table->db, name, id, table->err);

    if (code == ERR_NONE && !*id && table_number(name)) {
        struct person person;
        struct err absent = {0};
        if (people_get(table->db, table->row_arena, table_number(name), &person,
                       &absent) == ERR_NONE &&
            !person.external_id)
            *id = person.id;
    }
    if (code == ERR_NONE && !*id && strchr(name, '@'))
        code = people_find_email(table->db, name, id, table->err);
    if (code == ERR_NONE && !*id)
        table_mistake(table, column,
                      "there is no person with the id or address \"%.60s\"", name);
    return code;
}

static err_code find_skill(struct table *table, const char *name, int64_t *id)
{
    err_code code;

    *id = 0;
    if (!*name)
        return ERR_NONE;
    code = skill_names_find(table->skill_names, name, id, table->err);
    if (code == ERR_NONE && !*id)
        table_mistake(table, COLUMN_skill, "there is no skill \"%.60s\"", name);
    return code;
}

/* Structure, pole and skill, which needs and sessions have alike. */
static err_code read_links(struct table *table, bool is_applied, int64_t *structure_id,
                           int64_t *pole_id, int64_t *skill_id)
{
    err_code code = ERR_NONE;

    *structure_id = *pole_id = *skill_id = 0;
    if (*table_text(table, COLUMN_structure))
        code = name_structure(table, table_text(table, COLUMN_structure), is_applied,
                              structure_id);
    if (code == ERR_NONE && *table_text(table, COLUMN_pole))
        code = name_pole(table, table_text(table, COLUMN_pole), is_applied, pole_id);
    return code == ERR_NONE ? find_skill(table, table_text(table, COLUMN_skill), skill_id)
                            : code;
}

/* The need an import or export called `name`; 0 when there is none. */
static err_code find_need(struct table *table, const char *name, int64_t *id)
{
    err_code code = needs_find_external(table->db, name, id, table->err);
    struct err absent = {0};
    struct need need;

    if (code == ERR_NONE && !*id && table_number(name) &&
        needs_get(table->db, table->row_arena, table_number(name), &need, &absent) ==
            ERR_NONE &&
        !need.external_id)
        *id = need.id;
    return code;
}

static err_code find_session(struct table *table, const char *name, int64_t *id)
{
    err_code code = sessions_find_external(table->db, name, id, table->err);
    struct err absent = {0};
    struct session session;

    if (code == ERR_NONE && !*id && table_number(name) &&
        sessions_get(table->db, table->row_arena, table_number(name), &session,
                     &absent) == ERR_NONE &&
        !session.external_id)
        *id = session.id;
    return code;
}

/* "P012: own words; P033" */
static err_code read_supports(struct table *table, struct need *need)
{
    size_t count;
    const char **parts =
        cell_split(table, table_text(table, COLUMN_supports), false, &count);
    struct need_support *supports =
        arena_array(table->row_arena, count, sizeof *supports);
    size_t used = 0;

    if (!supports)
        return err_set(table->err, ERR_MEMORY, "no room for supports");
    for (size_t i = 0; i < count; i++) {
        const char *colon = strchr(parts[i], ':');
        size_t length = colon ? (size_t)(colon - parts[i]) : strlen(parts[i]);
        const char *name = arena_strndup(table->row_arena, parts[i], length);
        err_code code;
        if (!name)
            return err_set(table->err, ERR_MEMORY, "no room for supports");
        if (colon)
            colon += 1 + strspn(colon + 1, " ");
        code = find_person(table, COLUMN_supports, name, &supports[used].person_id);
        if (code != ERR_NONE)
            return code;
        for (size_t j = 0; j < used; j++)
            if (supports[j].person_id == supports[used].person_id)
                table_mistake(table, COLUMN_supports, "\"%.60s\" stands twice", name);
        supports[used].words = colon && *colon ? colon : NULL;
        supports[used].created_at = need->created_at;
        used += supports[used].person_id != 0;
    }
    need->supports = supports;
    need->support_count = used;
    return ERR_NONE;
}

static void check_need(struct table *table, const struct need *need)
{
    size_t length = need->text ? unicode_length(need->text) : 0;

    if (length < NEED_TEXT_LEAST || length > NEED_TEXT_MOST)
        table_mistake(table, COLUMN_text,
                      "a need of %zu characters; %d to %d are allowed", length,
                      NEED_TEXT_LEAST, NEED_TEXT_MOST);
    if (need->email && !email_is_plausible(need->email))
        table_mistake(table, COLUMN_email,
                      "\"%.60s\" is not an e-mail address such as name@example.org",
                      need->email);
}

static err_code read_need(struct table *table, bool is_applied, struct need *need)
{
    struct weekly_window *windows;
    int level = LEVEL_UNSAID;
    const char *state = table_text(table, COLUMN_state);
    err_code code = read_links(table, is_applied, &need->structure_id, &need->pole_id,
                               &need->skill_id);

    if (code == ERR_NONE && *table_text(table, COLUMN_person))
        code = find_person(table, COLUMN_person, table_text(table, COLUMN_person),
                           &need->person_id);
    if (code != ERR_NONE)
        return code;
    need->text = table_value(table, COLUMN_text);
    need->commune = table_value(table, COLUMN_commune);
    need->could_pass_on = table_value(table, COLUMN_could_pass_on);
    need->email = table_value(table, COLUMN_email);
    cell_int(table, COLUMN_level, 0, 4, &level);
    need->level = (enum skill_level)level;
    if (*state && !need_state_parse(state, &need->state))
        table_mistake(
            table, COLUMN_state,
            "\"%.40s\" is not a state; stated, qualified, grouped, met, given_up", state);
    need->created_at = 0;
    cell_date(table, COLUMN_created_at, &need->created_at);
    if (!need->created_at)
        need->created_at = table->options->now;
    need->expires_at = need->created_at + table->options->config->need_life_days * DAY_S;
    cell_windows(table, COLUMN_availability, &windows, &need->window_count);
    need->windows = windows;
    check_need(table, need);
    return read_supports(table, need);
}

static bool same_need(const struct need *a, const struct need *b)
{
    bool is_same =
        a->structure_id == b->structure_id && a->pole_id == b->pole_id &&
        a->skill_id == b->skill_id && a->person_id == b->person_id &&
        same_text(a->text, b->text) && same_text(a->commune, b->commune) &&
        same_text(a->could_pass_on, b->could_pass_on) && same_text(a->email, b->email) &&
        a->level == b->level && a->state == b->state && a->created_at == b->created_at &&
        a->window_count == b->window_count && a->support_count == b->support_count;

    for (size_t i = 0; is_same && i < a->support_count; i++)
        is_same = a->supports[i].person_id == b->supports[i].person_id &&
                  same_text(a->supports[i].words, b->supports[i].words);
    for (size_t i = 0; is_same && i < a->window_count; i++)
        is_same = memcmp(&a->windows[i], &b->windows[i], sizeof a->windows[i]) == 0;
    return is_same;
}

/* Counts the row; true when it has to be written. */
static bool must_write(struct table *table, bool is_new, bool is_same, bool is_applied)
{
    if (!is_new && is_same) {
        table->report->unchanged++;
        return false;
    }
    table->report->added += is_new;
    table->report->changed += !is_new;
    return is_applied && table->report->mistakes == 0;
}

static err_code import_need(struct table *table, bool is_applied)
{
    const char *external = table_value(table, COLUMN_id);
    struct need old = {0}, need;
    int64_t id = 0;
    err_code code = ERR_NONE;

    if (external)
        code = table_once(table, COLUMN_id, "need", external);
    if (code == ERR_NONE && external)
        code = find_need(table, external, &id);
    if (code == ERR_NONE && id)
        code = needs_get(table->db, table->row_arena, id, &old, table->err);
    if (code != ERR_NONE)
        return code;
    need = (struct need){
        .id = id, .external_id = id ? old.external_id : external, .version = old.version};
    code = read_need(table, is_applied, &need);
    if (code != ERR_NONE ||
        !must_write(table, id == 0, same_need(&old, &need), is_applied))
        return code;
    return needs_save(table->db, &need, table->options->now, table->err);
}

/* "+12d 18:30-20:30; 2026-12-03 18:30-20:30" */
static void read_dates(struct table *table, struct session *session)
{
    size_t count, used = 0;
    const char **parts = cell_split(table, table_text(table, COLUMN_dates), true, &count);
    struct session_date *dates = arena_array(table->row_arena, DATES_MOST, sizeof *dates);

    if (count > DATES_MOST)
        table_mistake(table, COLUMN_dates, "%zu dates; %d are allowed", count,
                      DATES_MOST);
    for (size_t i = 0; dates && i < count && used < DATES_MOST; i++) {
        const char *blank = strrchr(parts[i], ' ');
        const char *dash = blank ? strchr(blank, '-') : NULL;
        const struct zone zone = table->options->config->zone;
        char start[64] = "", end[64] = "";
        if (dash && strlen(parts[i]) < 50) {
            snprintf(start, sizeof start, "%.*s", (int)(dash - parts[i]), parts[i]);
            snprintf(end, sizeof end, "%.*s %s", (int)(blank - parts[i]), parts[i],
                     dash + 1);
        }
        if (!calendar_parse(start, table->options->now, zone, &dates[used].starts_at) ||
            !calendar_parse(end, table->options->now, zone, &dates[used].ends_at) ||
            dates[used].ends_at <= dates[used].starts_at)
            table_mistake(table, COLUMN_dates,
                          "\"%.60s\" is not a date; 2026-12-03 18:30-20:30 is", parts[i]);
        else
            used++;
    }
    if (used == 1 && session->state != SESSION_PROPOSED)
        dates[0].is_fixed = true;
    session->dates = dates;
    session->date_count = dates ? used : 0;
}

static err_code read_people(struct table *table, enum column column, const int64_t **out,
                            size_t *out_count)
{
    size_t count, used = 0;
    const char **names = cell_split(table, table_text(table, column), true, &count);
    int64_t *ids = arena_array(table->row_arena, count, sizeof *ids);

    if (!ids)
        return err_set(table->err, ERR_MEMORY, "no room for people");
    for (size_t i = 0; i < count; i++) {
        err_code code = find_person(table, column, names[i], &ids[used]);
        if (code != ERR_NONE)
            return code;
        if (is_among(ids, used, ids[used]))
            table_mistake(table, column, "\"%.60s\" stands twice", names[i]);
        used += ids[used] != 0;
    }
    *out = ids;
    *out_count = used;
    return ERR_NONE;
}

static err_code read_needs(struct table *table, struct session *session)
{
    size_t count, used = 0;
    const char **names = cell_split(table, table_text(table, COLUMN_needs), true, &count);
    int64_t *ids = arena_array(table->row_arena, count, sizeof *ids);

    if (!ids)
        return err_set(table->err, ERR_MEMORY, "no room for needs");
    for (size_t i = 0; i < count; i++) {
        err_code code = find_need(table, names[i], &ids[used]);
        if (code != ERR_NONE)
            return code;
        if (!ids[used])
            table_mistake(table, COLUMN_needs, "there is no need \"%.60s\"", names[i]);
        if (is_among(ids, used, ids[used]))
            table_mistake(table, COLUMN_needs, "\"%.60s\" stands twice", names[i]);
        used += ids[used] != 0;
    }
    session->need_ids = ids;
    session->need_count = used;
    return ERR_NONE;
}

/* The first ones have a seat, the others wait, in the order of the cell. */
static err_code read_registrations(struct table *table, struct session *session)
{
    const int64_t *ids;
    size_t count;
    struct registration *made;
    err_code code = read_people(table, COLUMN_registrations, &ids, &count);

    if (code != ERR_NONE)
        return code;
    made = arena_array(table->row_arena, count, sizeof *made);
    if (!made)
        return err_set(table->err, ERR_MEMORY, "no room for registrations");
    for (size_t i = 0; i < count; i++)
        made[i] = (struct registration){.person_id = ids[i],
                                        .state = i < (size_t)session->seats
                                                     ? REGISTRATION_SEATED
                                                     : REGISTRATION_WAITING,
                                        .created_at = session->created_at};
    session->registrations = made;
    session->registration_count = count;
    return ERR_NONE;
}

static void read_session_values(struct table *table, struct session *session)
{
    const char *state = table_text(table, COLUMN_state);
    unsigned format = 0;
    int level = LEVEL_UNSAID;
    const char *place;

    session->title = table_value(table, COLUMN_title);
    session->about = table_value(table, COLUMN_about);
    session->place = table_value(table, COLUMN_place);
    session->commune = table_value(table, COLUMN_commune);
    session->seats = 8;
    session->threshold = (int)table->options->config->session_threshold;
    cell_int(table, COLUMN_seats, 1, SEATS_MOST, &session->seats);
    cell_int(table, COLUMN_threshold, 0, SEATS_MOST, &session->threshold);
    cell_int(table, COLUMN_level, 0, 4, &level);
    session->level = (enum skill_level)level;
    cell_formats(table, COLUMN_formats, &format);
    session->format = (enum format)(format ? format : FORMAT_WORKSHOP);
    if (*state && !session_state_parse(state, &session->state))
        table_mistake(table, COLUMN_state,
                      "\"%.40s\" is not a state; proposed, confirmed, held, cancelled",
                      state);
    cell_date(table, COLUMN_decide_at, &session->decide_at);
    place = session->place ? unicode_fold(table->row_arena, session->place) : NULL;
    session->is_online = place && (strstr(place, "en ligne") || strstr(place, "online") ||
                                   strstr(place, "visio"));
    if (!session->title)
        table_mistake(table, COLUMN_title, "the title is missing");
    if (session->threshold > session->seats)
        table_mistake(table, COLUMN_threshold, "threshold %d is above the %d seats",
                      session->threshold, session->seats);
}

static bool same_session(const struct session *a, const struct session *b)
{
    bool is_same =
        same_text(a->title, b->title) && same_text(a->about, b->about) &&
        same_text(a->place, b->place) && same_text(a->commune, b->commune) &&
        a->pole_id == b->pole_id && a->structure_id == b->structure_id &&
        a->skill_id == b->skill_id && a->level == b->level && a->format == b->format &&
        a->seats == b->seats && a->threshold == b->threshold &&
        a->decide_at == b->decide_at && a->state == b->state &&
        a->date_count == b->date_count &&
        a->registration_count == b->registration_count &&
        same_ids(a->trainer_ids, a->trainer_count, b->trainer_ids, b->trainer_count) &&
        same_ids(a->need_ids, a->need_count, b->need_ids, b->need_count);

    for (size_t i = 0; is_same && i < a->date_count; i++)
        is_same = a->dates[i].starts_at == b->dates[i].starts_at &&
                  a->dates[i].ends_at == b->dates[i].ends_at;
    for (size_t i = 0; is_same && i < a->registration_count; i++)
        is_same = a->registrations[i].person_id == b->registrations[i].person_id;
    return is_same;
}

static err_code import_session(struct table *table, bool is_applied)
{
    const char *external = table_value(table, COLUMN_id);
    struct session old = {0}, session;
    int64_t id = 0;
    err_code code = ERR_NONE;

    if (external)
        code = table_once(table, COLUMN_id, "session", external);
    if (code == ERR_NONE && external)
        code = find_session(table, external, &id);
    if (code == ERR_NONE && id)
        code = sessions_get(table->db, table->row_arena, id, &old, table->err);
    if (code != ERR_NONE)
        return code;
    session = (struct session){.id = id,
                               .external_id = id ? old.external_id : external,
                               .version = old.version,
                               .created_at = id ? old.created_at : table->options->now};
    read_session_values(table, &session);
    read_dates(table, &session);
    code = read_links(table, is_applied, &session.structure_id, &session.pole_id,
                      &session.skill_id);
    if (code == ERR_NONE)
        code = read_people(table, COLUMN_trainers, &session.trainer_ids,
                           &session.trainer_count);
    if (code == ERR_NONE)
        code = read_needs(table, &session);
    if (code == ERR_NONE)
        code = read_registrations(table, &session);
    if (code != ERR_NONE ||
        !must_write(table, id == 0, same_session(&old, &session), is_applied))
        return code;
    return sessions_save(table->db, &session, table->options->now, table->err);
}

err_code import_needs(struct table *table, bool is_applied)
{
    static const enum column columns[] = {
        COLUMN_id,       COLUMN_text,         COLUMN_pole,          COLUMN_skill,
        COLUMN_level,    COLUMN_state,        COLUMN_person,        COLUMN_structure,
        COLUMN_commune,  COLUMN_availability, COLUMN_could_pass_on, COLUMN_created_at,
        COLUMN_supports, COLUMN_email};
    err_code code = table_open(table, columns, sizeof columns / sizeof columns[0]);

    return code == ERR_NONE ? table_each(table, is_applied, import_need) : code;
}

err_code import_sessions(struct table *table, bool is_applied)
{
    static const enum column columns[] = {
        COLUMN_id,        COLUMN_title,        COLUMN_about,     COLUMN_pole,
        COLUMN_structure, COLUMN_skill,        COLUMN_level,     COLUMN_formats,
        COLUMN_trainers,  COLUMN_place,        COLUMN_commune,   COLUMN_dates,
        COLUMN_seats,     COLUMN_threshold,    COLUMN_decide_at, COLUMN_state,
        COLUMN_needs,     COLUMN_registrations};
    err_code code = table_open(table, columns, sizeof columns / sizeof columns[0]);

    return code == ERR_NONE ? table_each(table, is_applied, import_session) : code;
}
