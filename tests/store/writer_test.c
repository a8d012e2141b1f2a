/* Writes are whole or not at all, follow one another without gaps, and survive a kill. */
#include "tests/store/place.h"

#include "store/change.h"
#include "store/check.h"
#include "store/migrate.h"
#include "store/schema.h"
#include "store/skill_names.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KILLS = 60 };

static err_code write_in_silence(struct db *db, void *argument, struct err *err)
{
    (void)argument;
    return db_execute(db, "INSERT INTO pole VALUES (9, 'k', 'n', 'trade', NULL, 1)", err);
}

static err_code save_then_fail(struct db *db, void *argument, struct err *err)
{
    err_code code = people_save(db, argument, NOW, err);

    return code == ERR_NONE ? err_set(err, ERR_LIMIT, "enough") : code;
}

static void a_write_without_its_change_row_is_rolled_back(void **state)
{
    struct place *place = *state;
    struct pole pole;
    struct err err = {0};

    expect(ERR_STORE, writer_do(place->writer, write_in_silence, NULL, &err), &err,
           "change log");
    err_clear(&err);
    expect(ERR_NOT_FOUND, poles_get(place->db, place->arena, 9, &pole, &err), &err, "9");
}

static void a_job_that_fails_leaves_nothing(void **state)
{
    struct place *place = *state;
    struct person person = someone("Ali"), other = someone("Bea");
    int64_t count = -1;
    struct err err = {0};

    expect(ERR_LIMIT, writer_do(place->writer, save_then_fail, &person, &err), &err,
           "enough");
    err_clear(&err);
    run(place, save_person, &other);
    assert_int_equal(people_count(place->db, &count, &err), ERR_NONE);
    assert_int_equal(count, 1);
    assert_int_equal(last_change(place), 1);
}

static void a_reading_connection_cannot_write(void **state)
{
    struct place *place = *state;
    struct err err = {0};

    expect(ERR_STORE, change_note(place->db, THING_POLE, 1, NOW, &err), &err, "readonly");
}

static void a_full_disk_is_said_in_words_and_passes(void **state)
{
    struct place *place = *state;
    struct db *db;
    char *big = malloc(1 << 20);
    struct person person = someone("Big");
    int64_t count = -1;
    struct err err = {0};

    memset(big, 'a', (1 << 20) - 1);
    big[(1 << 20) - 1] = '\0';
    person.about = big;
    assert_int_equal(db_open(&db, place->address, DB_WRITE, &err), ERR_NONE);
    assert_int_equal(db_execute(db, "PRAGMA max_page_count = 80", &err), ERR_NONE);
    expect(ERR_STORE, people_save(db, &person, NOW, &err), &err, "the disk is full");
    err_clear(&err);
    assert_int_equal(db_execute(db, "PRAGMA max_page_count = 100000", &err), ERR_NONE);
    assert_int_equal(people_save(db, &person, NOW, &err), ERR_NONE);
    db_close(db);
    assert_int_equal(people_count(place->db, &count, &err), ERR_NONE);
    assert_int_equal(count, 1);
    free(big);
}

static void another_writer_that_stays_makes_the_records_busy(void **state)
{
    struct place *place = *state;
    struct db *db;
    struct person person = someone("Tom");
    struct err err = {0};

    assert_int_equal(db_open(&db, place->address, DB_WRITE, &err), ERR_NONE);
    assert_int_equal(db_execute(db, "BEGIN IMMEDIATE", &err), ERR_NONE);
    expect(ERR_BUSY, writer_do(place->writer, save_person, &person, &err), &err,
           "another program is writing");
    assert_int_equal(db_execute(db, "ROLLBACK", NULL), ERR_NONE);
    db_close(db);
    person.id = 0;
    run(place, save_person, &person);
}

static void migrating_twice_does_nothing_the_second_time(void **state)
{
    struct place *place = *state;
    struct stat about;
    int from = -1, to = -1;
    struct err err = {0};

    assert_int_equal(migrate(place->address, NOW, &from, &to, &err), ERR_NONE);
    assert_int_equal(from, to);
    assert_true(from >= 1);
    assert_int_equal(stat(place->address, &about), 0);
    assert_int_equal(about.st_mode & 0137, 0);
}

