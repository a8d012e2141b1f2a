/* Sessions from a spreadsheet. */
#include "exchange/action/import_exchange.h"
#include "exchange/action/import_kinds.h"
#include "exchange/action/same.h"

#include "base/unicode.h"
#include "store/sessions.h"

#include <stdio.h>
#include <string.h>

enum { SEATS_MOST = 1000, SEATS_USUAL = 8, DATES_MOST = 20, DATE_BYTES_MOST = 50 };

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

/* Takes " (word)" off the end of `part` when it is that word; *part is then a copy. */
static bool take_word(struct table *table, const char **part, const char *word)
{
    size_t length = strlen(*part), word_length = strlen(word);
    const char *copy;

    if (length < word_length + 4 || (*part)[length - 1] != ')' ||
        strncmp(*part + length - 1 - word_length, word, word_length) != 0 ||
        strncmp(*part + length - word_length - 3, " (", 2) != 0)
        return false;
    copy = arena_strndup(table->row_arena, *part, length - word_length - 3);
    *part = copy ? copy : *part;
    return copy != NULL;
}

/* "+12d 18:30-20:30"; "2026-12-03 18:30-20:30 (fixed)" where several are offered. */
static bool read_date(struct table *table, const char *part, struct session_date *date)
{
    const struct zone zone = table->options->config->zone;
    const char *blank, *dash;
    char start[DATE_BYTES_MOST + 2], end[2 * DATE_BYTES_MOST + 2];

    if (take_word(table, &part, "fixed"))
        date->is_fixed = true;
    else if (take_word(table, &part, "open"))
        date->is_fixed = false;
    blank = strrchr(part, ' ');
    dash = blank ? strchr(blank, '-') : NULL;
    if (!dash || strlen(part) > DATE_BYTES_MOST)
        return false;
    snprintf(start, sizeof start, "%.*s", (int)(dash - part), part);
    snprintf(end, sizeof end, "%.*s %s", (int)(blank - part), part, dash + 1);
    return calendar_parse(start, table->options->now, zone, &date->starts_at) &&
           calendar_parse(end, table->options->now, zone, &date->ends_at) &&
           date->ends_at > date->starts_at;
}

static void read_dates(struct table *table, struct session *session)
{
    size_t count, used = 0;
    const char **parts =
        cell_split(table, table_text(table, COLUMN_dates), SPLIT_ANY, &count);
    struct session_date *dates = arena_array(table->row_arena, DATES_MOST, sizeof *dates);

    if (!table_has(table, COLUMN_dates))
        return;
    if (count > DATES_MOST)
        table_mistake(table, COLUMN_dates, "%zu dates; %d are allowed", count,
                      DATES_MOST);
    for (size_t i = 0; dates && i < count && used < DATES_MOST; i++) {
        dates[used].is_fixed = count == 1 && session->state != SESSION_PROPOSED;
        if (read_date(table, parts[i], &dates[used]))
            used++;
        else
            table_mistake(table, COLUMN_dates,
                          "\"%.60s\" is not a date; 2026-12-03 18:30-20:30 is", parts[i]);
    }
    session->dates = dates;
    session->date_count = dates ? used : 0;
}

static err_code read_trainers(struct table *table, struct session *session)
{
    size_t count, used = 0;
    const char **names =
        cell_split(table, table_text(table, COLUMN_trainers), SPLIT_ANY, &count);
    int64_t *ids = arena_array(table->row_arena, count, sizeof *ids);

    if (!table_has(table, COLUMN_trainers))
        return ERR_NONE;
    if (!ids)
        return err_set(table->err, ERR_MEMORY, "no room for people");
    for (size_t i = 0; i < count; i++) {
        err_code code = exchange_person(table, COLUMN_trainers, names[i], &ids[used]);
        if (code != ERR_NONE)
            return code;
        if (is_among(ids, used, ids[used]))
            table_mistake(table, COLUMN_trainers, "\"%.60s\" stands twice", names[i]);
        used += ids[used] != 0;
    }
    session->trainer_ids = ids;
    session->trainer_count = used;
    return ERR_NONE;
}

