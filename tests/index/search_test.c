/* The index finds people, says why, and forgets what was erased. */
#include "indexer/search.h"

#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NOW = 1800000000, DAMAGES = 300, FILE_BYTES_MOST = 1 << 22 };

struct index {
    char folder[64];
    struct arena *arena;
    struct config config;
    struct search_writer *writer;
    struct search *search;
    int64_t applied;
};

static int set_up(void **state)
{
    struct index *index = calloc(1, sizeof *index);
    struct err err = {0};

    assert_non_null(index);
    snprintf(index->folder, sizeof index->folder, "index-test-XXXXXX");
    assert_non_null(mkdtemp(index->folder));
    index->arena = arena_new(64 << 20);
    assert_non_null(index->arena);
    assert_int_equal(config_defaults(index->arena, &index->config, &err), ERR_NONE);
    assert_int_equal(search_writer_open(&index->writer, index->folder, &err), ERR_NONE);
    assert_int_equal(search_open(&index->search, index->folder, &index->config, &err),
                     ERR_NONE);
    *state = index;
    return 0;
}

static int tear_down(void **state)
{
    struct index *index = *state;
    char command[128];

    search_close(index->search);
    search_writer_close(index->writer);
    arena_free(index->arena);
    snprintf(command, sizeof command, "rm -rf '%s'", index->folder);
    assert_int_equal(system(command), 0);
    free(index);
    return 0;
}

static void commit(struct index *index)
{
    struct err err = {0};

    assert_int_equal(search_commit(index->writer, ++index->applied, &err), ERR_NONE);
    if (index->search)
        assert_int_equal(search_refresh(index->search, &err), ERR_NONE);
}

static void put_person(struct index *index, struct person person, const char *structure,
                       const struct skill *thesaurus)
{
    const struct skill *skills[] = {thesaurus, NULL, NULL, NULL};
    const struct document document = {.kind = KIND_PERSON,
                                      .person = &person,
                                      .structure_key = structure,
                                      .structure_name = structure,
                                      .skills = skills,
                                      .skill_count = person.skill_count};
    struct err err = {0};

    assert_true(person.skill_count <= 4);
    assert_int_equal(search_put(index->writer, &document, &err), ERR_NONE);
}

/* A person whose only skill is `label`. */
static void put(struct index *index, int64_t id, const char *name, const char *label,
                enum skill_level level)
{
    const struct person_skill skill = {.label = label, .level = level, .is_shared = true};

    put_person(index,
               (struct person){.id = id,
                               .name = name,
                               .quota_month = -1,
                               .confirmed_at = NOW,
                               .created_at = NOW,
                               .skills = &skill,
                               .skill_count = 1},
               "atelier", NULL);
}

static struct query_answer ask(struct index *index, struct query_request request)
{
    struct query_answer answer;
    struct err err = {0};

    request.lang = "fr";
    request.limit = 10;
    request.now = NOW;
    assert_int_equal(search_query(index->search, index->arena, &request, &answer, &err),
                     ERR_NONE);
    return answer;
}

static struct query_answer ask_text(struct index *index, const char *text)
{
    return ask(index, (struct query_request){.text = text});
}

static void a_family_is_found_and_named(void **state)
{
    struct index *index = *state;
    struct query_answer answer;

    put(index, 1, "Aline", "Menuiserie de jardin", LEVEL_TRAINS);
    put(index, 2, "Bruno", "Comptabilité", LEVEL_TRAINS);
    commit(index);
    answer = ask_text(index, "je cherche un menuisier");
    assert_int_equal(answer.count, 1);
    assert_int_equal(answer.hits[0].id, 1);
    assert_int_equal(answer.hits[0].word_count, 1);
    assert_string_equal(answer.hits[0].words[0], "menuisier");
    assert_true(answer.hits[0].skills[0].is_match);
    assert_true(answer.hits[0].skills[0].marked.pieces[0].is_match);
    assert_string_equal(answer.hits[0].skills[0].marked.pieces[0].text, "Menuiserie");
}

