/* The records keep what they are given and refuse what does not fit. */
#include "tests/store/place.h"

#include "base/random.h"
#include "store/plans.h"

enum { SEEDED = 300 };

static const char *words_or_nothing(struct arena *arena, struct random *random)
{
    static const char *const parts[] = {"Élodie", "d’Arc", "'; DROP TABLE person; --",
                                        "œuvre",  "%s%n",  "\n",
                                        "日本",   "🪚",  " "};
    uint32_t count = random_below(random, 6);
    const char *text = "";

    if (random_below(random, 4) == 0)
        return NULL;
    for (uint32_t i = 0; i < count; i++)
        text = arena_printf(arena, "%s%s", text, parts[random_below(random, 9)]);
    return text;
}

static struct person random_person(struct arena *arena, struct random *random,
                                   const int64_t skills[2], const int64_t *pole)
{
    struct person person = someone(arena_printf(arena, "N%u", random_below(random, 999)));
    struct person_skill *list = arena_array(arena, 8, sizeof *list);
    struct weekly_window *windows = arena_array(arena, 3, sizeof *windows);

    person.email = words_or_nothing(arena, random);
    person.phone = words_or_nothing(arena, random);
    person.about = words_or_nothing(arena, random);
    person.headline = words_or_nothing(arena, random);
    person.commune = words_or_nothing(arena, random);
    person.access = words_or_nothing(arena, random);
    person.languages = words_or_nothing(arena, random);
    person.external_id = words_or_nothing(arena, random);
    person.formats = random_below(random, 32);
    person.quota_month = (int)random_below(random, 10) - 1;
    person.pause_until = random_below(random, 2) ? NOW : 0;
    person.confirmed_at = random_below(random, 2) ? NOW - 5 : 0;
    person.state = (enum card_state)random_below(random, 3);
    person.skills = list;
    person.skill_count = random_below(random, 9);
    for (size_t i = 0; i < person.skill_count; i++)
        list[i] = (struct person_skill){
            .skill_id = random_below(random, 2) ? skills[random_below(random, 2)] : 0,
            .label = arena_printf(arena, "savoir %u", random_below(random, 99)),
            .level = (enum skill_level)random_below(random, 5),
            .is_shared = random_below(random, 2) != 0,
            .formats = random_below(random, 16)};
    person.windows = windows;
    person.window_count = random_below(random, 4);
    for (size_t i = 0; i < person.window_count; i++) {
        windows[i].weekday = 1 + (int)random_below(random, 7);
        windows[i].start_min = (int)random_below(random, 1440);
        windows[i].end_min = windows[i].start_min + 1;
    }
    person.pole_ids = pole;
    person.pole_count = random_below(random, 2);
    return person;
}

static void same_text(const char *a, const char *b)
{
    if (!a || !b)
        assert_ptr_equal(a, b);
    else
        assert_string_equal(a, b);
}

static void same_person(const struct person *a, const struct person *b)
{
    assert_true(a->id == b->id && a->structure_id == b->structure_id);
    same_text(a->name, b->name);
    same_text(a->email, b->email);
    same_text(a->phone, b->phone);
    same_text(a->about, b->about);
    same_text(a->headline, b->headline);
    same_text(a->commune, b->commune);
    same_text(a->access, b->access);
    same_text(a->languages, b->languages);
    same_text(a->external_id, b->external_id);
    assert_true(a->formats == b->formats && a->quota_month == b->quota_month);
    assert_true(a->pause_until == b->pause_until && a->confirmed_at == b->confirmed_at);
    assert_true(a->state == b->state && a->version == b->version);
    assert_true(a->created_at == b->created_at && a->updated_at == b->updated_at);
    assert_int_equal(a->skill_count, b->skill_count);
    for (size_t i = 0; i < a->skill_count; i++) {
        assert_true(a->skills[i].skill_id == b->skills[i].skill_id);
        same_text(a->skills[i].label, b->skills[i].label);
        assert_int_equal(a->skills[i].level, b->skills[i].level);
        assert_int_equal(a->skills[i].is_shared, b->skills[i].is_shared);
        assert_int_equal(a->skills[i].formats, b->skills[i].formats);
    }
    assert_int_equal(a->window_count, b->window_count);
    for (size_t i = 0; i < a->window_count; i++)
        assert_memory_equal(&a->windows[i], &b->windows[i], sizeof *a->windows);
    assert_int_equal(a->pole_count, b->pole_count);
    if (a->pole_count)
        assert_true(a->pole_ids[0] == b->pole_ids[0]);
}

