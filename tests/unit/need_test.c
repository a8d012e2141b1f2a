/* What of a need is asked, what carries it, and what is told beside it. */
#include "indexer/analysis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

enum { SAID, LITTLE, ASIDE };
static const char *const brackets[][2] = {{"", ""}, {"(", ")"}, {"[", "]"}};

static int of(const struct token *token)
{
    return token->is_weak ? LITTLE : token->is_aside ? ASIDE : SAID;
}

/* The words of a need: said, (little) and [aside]. */
static void expect(const char *typed, const char *lang, const char *wanted)
{
    struct arena *arena = arena_new(1 << 22);
    struct tokens tokens;
    struct err err = {0};
    char got[1024] = "";

    assert_int_equal(analysis_query(arena, typed, lang, &tokens, &err), ERR_NONE);
    for (size_t i = 0; i < tokens.count; i++) {
        const struct token *token = &tokens.items[i];
        if (token->is_stop)
            continue;
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s%s%s", *got ? " " : "",
                 brackets[of(token)][0], token->exact, brackets[of(token)][1]);
    }
    if (strcmp(got, wanted) != 0)
        print_error("%s\n", typed);
    assert_string_equal(got, wanted);
    arena_free(arena);
}

static void what_carries_a_need_goes(void **state)
{
    (void)state;
    expect("Bonjour à tous, je recherche une personne pouvant m'accompagner sur la paie. "
           "Merci !",
           "fr", "paie");
    expect("J'ai besoin d'aide pour poser un parquet, qui peut m'aider ?", "fr",
           "poser parquet");
    expect("je dois poser un parquet et je ne sais pas comment faire", "fr",
           "poser parquet");
    expect("Qui pourrait me transmettre ses connaissances sur le tournage ?", "fr",
           "(connaissances) tournage");
    expect("salut, qqn pour me filer un coup de main sur la soudure ?", "fr", "soudure");
    expect("Dans le cadre de mon activité, je dois apprendre à souder", "fr", "souder");
    /* what looks like carrying and says something */
    expect("aide à domicile", "fr", "domicile");
    expect("services à la personne", "fr", "services (personne)");
    expect("restauration, aide à domicile", "fr", "restauration aide domicile");
    expect("transmettre son entreprise", "fr", "transmettre entreprise");
    expect("je veux lancer mon entreprise", "fr", "lancer entreprise");
    expect("gérer des activités sportives", "fr", "gerer activites sportives");
    expect("publications de recherche", "fr", "publications (recherche)");
    expect("intervenir dans le cadre d'une curatelle", "fr",
           "intervenir cadre curatelle");
    expect("guider un avion sur la piste et l'aider à se garer", "fr",
           "guider avion piste (aider) garer");
}

static void what_is_told_beside_is_aside(void **state)
{
    (void)state;
    expect("Je suis menuisier depuis vingt ans et il me manque la comptabilité", "fr",
           "[menuisier] (depuis) (vingt) (ans) [manque] comptabilite");
    expect("Je suis potière, j'aimerais apprendre à vendre en ligne", "fr",
           "[potiere] vendre ligne");
    expect("I run a bakery but I need help with taxes", "en", "[run] [bakery] taxes");
    expect("je suis menuisier et je cherche des cours d'anglais", "fr",
           "[menuisier] (cours) anglais");
    expect("je suis menuisier, j'aimerais apprendre la peinture", "fr",
           "[menuisier] peinture");
    /* behind a colon, in a list, and before the question */
    expect("Je tiens un salon de thé. Sujet : la paie", "fr",
           "[tiens] [salon] [the] paie");
    expect("Je tiens un salon, j'aimerais apprendre à coudre, broder, tricoter", "fr",
           "[tiens] [salon] coudre broder tricoter");
    expect("la paie, qui peut m'apprendre ?", "fr", "paie");
    expect("je suis boulangère, je bloque toujours sur le même point (la paie)", "fr",
           "[boulangere] paie");
    expect(
        "I run a bakery and I struggle with one thing, taxes. Could someone explain it "
        "to me?",
        "en", "[run] [bakery] taxes");
    expect("la soudure peut s'apprendre chez un ancien ?", "fr",
           "soudure (peut) (apprendre) ancien");
}

static void a_situation_is_asked_as_a_whole(void **state)
{
    (void)state;
    expect("la tondeuse ne veut plus partir, j'ai tout essayé", "fr",
           "tondeuse (veut) partir");
    expect("mon four ne chauffe plus, j'ai besoin de le réparer", "fr",
           "four chauffe reparer");
    expect("ma toiture fuit, qui peut m'aider ?", "fr", "toiture fuit");
    expect("ma tondeuse cale, qui peut m'apprendre à la réparer ?", "fr",
           "tondeuse cale reparer");
    expect("j'ai une tondeuse, j'aimerais apprendre à l'entretenir", "fr",
           "tondeuse entretenir");
}

/* What is named like asking, and what she knows or has, asks for nothing. */
static void a_thing_or_what_she_knows_is_no_question(void **state)
{
    (void)state;
    expect("je veux réparer une montre ancienne", "fr", "reparer montre ancienne");
    expect("je voudrais qu'on me montre comment tailler un rosier", "fr",
           "tailler rosier");
    expect("Could someone guide me in sewing?", "en", "sewing");
    expect("je voudrais devenir guide de montagne", "fr", "(devenir) guide montagne");
    expect("mon volet roulant bloque à mi-course", "fr",
           "volet roulant (bloque) mi course");
    expect("la terre manque d'eau et mes tomates crèvent", "fr",
           "terre manque eau tomates crevent");
    expect("j'ai un vélo de course à réparer", "fr", "velo course reparer");
    expect("je suis élue au conseil municipal", "fr", "elue conseil municipal");
    expect("je maîtrise la soudure mais pas la comptabilité", "fr",
           "(maitrise) soudure comptabilite");
    expect("I know plumbing but not wiring", "en", "plumbing wiring");
}

static void what_she_wishes_to_do_is_asked_too(void **state)
{
    (void)state;
    expect("je donne des cours de yoga et je dois tenir ma comptabilité", "fr",
           "[donne] (cours) yoga (tenir) comptabilite");
    expect("j'ai suivi une formation de boulangère, comment vendre mon pain ?", "fr",
           "[suivi] (formation) boulangere vendre pain");
    expect("I took a course in sewing, now I want to sell", "en",
           "[took] (course) sewing (now) sell");
    expect("Je cherche une personne patiente pour m'apprendre à coudre", "fr",
           "[patiente] (apprendre) coudre");
}

/* English words that say little are words in French: four, course, sort, look. */
static void what_says_little_depends_on_the_language(void **state)
{
    (void)state;
    expect("construire un four à pain", "fr", "construire four pain");
    expect("course à pied", "fr", "course pied");
    expect("I have four sheep", "en", "(four) sheep");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_carries_a_need_goes),
        cmocka_unit_test(what_is_told_beside_is_aside),
        cmocka_unit_test(a_situation_is_asked_as_a_whole),
        cmocka_unit_test(a_thing_or_what_she_knows_is_no_question),
        cmocka_unit_test(what_she_wishes_to_do_is_asked_too),
        cmocka_unit_test(what_says_little_depends_on_the_language),
    };

    return cmocka_run_group_tests_name("need", tests, NULL, NULL);
}