/* Records as the first schema left them, with someone in them. */
/* Records as the first schema had them, with one person. */
static void go_back_to_the_first_schema(struct place *place)
{
    struct err err = {0};
    struct db *db;

    db_close(place->db);
    writer_close(place->writer);
    place->db = NULL;
    place->writer = NULL;
    assert_int_equal(unlink(place->address), 0);
    assert_int_equal(db_open_any(&db, place->address, DB_WRITE, &err), ERR_NONE);
    assert_int_equal(db_execute(db, schema_texts[0], &err), ERR_NONE);
    assert_int_equal(
        db_execute(db,
                   "INSERT INTO person (id, name, name_folded, formats, quota_month, state, "
                   "created_at, updated_at, version) "
                   "VALUES (1, 'Ancienne', 'ancienne', 0, -1, 1, 1, 1, 1); "
                   "INSERT INTO sequence VALUES ('person', 1); "
                   "INSERT INTO change VALUES (1, 0, 1, 1)",
                   &err),
        ERR_NONE);
    assert_int_equal(db_set_schema_number(db, 1, &err), ERR_NONE);
    db_close(db);
}

static void older_records_are_brought_to_this_schema_and_kept(void **state)
{
    struct place *place = *state;
    struct db *db;
    int64_t count = 0, id = -1;
    int from = 0, to = 0;
    struct err err = {0};

    go_back_to_the_first_schema(place);
    expect(ERR_STORE, db_open(&db, place->address, DB_READ, &err), &err,
           "etabli migrate");
    err_clear(&err);
    assert_int_equal(migrate(place->address, NOW, &from, &to, &err), ERR_NONE);
    assert_true(from == 1 && to == schema_latest && to > 1);
    assert_int_equal(db_open(&place->db, place->address, DB_READ, &err), ERR_NONE);
    assert_int_equal(people_count(place->db, &count, &err), ERR_NONE);
    assert_int_equal(count, 1);
    assert_int_equal(skill_named(place->db, "nobody knows", &id, &err), ERR_NONE);
    assert_int_equal(id, 0);
}

static void a_schema_step_that_fails_is_undone(void **state)
{
    struct place *place = *state;
    struct db *db;
    int number = 0;
    struct err err = {0};

    go_back_to_the_first_schema(place);
    assert_int_equal(db_open_any(&db, place->address, DB_WRITE, &err), ERR_NONE);
    assert_int_equal(db_execute(db, "CREATE TABLE skill_code (a)", &err), ERR_NONE);
    expect(ERR_STORE, migrate(place->address, NOW, NULL, NULL, &err), &err, "skill_code");
    err_clear(&err);
    assert_int_equal(db_schema_number(db, &number, &err), ERR_NONE);
    assert_int_equal(number, 1);
    assert_int_equal(db_execute(db, "DROP TABLE skill_code", &err), ERR_NONE);
    db_close(db);
    assert_int_equal(migrate(place->address, NOW, NULL, NULL, &err), ERR_NONE);
}

static void a_newer_schema_is_refused_with_both_numbers(void **state)
{
    struct place *place = *state;
    struct db *db;
    struct err err = {0};

    assert_int_equal(db_open(&db, place->address, DB_WRITE, &err), ERR_NONE);
    assert_int_equal(db_set_schema_number(db, 999, &err), ERR_NONE);
    db_close(db);
    expect(ERR_STORE, migrate(place->address, NOW, NULL, NULL, &err), &err, "schema 999");
    err_clear(&err);
    expect(ERR_STORE, db_open(&db, place->address, DB_READ, &err), &err,
           "this program knows");
}

static void records_that_are_not_there_or_not_records_are_refused(void **state)
{
    struct place *place = *state;
    char path[128];
    struct db *db;
    int file;
    struct err err = {0};

    snprintf(path, sizeof path, "%s/none.sqlite", place->folder);
    expect(ERR_STORE, db_open(&db, path, DB_READ, &err), &err, "none.sqlite");
    err_clear(&err);
    file = open(path, O_CREAT | O_WRONLY, 0600);
    assert_true(write(file, "this is a letter to a friend, not records\n", 42) == 42);
    close(file);
    expect(ERR_STORE, migrate(path, NOW, NULL, NULL, &err), &err, "not a database");
    unlink(path);
}

static void every_statement_is_read_by_sqlite(void **state)
{
    struct place *place = *state;
    struct stmt *stmt;
    struct err err = {0};

    for (int i = 0; i < QUERY_COUNT; i++)
        if (db_query(place->db, (enum query)i, &stmt, &err) != ERR_NONE)
            fail_msg("%s: %s", query_names[i], err.text);
}

static void *write_fifty(void *argument)
{
    struct writer *writer = argument;

    for (int i = 0; i < 50; i++) {
        struct person person = someone("Fil");
        struct err err = {0};
        err_code code;
        do { /* busy for too long is told, and nothing is written then */
            code = writer_do(writer, save_person, &person, &err);
        } while (code == ERR_BUSY);
        if (code != ERR_NONE)
            return argument;
    }
    return NULL;
}

static void check_numbers(struct place *place, size_t expected)
{
    struct change *changes;
    size_t count;
    struct err err = {0};

    assert_int_equal(
        change_after(place->db, place->arena, 0, 100000, &changes, &count, &err),
        ERR_NONE);
    assert_int_equal(count, expected);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(changes[i].number, i + 1);
}