static struct skill new_skill(const char *code, const struct skill_label *label)
{
    return (struct skill){
        .source = "rome", .code = code, .labels = label, .label_count = 1};
}

static void people_come_back_as_they_were_saved(void **state)
{
    struct place *place = *state;
    struct skill_label label = {"fr", LABEL_PREFERRED, "Pose de placo"};
    struct skill one = new_skill("K1", &label), two = new_skill("K2", &label);
    struct pole pole = {.key = "bois", .name = "Bois", .kind = "trade"};
    struct person *saved = arena_array(place->arena, SEEDED, sizeof *saved), got, *next;
    int64_t skills[2], count;
    size_t found;
    struct random random;
    struct err err = {0};

    random_init(&random, 20261123);
    run(place, save_skill, &one);
    run(place, save_skill, &two);
    run(place, save_pole, &pole);
    skills[0] = one.id;
    skills[1] = two.id;
    for (size_t i = 0; i < SEEDED; i++) {
        saved[i] = random_person(place->arena, &random, skills, &pole.id);
        run(place, save_person, &saved[i]);
    }
    for (size_t i = 0; i < SEEDED; i += 7) { /* changed as a whole, lists too */
        struct person other = random_person(place->arena, &random, skills, &pole.id);
        other.id = saved[i].id;
        other.version = saved[i].version;
        other.created_at = saved[i].created_at;
        saved[i] = other;
        run(place, save_person, &saved[i]);
        assert_int_equal(saved[i].version, 2);
    }
    for (size_t i = 0; i < SEEDED; i++) {
        assert_int_equal(people_get(place->db, place->arena, saved[i].id, &got, &err), 0);
        same_person(&saved[i], &got);
    }
    assert_int_equal(people_next(place->db, place->arena, 10, 50, &next, &found, &err),
                     0);
    assert_int_equal(found, 50);
    for (size_t i = 0; i < found; i++)
        same_person(&saved[10 + i], &next[i]);
    assert_int_equal(people_count(place->db, &count, &err), 0);
    assert_int_equal(count, SEEDED);
    assert_int_equal(
        people_next(place->db, place->arena, SEEDED, 50, &next, &found, &err), 0);
    assert_int_equal(found, 0);
}

static void an_id_nobody_has_is_not_found(void **state)
{
    struct place *place = *state;
    struct person person;
    struct need need;
    struct session session;
    struct skill skill;
    struct pole pole;
    struct err err = {0};

    expect(ERR_NOT_FOUND, people_get(place->db, place->arena, 77, &person, &err), &err,
           "77");
    err_clear(&err);
    expect(ERR_NOT_FOUND, needs_get(place->db, place->arena, 77, &need, &err), &err,
           "77");
    err_clear(&err);
    expect(ERR_NOT_FOUND, sessions_get(place->db, place->arena, 77, &session, &err), &err,
           "77");
    err_clear(&err);
    expect(ERR_NOT_FOUND, skills_get(place->db, place->arena, 77, &skill, &err), &err,
           "77");
    err_clear(&err);
    expect(ERR_NOT_FOUND, poles_get(place->db, place->arena, 77, &pole, &err), &err,
           "77");
}

