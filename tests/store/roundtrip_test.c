/* What an export writes imports again: into the same records nothing changes, into fresh
 * ones the same sheets come out again. Records of chance (seeded) with odd contents,
 * whatever a form or a sheet may have given: quotes, separators, formulas, line breaks,
 * other scripts. */
#include "tests/store/place.h"

#include "base/file.h"
#include "base/random.h"
#include "base/text.h"
#include "config/config.h"
#include "exchange/action/export.h"
#include "exchange/action/import.h"
#include "store/migrate.h"
#include "store/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SEEDS = 30, MANY = 25, SHEET_BYTES_MOST = 8 << 20 };

static const struct {
    enum export_kind out;
    enum import_kind in;
    const char *name;
} kinds[] = {{EXPORT_SKILLS, IMPORT_SKILLS_CSV, "skills"},
             {EXPORT_STRUCTURES, IMPORT_STRUCTURES, "structures"},
             {EXPORT_POLES, IMPORT_POLES, "poles"},
             {EXPORT_PEOPLE, IMPORT_PEOPLE, "people"},
             {EXPORT_NEEDS, IMPORT_NEEDS, "needs"},
             {EXPORT_SESSIONS, IMPORT_SESSIONS, "sessions"}};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

/* A text that is trimmed, as every form and sheet gives them. Parts with ; | or a line
 * break only where `is_free`: they separate labels and ids. */
static const char *words(struct arena *arena, struct random *random, bool is_free)
{
    static const char *const parts[] = {
        "Élodie",  "d’Arc",  "\"", "'",    ",",    "(",    ")",         "=1+1",
        "+33",     "-",      "@x", "%s%n", "日本", "🪚", "œ",         "a  b",
        "(3)",     "?",      ": ", "#7",   "'=x",  "\\",   "\xc2\xa0z", "1",
        "(fixed)", "(left)", "né", ";",    "|",    "\n",   "\t"};
    uint32_t count = 1 + random_below(random, 6);
    const char *text =
        "m"; /* begins and ends with a letter, or a sign a sheet would guard */

    if (random_below(random, 3) == 0)
        text = parts[random_below(random, 22)];
    for (uint32_t i = 0; i < count; i++)
        text = arena_printf(arena, "%s%s", text,
                            parts[random_below(random, is_free ? 31 : 27)]);
    return arena_printf(arena, "%s%s", text, "é");
}

/* What a sheet takes for an id: no colon before a blank, and not all of another one. */
static const char *random_id(struct arena *arena, struct random *random, int number)
{
    const char *id = words(arena, random, false);

    while (strstr(id, ": "))
        id = words(arena, random, false);
    return arena_printf(arena, "%s%d", id, number);
}

static const char *maybe(struct arena *arena, struct random *random)
{
    return random_below(random, 3) ? words(arena, random, true) : NULL;
}

static size_t random_windows(struct arena *arena, struct random *random,
                             const struct weekly_window **out)
{
    struct weekly_window *windows = arena_array(arena, 4, sizeof *windows);
    size_t count = random_below(random, 4);

    for (size_t i = 0; i < count; i++) {
        windows[i].weekday = 1 + (int)random_below(random, 7);
        windows[i].start_min = (int)random_below(random, 1440);
        windows[i].end_min =
            windows[i].start_min + 1 +
            (int)random_below(random, (uint32_t)(1440 - windows[i].start_min));
    }
    *out = windows;
    return count;
}

static struct skill random_skill(struct arena *arena, struct random *random, int number,
                                 const char *parent)
{
    struct skill_label *labels = arena_array(arena, 4, sizeof *labels);
    struct skill skill = {.source = "site",
                          .code = random_id(arena, random, number),
                          .kind = random_below(random, 2) ? "skill" : NULL,
                          .description = maybe(arena, random),
                          .parent_code = random_below(random, 2) ? parent : NULL,
                          .labels = labels,
                          .label_count = 1};

    labels[0] = (struct skill_label){"fr", LABEL_PREFERRED, words(arena, random, true)};
    if (random_below(random, 2))
        labels[skill.label_count++] =
            (struct skill_label){"en", LABEL_PREFERRED, words(arena, random, true)};
    if (random_below(random, 2))
        labels[skill.label_count++] = (struct skill_label){
            "fr", LABEL_ALTERNATIVE,
            arena_printf(arena, "%s %d", words(arena, random, false), number)};
    return skill;
}

