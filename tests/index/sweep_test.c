/* An index that was made adds up lists, one that was opened empty asks Xapian: both find
 * the same people, count the same facets and score alike, before and after changes. Of
 * more than are ranked the lists count those who are near. */
#include "indexer/search.h"

#include "base/file.h"
#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NOW = 1800000000,
    PEOPLE = 400,
    MANY = 1500,
    QUESTIONS = 300,
    DAMAGES = 200,
    BYTES_DAMAGED = 4,
    FILE_BYTES_MOST = 1 << 24,
    LIMIT = 1000,
    DAY = 86400
};

static const char *const WORDS[] = {
    "soudure",   "couture", "placo",      "tournage",   "poterie", "reliure",  "vannerie",
    "dorure",    "forge",   "menuiserie", "tapisserie", "gravure", "broderie", "cuisine",
    "jardinage", "compta",  "montage",    "son",        "lumière", "vélo"};
static const char *const COMMUNES[] = {"Saint-Étienne", "Firminy", "saint etienne",
                                       "Lyon"};
static const char *const STRUCTURES[] = {"atelier", "fabrique"};
static const char *const POLES[] = {"bois", "metal", "textile"};

struct side {
    char folder[64];
    struct search_writer *writer;
    struct search *search;
};

struct site {
    struct arena *arena;
    struct config config;
    struct side made, opened;
};

static int set_up(void **state)
{
    struct site *site = calloc(1, sizeof *site);
    struct err err = {0};

    assert_non_null(site);
    snprintf(site->made.folder, sizeof site->made.folder, "sweep-test-XXXXXX");
    snprintf(site->opened.folder, sizeof site->opened.folder, "sweep-test-XXXXXX");
    assert_non_null(mkdtemp(site->made.folder));
    assert_non_null(mkdtemp(site->opened.folder));
    site->arena = arena_new(64 << 20);
    assert_non_null(site->arena);
    assert_int_equal(config_defaults(site->arena, &site->config, &err), ERR_NONE);
    assert_int_equal(
        search_rebuild_open(&site->made.writer, site->made.folder, NOW, &err), ERR_NONE);
    assert_int_equal(search_writer_open(&site->opened.writer, site->opened.folder, &err),
                     ERR_NONE);
    *state = site;
    return 0;
}

static void close_side(struct side *side)
{
    char command[128];

    search_close(side->search);
    search_writer_close(side->writer);
    snprintf(command, sizeof command, "rm -rf '%s'", side->folder);
    assert_int_equal(system(command), 0);
}

static int tear_down(void **state)
{
    struct site *site = *state;

    close_side(&site->made);
    close_side(&site->opened);
    arena_free(site->arena);
    free(site);
    return 0;
}

static uint64_t chance(uint64_t *seed, uint64_t below)
{
    *seed = random_mix(*seed, 1);
    return *seed % below;
}

/* Some words of the list. */
static const char *phrase(uint64_t *seed, char *out, size_t size, size_t count)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(
            out + used, size - used, "%s ",
            WORDS[chance(seed, chance(seed, 2) ? 4 : sizeof WORDS / sizeof *WORDS)]);
    return out;
}

/* Person `id` as `turn` has her, the same on both sides. */
static void put(struct side *side, int64_t id, uint64_t turn)
{
    uint64_t seed = random_mix((uint64_t)id, turn);
    char about[400], label[100];
    const struct weekly_window window = {
        .weekday = 1 + (int)chance(&seed, 7), .start_min = 8 * 60, .end_min = 11 * 60};
    const struct person_skill skill = {
        .label = phrase(&seed, label, sizeof label, 1 + chance(&seed, 3)),
        .level = (enum skill_level)(1 + chance(&seed, 4)),
        .is_shared = true};
    const struct person person = {
        .id = id,
        .name = "Une Personne",
        .about = phrase(&seed, about, sizeof about, chance(&seed, 12)),
        .commune = chance(&seed, 5) ? COMMUNES[chance(&seed, 4)] : NULL,
        .visibility = chance(&seed, 6) ? VISIBLE_PUBLIC : VISIBLE_MEMBERS,
        .quota_month = -1,
        .confirmed_at = NOW - (int64_t)chance(&seed, 1200) * DAY,
        .created_at = NOW - 1200 * DAY,
        .skills = &skill,
        .skill_count = 1,
        .windows = &window,
        .window_count = chance(&seed, 2)};
    const struct skill *none[] = {NULL};
    const char *structure = chance(&seed, 4) ? STRUCTURES[chance(&seed, 2)] : NULL;
    const struct document document = {.kind = KIND_PERSON,
                                      .person = &person,
                                      .structure_key = structure,
                                      .structure_name = structure,
                                      .pole_keys = POLES + chance(&seed, 2),
                                      .pole_names = POLES + chance(&seed, 2),
                                      .pole_count = chance(&seed, 3),
                                      .skills = none,
                                      .skill_count = 1};
    struct err err = {0};

    assert_int_equal(search_put(side->writer, &document, &err), ERR_NONE);
}