static void threads_and_programs_write_together_without_gaps(void **state)
{
    struct place *place = *state;
    pthread_t threads[8];
    struct writer *own;
    struct err err = {0};
    void *trouble;
    int status;
    pid_t child;

    writer_close(place->writer); /* a fork beside a thread may inherit a held lock */
    place->writer = NULL;
    child = fork();
    assert_true(child >= 0);
    if (child == 0) { /* a program of its own: an import while the site runs */
        if (writer_open(&own, place->address, &err) != ERR_NONE || write_fifty(own))
            _exit(1);
        writer_close(own);
        _exit(0);
    }
    assert_int_equal(writer_open(&place->writer, place->address, &err), ERR_NONE);
    for (int i = 0; i < 8; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, write_fifty, place->writer),
                         0);
    for (int i = 0; i < 8; i++) {
        pthread_join(threads[i], &trouble);
        assert_null(trouble);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    check_numbers(place, 450);
}

struct scribe {
    struct writer *writer;
    int out;
};

static void *write_for_ever(void *argument)
{
    struct scribe *scribe = argument;

    for (;;) {
        struct person person = someone("Tué");
        struct err err = {0};
        if (writer_do(scribe->writer, save_person, &person, &err) != ERR_NONE ||
            write(scribe->out, &person.id, sizeof person.id) != (ssize_t)sizeof person.id)
            _exit(1);
    }
    return NULL;
}

/* Four threads write until killed, so that commits are shared; each id is said once it is
 * acknowledged. */
static void write_until_killed(const char *address, int out)
{
    struct scribe scribe = {.out = out};
    struct err err = {0};
    pthread_t thread;

    if (writer_open(&scribe.writer, address, &err) != ERR_NONE)
        _exit(1);
    for (int i = 0; i < 3; i++)
        if (pthread_create(&thread, NULL, write_for_ever, &scribe) != 0)
            _exit(1);
    write_for_ever(&scribe);
}

static void acknowledged_writes_survive_a_kill(void **state)
{
    struct place *place = *state;
    const char *wanted = getenv("ETABLI_KILLS");
    int kills = wanted ? (int)strtol(wanted, NULL, 10) : KILLS;
    size_t acknowledged = 0;
    int64_t troubles = 0;
    struct text lines;
    struct err err = {0};

    writer_close(place->writer); /* a fork beside a thread may inherit a held lock */
    place->writer = NULL;
    for (int i = 0; i < kills; i++) {
        int ends[2];
        int64_t id;
        struct person got;
        pid_t child;
        assert_int_equal(pipe(ends), 0);
        child = fork();
        assert_true(child >= 0);
        if (child == 0)
            write_until_killed(place->address, ends[1]);
        close(ends[1]);
        assert_true(read(ends[0], &id, sizeof id) ==
                    (ssize_t)sizeof id); /* it is at it */
        usleep(20000 + (useconds_t)(i * 7919 % 30000));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        do {
            assert_int_equal(people_get(place->db, place->arena, id, &got, &err),
                             ERR_NONE);
            acknowledged++;
        } while (read(ends[0], &id, sizeof id) == (ssize_t)sizeof id);
        close(ends[0]);
        arena_reset(place->arena);
    }
    assert_true(acknowledged >= (size_t)kills);
    text_init(&lines, 1 << 16);
    assert_int_equal(records_check(place->db, &lines, &troubles, &err), ERR_NONE);
    if (troubles)
        fail_msg("after the kills: %s", lines.bytes);
    text_done(&lines);
    print_message("# %d kills, %zu acknowledged writes, none lost\n", kills,
                  acknowledged);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RECORDS_TEST(a_write_without_its_change_row_is_rolled_back),
        RECORDS_TEST(a_job_that_fails_leaves_nothing),
        RECORDS_TEST(a_reading_connection_cannot_write),
        RECORDS_TEST(a_full_disk_is_said_in_words_and_passes),
        RECORDS_TEST(another_writer_that_stays_makes_the_records_busy),
        RECORDS_TEST(migrating_twice_does_nothing_the_second_time),
        RECORDS_TEST(older_records_are_brought_to_this_schema_and_kept),
        RECORDS_TEST(a_schema_step_that_fails_is_undone),
        RECORDS_TEST(a_newer_schema_is_refused_with_both_numbers),
        RECORDS_TEST(records_that_are_not_there_or_not_records_are_refused),
        RECORDS_TEST(every_statement_is_read_by_sqlite),
        RECORDS_TEST(threads_and_programs_write_together_without_gaps),
        RECORDS_TEST(acknowledged_writes_survive_a_kill),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