static err_code read_needs(struct table *table, struct session *session)
{
    size_t count, used = 0;
    const char **names =
        cell_split(table, table_text(table, COLUMN_needs), SPLIT_ANY, &count);
    int64_t *ids = arena_array(table->row_arena, count, sizeof *ids);

    if (!table_has(table, COLUMN_needs))
        return ERR_NONE;
    if (!ids)
        return err_set(table->err, ERR_MEMORY, "no room for needs");
    for (size_t i = 0; i < count; i++) {
        err_code code = exchange_find_need(table, names[i], &ids[used]);
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

/* "P012", "P012 (left)". Unsaid, the first ones have a seat, the others wait. */
static err_code read_registration(struct table *table, const char *part,
                                  struct registration *out)
{
    const char *name = part;
    err_code code;

    for (int i = REGISTRATION_SEATED; i <= REGISTRATION_ABSENT; i++)
        if (take_word(table, &name,
                      registration_state_word((enum registration_state)i))) {
            out->state = (enum registration_state)i;
            break;
        }
    code = exchange_find_person(table, part,
                                &out->person_id); /* "(left)" may be of her id */
    if (code == ERR_NONE && !out->person_id)
        code = exchange_person(table, COLUMN_registrations, name, &out->person_id);
    return code;
}

static int64_t registered_at(const struct session *old, int64_t person_id,
                             int64_t otherwise)
{
    for (size_t i = 0; i < old->registration_count; i++)
        if (old->registrations[i].person_id == person_id)
            return old->registrations[i].created_at;
    return otherwise;
}

static err_code read_registrations(struct table *table, const struct session *old,
                                   struct session *session)
{
    size_t count, used = 0;
    const char **parts =
        cell_split(table, table_text(table, COLUMN_registrations), SPLIT_ANY, &count);
    struct registration *made = arena_array(table->row_arena, count, sizeof *made);

    if (!table_has(table, COLUMN_registrations))
        return ERR_NONE;
    if (!made)
        return err_set(table->err, ERR_MEMORY, "no room for registrations");
    for (size_t i = 0; i < count; i++) {
        struct registration *one = &made[used];
        err_code code;
        one->state =
            i < (size_t)session->seats ? REGISTRATION_SEATED : REGISTRATION_WAITING;
        code = read_registration(table, parts[i], one);
        if (code != ERR_NONE)
            return code;
        for (size_t j = 0; one->person_id && j < used; j++)
            if (made[j].person_id == one->person_id)
                table_mistake(table, COLUMN_registrations, "\"%.60s\" stands twice",
                              parts[i]);
        one->created_at = registered_at(old, one->person_id, session->created_at);
        used += one->person_id != 0;
    }
    session->registrations = made;
    session->registration_count = used;
    if (session_seats_taken(session) > (size_t)session->seats)
        table_mistake(table, COLUMN_registrations, "%zu people have one of the %d seats",
                      session_seats_taken(session), session->seats);
    return ERR_NONE;
}

static void check_session(struct table *table, const struct session *session)
{
    if (!session->title)
        table_mistake(table, COLUMN_title, "the title is missing");
    if (session->threshold > session->seats)
        table_mistake(table, COLUMN_threshold, "threshold %d is above the %d seats",
                      session->threshold, session->seats);
}

static void read_values(struct table *table, struct session *session)
{
    const char *state = table_text(table, COLUMN_state);
    unsigned format = 0;
    const char *place;

    exchange_text(table, COLUMN_title, &session->title);
    exchange_text(table, COLUMN_about, &session->about);
    exchange_text(table, COLUMN_place, &session->place);
    exchange_text(table, COLUMN_commune, &session->commune);
    cell_int(table, COLUMN_seats, 1, SEATS_MOST, &session->seats);
    cell_int(table, COLUMN_threshold, 0, SEATS_MOST, &session->threshold);
    exchange_level(table, &session->level);
    if (table_has(table, COLUMN_formats))
        cell_formats(table, COLUMN_formats, &format);
    if (format)
        session->format = (enum format)format;
    if (*state && !session_state_parse(state, &session->state))
        table_mistake(table, COLUMN_state,
                      "\"%.40s\" is not a state; proposed, confirmed, held, cancelled",
                      state);
    cell_date(table, COLUMN_decide_at, &session->decide_at);
    place = session->place ? unicode_fold(table->row_arena, session->place) : NULL;
    if (table_has(table, COLUMN_place))
        session->is_online = place && (strstr(place, "en ligne") ||
                                       strstr(place, "online") || strstr(place, "visio"));
    check_session(table, session);
}

static bool same_session(const struct session *a, const struct session *b)
{
    bool is_same =
        same_text(a->title, b->title) && same_text(a->about, b->about) &&
        same_text(a->place, b->place) && same_text(a->commune, b->commune) &&
        a->pole_id == b->pole_id && a->structure_id == b->structure_id &&
        a->skill_id == b->skill_id && a->level == b->level && a->format == b->format &&
        a->is_online == b->is_online && a->seats == b->seats &&
        a->threshold == b->threshold && a->decide_at == b->decide_at &&
        a->state == b->state && a->date_count == b->date_count &&
        a->registration_count == b->registration_count &&
        same_ids(a->trainer_ids, a->trainer_count, b->trainer_ids, b->trainer_count) &&
        same_ids(a->need_ids, a->need_count, b->need_ids, b->need_count);

    for (size_t i = 0; is_same && i < a->date_count; i++)
        is_same = a->dates[i].starts_at == b->dates[i].starts_at &&
                  a->dates[i].ends_at == b->dates[i].ends_at &&
                  a->dates[i].is_fixed == b->dates[i].is_fixed;
    for (size_t i = 0; is_same && i < a->registration_count; i++)
        is_same = a->registrations[i].person_id == b->registrations[i].person_id &&
                  a->registrations[i].state == b->registrations[i].state;
    return is_same;
}

/* Puts what the row says over what is known. */
static err_code read_session(struct table *table, bool is_applied,
                             const struct session *old, struct session *session)
{
    err_code code;

    read_values(table, session);
    read_dates(table, session);
    code = exchange_links(table, is_applied, &session->structure_id, &session->pole_id,
                          &session->skill_id);
    if (code == ERR_NONE)
        code = read_trainers(table, session);
    if (code == ERR_NONE)
        code = read_needs(table, session);
    return code == ERR_NONE ? read_registrations(table, old, session) : code;
}

static err_code import_session(struct table *table, bool is_applied)
{
    const char *external = table_value(table, COLUMN_id);
    struct session old = {0}, session;
    int64_t id = 0;
    err_code code = ERR_NONE;

    table->nameless += !external;
    if (external)
        code = table_once(table, COLUMN_id, "session", external, "");
    if (code == ERR_NONE && external)
        code = find_session(table, external, &id);
    if (code == ERR_NONE && id)
        code = sessions_get(table->db, table->row_arena, id, &old, table->err);
    if (code != ERR_NONE)
        return code;
    session = old;
    if (!id)
        session =
            (struct session){.external_id = cell_id(table, COLUMN_id),
                             .created_at = table->options->now,
                             .seats = SEATS_USUAL,
                             .threshold = (int)table->options->config->session_threshold,
                             .format = FORMAT_WORKSHOP};
    code = read_session(table, is_applied, &old, &session);
    if (code != ERR_NONE ||
        !exchange_must_write(table, id == 0, same_session(&old, &session), is_applied))
        return code;
    return sessions_save(table->db, &session, table->options->now, table->err);
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

    return code == ERR_NONE ? exchange_each(table, is_applied, import_session) : code;
}