static void commit(struct site *site, struct side *side, int64_t number)
{
    struct err err = {0};

    assert_int_equal(search_commit(side->writer, number, &err), ERR_NONE);
    if (side->search)
        assert_int_equal(search_refresh(side->search, &err), ERR_NONE);
    else
        assert_int_equal(search_open(&side->search, side->folder, &site->config, &err),
                         ERR_NONE);
}

static struct query_request question(uint64_t *seed, char *text, size_t size)
{
    struct query_request request = {.text = phrase(seed, text, size, 1 + chance(seed, 5)),
                                    .lang = "fr",
                                    .limit = LIMIT,
                                    .now = NOW,
                                    .wants_all = true,
                                    .wants_facets = true,
                                    .is_member = chance(seed, 2) == 0};

    if (chance(seed, 4) == 0) {
        request.poles = POLES + 1;
        request.pole_count = 1 + chance(seed, 2);
    }
    if (chance(seed, 4) == 0) {
        request.structures = STRUCTURES + 1;
        request.structure_count = 1;
    }
    if (chance(seed, 4) == 0) {
        request.communes = COMMUNES + chance(seed, 3);
        request.commune_count = 1;
    }
    if (chance(seed, 4) == 0)
        request.day_parts = 1u << 3 * chance(seed, 7);
    if (chance(seed, 4) == 0)
        request.level_least = (enum skill_level)(1 + chance(seed, 4));
    return request;
}

static struct query_answer ask(struct site *site, struct side *side,
                               const struct query_request *request)
{
    struct query_answer answer = {0};
    struct err err = {0};

    assert_int_equal(search_query(side->search, site->arena, request, &answer, &err),
                     ERR_NONE);
    return answer;
}

static const struct hit *hit_of(const struct query_answer *answer, int64_t id)
{
    for (size_t i = 0; i < answer->count; i++)
        if (answer->hits[i].id == id)
            return &answer->hits[i];
    return NULL;
}

static void same_facets(const struct query_answer *a, const struct query_answer *b)
{
    assert_int_equal(a->facet_count, b->facet_count);
    for (size_t i = 0; i < a->facet_count; i++) {
        assert_int_equal(a->facets[i].count, b->facets[i].count);
        for (size_t j = 0; j < a->facets[i].count; j++) {
            assert_string_equal(a->facets[i].values[j].key, b->facets[i].values[j].key);
            assert_int_equal(a->facets[i].values[j].count, b->facets[i].values[j].count);
        }
    }
}

/* Returns how many people were found in all. */
static size_t compare(struct site *site, uint64_t seed)
{
    size_t found = 0;

    for (int i = 0; i < QUESTIONS; i++) {
        char text[400];
        struct query_request request = question(&seed, text, sizeof text);
        struct query_answer a, b;
        arena_reset(site->arena);
        a = ask(site, &site->made, &request);
        b = ask(site, &site->opened, &request);
        assert_int_equal(a.total, b.total);
        assert_int_equal(a.count, b.count);
        same_facets(&a, &b);
        for (size_t j = 0; j < a.count; j++) {
            const struct hit *other = hit_of(&b, a.hits[j].id);
            assert_non_null(other);
            assert_true(a.hits[j].score < other->score * 1.02 + 0.01);
            assert_true(a.hits[j].score > other->score * 0.98 - 0.01);
        }
        found += a.count;
    }
    return found;
}