static void saving_with_an_old_version_is_a_conflict_and_changes_nothing(void **state)
{
    struct place *place = *state;
    struct person person = someone("Amal"), late, got;
    struct err err = {0};

    run(place, save_person, &person);
    late = person;
    person.name = "Amal B.";
    run(place, save_person, &person);
    late.name = "Amal C.";
    expect(ERR_CONFLICT, writer_do(place->writer, save_person, &late, &err), &err,
           "changed or removed meanwhile");
    err_clear(&err);
    assert_int_equal(people_get(place->db, place->arena, person.id, &got, &err),
                     ERR_NONE);
    assert_string_equal(got.name, "Amal B.");
    assert_int_equal(got.version, 2);
    assert_int_equal(last_change(place), 2);
}

static void values_outside_their_range_are_refused_by_the_records_too(void **state)
{
    struct place *place = *state;
    struct person person = someone("Léa");
    struct weekly_window window = {8, 0, 60};
    struct pole pole = {.key = "x", .name = "X", .kind = "odd"};
    struct err err = {0};

    person.windows = &window;
    person.window_count = 1;
    expect(ERR_CONFLICT, writer_do(place->writer, save_person, &person, &err), &err,
           "weekday");
    assert_int_equal(person.id, 0);
    err_clear(&err);
    expect(ERR_CONFLICT, writer_do(place->writer, save_pole, &pole, &err), &err, "kind");
    err_clear(&err);
    person.window_count = 0;
    person.structure_id = 404;
    expect(ERR_CONFLICT, writer_do(place->writer, save_person, &person, &err), &err,
           "FOREIGN KEY");
    assert_int_equal(last_change(place), 0);
}

static void a_person_is_found_by_number_address_and_name(void **state)
{
    struct place *place = *state;
    struct structure structure = {.key = "cae", .name = "La CAE"};
    struct person one = someone("Éloïse Noël"), two = someone("eloise NOEL");
    int64_t id = -1;
    struct err err = {0};

    run(place, save_structure, &structure);
    one.external_id = two.external_id = "12";
    one.email = "Eloise@Exemple.fr";
    two.structure_id = structure.id;
    run(place, save_person, &one);
    run(place, save_person, &two);
    assert_int_equal(people_find_external(place->db, "12", &id, &err), 0);
    assert_int_equal(id, one.id);
    assert_int_equal(people_find_in_structure(place->db, structure.id, "12", &id, &err),
                     0);
    assert_int_equal(id, two.id);
    assert_int_equal(people_find_email(place->db, "ELOISE@exemple.FR", &id, &err), 0);
    assert_int_equal(id, one.id);
    assert_int_equal(people_find_email(place->db, "nobody@exemple.fr", &id, &err), 0);
    assert_int_equal(id, 0);
    assert_int_equal(people_find_name(place->db, 0, "eloise noel", &id, &err), 0);
    assert_int_equal(id, one.id);
    two.structure_id = 0;
    run(place, save_person, &two);
    expect(ERR_CONFLICT, people_find_name(place->db, 0, "eloise noel", &id, &err), &err,
           "several");
}

static void a_list_of_people_counts_all_and_shows_sharers_first(void **state)
{
    struct place *place = *state;
    struct skill_label label = {"fr", LABEL_PREFERRED, "Enduit"};
    struct skill skill = new_skill("E1", &label);
    struct person_skill has = {.label = "enduit"};
    struct people_filter filter = {.most = 2};
    struct person person, *list;
    int64_t total;
    size_t count;
    struct err err = {0};

    run(place, save_skill, &skill);
    has.skill_id = skill.id;
    for (int i = 0; i < 4; i++) {
        person = someone(i == 3 ? "Zoé" : "Anna");
        person.skills = &has;
        person.skill_count = 1;
        person.state = i == 0 ? CARD_DRAFT : CARD_PUBLISHED;
        has.is_shared = i == 3;
        run(place, save_person, &person);
    }
    filter.skill_id = skill.id;
    assert_int_equal(
        people_list(place->db, place->arena, &filter, &list, &count, &total, &err), 0);
    assert_int_equal(count, 2);
    assert_int_equal(total, 3);
    assert_string_equal(list[0].name, "Zoé");
    filter.skill_id = 0;
    filter.offset = 2;
    assert_int_equal(
        people_list(place->db, place->arena, &filter, &list, &count, &total, &err), 0);
    assert_int_equal(count, 1);
    assert_int_equal(total, 3);
}

