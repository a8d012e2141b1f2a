/* An index made anew is written in parts that are merged: who stands in which part makes
 * no difference, before or after the next change, and a making that stops leaves nothing.
 */
#include "indexer/search.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PEOPLE = 10100, NOW = 1800000000, FIRST_LETTERS = 26 };

struct site {
    char folder[64];
    struct arena *arena;
    struct config config;
    struct search_writer *writer;
};

static int set_up(void **state)
{
    struct site *site = calloc(1, sizeof *site);
    struct err err = {0};

    assert_non_null(site);
    snprintf(site->folder, sizeof site->folder, "rebuild-test-XXXXXX");
    assert_non_null(mkdtemp(site->folder));
    site->arena = arena_new(64 << 20);
    assert_non_null(site->arena);
    assert_int_equal(config_defaults(site->arena, &site->config, &err), ERR_NONE);
    *state = site;
    return 0;
}

static int tear_down(void **state)
{
    struct site *site = *state;
    char command[128];

    search_writer_close(site->writer);
    arena_free(site->arena);
    snprintf(command, sizeof command, "rm -rf '%s'", site->folder);
    assert_int_equal(system(command), 0);
    free(site);
    return 0;
}

/* A word of letters that is nobody else's. */
static const char *own_word(int64_t id, char out[16])
{
    snprintf(out, 16, "zq");
    for (size_t i = 2; i < 6; i++, id /= FIRST_LETTERS)
        out[i] = (char)('a' + id % FIRST_LETTERS);
    snprintf(out + 6, 10, "x");
    return out;
}

static void put(struct site *site, int64_t id, const char *label)
{
    const struct person_skill skill = {
        .label = label, .level = LEVEL_PRACTISES, .is_shared = true};
    const struct person person = {.id = id,
                                  .name = "Une Personne",
                                  .quota_month = -1,
                                  .confirmed_at = NOW,
                                  .created_at = NOW,
                                  .skills = &skill,
                                  .skill_count = 1};
    const struct skill *none[] = {NULL};
    const struct document document = {
        .kind = KIND_PERSON, .person = &person, .skills = none, .skill_count = 1};
    struct err err = {0};

    assert_int_equal(search_put(site->writer, &document, &err), ERR_NONE);
}

/* Whether that word finds this person. Of an unknown word the search mends the spelling.
 */
static bool finds(struct search *search, struct site *site, const char *word, int64_t id)
{
    struct query_request request = {.text = word, .lang = "fr", .limit = 10, .now = NOW};
    struct query_answer answer;
    struct err err = {0};

    arena_reset(site->arena);
    assert_int_equal(search_query(search, site->arena, &request, &answer, &err),
                     ERR_NONE);
    return answer.count > 0 && answer.hits[0].id == id;
}

static void all_are_found_across_parts(void **state)
{
    static const int64_t some[] = {1, 499, 500, 501, 9999, 10000, 10001, PEOPLE};
    struct site *site = *state;
    struct search *search;
    struct err err = {0};
    char word[16];

    assert_int_equal(search_rebuild_open(&site->writer, site->folder, NOW, &err),
                     ERR_NONE);
    for (int64_t id = 1; id <= PEOPLE; id++)
        put(site, id, own_word(id, word));
    assert_int_equal(search_commit(site->writer, 7, &err), ERR_NONE);
    assert_int_equal(search_open(&search, site->folder, &site->config, &err), ERR_NONE);
    for (size_t i = 0; i < sizeof some / sizeof *some; i++)
        assert_true(finds(search, site, own_word(some[i], word), some[i]));

    put(site, 10001, "dorure");
    assert_int_equal(search_remove(site->writer, KIND_PERSON, 500, &err), ERR_NONE);
    assert_int_equal(search_commit(site->writer, 8, &err), ERR_NONE);
    assert_int_equal(search_refresh(search, &err), ERR_NONE);
    assert_true(finds(search, site, "dorure", 10001));
    assert_false(finds(search, site, own_word(500, word), 500));
    search_close(search);
}

static void one_that_stops_leaves_nothing(void **state)
{
    struct site *site = *state;
    struct search *search;
    struct err err = {0};
    char word[16], path[128];
    struct dirent *entry;
    DIR *folder;

    assert_int_equal(search_writer_open(&site->writer, site->folder, &err), ERR_NONE);
    put(site, 1, "soudure");
    assert_int_equal(search_commit(site->writer, 1, &err), ERR_NONE);
    search_writer_close(site->writer);
    assert_int_equal(search_rebuild_open(&site->writer, site->folder, NOW, &err),
                     ERR_NONE);
    for (int64_t id = 1; id <= 600; id++)
        put(site, id, own_word(id, word));
    search_writer_close(site->writer);

    snprintf(path, sizeof path, "%s/gen-2", site->folder);
    folder = opendir(path);
    assert_non_null(folder);
    while ((entry = readdir(folder)))
        assert_true(strncmp(entry->d_name, "part-", 5) != 0);
    closedir(folder);
    assert_int_equal(search_rebuild_open(&site->writer, site->folder, NOW, &err),
                     ERR_NONE);
    put(site, 2, "dorure");
    assert_int_equal(search_commit(site->writer, 2, &err), ERR_NONE);
    assert_int_equal(search_open(&search, site->folder, &site->config, &err), ERR_NONE);
    assert_true(finds(search, site, "dorure", 2));
    assert_false(finds(search, site, own_word(600, word), 600));
    search_close(search);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_are_found_across_parts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_stops_leaves_nothing, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