static void a_label_of_the_thesaurus_is_the_reason(void **state)
{
    struct index *index = *state;
    const struct skill_label labels[] = {
        {"fr", LABEL_PREFERRED, "pose de plaques de plâtre"},
        {"fr", LABEL_ALTERNATIVE, "pose de placo"},
        {"fr", LABEL_ALTERNATIVE, "cloisons sèches en placo"}};
    const struct skill thesaurus = {.id = 7, .labels = labels, .label_count = 3};
    const struct person_skill skill = {
        .skill_id = 7, .label = "Plâtrerie", .is_shared = true};
    struct query_answer answer;

    put_person(index,
               (struct person){.id = 1,
                               .name = "Aline",
                               .confirmed_at = NOW,
                               .skills = &skill,
                               .skill_count = 1},
               "atelier", &thesaurus);
    commit(index);
    answer = ask_text(index, "poser du placo");
    assert_int_equal(answer.count, 1);
    assert_string_equal(answer.hits[0].skills[0].through, "pose de placo");
    answer = ask_text(index, "plâtrerie");
    assert_int_equal(answer.count, 1);
    assert_null(answer.hits[0].skills[0].through);
}

static void a_misspelt_word_is_mended_and_shown(void **state)
{
    struct index *index = *state;
    struct query_answer answer;

    put(index, 1, "Aline", "Pose de placo", LEVEL_TRAINS);
    put(index, 2, "Bruno", "Soudure aluminium", LEVEL_TRAINS);
    commit(index);
    answer = ask_text(index, "Poser du plaquo");
    assert_int_equal(answer.hits[0].id, 1);
    assert_string_equal(answer.correction, "Poser du placo");
    answer = ask_text(index, "alluminium !");
    assert_int_equal(answer.count, 1);
    assert_string_equal(answer.correction, "aluminium !");
    answer = ask_text(index, "aluminium");
    assert_null(answer.correction);
    answer = ask_text(index, "xylophone");
    assert_int_equal(answer.count, 0);
    assert_null(answer.correction);
}

static void a_word_typed_as_it_sounds_is_mended(void **state)
{
    struct index *index = *state;

    put(index, 1, "Aline", "Poser du parquet", LEVEL_TRAINS);
    put(index, 2, "Bruno", "Surveiller un parking", LEVEL_TRAINS);
    put(index, 3, "Chloé", "Buffet froid", LEVEL_TRAINS);
    commit(index);
    assert_string_equal(ask_text(index, "parké").correction, "parquet");
    assert_int_equal(ask_text(index, "parké").hits[0].id, 1);
    assert_string_equal(ask_text(index, "le bufé").correction, "le buffet");
    assert_null(ask_text(index, "parkings").correction);
}

static void what_is_done_again_is_found_as_what_is_done(void **state)
{
    struct index *index = *state;

    put(index, 1, "Aline", "Souder", LEVEL_TRAINS);
    put(index, 2, "Bruno", "Allumer un four", LEVEL_TRAINS);
    put(index, 3, "Chloé", "Garder des enfants", LEVEL_TRAINS);
    put(index, 4, "Denis", "Regarder les étoiles", LEVEL_TRAINS);
    commit(index);
    assert_int_equal(ask_text(index, "ressouder").hits[0].id, 1);
    assert_null(ask_text(index, "ressouder").correction);
    assert_int_equal(ask_text(index, "rallumer").hits[0].id, 2);
    assert_int_equal(ask_text(index, "regarder").count, 1);
}

static void a_word_that_is_right_is_not_mended(void **state)
{
    struct index *index = *state;

    if (access("/usr/share/hunspell/fr.dic", R_OK) != 0)
        skip();
    put(index, 1, "Aline", "Travail du bois vert", LEVEL_TRAINS);
    put(index, 2, "Bruno", "Souffler de la ouate", LEVEL_TRAINS);
    commit(index);
    assert_null(ask_text(index, "du verre").correction);
    assert_int_equal(ask_text(index, "du verre").count, 0);
    assert_null(ask_text(index, "le peche").correction); /* pêche, without its accent */
}

static void who_answers_a_small_part_is_far(void **state)
{
    struct index *index = *state;
    struct query_answer answer;

    put(index, 1, "Aline", "Souffler de la ouate", LEVEL_TRAINS);
    put(index, 2, "Bruno", "Souffler le verre", LEVEL_TRAINS);
    put(index, 3, "Carole", "Rideaux à tête froncée", LEVEL_TRAINS);
    commit(index);
    answer = ask_text(index, "souffler du verre soda-calcique");
    assert_int_equal(answer.count, 2);
    assert_int_equal(answer.hits[0].id, 2);
    assert_false(answer.hits[0].is_far);
    assert_true(answer.hits[1].is_far);
    assert_true(answer.hits[1].coverage < answer.hits[0].coverage);
    answer = ask_text(index, "ma voisine perd la tête depuis des mois");
    assert_true(answer.count == 0 || answer.hits[0].is_far);
}

