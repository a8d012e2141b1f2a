/* Each allocation made to fail in turn, ours and those of the libraries below us: the
 * answer is an error in words, nothing half-written is left, nothing is lost, and the
 * next try succeeds.
 *
 * malloc and its kin are replaced for the whole program; the Nth call after arm(N) fails,
 * and every later one when asked. Not with sanitizers, which replace them too. */
#include "tests/store/place.h"

#include "config/config.h"
#include "exchange/action/export.h"
#include "exchange/action/import.h"
#include "store/backup.h"
#include "store/change.h"
#include "store/check.h"
#include "store/migrate.h"
#include "store/skill_names.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
#define CAN_FAIL 1
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void __libc_free(void *memory);
#else
#define CAN_FAIL 0
#endif

static atomic_long countdown = -1; /* calls until one fails; below 0: none does */
static atomic_bool all_after;      /* so do those behind it */
static atomic_long failures, living;

#if CAN_FAIL
static bool must_fail(void)
{
    long before;

    if (atomic_load(&countdown) < 0)
        return false;
    before = atomic_load(&countdown);
    if (before > 0) {
        atomic_fetch_sub(&countdown, 1);
        return false;
    }
    if (!atomic_load(&all_after))
        atomic_store(&countdown, -1);
    atomic_fetch_add(&failures, 1);
    return true;
}

void *malloc(size_t size)
{
    void *memory = must_fail() ? NULL : __libc_malloc(size);

    atomic_fetch_add(&living, memory != NULL);
    return memory;
}

void *calloc(size_t count, size_t size)
{
    void *memory = must_fail() ? NULL : __libc_calloc(count, size);

    atomic_fetch_add(&living, memory != NULL);
    return memory;
}

void *realloc(void *memory, size_t size)
{
    void *moved = must_fail() ? NULL : __libc_realloc(memory, size);

    atomic_fetch_add(&living, !memory && moved);
    return moved;
}

void free(void *memory)
{
    atomic_fetch_sub(&living, memory != NULL);
    __libc_free(memory);
}
#endif

static void arm(long nth, bool is_for_all)
{
    atomic_store(&failures, 0);
    atomic_store(&all_after, is_for_all);
    atomic_store(&countdown, nth);
}

static void disarm(void)
{
    atomic_store(&countdown, -1);
}

/* What is tried, from opening to closing: the state of the records it leaves. */
typedef err_code (*trial)(struct place *place, struct err *err);

static err_code in_transaction(struct place *place, write_job job, void *argument,
                               struct err *err)
{
    struct db *db;
    err_code code = db_open(&db, place->address, DB_WRITE, err);

    if (code != ERR_NONE)
        return code;
    code = db_execute(db, "BEGIN IMMEDIATE", err);
    if (code == ERR_NONE)
        code = job(db, argument, err);
    if (code == ERR_NONE)
        code = db_execute(db, "COMMIT", err);
    db_close(db);
    return code;
}

static err_code save_a_person(struct place *place, struct err *err)
{
    struct person_skill skills[] = {{.label = "coudre", .level = LEVEL_TRAINS}};
    struct weekly_window window = {2, 600, 700};
    struct person person = someone("Nouvelle");

    person.email = "nouvelle@exemple.fr";
    person.skills = skills;
    person.skill_count = 1;
    person.windows = &window;
    person.window_count = 1;
    return in_transaction(place, save_person, &person, err);
}

static err_code through_the_writer(struct place *place, struct err *err)
{
    struct person person = someone("Nouvelle");
    struct writer *writer;
    err_code code = writer_open(&writer, place->address, err);

    if (code != ERR_NONE)
        return code;
    code = writer_do(writer, save_person, &person, err);
    writer_close(writer);
    return code;
}

