/* People from a spreadsheet: whose row is whose, what changed. */
#include "exchange/action/import_kinds.h"

#include "base/email.h"
#include "base/unicode.h"
#include "exchange/action/same.h"
#include "store/people.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { NAME_MOST = 200, POLES_MOST = 20, ABOUT_MOST = 10000, TEXT_MOST = 500 };

static const enum column people_columns[] = {
    COLUMN_id,           COLUMN_name,        COLUMN_first_name,   COLUMN_last_name,
    COLUMN_structure,    COLUMN_commune,     COLUMN_headline,     COLUMN_skills,
    COLUMN_about,        COLUMN_email,       COLUMN_phone,        COLUMN_pole,
    COLUMN_availability, COLUMN_languages,   COLUMN_formats,      COLUMN_access,
    COLUMN_quota,        COLUMN_pause_until, COLUMN_confirmed_at, COLUMN_state};

struct people_run {
    struct table *table;
    bool is_applied;
    const char *last_structure; /* neighbours are often alike */
    int64_t last_structure_id;
    bool is_hers; /* the address is of the card with the row's id, and of another one */
};

static err_code read_structure(struct people_run *run, struct person *person)
{
    struct table *table = run->table;
    const char *name = table_text(table, COLUMN_structure);
    err_code code;

    if (!*name)
        name = table->options->structure_key ? table->options->structure_key : "";
    if (!*name) {
        run->last_structure = NULL;
        if (table_has(table, COLUMN_structure))
            person->structure_id = 0;
        return ERR_NONE;
    }
    if (!run->last_structure || strcmp(run->last_structure, name) != 0) {
        code = name_structure(table, name, run->is_applied, &run->last_structure_id);
        if (code != ERR_NONE)
            return code;
        run->last_structure = arena_strdup(table->arena, name);
    }
    person->structure_id = run->last_structure_id;
    return ERR_NONE;
}

static err_code read_poles(struct people_run *run, struct person *person)
{
    struct table *table = run->table;
    size_t count, used = 0;
    const char **names =
        cell_split(table, table_text(table, COLUMN_pole), SPLIT_ANY, &count);
    int64_t *ids = arena_array(table->row_arena, POLES_MOST, sizeof *ids);

    if (!table_has(table, COLUMN_pole))
        return ERR_NONE;
    if (count > POLES_MOST)
        table_mistake(table, COLUMN_pole, N_("%zu poles in one cell; %d are allowed"),
                      count, POLES_MOST);
    for (size_t i = 0; ids && i < count && i < POLES_MOST; i++) {
        err_code code = name_pole(table, names[i], run->is_applied, &ids[used]);
        if (code != ERR_NONE)
            return code;
        if (ids[used] && !is_among(ids, used, ids[used]))
            used++;
    }
    person->pole_ids = ids;
    person->pole_count = ids ? used : 0;
    return ids ? ERR_NONE : err_set(table->err, ERR_MEMORY, "no room for poles");
}

static const char *read_name(struct table *table)
{
    const char *first = table_text(table, COLUMN_first_name);
    const char *last = table_text(table, COLUMN_last_name);

    if (!*last)
        last = table_text(table, COLUMN_name);
    if (!*first || !*last)
        return *last ? last : *first ? first : NULL;
    return arena_printf(table->row_arena, "%s %s", first, last);
}

static void check_lengths(struct table *table)
{
    static const enum column short_ones[] = {COLUMN_id,       COLUMN_email,
                                             COLUMN_phone,    COLUMN_commune,
                                             COLUMN_headline, COLUMN_access};

    for (size_t i = 0; i < sizeof short_ones / sizeof short_ones[0]; i++) {
        size_t length = unicode_length(table_text(table, short_ones[i]));
        if (length > TEXT_MOST)
            table_mistake(table, short_ones[i], N_("%zu characters; %d are allowed"),
                          length, TEXT_MOST);
    }
}

static void check_person(struct table *table, const struct person *person)
{
    if (!person->name)
        table_mistake(table, COLUMN_name, N_("the name is missing"));
    else if (unicode_length(person->name) > NAME_MOST)
        table_mistake(table, COLUMN_name, N_("a name of %zu characters; %d are allowed"),
                      unicode_length(person->name), NAME_MOST);
    if (person->email && !email_is_plausible(person->email))
        table_mistake(table, COLUMN_email,
                      N_("\"%.60s\" is not an e-mail address such as name@example.org"),
                      person->email);
    check_lengths(table);
    if (person->about && unicode_length(person->about) > ABOUT_MOST)
        table_mistake(table, COLUMN_about, N_("%zu characters; %d are allowed"),
                      unicode_length(person->about), ABOUT_MOST);
}

