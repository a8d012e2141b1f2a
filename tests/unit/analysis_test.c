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
    /* "d" and "t" without their apostrophe, and what is English in both */
    assert_null(analysis_language(arena, "panne d electricite", NULL));
    assert_null(analysis_language(arena, "t-shirt", NULL));
    assert_null(analysis_language(arena, "voix off", NULL));
    assert_null(analysis_language(arena, "stand up", NULL));
    assert_null(analysis_language(arena, "burn out", NULL));
    assert_null(analysis_language(arena, "don", NULL));
    assert_string_equal(analysis_language(arena, "I don't get it", "fr"), "en");
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

/* Words that each say the same thing done, made, or the one who does it. */
static const char *const families[] = {
    "souder soudure soudeur soudeuse soudage",
    "menuisier menuisière menuiserie",
    "plombier plombière plomberie",
    "coudre couture couturier couturière",
    "peindre peinture peintre",
    "carreler carrelage carreleur carreleuse",
    "isoler isolation isolant",
    "électricien électricienne électricité électrique",
    "maçon maçonnerie",
    "charpente charpentier charpentière",
    "jardin jardinage jardinier jardinière jardiner",
    "boulanger boulangère boulangerie",
    "pâtisserie pâtissier pâtissière",
    "fromage fromager fromagère fromagerie",
    "brasser brasseur brasseuse brasserie",
    "tisser tissage tisserand tisserande",
    "broder broderie brodeur brodeuse",
    "tricot tricoter tricoteuse",
    "vannerie vannier vannière",
    "poterie potier potière",
    "céramique céramiste",
    "tapissier tapissière tapisserie",
    "relier reliure relieur relieuse",
    "forger forge forgeron",
    "ferronnier ferronnerie ferronnière",
    "vitrail vitrailliste",
    "réparer réparation réparateur réparatrice",
    "vélo vélos",
    "filmer film filmé",
    "photo photos photographie photographier photographe",
    "monter montage monteur monteuse",
    "animer animation animateur animatrice",
    "chanter chant chanteur chanteuse",
    "danser danse danseur danseuse",
    "musique musicien musicienne musical",
    "théâtre théâtral",
    "écrire écriture",
    "rédiger rédaction",
    "traduire traduction traducteur traductrice",
    "facture facturer facturation",
    "comptable comptabilité compta",
    "déclarer déclaration déclarations",
    "financer financement",
    "subvention subventions",
    "gérer gestion gestionnaire",
    "vendre vente vendeur vendeuse",
    "communiquer communication",
    "négocier négociation négociateur",
    "organiser organisation organisateur organisatrice",
    "créer création créateur créatrice",
    "former formation formateur formatrice",
    "coiffer coiffure coiffeur coiffeuse",
    "masser massage masseur masseuse",
    "soigner soin soignant soignante",
    "nettoyer nettoyage",
    "programmer programmation programmeur programmeuse",
    "informatique informaticien informaticienne",
    "graphisme graphiste graphique",
    "imprimer impression imprimeur",
    "dessiner dessin dessinateur dessinatrice",
    "sculpter sculpture sculpteur sculptrice",
    "graver gravure graveur",
    "dorer dorure doreur",
    "poncer ponçage",
    "percer perçage",
    "scier sciage scierie",
    "tailler taille tailleur",
    "couper coupe coupeur",
    "plâtre plâtrier plâtrerie",
    "plaquiste plaque plaques",
    "étanche étanchéité",
    "couvreur couverture",
    "terrasser terrassement",
    "paysage paysagiste paysager",
    "maraîcher maraîchère maraîchage",
    "élevage éleveur éleveuse",
    "cuisine cuisiner cuisinier cuisinière",
    "traiteur traiteurs",
    "livrer livraison livreur",
    "conduire conduite conducteur conductrice",
    "construire construction constructeur",
};

static const char *const strangers[] = {
    "couture coût",        "carrelage carrière",  "communication commune",
    "comptabilité compte", "facture facteur",     "menuiserie menu",
    "fromage forme",       "français franc",      "poser position",
    "vente vent vendange", "plaque placard",      "danse dense",
    "cuir cuisine",        "masse maçon",         "organisme organiser",
};

/* How many different families the words of a line have, and how many words there are. */
static void count_families(const char *line, size_t *different, size_t *words)
{
    struct arena *arena = arena_new(1 << 22);
    struct tokens tokens;
    struct err err = {0};

    assert_int_equal(analysis_text(arena, line, "fr", &tokens, &err), ERR_NONE);
    *words = tokens.count;
    *different = 0;
    for (size_t i = 0; i < tokens.count; i++) {
        bool is_new = true;
        for (size_t j = 0; j < i; j++)
            is_new =
                is_new && strcmp(tokens.items[i].family, tokens.items[j].family) != 0;
        *different += is_new;
    }
    arena_free(arena);
}

static void words_of_one_trade_meet(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
        size_t different, words;
        count_families(families[i], &different, &words);
        if (different != 1)
            print_error("apart: %s\n", families[i]);
        assert_int_equal(different, 1);
    }
}

static void words_that_only_look_alike_stay_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
        size_t different, words;
        count_families(strangers[i], &different, &words);
        if (different != words)
            print_error("together: %s\n", strangers[i]);
        assert_int_equal(different, words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_carrier_phrase_of_a_need_is_dropped),
        cmocka_unit_test(a_text_tells_its_language),
        cmocka_unit_test(words_of_one_trade_meet),
        cmocka_unit_test(words_that_only_look_alike_stay_apart),
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
