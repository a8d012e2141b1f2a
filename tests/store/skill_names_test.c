/* One rule decides which skill a name means. */
#include "tests/store/place.h"

#include "store/skill_names.h"

#include <stdio.h>

static int64_t add(struct place *place, const char *source, const char *code,
                   const char *preferred, const char *alternative)
{
    struct skill_label labels[] = {{"fr", LABEL_PREFERRED, preferred},
                                   {"fr", LABEL_ALTERNATIVE, alternative}};
    struct skill skill = {.source = source,
                          .code = code,
                          .labels = labels,
                          .label_count = alternative ? 2 : 1};

    run(place, save_skill, &skill);
    return skill.id;
}

static int64_t meant(struct place *place, const char *name)
{
    struct skill_names *names;
    struct err err = {0};
    int64_t id = -1, again = -1;

    assert_int_equal(skill_named(place->db, name, &id, &err), ERR_NONE);
    assert_int_equal(skill_names_new(&names, place->db, &err), ERR_NONE);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(skill_names_find(names, name, &again, &err), ERR_NONE);
        assert_int_equal(again, id);
    }
    skill_names_free(names);
    return id;
}

static void a_preferred_label_goes_before_an_alternative_of_any_source(void **state)
{
    struct place *place = *state;
    int64_t rome;

    add(place, "site", "s1", "Pose de cloisons", "Poser du placo");
    rome = add(place, "rome", "r1", "Poser du placo", NULL);
    assert_int_equal(meant(place, "poser  du PLACO"), rome);
}

static void among_equal_labels_the_site_goes_first_then_structures_esco_rome(void **state)
{
    struct place *place = *state;
    static const char *const sources[] = {"rome", "esco", "atelier", "site"};

    for (int i = 0; i < 4; i++) { /* each goes before all those that came before it */
        int64_t id = add(place, sources[i], "c", "Soudure", NULL);
        assert_int_equal(meant(place, "soudure"), id);
    }
}

static void the_order_of_importing_does_not_matter(void **state)
{
    struct place *place = *state;
    int64_t first = add(place, "csv", "b", "Vannerie", NULL);

    assert_int_equal(meant(place, "Vannerie"), first);
    first = add(place, "csv", "a", "Vannerie", NULL);
    assert_int_equal(meant(place, "Vannerie"), first);
}

static void a_code_goes_before_a_label_and_may_name_its_source(void **state)
{
    struct place *place = *state;
    int64_t rome = add(place, "rome", "K1", "Conduite", NULL),
            csv = add(place, "csv", "K1", "Autre", NULL),
            named = add(place, "site", "k2", "K1", NULL);

    assert_int_equal(meant(place, "K1"), csv);
    assert_int_equal(meant(place, "k1"),
                     named); /* codes are to the letter, labels are not */
    assert_int_equal(meant(place, "rome:K1"), rome);
    assert_int_equal(meant(place, "csv:K1"), csv);
}

static void a_name_nobody_knows_means_nothing(void **state)
{
    struct place *place = *state;

    add(place, "site", "s1", "", NULL);
    assert_int_equal(meant(place, ""), 0);
    assert_int_equal(meant(place, "rome:"), 0);
    assert_int_equal(meant(place, "'; DROP TABLE skill; --"), 0);
}

static void many_names_are_kept_apart(void **state)
{
    struct place *place = *state;
    struct skill_names *names;
    struct err err = {0};
    int64_t ids[50], id;
    char name[16];

    for (int i = 0; i < 50; i++) {
        snprintf(name, sizeof name, "n%d", i * 100);
        ids[i] = add(place, "csv", name, name, NULL);
    }
    assert_int_equal(skill_names_new(&names, place->db, &err), ERR_NONE);
    for (int i = 0; i < 10000; i++) {
        snprintf(name, sizeof name, "n%d", i % 5000);
        assert_int_equal(skill_names_find(names, name, &id, &err), ERR_NONE);
        assert_int_equal(id, i % 100 ? 0 : ids[i % 5000 / 100]);
    }
    skill_names_free(names);
}

static err_code link_skills(struct db *db, void *argument, struct err *err)
{
    return people_link_skills(db, NOW, argument, err);
}

static void words_follow_the_rule_when_a_thesaurus_comes_later(void **state)
{
    struct place *place = *state;
    struct person_skill has[] = {{.label = "tressage"}, {.label = "à sa façon"}};
    struct person person = someone("Yaël"), got;
    int64_t rome = add(place, "rome", "r", "Tressage", NULL), site, linked = 0;
    struct err err = {0};

    has[0].skill_id = has[1].skill_id = rome;
    person.skills = has;
    person.skill_count = 2;
    run(place, save_person, &person);
    site = add(place, "site", "s", "Tressage", NULL);
    run(place, link_skills, &linked);
    assert_int_equal(linked, 1);
    assert_int_equal(people_get(place->db, place->arena, person.id, &got, &err),
                     ERR_NONE);
    assert_int_equal(got.skills[0].skill_id, site);
    assert_int_equal(got.skills[1].skill_id, rome); /* chosen, not recognised */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RECORDS_TEST(a_preferred_label_goes_before_an_alternative_of_any_source),
        RECORDS_TEST(among_equal_labels_the_site_goes_first_then_structures_esco_rome),
        RECORDS_TEST(the_order_of_importing_does_not_matter),
        RECORDS_TEST(a_code_goes_before_a_label_and_may_name_its_source),
        RECORDS_TEST(a_name_nobody_knows_means_nothing),
        RECORDS_TEST(many_names_are_kept_apart),
        RECORDS_TEST(words_follow_the_rule_when_a_thesaurus_comes_later),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
