/* What people write becomes the terms that stand for it. */
#include "indexer/analysis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

/* The meaning words of a query, separated by blanks. */
static void expect(const char *typed, const char *lang, const char *wanted)
{
    struct arena *arena = arena_new(1 << 22);
    struct tokens tokens;
    struct err err = {0};
    char got[512] = "";

    assert_int_equal(analysis_query(arena, typed, lang, &tokens, &err), ERR_NONE);
    for (size_t i = 0; i < tokens.count; i++)
        if (!tokens.items[i].is_stop)
            snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s", *got ? " " : "",
                     tokens.items[i].exact);
    assert_string_equal(got, wanted);
    arena_free(arena);
}

static void the_carrier_phrase_of_a_need_is_dropped(void **state)
{
    (void)state;
    expect("j'ai besoin d'apprendre à poser du placo", "fr", "poser placo");
    expect("Je cherche quelqu’un qui pourrait m’apprendre à coudre svp", "fr", "coudre");
    expect("comment on fait pour réparer un vélo électrique ?", "fr",
           "reparer velo electrique");
    expect("I would like to learn how to weld, please", "en", "weld");
}

static void a_text_tells_its_language(void **state)
{
    struct arena *arena = arena_new(1 << 22);

    (void)state;
    assert_string_equal(analysis_language(arena, "how to talk to customers", "fr"), "en");
    assert_string_equal(analysis_language(arena, "parler à des clients", "en"), "fr");
    assert_string_equal(analysis_language(arena, "soudure", "en"), "en");
    assert_string_equal(analysis_language(arena, "", "fr"), "fr");
    arena_free(arena);
}

static void a_query_of_carriers_only_keeps_its_last_words(void **state)
{
    (void)state;
    expect("comment faire", "fr", "faire");
    expect("aide", "fr", "aide");
    expect("", "fr", "");
    expect("de la", "fr", "");
}

static void inclusive_writing_becomes_one_word(void **state)
{
    (void)state;
    expect("formateur·rice", "fr", "formateur");
    expect("menuisier(ère)", "fr", "menuisier");
    expect("artisan.e", "fr", "artisan");
    expect("technicien-ne-s", "fr", "technicien");
    expect("formateur.rice.s", "fr", "formateur");
    expect("créateur/trice", "fr", "createur");
    expect("plaquiste (h/f)", "fr", "plaquiste");
}

static void elisions_go_and_joined_words_stay(void **state)
{
    (void)state;
    expect("l'isolation d’une toiture", "fr", "isolation toiture");
    expect("aujourd'hui prud’homme", "fr", "aujourdhui prudhomme");
    expect("jusqu'au toit", "fr", "toit");
}

static void acronyms_numbers_and_units_stay_whole(void **state)
{
    (void)state;
    expect("C.A.P. menuiserie", "fr", "cap menuiserie");
    expect("TVA, DTU et HACCP", "fr", "tva dtu haccp");
    expect("câble 220 V", "fr", "cable 220v");
    expect("5m² de carrelage", "fr", "5m2 carrelage");
    expect("2,5 cm", "fr", "2,5cm");
}

static void hyphens_split_and_join(void **state)
{
    (void)state;
    expect("porte-fenêtre", "fr", "porte fenetre portefenetre");
    expect("œuvre cœur", "fr", "oeuvre coeur");
}

static const char *stem_of(struct arena *arena, const char *word)
{
    struct tokens tokens;
    struct err err = {0};

    assert_int_equal(analysis_text(arena, word, "fr", &tokens, &err), ERR_NONE);
    assert_int_equal(tokens.count, 1);
    return tokens.items[0].stem;
}

static void feminine_and_masculine_share_a_stem(void **state)
{
    static const char *const pairs[][2] = {{"formatrice", "formateur"},
                                           {"couturière", "couturier"},
                                           {"chauffeuses", "chauffeurs"},
                                           {"électricienne", "électricien"}};
    struct arena *arena = arena_new(1 << 20);

    (void)state;
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(stem_of(arena, pairs[i][0]), stem_of(arena, pairs[i][1]));
    arena_free(arena);
}

static void a_token_knows_where_it_stands(void **state)
{
    struct arena *arena = arena_new(1 << 20);
    struct tokens tokens;
    struct err err = {0};
    const char *text = "Pose d’« enduits »";

    (void)state;
    assert_int_equal(analysis_text(arena, text, "fr", &tokens, &err), ERR_NONE);
    assert_int_equal(tokens.count, 2);
    assert_memory_equal(text + tokens.items[1].from, "enduits", 7);
    assert_int_equal(tokens.items[1].to - tokens.items[1].from, 7);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_carrier_phrase_of_a_need_is_dropped),
        cmocka_unit_test(a_text_tells_its_language),
        cmocka_unit_test(a_query_of_carriers_only_keeps_its_last_words),
        cmocka_unit_test(inclusive_writing_becomes_one_word),
        cmocka_unit_test(elisions_go_and_joined_words_stay),
        cmocka_unit_test(acronyms_numbers_and_units_stay_whole),
        cmocka_unit_test(hyphens_split_and_join),
        cmocka_unit_test(feminine_and_masculine_share_a_stem),
        cmocka_unit_test(a_token_knows_where_it_stands),
    };

    return cmocka_run_group_tests_name("analysis", tests, NULL, NULL);
}