static void a_long_story_keeps_its_rarest_words(void **state)
{
    struct index *index = *state;
    struct query_answer answer;

    put(index, 1, "Aline", "Vannerie en osier", LEVEL_TRAINS);
    put(index, 2, "Bruno", "Soudure", LEVEL_TRAINS);
    commit(index);
    answer = ask_text(
        index, "bonjour, il y a trois ans mon voisin a eu un souci avec son toit et "
               "la mairie est passée, depuis la route est barrée, mon chien aboie, les "
               "enfants crient, la télévision grésille, la cave prend l’eau, bref je "
               "voudrais surtout tresser de l’osier");
    assert_int_equal(answer.count, 1);
    assert_int_equal(answer.hits[0].id, 1);
    assert_true(answer.is_cut);
    assert_true(answer.dropped_count > 0);
}

/* Whether the bytes stand in some file of the current generation. */
static bool is_in_forward(const struct index *index, const char *bytes)
{
    char path[160], *content = malloc(FILE_BYTES_MOST);
    size_t length;
    FILE *file;
    bool is_in;

    assert_non_null(content);
    snprintf(path, sizeof path, "%s/current/forward.heap", index->folder);
    file = fopen(path, "rb");
    assert_non_null(file);
    length = fread(content, 1, FILE_BYTES_MOST, file);
    fclose(file);
    is_in = memmem(content, length, bytes, strlen(bytes)) != NULL;
    free(content);
    return is_in;
}

static void what_was_erased_is_neither_found_nor_proposed(void **state)
{
    struct index *index = *state;
    struct query_answer answer;
    struct err err = {0};
    int64_t secret = 0x1122334455667788;

    put(index, secret, "Zéphyrine", "Broderie", LEVEL_TRAINS);
    put(index, 2, "Bruno", "Soudure", LEVEL_TRAINS);
    commit(index);
    assert_string_equal(ask_text(index, "zefirine").correction, "zephyrine");
    assert_true(
        is_in_forward(index, (const char[]){(char)0x88, 0x77, 0x66, 0x55, 0x44, 0}));
    assert_int_equal(search_remove(index->writer, KIND_PERSON, secret, &err), ERR_NONE);
    commit(index);
    answer = ask_text(index, "zefirine broderie");
    assert_int_equal(answer.count, 0);
    assert_null(answer.correction);
    assert_false(
        is_in_forward(index, (const char[]){(char)0x88, 0x77, 0x66, 0x55, 0x44, 0}));
}

/* Of a few people each one counts: a new word is a word at once. */
static void a_new_word_is_proposed_at_once(void **state)
{
    struct index *index = *state;

    put(index, 1, "Aline", "Soudure", LEVEL_TRAINS);
    commit(index);
    assert_null(ask_text(index, "plcao").correction);
    put(index, 2, "Bruno", "Placo", LEVEL_TRAINS);
    commit(index);
    assert_string_equal(ask_text(index, "plcao").correction, "placo");
    put(index, 1, "Aline", "Couture", LEVEL_TRAINS); /* as many people as before */
    commit(index);
    assert_string_equal(ask_text(index, "coutrue").correction, "couture");
}

static void a_changed_card_replaces_the_one_before(void **state)
{
    struct index *index = *state;

    for (int64_t turn = 0; turn < 3; turn++) {
        put(index, 1, "Aline", turn == 2 ? "Couture" : "Soudure", LEVEL_TRAINS);
        commit(index);
    }
    assert_int_equal(ask_text(index, "soudure").count, 0);
    assert_int_equal(ask_text(index, "couture").count, 1);
    assert_int_equal(ask_text(index, "couture").total, 1);
}

static void the_level_is_that_of_the_matched_skill(void **state)
{
    struct index *index = *state;
    const struct person_skill skills[] = {
        {.label = "Soudure", .level = LEVEL_NOTIONS, .is_shared = true},
        {.label = "Couture", .level = LEVEL_TRAINS, .is_shared = true}};
    struct query_answer answer;

    put_person(index,
               (struct person){.id = 1,
                               .name = "Aline",
                               .confirmed_at = NOW,
                               .skills = skills,
                               .skill_count = 2},
               "atelier", NULL);
    put(index, 2, "Bruno", "Soudure", LEVEL_MASTERS);
    commit(index);
    answer = ask(index,
                 (struct query_request){.text = "soudure", .level_least = LEVEL_MASTERS});
    assert_int_equal(answer.count, 1);
    assert_int_equal(answer.hits[0].id, 2);
}