static void a_list_of_people_leaves_out_cards_too_old_to_be_shown(void **state)
{
    struct place *place = *state;
    struct people_filter filter = {.most = 9, .shown_since = 5000};
    struct person person, *list;
    int64_t total;
    size_t count;
    struct err err = {0};

    for (int i = 0; i < 3; i++) {
        person = someone(i == 2 ? "Zoé" : "Anna");
        person.state = CARD_PUBLISHED;
        person.created_at = i == 2 ? 5001 : 4000;
        person.confirmed_at = i == 0 ? 5000 : i == 1 ? 5001 : 0;
        run(place, save_person, &person);
    }
    assert_int_equal(
        people_list(place->db, place->arena, &filter, &list, &count, &total, &err), 0);
    assert_int_equal(total, 2);
    assert_int_equal(count, 2);
    assert_int_equal(list[0].confirmed_at, 5001);
    assert_string_equal(list[1].name, "Zoé");
}

static err_code erase_person(struct db *db, void *argument, struct err *err)
{
    return people_erase(db, *(int64_t *)argument, NOW, err);
}

static err_code erase_skill(struct db *db, void *argument, struct err *err)
{
    return skills_erase(db, *(int64_t *)argument, false, NOW, err);
}

static void erasing_a_person_leaves_nothing_of_hers(void **state)
{
    struct place *place = *state;
    struct person person = someone("Karim"), got;
    struct need need = {.text = "poser du placo", .expires_at = NOW + 9}, read;
    struct need_support support = {.words = "moi aussi"};
    struct err err = {0};

    run(place, save_person, &person);
    support.person_id = person.id;
    need.person_id = person.id;
    need.email = "karim@exemple.fr";
    need.supports = &support;
    need.support_count = 1;
    run(place, save_need, &need);
    run(place, erase_person, &person.id);
    expect(ERR_NOT_FOUND, people_get(place->db, place->arena, person.id, &got, &err),
           &err, "no person");
    err_clear(&err);
    assert_int_equal(needs_get(place->db, place->arena, need.id, &read, &err), ERR_NONE);
    assert_int_equal(read.person_id, 0);
    assert_null(read.email);
    assert_int_equal(read.support_count, 0);
    expect(ERR_NOT_FOUND, writer_do(place->writer, erase_person, &person.id, &err), &err,
           "no person");
}

static void erasing_a_skill_keeps_the_words_of_those_who_had_it(void **state)
{
    struct place *place = *state;
    struct skill_label label = {"fr", LABEL_PREFERRED, "Soudure à l’arc"};
    struct skill skill = new_skill("S1", &label);
    struct person_skill has = {.label = "soudure", .level = LEVEL_MASTERS};
    struct person person = someone("Inès"), got;
    struct err err = {0};

    run(place, save_skill, &skill);
    has.skill_id = skill.id;
    person.skills = &has;
    person.skill_count = 1;
    run(place, save_person, &person);
    run(place, erase_skill, &skill.id);
    assert_int_equal(people_get(place->db, place->arena, person.id, &got, &err),
                     ERR_NONE);
    assert_int_equal(got.skill_count, 1);
    assert_int_equal(got.skills[0].skill_id, 0);
    assert_string_equal(got.skills[0].label, "soudure");
}

static err_code refuse_skill(struct db *db, void *argument, struct err *err)
{
    const struct plan_refusal refusal = {.skill_id = *(int64_t *)argument};
    struct pole pole = {.key = "bois", .name = "Bois", .kind = "trade"};
    err_code code = poles_save(db, &pole, NOW, err);

    return code == ERR_NONE ? plans_refuse(db, pole.id, &refusal, NOW + 9, NOW, err)
                            : code;
}

