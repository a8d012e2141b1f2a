/* Records in a folder of their own, and short ways to write and to expect. */
#ifndef TESTS_STORE_PLACE_H
#define TESTS_STORE_PLACE_H

#include "store/needs.h"
#include "store/people.h"
#include "store/sessions.h"
#include "store/skills.h"
#include "store/structures.h"
#include "store/writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

enum { NOW = 1800000000 };

struct place {
    char folder[64], address[96];
    struct arena *arena;
    struct writer *writer;
    struct db *db; /* reads */
};

int set_up(void **state);
int tear_down(void **state);
err_code save_person(struct db *db, void *argument, struct err *err);
err_code save_skill(struct db *db, void *argument, struct err *err);
err_code save_need(struct db *db, void *argument, struct err *err);
err_code save_session(struct db *db, void *argument, struct err *err);
err_code save_pole(struct db *db, void *argument, struct err *err);
err_code save_structure(struct db *db, void *argument, struct err *err);
void run(struct place *place, write_job job, void *argument);
void expect(err_code expected, err_code got, const struct err *err, const char *words);
int64_t last_change(struct place *place);
struct person someone(const char *name);

#define RECORDS_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