static void read_state(struct table *table, struct person *person)
{
    static const char *const french[] = {"brouillon", "publiee", "masquee"};
    const char *word = table_text(table, COLUMN_state);
    const char *folded;

    if (!*word)
        return;
    folded = unicode_fold(table->row_arena, word);
    for (int i = 0; folded && i < 3; i++)
        if (strncmp(folded, french[i], strlen(french[i]) - 1) == 0) {
            person->state = (enum card_state)i;
            return;
        }
    if (!folded || !card_state_parse(folded, &person->state))
        table_mistake(table, COLUMN_state,
                      N_("\"%.40s\" is not a state; draft, published and hidden are"),
                      word);
}

/* The plain texts of a row: column, and where it goes in the person. */
static void read_texts(struct table *table, struct person *person)
{
    const struct {
        enum column column;
        const char **member;
    } texts[] = {{COLUMN_commune, &person->commune}, {COLUMN_headline, &person->headline},
                 {COLUMN_about, &person->about},     {COLUMN_email, &person->email},
                 {COLUMN_phone, &person->phone},     {COLUMN_access, &person->access},
                 {COLUMN_id, &person->external_id}};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (table_has(table, texts[i].column) &&
            !(texts[i].column == COLUMN_id && person->id && !person->external_id &&
              table_number(table_text(table, COLUMN_id)) == person->id))
            *texts[i].member = texts[i].column == COLUMN_id
                                   ? cell_id(table, COLUMN_id)
                                   : table_value(table, texts[i].column);
}

/* Puts what the row says over what is known; absent columns leave it as it is. */
static err_code read_row(struct people_run *run, struct person *person)
{
    struct table *table = run->table;
    const char *name = read_name(table);
    struct person_skill *skills;
    struct weekly_window *windows;
    err_code code = ERR_NONE;

    if (name)
        person->name = name;
    read_texts(table, person);
    if (table_has(table, COLUMN_languages))
        cell_languages(table, COLUMN_languages, &person->languages);
    if (table_has(table, COLUMN_formats))
        cell_formats(table, COLUMN_formats, &person->formats);
    if (table_has(table, COLUMN_quota)) {
        person->quota_month = -1;
        cell_int(table, COLUMN_quota, 0, 1000, &person->quota_month);
    }
    cell_date(table, COLUMN_pause_until, &person->pause_until);
    cell_date(table, COLUMN_confirmed_at, &person->confirmed_at);
    if (table_has(table, COLUMN_availability)) {
        cell_windows(table, COLUMN_availability, &windows, &person->window_count);
        person->windows = windows;
    }
    read_state(table, person);
    if (table_has(table, COLUMN_skills)) {
        code = cell_skills(table, COLUMN_skills, &skills, &person->skill_count);
        person->skills = skills;
    }
    if (code == ERR_NONE)
        code = read_poles(run, person);
    return code;
}

static bool is_called(struct table *table, const struct person *person, const char *name)
{
    const char *hers = name ? unicode_fold(table->row_arena, name) : NULL;
    const char *theirs = unicode_fold(table->row_arena, person->name);

    return hers && theirs && strcmp(hers, theirs) == 0;
}

/* The card an export called "#12": that number, without an id from outside, of that name.
 */
static int64_t find_number(struct table *table, const char *external, const char *name)
{
    int64_t only = table->options->only_structure_id;
    struct person person;
    struct err absent = {0};

    if (!table_number(external) ||
        people_get(table->db, table->row_arena, table_number(external), &person,
                   &absent) != ERR_NONE ||
        person.external_id || !is_called(table, &person, name) ||
        (only && person.structure_id != only))
        return 0;
    return person.id;
}

/* Whether the card with this row's address is hers: people of an association may share
 * one. */
static err_code check_address(struct table *table, int64_t structure_id, int64_t by_email,
                              const char *name)
{
    const char *external = table_text(table, COLUMN_id);
    struct person person;
    err_code code =
        people_get(table->db, table->row_arena, by_email, &person, table->err);

    if (code != ERR_NONE || is_called(table, &person, name))
        return code;
    if (*external && person.external_id && person.structure_id == structure_id)
        table_mistake(table, COLUMN_email,
                      N_("the address is that of \"%.60s\" (id %.40s): an address is one "
                         "person's"),
                      person.name, person.external_id);
    else
        table_note(
            table,
            N_("line %d: \"%.60s\" is the new name of \"%.60s\", who has her address"),
            table->cells[0].line, name ? name : "", person.name);
    return ERR_NONE;
}

