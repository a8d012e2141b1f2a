/* Records in a folder of their own. */
#include "tests/store/place.h"

#include "store/change.h"
#include "store/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ARENA_MAX = 64 << 20 };

int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    struct err err = {0};

    snprintf(place->folder, sizeof place->folder, "/tmp/etabli-records-XXXXXX");
    if (!mkdtemp(place->folder))
        return -1;
    snprintf(place->address, sizeof place->address, "%s/etabli.sqlite", place->folder);
    place->arena = arena_new(ARENA_MAX);
    *state = place;
    if (migrate(place->address, NOW, NULL, NULL, &err) != ERR_NONE ||
        writer_open(&place->writer, place->address, &err) != ERR_NONE)
        return -1;
    return db_open(&place->db, place->address, DB_READ, &err) == ERR_NONE ? 0 : -1;
}

int tear_down(void **state)
{
    struct place *place = *state;
    static const char *const ends[] = {"", "-wal", "-shm"};
    char path[128];

    db_close(place->db);
    writer_close(place->writer);
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", place->address, ends[i]);
        unlink(path);
    }
    rmdir(place->folder);
    arena_free(place->arena);
    free(place);
    return 0;
}

err_code save_person(struct db *db, void *argument, struct err *err)
{
    return people_save(db, argument, NOW, err);
}

err_code save_skill(struct db *db, void *argument, struct err *err)
{
    return skills_save(db, argument, false, NOW, err);
}

err_code save_need(struct db *db, void *argument, struct err *err)
{
    return needs_save(db, argument, NOW, err);
}

err_code save_session(struct db *db, void *argument, struct err *err)
{
    return sessions_save(db, argument, NOW, err);
}

err_code save_pole(struct db *db, void *argument, struct err *err)
{
    return poles_save(db, argument, NOW, err);
}

err_code save_structure(struct db *db, void *argument, struct err *err)
{
    return structures_save(db, argument, NOW, err);
}

void run(struct place *place, write_job job, void *argument)
{
    struct err err = {0};

    if (writer_do(place->writer, job, argument, &err) != ERR_NONE)
        fail_msg("%s", err.text);
}

void expect(err_code expected, err_code got, const struct err *err, const char *words)
{
    assert_int_equal(got, expected);
    assert_int_equal(err->code, expected);
    if (!strstr(err->text, words))
        fail_msg("\"%s\" does not say \"%s\"", err->text, words);
}

int64_t last_change(struct place *place)
{
    int64_t number = -1;
    struct err err = {0};

    assert_int_equal(change_last(place->db, &number, &err), ERR_NONE);
    return number;
}

struct person someone(const char *name)
{
    return (struct person){.name = name, .quota_month = -1, .state = CARD_PUBLISHED};
}