static int64_t facet_count(const struct query_answer *answer, const char *name,
                           const char *key)
{
    for (size_t i = 0; i < answer->facet_count; i++)
        for (size_t j = 0; j < answer->facets[i].count; j++)
            if (strcmp(answer->facets[i].name, name) == 0 &&
                strcmp(answer->facets[i].values[j].key, key) == 0)
                return answer->facets[i].values[j].count;
    return 0;
}

static void facets_count_each_shown_card_once(void **state)
{
    struct index *index = *state;
    const struct person_skill skill = {.label = "Soudure", .level = LEVEL_MASTERS};
    struct person person = {.name = "Aline",
                            .commune = "Échirolles",
                            .confirmed_at = NOW,
                            .skills = &skill,
                            .skill_count = 1};
    struct query_answer answer;

    for (person.id = 1; person.id <= 30; person.id++) {
        person.confirmed_at = person.id % 3 ? NOW : NOW - INT64_C(5) * 365 * 86400;
        put_person(index, person, person.id % 2 ? "atelier" : "fabrique", NULL);
        if (person.id == 15)
            commit(index); /* keys are written again by another session */
    }
    search_writer_close(index->writer);
    assert_int_equal(search_writer_open(&index->writer, index->folder, &(struct err){0}),
                     ERR_NONE);
    for (person.id = 16; person.id <= 30; person.id++) {
        person.confirmed_at = person.id % 3 ? NOW : NOW - INT64_C(5) * 365 * 86400;
        put_person(index, person, person.id % 2 ? "atelier" : "fabrique", NULL);
    }
    commit(index);
    answer = ask(index, (struct query_request){.text = "soudure", .wants_facets = true});
    assert_int_equal(answer.total, 20);
    assert_int_equal(facet_count(&answer, "commune", "Échirolles"), 20);
    assert_int_equal(facet_count(&answer, "structure", "atelier"), 10);
    assert_int_equal(facet_count(&answer, "structure", "fabrique"), 10);
    assert_int_equal(facet_count(&answer, "level", "3"), 20);
}

static void rarity_is_that_of_the_kind(void **state)
{
    struct index *index = *state;
    struct err err = {0};

    /* "atelier" is rare among skills but common among people: it must not outweigh. */
    for (int64_t id = 1; id <= 400; id++) {
        const struct skill_label label = {"fr", LABEL_PREFERRED, "gestion de projet"};
        const struct skill skill = {.id = id, .labels = &label, .label_count = 1};
        const struct document document = {.kind = KIND_SKILL, .skill = &skill};
        assert_int_equal(search_put(index->writer, &document, &err), ERR_NONE);
    }
    for (int64_t id = 1; id <= 20; id++)
        put(index, id, "Aline", id == 7 ? "vannerie" : "atelier d’atelier en atelier",
            LEVEL_TRAINS);
    commit(index);
    assert_int_equal(ask_text(index, "atelier vannerie").hits[0].id, 7);
}

static void put_need(struct index *index, int64_t id, const char *text)
{
    const struct need need = {.id = id, .text = text, .created_at = NOW};
    const struct document document = {.kind = KIND_NEED, .need = &need};
    struct err err = {0};

    assert_int_equal(search_put(index->writer, &document, &err), ERR_NONE);
}

/* Needs and sessions are few: what people know tells which word says something. */
static void rarity_of_needs_is_also_that_of_people(void **state)
{
    struct index *index = *state;
    struct query_answer answer;

    for (int64_t id = 1; id <= 30; id++)
        put(index, id, "Aline", id == 7 ? "placo" : "poser des étagères", LEVEL_TRAINS);
    put_need(index, 1, "poser une fermeture éclair");
    put_need(index, 2, "les bandes de placo");
    put_need(index, 3, "tenir mes comptes");
    commit(index);
    answer =
        ask(index, (struct query_request){.kind = KIND_NEED, .text = "poser du placo"});
    assert_int_equal(answer.hits[0].id, 2);
    assert_false(answer.hits[0].is_far);
    assert_true(answer.count == 1 || answer.hits[1].is_far);
}