/* Someone with that id in another structure who is called so: she moved. */
static err_code find_elsewhere(struct table *table, const char *external,
                               const char *name, int64_t *id)
{
    struct person other;
    int64_t elsewhere = 0;
    err_code code = people_find_external(table->db, external, &elsewhere, table->err);

    if (code == ERR_NONE && elsewhere)
        code = people_get(table->db, table->row_arena, elsewhere, &other, table->err);
    if (code == ERR_NONE && elsewhere && is_called(table, &other, name))
        *id = elsewhere;
    return code;
}

static err_code find_by_name(struct table *table, int64_t structure_id, const char *name,
                             int64_t *id)
{
    struct err several = {0};
    err_code code = people_find_name(table->db, structure_id, name, id, &several);

    if (code != ERR_CONFLICT)
        return code == ERR_NONE ? code : err_set(table->err, code, "%s", several.text);
    table_mistake(
        table, COLUMN_name,
        N_("several people of that structure are called \"%.60s\": add an id or an "
           "e-mail address"),
        name);
    return ERR_NONE;
}

/* Whether the card has that address: two cards of one person may. */
static err_code has_address(struct table *table, int64_t id, const char *email, bool *out)
{
    struct person person;
    const char *plain = email_plain(table->row_arena, email);
    err_code code = people_get(table->db, table->row_arena, id, &person, table->err);

    *out = code == ERR_NONE && plain && person.email && strcmp(person.email, plain) == 0;
    return code;
}

/* Whose row it is: 0 for someone new. Tells when id and address disagree. */
static err_code find_person(struct people_run *run, int64_t structure_id, int64_t *id)
{
    struct table *table = run->table;
    const char *external = table_text(table, COLUMN_id);
    const char *email = table_text(table, COLUMN_email);
    const char *name = read_name(table);
    int64_t by_id = 0, by_email = 0, only = table->options->only_structure_id;
    err_code code = ERR_NONE;

    if (*external)
        code = people_find_in_structure(table->db, structure_id, external, &by_id,
                                        table->err);
    if (code == ERR_NONE && !by_id)
        by_id = find_number(table, external, name);
    if (code == ERR_NONE && *email)
        code = only ? people_find_email_in(table->db, email, only, &by_email, table->err)
                    : people_find_email(table->db, email, &by_email, table->err);
    run->is_hers = false;
    if (code == ERR_NONE && by_id && by_email && by_id != by_email)
        code = has_address(table, by_id, email, &run->is_hers);
    if (code == ERR_NONE && by_id && by_email && by_id != by_email && !run->is_hers)
        table_mistake(
            table, COLUMN_email,
            N_("the id is one person's and the address another's (cards %lld and "
               "%lld)"),
            (long long)by_id, (long long)by_email);
    if (code == ERR_NONE && !by_id && by_email)
        code = check_address(table, structure_id, by_email, name);
    *id = by_id ? by_id : by_email;
    if (code != ERR_NONE || *id || !name)
        return code;
    if (*external && !only)
        return find_elsewhere(table, external, name, id);
    return *email ? ERR_NONE : find_by_name(table, structure_id, name, id);
}

static bool same_lists(const struct person *a, const struct person *b)
{
    if (a->skill_count != b->skill_count || a->pole_count != b->pole_count ||
        a->window_count != b->window_count)
        return false;
    for (size_t i = 0; i < a->skill_count; i++)
        if (!same_text(a->skills[i].label, b->skills[i].label) ||
            a->skills[i].skill_id != b->skills[i].skill_id ||
            a->skills[i].level != b->skills[i].level ||
            a->skills[i].is_shared != b->skills[i].is_shared ||
            a->skills[i].formats != b->skills[i].formats)
            return false;
    for (size_t i = 0; i < a->pole_count; i++)
        if (a->pole_ids[i] != b->pole_ids[i])
            return false;
    for (size_t i = 0; i < a->window_count; i++)
        if (memcmp(&a->windows[i], &b->windows[i], sizeof a->windows[i]) != 0)
            return false;
    return true;
}

static bool same_person(const struct person *a, const struct person *b)
{
    return a->structure_id == b->structure_id &&
           same_text(a->external_id, b->external_id) && same_text(a->name, b->name) &&
           same_text(a->email, b->email) && same_text(a->phone, b->phone) &&
           same_text(a->commune, b->commune) && same_text(a->headline, b->headline) &&
           same_text(a->about, b->about) && same_text(a->languages, b->languages) &&
           same_text(a->access, b->access) && a->formats == b->formats &&
           a->quota_month == b->quota_month && a->pause_until == b->pause_until &&
           a->state == b->state && a->confirmed_at == b->confirmed_at && same_lists(a, b);
}