static void both_answer_alike(void **state)
{
    struct site *site = *state;
    struct side *sides[] = {&site->made, &site->opened};

    for (size_t i = 0; i < 2; i++) {
        for (int64_t id = 1; id <= PEOPLE; id++)
            put(sides[i], id, 0);
        commit(site, sides[i], 1);
    }
    assert_true(compare(site, 1) > PEOPLE);
    for (size_t i = 0; i < 2; i++) {
        struct err err = {0};
        for (int64_t id = 7; id <= PEOPLE + 30; id += 9)
            put(sides[i], id, 1);
        for (int64_t id = 3; id <= PEOPLE; id += 11)
            assert_int_equal(search_remove(sides[i]->writer, KIND_PERSON, id, &err),
                             ERR_NONE);
        commit(site, sides[i], 2);
    }
    assert_true(compare(site, 2) > PEOPLE);
}

static int64_t counted(const struct query_answer *answer, const char *name)
{
    int64_t sum = 0;

    for (size_t i = 0; i < answer->facet_count; i++)
        for (size_t j = 0;
             strcmp(answer->facets[i].name, name) == 0 && j < answer->facets[i].count;
             j++)
            sum += answer->facets[i].values[j].count;
    return sum;
}

/* Of more than are ranked those are counted who have half of what is asked: never more
 * than are near when all are ranked, and of one word all of them. */
static void a_large_answer_is_counted(void **state)
{
    struct site *site = *state;
    uint64_t seed = 5;
    size_t large = 0;

    for (int64_t id = 1; id <= MANY; id++)
        put(&site->made, id, 0);
    commit(site, &site->made, 1);
    for (int i = 0; i < QUESTIONS / 3; i++) {
        char text[400];
        struct query_request request = question(&seed, text, sizeof text);
        struct query_answer first, all;
        arena_reset(site->arena);
        request.level_least = LEVEL_UNSAID;
        request.limit = 10;
        first = ask(site, &site->made, &request);
        request.limit = MANY;
        all = ask(site, &site->made, &request);
        assert_false(all.is_total_least);
        assert_true(first.near_total <= all.near_total);
        assert_true(first.is_total_least || first.near_total == all.near_total);
        if (!first.is_total_least)
            continue;
        large++;
        assert_int_equal(counted(&first, "level"), first.near_total);
        if (!strchr(text, ' ') || !strchr(strchr(text, ' ') + 1, ' '))
            assert_int_equal(first.near_total, all.near_total);
    }
    assert_true(large > QUESTIONS / 12);
}

/* The lists as they are but for some bytes. */
static void write_damaged(const char *path, const struct text *whole,
                          struct random *random)
{
    FILE *file = fopen(path, "r+b");

    assert_non_null(file);
    assert_int_equal(fwrite(whole->bytes, 1, whole->length, file), whole->length);
    for (int i = 0; i < BYTES_DAMAGED; i++) {
        long at = 8 + (long)random_below(random, (uint32_t)whole->length - 8);
        assert_int_equal(fseek(file, at, SEEK_SET), 0);
        assert_int_not_equal(fputc((int)random_below(random, 256), file), EOF);
    }
    assert_int_equal(fclose(file), 0);
}

/* Damaged lists are refused or lose results; nothing outside of them is touched. */
static void damaged_lists_only_lose_results(void **state)
{
    struct site *site = *state;
    char path[160];
    uint64_t seed = 9;
    struct random random;
    struct text whole;
    struct err err = {0};
    int answered = 0;

    random_init(&random, 12);
    for (int64_t id = 1; id <= PEOPLE; id++)
        put(&site->made, id, 0);
    commit(site, &site->made, 1);
    snprintf(path, sizeof path, "%s/current/lists", site->made.folder);
    text_init(&whole, FILE_BYTES_MOST);
    assert_int_equal(file_read(path, &whole, &err), ERR_NONE);
    for (int turn = 0; turn < DAMAGES; turn++) {
        char text[400];
        struct query_request request = question(&seed, text, sizeof text);
        struct query_answer answer = {0};
        search_close(site->made.search);
        site->made.search = NULL;
        write_damaged(path, &whole, &random);
        if (search_open(&site->made.search, site->made.folder, &site->config, &err) !=
            ERR_NONE)
            continue; /* it is seen */
        arena_reset(site->arena);
        answered += search_query(site->made.search, site->arena, &request, &answer,
                                 &err) == ERR_NONE;
        assert_true(answer.count <= LIMIT);
    }
    text_done(&whole);
    assert_true(answered > DAMAGES / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(both_answer_alike, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_large_answer_is_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damaged_lists_only_lose_results, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
