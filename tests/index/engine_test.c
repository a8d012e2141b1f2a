/* What the wall before Xapian keeps of removed documents, and what a reader whose view is
 * too old is told (with the sanitizers: without losing memory). */
#include "indexer/engine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

/* More than one list of removed numbers holds. */
enum { DOCUMENTS = 40000, STEP = 1000, ROUNDS = 3 };

struct site {
    char folder[64], index[80];
    struct engine_writer *writer;
    struct engine *engine;
};

static int set_up(void **state)
{
    struct site *site = calloc(1, sizeof *site);
    struct err err = {0};

    assert_non_null(site);
    snprintf(site->folder, sizeof site->folder, "engine-test-XXXXXX");
    assert_non_null(mkdtemp(site->folder));
    snprintf(site->index, sizeof site->index, "%s/index", site->folder);
    assert_int_equal(engine_writer_open(&site->writer, site->index, false, &err),
                     ERR_NONE);
    *state = site;
    return 0;
}

static int tear_down(void **state)
{
    struct site *site = *state;
    char command[128];

    engine_close(site->engine);
    engine_writer_close(site->writer);
    snprintf(command, sizeof command, "rm -rf '%s'", site->folder);
    assert_int_equal(system(command), 0);
    free(site);
    return 0;
}

static uint32_t put(struct site *site, unsigned number)
{
    const struct engine_term term = {.term = "all", .count = 1};
    char unique[16];
    const struct engine_document document = {.unique = unique,
                                             .terms = &term,
                                             .term_count = 1,
                                             .later = "later"};
    struct err err = {0};
    uint32_t docid = 0;

    snprintf(unique, sizeof unique, "Q%u", number);
    assert_int_equal(engine_put(site->writer, &document, &docid, &err), ERR_NONE);
    return docid;
}

static uint32_t take(struct site *site, unsigned number)
{
    char unique[16];
    struct err err = {0};
    uint32_t docid = 0;

    snprintf(unique, sizeof unique, "Q%u", number);
    assert_int_equal(engine_remove(site->writer, unique, &docid, &err), ERR_NONE);
    return docid;
}

static void commit(struct site *site)
{
    struct err err = {0};

    assert_int_equal(engine_commit(site->writer, 1, 0, &err), ERR_NONE);
}

struct heard {
    uint32_t docids[DOCUMENTS / STEP + 1];
    size_t count;
};

static void hear(void *state, uint32_t docid)
{
    struct heard *heard = state;

    assert_true(heard->count < sizeof heard->docids / sizeof *heard->docids);
    heard->docids[heard->count++] = docid;
}

static void removed_documents_are_told_each_once(void **state)
{
    struct site *site = *state;
    struct heard heard = {0}, expected = {0};
    struct err err = {0};

    for (unsigned i = 0; i < DOCUMENTS; i++)
        put(site, i);
    commit(site);
    for (unsigned i = 0; i < DOCUMENTS; i += STEP) {
        uint32_t docid = take(site, i);
        assert_true(docid > 0);
        hear(&expected, docid);
        commit(site);
    }
    assert_int_equal(take(site, 0), 0); /* it is gone already */
    commit(site);
    assert_int_equal(engine_open(&site->engine, site->index, &err), ERR_NONE);
    assert_int_equal(engine_removed(site->engine, hear, &heard, &err), ERR_NONE);
    assert_int_equal(heard.count, expected.count);
    for (size_t i = 0; i < heard.count; i++)
        assert_int_equal(heard.docids[i], expected.docids[i]);
}

static void ignore(void *state, uint32_t docid)
{
    (void)state;
    (void)docid;
}

static bool ignore_term(void *state, const char *term, int64_t frequency)
{
    (void)state;
    (void)term;
    (void)frequency;
    return true;
}

/* Written twice since it was opened: some of what is asked must fail, or this tests
 * nothing. */
static void an_old_view_is_busy_and_loses_nothing(void **state)
{
    struct site *site = *state;
    struct err err = {0};
    bool is_newer;
    int busy = 0;

    for (unsigned round = 0; round < ROUNDS; round++) {
        for (unsigned i = 0; i < STEP; i++)
            put(site, i);
        take(site, round);
        commit(site);
        if (!site->engine)
            assert_int_equal(engine_open(&site->engine, site->index, &err), ERR_NONE);
        assert_int_equal(engine_reopen(site->engine, &is_newer, &err), ERR_NONE);
        for (unsigned again = 0; again < 2; again++) {
            for (unsigned i = 0; i < STEP; i++)
                put(site, i);
            take(site, STEP - 1 - 2 * round - again);
            commit(site);
        }
        busy += engine_removed(site->engine, ignore, NULL, &err) == ERR_BUSY;
        busy += engine_documents(site->engine, "all", ignore, NULL, &err) == ERR_BUSY;
        busy += engine_terms(site->engine, "Q", ignore_term, NULL, &err) == ERR_BUSY;
    }
    assert_true(busy >= (int)ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(removed_documents_are_told_each_once, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_old_view_is_busy_and_loses_nothing, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