/* What may stand once in a file: an id in a structure, an address, a name without both, a
 * card. */
static err_code mark_person(struct table *table, const struct person *person,
                            bool is_hers)
{
    char kind[48];
    const char *folded;
    err_code code = ERR_NONE;

    snprintf(kind, sizeof kind, "of %" PRId64, person->structure_id);
    if (person->external_id)
        code = table_once(table, COLUMN_id, kind, person->external_id, "");
    if (code == ERR_NONE && !is_hers && person->email &&
        email_is_plausible(person->email)) {
        folded = email_plain(table->row_arena, person->email);
        code =
            table_once(table, COLUMN_email, "email", folded ? folded : person->email, "");
    }
    if (code != ERR_NONE || table->report->mistakes)
        return code;
    if (!*table_text(table, COLUMN_id) && !*table_text(table, COLUMN_email)) {
        folded = unicode_fold(table->row_arena, person->name);
        return table_once(table, COLUMN_name, kind, folded ? folded : person->name,
                          N_(": add an id or an e-mail address to tell them apart"));
    }
    if (!person->id)
        return ERR_NONE;
    return table_once(table, COLUMN_name, "card",
                      arena_printf(table->row_arena, "card #%" PRId64, person->id), "");
}

/* What a structure may not do with a row: make others' people. False, with a mistake
 * told. Those there are it neither finds nor hears of: find_person. */
static bool check_only(struct table *table, int64_t structure_id)
{
    int64_t only = table->options->only_structure_id;

    if (!only || structure_id == only)
        return true;
    table_mistake(table, COLUMN_structure,
                  N_("only people of your own structure are taken: leave this empty"));
    return false;
}

/* Nor say for people what they say themselves: that a card is to be seen, and is right.
 */
static void keep_said(struct table *table, const struct person *old,
                      struct person *person)
{
    if (!table->options->only_structure_id)
        return;
    person->state = old->id ? old->state : CARD_DRAFT;
    person->confirmed_at = old->confirmed_at;
    for (size_t i = 0; i < person->pole_count; i++)
        if (person->pole_ids[i] < 0) {
            table_mistake(table, COLUMN_pole, N_("there is no such pole"));
            return;
        }
}

static err_code import_row(struct people_run *run)
{
    struct table *table = run->table;
    int64_t before = table->report->mistakes;
    struct person place = {0}, old = {0}, person;
    int64_t id = 0;
    err_code code = read_structure(run, &place);

    if (code == ERR_NONE)
        code = find_person(run, place.structure_id, &id);
    if (code == ERR_NONE && id)
        code = people_get(table->db, table->row_arena, id, &old, table->err);
    if (code != ERR_NONE || !check_only(table, place.structure_id))
        return code;
    person = old;
    if (!id)
        person =
            (struct person){.state = table->options->people_state, .quota_month = -1};
    if (table_has(table, COLUMN_structure) || table->options->structure_key)
        person.structure_id = place.structure_id;
    code = read_row(run, &person);
    if (code != ERR_NONE)
        return code;
    keep_said(table, &old, &person);
    check_person(table, &person);
    code = mark_person(table, &person, run->is_hers);
    if (code != ERR_NONE || table->report->mistakes != before)
        return code;
    if (id && old.declined_at) {
        table_note(table, N_("line %d: \"%.60s\" wants no card: left out"),
                   table->cells[0].line, old.name);
        table->report->unchanged++;
        return ERR_NONE;
    }
    if (id && same_person(&old, &person)) {
        table->report->unchanged++;
        return ERR_NONE;
    }
    table->report->added += id == 0;
    table->report->changed += id != 0;
    if (!run->is_applied)
        return ERR_NONE;
    return people_save(table->db, &person, table->options->now, table->err);
}

err_code import_people(struct table *table, bool is_applied)
{
    struct people_run run = {.table = table, .is_applied = is_applied};
    bool is_end = false;
    err_code code = table_open(table, people_columns,
                               sizeof people_columns / sizeof people_columns[0]);

    if (code != ERR_NONE || table->report->mistakes)
        return code;
    if (!table_has(table, COLUMN_name) && !table_has(table, COLUMN_first_name) &&
        !table_has(table, COLUMN_last_name)) {
        table_mistake(
            table, COLUMN_name,
            N_("no column for the name; the first line must name the columns: nom "
               "(or name), then any of id, structure, commune, competences, email, …"));
        return ERR_NONE;
    }
    code = table_next(table, &is_end);
    while (code == ERR_NONE && !is_end) {
        code = import_row(&run);
        if (code == ERR_NONE)
            code = table_next(table, &is_end);
    }
    return code;
}