static struct person random_person(struct arena *arena, struct random *random, int number,
                                   const int64_t *structures, const int64_t *poles)
{
    struct person_skill *skills = arena_array(arena, 8, sizeof *skills);
    struct person person = someone(words(arena, random, true));

    person.external_id =
        random_below(random, 3) ? random_id(arena, random, number) : NULL;
    if (random_below(random, 2))
        person.email = arena_printf(arena, "n%d+é@exemple.fr", number);
    person.structure_id =
        random_below(random, 2) ? structures[random_below(random, 3)] : 0;
    person.phone = maybe(arena, random);
    person.about = maybe(arena, random);
    person.headline = maybe(arena, random);
    person.commune = maybe(arena, random);
    person.access = maybe(arena, random);
    person.languages = random_below(random, 2) ? "fr ar lsf" : NULL;
    person.formats = random_below(random, 16);
    person.quota_month = (int)random_below(random, 10) - 1;
    person.pause_until =
        random_below(random, 2) ? NOW + (int64_t)random_below(random, 99999) : 0;
    person.confirmed_at =
        random_below(random, 2) ? NOW - (int64_t)random_below(random, 99999) : 0;
    person.state = (enum card_state)random_below(random, 3);
    person.skills = skills;
    person.skill_count = random_below(random, 8);
    for (size_t i = 0; i < person.skill_count; i++)
        skills[i] =
            (struct person_skill){.label = words(arena, random, false),
                                  .level = (enum skill_level)random_below(random, 5),
                                  .is_shared = random_below(random, 2) != 0,
                                  .formats = random_below(random, 16)};
    person.window_count = random_windows(arena, random, &person.windows);
    person.pole_ids = poles + random_below(random, 2);
    person.pole_count = random_below(random, 3);
    return person;
}

static struct need random_need(struct arena *arena, struct random *random, int number,
                               const int64_t people[MANY], const int64_t *skills)
{
    struct need_support *supports = arena_array(arena, 4, sizeof *supports);
    struct need need = {
        .external_id = random_below(random, 2) ? random_id(arena, random, number) : NULL,
        .text = arena_printf(arena, "%s…", words(arena, random, true)),
        .person_id = random_below(random, 2) ? people[random_below(random, MANY)] : 0,
        .skill_id = random_below(random, 2) ? skills[random_below(random, MANY)] : 0,
        .level = (enum skill_level)random_below(random, 5),
        .state = (enum need_state)random_below(random, 5),
        .commune = maybe(arena, random),
        .could_pass_on = maybe(arena, random),
        .email = random_below(random, 2) ? "a@exemple.fr" : NULL,
        .created_at = NOW - (int64_t)random_below(random, 999999),
        .supports = supports,
        .support_count = random_below(random, 4)};

    need.expires_at = need.created_at + 90 * (int64_t)86400;
    for (size_t i = 0; i < need.support_count; i++)
        supports[i] = (struct need_support){
            .person_id = random_below(random, 3) ? people[(size_t)number / 2 + i] : 0,
            .words = random_below(random, 2) ? words(arena, random, false) : NULL,
            .created_at = need.created_at};
    need.window_count = random_windows(arena, random, &need.windows);
    return need;
}