static err_code read_all(struct place *place, struct err *err)
{
    struct arena *arena = arena_new(1 << 24);
    struct people_filter filter = {.most = 20};
    struct person *people;
    struct skill *skills;
    struct db *db = NULL;
    size_t count;
    int64_t total, id;
    err_code code = arena ? db_open(&db, place->address, DB_READ, err)
                          : err_set(err, ERR_MEMORY, "no memory");

    if (code == ERR_NONE)
        code = people_list(db, arena, &filter, &people, &count, &total, err);
    if (code == ERR_NONE)
        code = people_next(db, arena, 0, 50, &people, &count, err);
    if (code == ERR_NONE)
        code = skills_next(db, arena, 0, 50, &skills, &count, err);
    if (code == ERR_NONE)
        code = skill_named(db, "coudre", &id, err);
    db_close(db);
    arena_free(arena);
    return code;
}

static err_code check_all(struct place *place, struct err *err)
{
    struct text lines;
    struct db *db;
    int64_t troubles = 0;
    err_code code = db_open(&db, place->address, DB_READ, err);

    if (code != ERR_NONE)
        return code;
    text_init(&lines, 1 << 16);
    code = records_check(db, &lines, &troubles, err);
    if (code == ERR_NONE && troubles)
        code = err_set(err, ERR_STORE, "%.200s", lines.bytes);
    text_done(&lines);
    db_close(db);
    return code;
}

static err_code back_up(struct place *place, struct err *err)
{
    struct backup backup;
    char path[128];
    err_code code;

    snprintf(path, sizeof path, "%s/copy", place->folder);
    code = records_backup(place->address, path, NULL, &backup, err);
    unlink(path);
    return code;
}

static err_code migrate_again(struct place *place, struct err *err)
{
    return migrate(place->address, NOW, NULL, NULL, err);
}

static const char sheet[] =
    "id;nom;structure;pole;competences;courriel;disponibilites\n"
    "7;Zoé;La Ruche;Bois;coudre (3), souder;z@exemple.fr;lun 9h-10h\n";
static const char settings[] =
    "site:\n  name: Essai\npoles:\n  - {key: bois, name: Bois, kind: "
    "trade, skills: [coudre]}\n";

static void put_file(struct place *place, const char *name, const char *content,
                     char path[128])
{
    FILE *out;

    snprintf(path, 128, "%s/%s", place->folder, name);
    out = fopen(path, "w");
    assert_non_null(out);
    fputs(content, out);
    fclose(out);
}

static err_code run_import(struct db *db, void *argument, struct err *err)
{
    struct import_report report;
    int64_t id = 0;
    err_code code = people_find_external(db, "7", &id, err);

    if (code == ERR_NONE && id) /* new each time */
        code = people_erase(db, id, NOW, err);
    if (code != ERR_NONE)
        return code;
    import_report_init(&report);
    code = import_run(db, argument, true, &report, err);
    if (code == ERR_NONE && report.added != 1)
        code = err_set(err, ERR_INVALID, "nobody was added");
    import_report_done(&report);
    return code;
}

static err_code import_a_sheet(struct place *place, struct err *err)
{
    static struct config config; /* only its zone is read */
    char path[128];
    struct import_options options = {.kind = IMPORT_PEOPLE,
                                     .people_state = CARD_PUBLISHED,
                                     .config = &config,
                                     .now = NOW};

    snprintf(path, sizeof path, "%s/sheet.csv", place->folder);
    options.path = path;
    return in_transaction(place, run_import, &options, err);
}

static err_code export_all(struct place *place, struct err *err)
{
    struct export_options options = {.kind = EXPORT_PEOPLE};
    struct db *db;
    int64_t rows;
    FILE *out;
    err_code code = db_open(&db, place->address, DB_READ, err);

    if (code != ERR_NONE)
        return code;
    out = fopen("/dev/null", "w");
    code = out ? export_run(db, &options, out, &rows, err)
               : err_set(err, ERR_MEMORY, "no file");
    if (out)
        fclose(out);
    db_close(db);
    return code;
}