/* Two commits take away the blocks that a reader looks at: it looks again. */
static void a_search_goes_on_while_the_index_is_written(void **state)
{
    struct index *index = *state;
    struct search *kept = index->search;

    for (int64_t id = 1; id <= 2000; id++)
        put(index, id, "Aline", id % 2 ? "Soudure à l’arc" : "Couture", LEVEL_TRAINS);
    commit(index);
    for (int turn = 0; turn < 20; turn++) {
        struct completion *made;
        size_t count;
        index->search = NULL; /* it is not told */
        for (int times = 0; times < 3; times++) {
            for (int64_t id = 1; id <= 2000; id += 7)
                put(index, id, "Aline", times % 2 ? "Soudure" : "Couture", LEVEL_TRAINS);
            commit(index);
        }
        index->search = kept;
        assert_true(ask_text(index, "soudure").count > 0);
        assert_int_equal(search_complete(index->search, index->arena, "alin", NOW, false,
                                         5, &made, &count, &(struct err){0}),
                         ERR_NONE);
        assert_true(count > 0);
    }
}

/* A damaged file may lose results; it must not crash nor hang. */
static void a_damaged_forward_index_only_loses_results(void **state)
{
    struct index *index = *state;
    static const char *const files[] = {"forward.heap", "forward.rows"};
    struct random random;

    random_init(&random, 11);
    for (int64_t id = 1; id <= 50; id++)
        put(index, id, "Aline", "Soudure à l’arc", LEVEL_TRAINS);
    commit(index);
    for (int turn = 0; turn < DAMAGES; turn++) {
        char path[160];
        struct stat stat;
        unsigned char bytes[8];
        struct query_answer answer;
        int file;
        snprintf(path, sizeof path, "%s/current/%s", index->folder, files[turn % 2]);
        file = open(path, O_RDWR);
        assert_true(file >= 0 && fstat(file, &stat) == 0);
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (unsigned char)random_below(&random, 256);
        assert_int_equal(pwrite(file, bytes, sizeof bytes,
                                8 + random_below(&random, (uint32_t)stat.st_size - 16)),
                         sizeof bytes);
        if (turn % 50 == 49)
            assert_int_equal(ftruncate(file, stat.st_size - 8), 0);
        close(file);
        assert_int_equal(search_refresh(index->search, &(struct err){0}), ERR_NONE);
        answer =
            ask(index, (struct query_request){.text = "soudure", .wants_facets = true});
        assert_true(answer.count <= 10);
    }
}

static void an_index_of_another_version_is_refused(void **state)
{
    struct index *index = *state;
    struct search *search;
    struct err err = {0};
    char path[160];
    FILE *file;

    snprintf(path, sizeof path, "%s/current/forward.heap", index->folder);
    file = fopen(path, "r+b");
    assert_non_null(file);
    fputs("other...", file);
    fclose(file);
    assert_int_equal(search_open(&search, index->folder, &index->config, &err),
                     ERR_STORE);
    assert_non_null(strstr(err.text, "of another version"));
}

#define INDEX_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        INDEX_TEST(a_family_is_found_and_named),
        INDEX_TEST(a_label_of_the_thesaurus_is_the_reason),
        INDEX_TEST(a_misspelt_word_is_mended_and_shown),
        INDEX_TEST(a_word_typed_as_it_sounds_is_mended),
        INDEX_TEST(what_is_done_again_is_found_as_what_is_done),
        INDEX_TEST(a_word_that_is_right_is_not_mended),
        INDEX_TEST(who_answers_a_small_part_is_far),
        INDEX_TEST(a_long_story_keeps_its_rarest_words),
        INDEX_TEST(what_was_erased_is_neither_found_nor_proposed),
        INDEX_TEST(a_new_word_is_proposed_at_once),
        INDEX_TEST(a_changed_card_replaces_the_one_before),
        INDEX_TEST(the_level_is_that_of_the_matched_skill),
        INDEX_TEST(facets_count_each_shown_card_once),
        INDEX_TEST(rarity_is_that_of_the_kind),
        INDEX_TEST(rarity_of_needs_is_also_that_of_people),
        INDEX_TEST(a_search_goes_on_while_the_index_is_written),
        INDEX_TEST(a_damaged_forward_index_only_loses_results),
        INDEX_TEST(an_index_of_another_version_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