static struct session random_session(struct arena *arena, struct random *random,
                                     int number, const int64_t people[MANY],
                                     const int64_t needs[MANY], const int64_t *skills)
{
    struct session_date *dates = arena_array(arena, 3, sizeof *dates);
    struct registration *seats = arena_array(arena, 6, sizeof *seats);
    struct session session = {
        .external_id = random_below(random, 2) ? random_id(arena, random, number) : NULL,
        .title = words(arena, random, true),
        .about = maybe(arena, random),
        .skill_id = random_below(random, 2) ? skills[random_below(random, MANY)] : 0,
        .level = (enum skill_level)random_below(random, 5),
        .format = (enum format)(1u << random_below(random, 5)),
        .place = maybe(arena, random),
        .commune = maybe(arena, random),
        .seats = 2 + (int)random_below(random, 9),
        .threshold = (int)random_below(random, 3),
        .decide_at = random_below(random, 2) ? NOW + 60 : 0,
        .state = (enum session_state)random_below(random, 4),
        .dates = dates,
        .date_count = random_below(random, 4),
        .trainer_ids = people + number % (MANY - 3),
        .trainer_count = random_below(random, 3),
        .need_ids = needs + number % (MANY - 3),
        .need_count = random_below(random, 3),
        .registrations = seats,
        .registration_count = random_below(random, 7)};
    int taken = 0;

    for (size_t i = 0; i < session.date_count; i++) {
        dates[i].starts_at = NOW / 60 * 60 + 86400 * (int64_t)i;
        dates[i].ends_at =
            dates[i].starts_at + 60 * (1 + (int64_t)random_below(random, 90));
        dates[i].is_fixed = random_below(random, 2) != 0;
    }
    for (size_t i = 0; i < session.registration_count; i++) {
        enum registration_state state = (enum registration_state)random_below(random, 5);
        bool is_taking = state == REGISTRATION_SEATED || state == REGISTRATION_ATTENDED;
        taken += is_taking;
        seats[i] = (struct registration){
            .person_id = people[(size_t)number / 2 + i],
            .state = is_taking && taken > session.seats ? REGISTRATION_LEFT : state,
            .created_at = NOW};
    }
    return session;
}

static err_code link_all(struct db *db, void *argument, struct err *err)
{
    return people_link_skills(db, NOW, argument, err);
}

static err_code set_parent(struct db *db, void *argument, struct err *err)
{
    err_code code = skills_set_parent(db, argument, err);

    return code == ERR_NONE ? save_skill(db, argument, err) : code;
}

static void fill(struct place *place, struct random *random)
{
    struct arena *arena = place->arena;
    int64_t structures[3], poles[3], skills[MANY], people[MANY], needs[MANY];
    int64_t linked;
    const char *parent = NULL;

    for (int i = 0; i < 3; i++) {
        struct structure structure = {.key = arena_printf(arena, "s-%d", i),
                                      .name = words(arena, random, true),
                                      .about = maybe(arena, random),
                                      .commune = maybe(arena, random)};
        run(place, save_structure, &structure);
        structures[i] = structure.id;
    }
    for (int i = 0; i < MANY; i++) {
        struct skill skill = random_skill(arena, random, i, parent);
        run(place, save_skill, &skill);
        run(place, set_parent, &skill);
        skills[i] = skill.id;
        parent = skill.code;
    }
    for (int i = 0; i < 3; i++) {
        struct pole pole = {.key = arena_printf(arena, "p-%d", i),
                            .name = words(arena, random, true),
                            .kind = i ? "trade" : "sales",
                            .about = maybe(arena, random),
                            .skill_ids = skills + i,
                            .skill_count = random_below(random, 5)};
        run(place, save_pole, &pole);
        poles[i] = pole.id;
    }
    for (int i = 0; i < MANY; i++) {
        struct person person = random_person(arena, random, i, structures, poles);
        run(place, save_person, &person);
        people[i] = person.id;
    }
    run(place, link_all, &linked);
    for (int i = 0; i < MANY; i++) {
        struct need need = random_need(arena, random, i, people, skills);
        run(place, save_need, &need);
        needs[i] = need.id;
    }
    for (int i = 0; i < MANY; i++) {
        struct session session = random_session(arena, random, i, people, needs, skills);
        run(place, save_session, &session);
    }
}

