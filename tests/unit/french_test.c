/* What a label is before it stands in a French sentence. */
#include "web/view/french.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static void check_all(const char *const *labels, size_t count, bool is_action)
{
    struct arena *arena = arena_new(1 << 20);

    for (size_t i = 0; i < count; i++)
        if (french_is_action(arena, labels[i]) != is_action)
            fail_msg("\"%s\" is %s", labels[i], is_action ? "an action" : "no action");
    arena_free(arena);
}
#define CHECK_ALL(labels, is_action)                                                     \
    check_all(labels, sizeof(labels) / sizeof((labels)[0]), is_action)

static void what_one_does_may_follow_sait(void **state)
{
    static const char *const labels[] = {"poser du placo",
                                         "Poser du placo",
                                         "Réparer un vélo électrique",
                                         "souder à l’arc",
                                         "coudre une fermeture",
                                         "vendre sur un marché",
                                         "peindre",
                                         "s'y retrouver dans les DTU",
                                         "S’orienter à la boussole",
                                         "se lancer en micro-entreprise",
                                         "bien choisir son bois",
                                         "faire ses déclarations de TVA",
                                         "écrire un article",
                                         "lire un plan",
                                         "établir un devis",
                                         "remettre en état",
                                         "planifier un chantier",
                                         "trier ses papiers",
                                         "prendre des photos",
                                         "Joindre deux plaques",
                                         "Conseiller une cliente",
                                         "Promouvoir un lieu",
                                         "reconnaître les bois",
                                         "COUDRE À LA MAIN",
                                         "produire une vidéo",
                                         "émettre, puis relancer"};

    (void)state;
    CHECK_ALL(labels, true);
}

static void what_one_knows_or_is_may_not(void **state)
{
    static const char *const labels[] = {
        "comptabilité",
        "papier de verre",
        "Métier à tisser",
        "plaquiste",
        "couture",
        "menuisier",
        "atelier d’écriture",
        "cuir",
        "lettre de motivation",
        "ordre et rangement",
        "histoire locale",
        "livre de comptes",
        "TVA",
        "Etsy et TVA",
        "Boulanger",
        "designer",
        "web-manager",
        "cidre",
        "soudure",
        "mémoire",
        "",
        "s'",
        "42",
        "er",
        "anticonstitutionnellement-et-bien-au-delà-de-quarante"};

    (void)state;
    CHECK_ALL(labels, false);
}

static void a_label_goes_on_in_lower_case_unless_it_is_a_name(void **state)
{
    static const char *const pairs[][2] = {{"Poser du placo", "poser du placo"},
                                           {"Écrire un devis", "écrire un devis"},
                                           {"S’orienter", "s’orienter"},
                                           {"TVA", "TVA"},
                                           {"déjà bas", "déjà bas"},
                                           {"", ""},
                                           {"É", "É"},
                                           {"3D", "3D"}};
    struct arena *arena = arena_new(1 << 16);

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        assert_string_equal(french_continued(arena, pairs[i][0]), pairs[i][1]);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_one_does_may_follow_sait),
        cmocka_unit_test(what_one_knows_or_is_may_not),
        cmocka_unit_test(a_label_goes_on_in_lower_case_unless_it_is_a_name),
    };

    return cmocka_run_group_tests_name("french", tests, NULL, NULL);
}
