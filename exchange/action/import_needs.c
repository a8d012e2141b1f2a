/* Needs from a spreadsheet. */
#include "exchange/action/import_exchange.h"
#include "exchange/action/import_kinds.h"
#include "exchange/action/need_post.h"
#include "exchange/action/same.h"

#include "base/email.h"
#include "base/unicode.h"
#include "store/needs.h"

#include <string.h>

/* "P012", "P012: her own words", "P012:her own words"; "?" is someone without a card. */
static err_code read_support(struct table *table, const char *part,
                             struct need_support *out)
{
    const char *colon = strstr(part, ": "), *name = part;
    err_code code = ERR_NONE;

    if (!colon) /* an id may hold a colon, but none before a blank (cell_id) */
        code = exchange_find_person(table, part, &out->person_id);
    if (code == ERR_NONE && !colon && !out->person_id)
        colon = strchr(part, ':');
    if (colon) {
        name = arena_strndup(table->row_arena, part, (size_t)(colon - part));
        colon += 1 + strspn(colon + 1, " ");
        out->words = *colon ? colon : NULL;
    }
    if (!name)
        return err_set(table->err, ERR_MEMORY, "no room for supports");
    if (code != ERR_NONE || out->person_id || strcmp(name, "?") == 0)
        return code;
    return exchange_person(table, COLUMN_supports, name, &out->person_id);
}

/* When the same person said so before, it is kept that she did then. */
static int64_t said_at(const struct need *old, const struct need_support *support,
                       int64_t otherwise)
{
    for (size_t i = 0; i < old->support_count; i++)
        if (old->supports[i].person_id == support->person_id &&
            same_text(old->supports[i].words, support->words))
            return old->supports[i].created_at;
    return otherwise;
}

static err_code read_supports(struct table *table, const struct need *old,
                              struct need *need)
{
    size_t count;
    const char **parts =
        cell_split(table, table_text(table, COLUMN_supports), SPLIT_NO_COMMAS, &count);
    struct need_support *supports =
        arena_array(table->row_arena, count, sizeof *supports);

    if (!table_has(table, COLUMN_supports))
        return ERR_NONE;
    if (!supports)
        return err_set(table->err, ERR_MEMORY, "no room for supports");
    for (size_t i = 0; i < count; i++) {
        err_code code = read_support(table, parts[i], &supports[i]);
        if (code != ERR_NONE)
            return code;
        for (size_t j = 0; supports[i].person_id && j < i; j++)
            if (supports[j].person_id == supports[i].person_id)
                table_mistake(table, COLUMN_supports, "\"%.60s\" stands twice", parts[i]);
        supports[i].created_at = said_at(old, &supports[i], need->created_at);
    }
    need->supports = supports;
    need->support_count = count;
    return ERR_NONE;
}

static void check_need(struct table *table, const struct need *need)
{
    size_t length = need->text ? unicode_length(need->text) : 0;

    if (length < NEED_TEXT_LEAST || length > NEED_TEXT_MOST)
        table_mistake(table, COLUMN_text,
                      "a need of %zu characters; %d to %d are allowed", length,
                      NEED_TEXT_LEAST, NEED_TEXT_MOST);
    else if (!unicode_has_letter(need->text))
        table_mistake(table, COLUMN_text, "\"%.60s\": a need without a word", need->text);
    if (need->email && !email_is_plausible(need->email))
        table_mistake(table, COLUMN_email,
                      "\"%.60s\" is not an e-mail address such as name@example.org",
                      need->email);
}

static void read_times(struct table *table, struct need *need)
{
    const struct import_options *options = table->options;
    struct weekly_window *windows;
    int64_t stated_at = 0;

    cell_date(table, COLUMN_created_at, &stated_at);
    if (!stated_at) /* absent or empty: what was known stays */
        stated_at = need->created_at ? need->created_at : options->now;
    if (stated_at != need->created_at) {
        need->created_at = stated_at;
        need->expires_at = stated_at + options->config->need_life_days * DAY_S;
    }
    if (table_has(table, COLUMN_availability)) {
        cell_windows(table, COLUMN_availability, &windows, &need->window_count);
        need->windows = windows;
    }
}

/* Puts what the row says over what is known. */
static err_code read_need(struct table *table, bool is_applied, const struct need *old,
                          struct need *need)
{
    const char *state = table_text(table, COLUMN_state);
    const char *person = table_text(table, COLUMN_person);
    err_code code = exchange_links(table, is_applied, &need->structure_id, &need->pole_id,
                                   &need->skill_id);

    if (table_has(table, COLUMN_person))
        need->person_id = 0;
    if (code == ERR_NONE && *person)
        code = exchange_person(table, COLUMN_person, person, &need->person_id);
    if (code != ERR_NONE)
        return code;
    exchange_text(table, COLUMN_text, &need->text);
    exchange_text(table, COLUMN_commune, &need->commune);
    exchange_text(table, COLUMN_could_pass_on, &need->could_pass_on);
    exchange_text(table, COLUMN_email, &need->email);
    exchange_level(table, &need->level);
    if (*state && !need_state_parse(state, &need->state))
        table_mistake(
            table, COLUMN_state,
            "\"%.40s\" is not a state; stated, qualified, grouped, met, given_up", state);
    read_times(table, need);
    check_need(table, need);
    return read_supports(table, old, need);
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

static err_code import_need(struct table *table, bool is_applied)
{
    const char *external = table_value(table, COLUMN_id);
    struct need old = {0}, need;
    int64_t id = 0;
    err_code code = ERR_NONE;

    table->nameless += !external;
    if (external)
        code = table_once(table, COLUMN_id, "need", external, "");
    if (code == ERR_NONE && external)
        code = exchange_find_need(table, external, &id);
    if (code == ERR_NONE && id)
        code = needs_get(table->db, table->row_arena, id, &old, table->err);
    if (code != ERR_NONE)
        return code;
    need = old;
    if (!id)
        need.external_id = cell_id(table, COLUMN_id);
    code = read_need(table, is_applied, &old, &need);
    if (code != ERR_NONE ||
        !exchange_must_write(table, id == 0, same_need(&old, &need), is_applied))
        return code;
    return needs_save(table->db, &need, table->options->now, table->err);
}

err_code import_needs(struct table *table, bool is_applied)
{
    static const enum column columns[] = {
        COLUMN_id,       COLUMN_text,         COLUMN_pole,          COLUMN_skill,
        COLUMN_level,    COLUMN_state,        COLUMN_person,        COLUMN_structure,
        COLUMN_commune,  COLUMN_availability, COLUMN_could_pass_on, COLUMN_created_at,
        COLUMN_supports, COLUMN_email};
    err_code code = table_open(table, columns, sizeof columns / sizeof columns[0]);

    return code == ERR_NONE ? exchange_each(table, is_applied, import_need) : code;
}