static void put_sheet(struct place *place, int kind, const char *path)
{
    struct export_options options = {.kind = kinds[kind].out, .zone = zone_paris};
    FILE *out = fopen(path, "w");
    int64_t rows;
    struct err err = {0};

    assert_non_null(out);
    if (export_run(place->db, &options, out, &rows, &err) != ERR_NONE)
        fail_msg("%s: %s", kinds[kind].name, err.text);
    fclose(out);
    assert_true(rows >= 3);
}

struct import_job {
    struct import_options options;
    struct import_report report;
    struct config config;
};

static err_code run_import(struct db *db, void *argument, struct err *err)
{
    struct import_job *job = argument;

    return import_run(db, &job->options, true, &job->report, err);
}

/* Imports a sheet; how many rows were new or changed. */
static int64_t take_sheet(struct place *place, int kind, const char *path, uint32_t seed)
{
    struct import_job job = {.config = {.need_life_days = 90, .zone = zone_paris}};
    struct err err = {0};
    int64_t written;

    job.options = (struct import_options){.kind = kinds[kind].in,
                                          .path = path,
                                          .source = "site",
                                          .people_state = CARD_PUBLISHED,
                                          .is_create = true,
                                          .config = &job.config,
                                          .now = NOW + 7};
    import_report_init(&job.report);
    if (writer_do(place->writer, run_import, &job, &err) != ERR_NONE)
        fail_msg("seed %u, %s: %s\n%s", seed, kinds[kind].name, err.text,
                 job.report.lines.bytes);
    written = job.report.added + job.report.changed + job.report.removed;
    import_report_done(&job.report);
    return written;
}

static void same_file(const char *a, const char *b, const char *name, uint32_t seed)
{
    struct text x, y;
    struct err err = {0};

    text_init(&x, SHEET_BYTES_MOST);
    text_init(&y, SHEET_BYTES_MOST);
    assert_int_equal(file_read(a, &x, &err), ERR_NONE);
    assert_int_equal(file_read(b, &y, &err), ERR_NONE);
    for (size_t i = 0; i <= x.length; i++)
        if (x.bytes[i] != y.bytes[i]) {
            size_t from = i > 80 ? i - 80 : 0;
            fail_msg("seed %u, %s: \"%.160s\" came back as \"%.160s\"", seed, name,
                     x.bytes + from, y.bytes + (from < y.length ? from : y.length));
        }
    assert_int_equal(x.length, y.length);
    text_done(&x);
    text_done(&y);
}

static void round_trip(struct place *place, struct place *fresh, uint32_t seed)
{
    struct random random;
    char paths[KINDS][128], again[128];

    random_init(&random, seed);
    fill(place, &random);
    snprintf(again, sizeof again, "%s/again.csv", place->folder);
    for (int i = 0; i < KINDS; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/%s.csv", place->folder, kinds[i].name);
        put_sheet(place, i, paths[i]);
    }
    for (int i = 0; i < KINDS; i++) { /* the same records: nothing is new or changed */
        int64_t written = take_sheet(place, i, paths[i], seed);
        if (written) {
            put_sheet(place, i, again);
            same_file(paths[i], again, kinds[i].name, seed);
            fail_msg("seed %u: %d rows of %s changed", seed, (int)written, kinds[i].name);
        }
    }
    for (int i = 0; i < KINDS; i++) /* fresh records: the same sheets */
        take_sheet(fresh, i, paths[i], seed);
    for (int i = 0; i < KINDS; i++) {
        put_sheet(fresh, i, again);
        same_file(paths[i], again, kinds[i].name, seed);
    }
    for (int i = 0; i < KINDS; i++)
        unlink(paths[i]);
    unlink(again);
}

static void what_goes_out_comes_in_again(void **state)
{
    const char *wanted = getenv("ETABLI_SEEDS");
    uint32_t seeds = wanted ? (uint32_t)strtoul(wanted, NULL, 10) : SEEDS;

    (void)state;
    for (uint32_t seed = 1; seed <= seeds; seed++) {
        void *place, *fresh;
        assert_int_equal(set_up(&place), 0);
        assert_int_equal(set_up(&fresh), 0);
        round_trip(place, fresh, seed);
        tear_down(&place);
        tear_down(&fresh);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_goes_out_comes_in_again)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