static void a_skill_whose_sessions_a_pole_refused_can_be_erased(void **state)
{
    struct place *place = *state;
    struct skill_label label = {"fr", LABEL_PREFERRED, "Soudure à l’arc"};
    struct skill skill = new_skill("S1", &label);
    struct err err = {0};

    run(place, save_skill, &skill);
    run(place, refuse_skill, &skill.id);
    run(place, erase_skill, &skill.id);
    expect(ERR_NOT_FOUND, skills_get(place->db, place->arena, skill.id, &skill, &err),
           &err, "no skill");
}

static void needs_and_sessions_come_back_with_their_lists(void **state)
{
    struct place *place = *state;
    struct person person = someone("Noé");
    struct weekly_window window = {2, 1080, 1200};
    struct need need = {.text = "faire un devis", .expires_at = NOW + 9}, *needs;
    struct session_date dates[] = {{NOW + 60, NOW + 120, false},
                                   {NOW + 90, NOW + 150, true}};
    struct registration seat = {.state = REGISTRATION_WAITING, .created_at = NOW};
    struct session session = {.title = "Devis",
                              .seats = 8,
                              .threshold = 4,
                              .format = FORMAT_WORKSHOP},
                   *sessions;
    struct sessions_filter filter = {.most = 5};
    struct needs_filter open = {.most = 5};
    int64_t total;
    size_t count;
    struct err err = {0};

    run(place, save_person, &person);
    need.windows = &window;
    need.window_count = 1;
    run(place, save_need, &need);
    seat.person_id = person.id;
    session.dates = dates;
    session.date_count = 2;
    session.trainer_ids = &person.id;
    session.need_ids = &need.id;
    session.trainer_count = session.need_count = 1;
    session.registrations = &seat;
    session.registration_count = 1;
    run(place, save_session, &session);
    filter.person_id = person.id;
    assert_int_equal(sessions_list(place->db, place->arena, NOW, &filter, &sessions,
                                   &count, &total, &err),
                     ERR_NONE);
    assert_true(count == 1 && total == 1 && sessions[0].date_count == 2);
    assert_true(sessions[0].dates[1].is_fixed && sessions[0].need_ids[0] == need.id);
    assert_int_equal(sessions[0].registrations[0].state, REGISTRATION_WAITING);
    assert_int_equal(sessions_list(place->db, place->arena, NOW + 500, &filter, &sessions,
                                   &count, &total, &err),
                     ERR_NONE);
    assert_true(count == 0 && total == 0);
    assert_int_equal(
        needs_list(place->db, place->arena, NOW, &open, &needs, &count, &total, &err),
        ERR_NONE);
    assert_true(count == 1 && total == 1 && needs[0].windows[0].start_min == 1080);
    assert_int_equal(
        needs_list(place->db, place->arena, NOW + 9, &open, &needs, &count, &total, &err),
        ERR_NONE);
    assert_true(count == 0 && total == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RECORDS_TEST(people_come_back_as_they_were_saved),
        RECORDS_TEST(an_id_nobody_has_is_not_found),
        RECORDS_TEST(saving_with_an_old_version_is_a_conflict_and_changes_nothing),
        RECORDS_TEST(values_outside_their_range_are_refused_by_the_records_too),
        RECORDS_TEST(a_person_is_found_by_number_address_and_name),
        RECORDS_TEST(a_list_of_people_counts_all_and_shows_sharers_first),
        RECORDS_TEST(a_list_of_people_leaves_out_cards_too_old_to_be_shown),
        RECORDS_TEST(erasing_a_person_leaves_nothing_of_hers),
        RECORDS_TEST(erasing_a_skill_keeps_the_words_of_those_who_had_it),
        RECORDS_TEST(a_skill_whose_sessions_a_pole_refused_can_be_erased),
        RECORDS_TEST(needs_and_sessions_come_back_with_their_lists),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