static err_code read_settings(struct place *place, struct err *err)
{
    struct arena *arena = arena_new(1 << 24);
    struct config config;
    struct text mistakes;
    char path[128];
    err_code code;

    if (!arena)
        return err_set(err, ERR_MEMORY, "no memory");
    snprintf(path, sizeof path, "%s/site.yaml", place->folder);
    text_init(&mistakes, 1 << 16);
    code = config_read(arena, path, &config, &mistakes, err);
    if (code == ERR_NONE && strcmp(config.site_name, "Essai") != 0)
        code = err_set(err, ERR_INVALID, "the name is \"%s\"", config.site_name);
    text_done(&mistakes);
    arena_free(arena);
    return code;
}

static int64_t people_now(struct place *place)
{
    int64_t count = -1;
    struct err err = {0};
    struct db *db;

    assert_int_equal(db_open(&db, place->address, DB_READ, &err), ERR_NONE);
    assert_int_equal(people_count(db, &count, &err), ERR_NONE);
    db_close(db);
    return count;
}

/* One try with the Nth allocation failing. True when none failed any more. */
static bool try_once(struct place *place, trial run_trial, long nth, bool is_for_all)
{
    int64_t before = people_now(place), after;
    struct err err = {0}, sound = {0};
    err_code code;
    long failed;

    arm(nth, is_for_all);
    code = run_trial(place, &err);
    disarm();
    failed = atomic_load(&failures);
    after = people_now(place);
    if (code == ERR_NONE) /* what failed could be done without */
        assert_true(after == before || after == before + 1);
    else if (!err.text[0] || err.code != code ||
             (after != before && code != ERR_UNCERTAIN))
        fail_msg("call %ld: code %d, text \"%s\", people %d to %d", nth, code, err.text,
                 (int)before, (int)after);
    if (code != ERR_NONE && failed == 0)
        fail_msg("call %ld did not fail and yet: %s", nth, err.text);
    if (check_all(place, &sound) != ERR_NONE)
        fail_msg("call %ld left the records so: %s", nth, sound.text);
    return failed == 0;
}

static void fail_each(struct place *place, trial run_trial, const char *name,
                      bool is_threaded)
{
    struct err err = {0};
    long tries = 0, lives;

    assert_int_equal(run_trial(place, &err),
                     ERR_NONE); /* what is kept for good is kept now */
    lives = atomic_load(&living);
    for (int is_for_all = 0; is_for_all < 2; is_for_all++)
        for (long nth = 0;;
             nth += 1 + nth / 20, tries++) /* the first 20, then ever fewer */
            if (try_once(place, run_trial, nth, is_for_all != 0))
                break;
    print_message("# %s: %ld tries\n", name, tries);
    assert_true(tries > 20);
    if (!is_threaded && atomic_load(&living) != lives)
        fail_msg("%s: %ld allocations were not given back", name,
                 atomic_load(&living) - lives);
}

static void everything_fails_in_turn(void **state)
{
    static const struct {
        const char *name;
        trial run;
        bool is_threaded;
    } trials[] = {{"saving a person", save_a_person, false},
                  {"the writer", through_the_writer, true},
                  {"reading", read_all, false},
                  {"importing", import_a_sheet, false},
                  {"exporting", export_all, false},
                  {"checking", check_all, false},
                  {"backing up", back_up, false},
                  {"migrating", migrate_again, false},
                  {"settings", read_settings, false}};
    struct place *place = *state;
    struct skill_label label = {"fr", LABEL_PREFERRED, "coudre"};
    struct skill skill = {
        .source = "site", .code = "c", .labels = &label, .label_count = 1};
    char path[128], other[128];

#if !CAN_FAIL
    print_message("# allocations cannot be made to fail in this build\n");
    skip();
#endif
    run(place, save_skill, &skill);
    writer_close(place->writer);
    place->writer = NULL;
    put_file(place, "sheet.csv", sheet, path);
    put_file(place, "site.yaml", settings, other);
    for (size_t i = 0; i < sizeof trials / sizeof trials[0]; i++)
        fail_each(place, trials[i].run, trials[i].name, trials[i].is_threaded);
    unlink(path);
    unlink(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {RECORDS_TEST(everything_fails_in_turn)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
