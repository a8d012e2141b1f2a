/* A page of records takes the same number of statements however many rows it has, and
 * shows each as it is alone. Statements are counted by wrapping db_query (see local.mk).
 */
#include "tests/store/place.h"

#include <stdio.h>

enum { MANY = 70 };

static int statements;

err_code __real_db_query(struct db *db, enum query query, struct stmt **out,
                         struct err *err);
err_code __wrap_db_query(struct db *db, enum query query, struct stmt **out,
                         struct err *err);

err_code __wrap_db_query(struct db *db, enum query query, struct stmt **out,
                         struct err *err)
{
    statements++;
    return __real_db_query(db, query, out, err);
}

static void fill(struct place *place)
{
    for (int i = 0; i < MANY; i++) {
        struct weekly_window windows[] = {{1 + i % 7, i, i + 60}, {7, 600, 700}};
        struct person_skill skills[] = {{.label = "coudre", .level = i % 5},
                                        {.label = arena_printf(place->arena, "n%d", i)}};
        struct person person =
            someone(arena_printf(place->arena, "P%02d", i * 37 % MANY));
        struct need need = {
            .text = "apprendre", .expires_at = NOW + 99, .created_at = NOW - i % 9};
        struct need_support support = {.words = "moi aussi"};
        struct session_date dates[] = {{NOW + i * 31 % MANY + 9, NOW + 999, false},
                                       {NOW + 500, NOW + 600, true}};
        struct session session = {
            .title = "Coudre", .seats = 8, .threshold = 4, .format = FORMAT_WORKSHOP};
        struct registration seat = {.state = REGISTRATION_SEATED, .created_at = NOW};
        struct skill_label label = {"fr", LABEL_PREFERRED, "Famille"};
        struct skill skill = {.source = "site",
                              .code = arena_printf(place->arena, "f%02d", i * 13 % MANY),
                              .labels = &label,
                              .label_count = 1};
        person.skills = skills;
        person.skill_count = (size_t)i % 3;
        person.windows = windows;
        person.window_count = (size_t)i % 3;
        run(place, save_person, &person);
        support.person_id = seat.person_id = person.id;
        need.supports = &support;
        need.support_count = (size_t)i % 2;
        run(place, save_need, &need);
        session.dates = dates;
        session.date_count = 1 + (size_t)i % 2;
        session.trainer_ids = &person.id;
        session.need_ids = &need.id;
        session.trainer_count = session.need_count = (size_t)(i + 1) % 2;
        session.registrations = &seat;
        session.registration_count = (size_t)i % 2;
        run(place, save_session, &session);
        run(place, save_skill, &skill);
    }
}

static int people_statements(struct place *place, size_t most)
{
    struct people_filter filter = {.most = most};
    struct person *list, alone;
    size_t count;
    int64_t total;
    int used;
    struct err err = {0};

    statements = 0;
    assert_int_equal(
        people_list(place->db, place->arena, &filter, &list, &count, &total, &err), 0);
    used = statements;
    assert_true(count == most && total == MANY);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(people_get(place->db, place->arena, list[i].id, &alone, &err),
                         0);
        assert_string_equal(alone.name, list[i].name);
        assert_string_equal(list[i].name,
                            arena_printf(place->arena, "P%02d", (int)i)); /* by name */
        assert_true(alone.skill_count == list[i].skill_count &&
                    alone.window_count == list[i].window_count);
        for (size_t j = 0; j < alone.skill_count; j++)
            assert_string_equal(alone.skills[j].label, list[i].skills[j].label);
        for (size_t j = 0; j < alone.window_count; j++)
            assert_memory_equal(&alone.windows[j], &list[i].windows[j],
                                sizeof *alone.windows);
    }
    return used;
}

static int needs_statements(struct place *place, size_t most)
{
    struct needs_filter filter = {.most = most};
    struct need *list, alone;
    size_t count;
    int64_t total;
    int used;
    struct err err = {0};

    statements = 0;
    assert_int_equal(
        needs_list(place->db, place->arena, NOW, &filter, &list, &count, &total, &err),
        0);
    used = statements;
    assert_true(count == most && total == MANY);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(needs_get(place->db, place->arena, list[i].id, &alone, &err), 0);
        assert_true(i == 0 || list[i - 1].created_at >= list[i].created_at);
        assert_true(alone.support_count == list[i].support_count);
        if (alone.support_count)
            assert_true(alone.supports[0].person_id == list[i].supports[0].person_id);
    }
    return used;
}

static int sessions_statements(struct place *place, size_t most)
{
    struct sessions_filter filter = {.most = most};
    struct session *list, alone;
    size_t count;
    int64_t total;
    int used;
    struct err err = {0};

    statements = 0;
    assert_int_equal(
        sessions_list(place->db, place->arena, NOW, &filter, &list, &count, &total, &err),
        0);
    used = statements;
    assert_true(count == most && total == MANY);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(sessions_get(place->db, place->arena, list[i].id, &alone, &err),
                         0);
        assert_true(i == 0 ||
                    list[i - 1].dates[0].starts_at <= list[i].dates[0].starts_at);
        assert_true(alone.date_count == list[i].date_count &&
                    alone.trainer_count == list[i].trainer_count &&
                    alone.need_count == list[i].need_count &&
                    alone.registration_count == list[i].registration_count);
        if (alone.trainer_count)
            assert_true(alone.trainer_ids[0] == list[i].trainer_ids[0] &&
                        alone.need_ids[0] == list[i].need_ids[0]);
    }
    return used;
}

static int families_statements(struct place *place, size_t most)
{
    struct skill *list;
    size_t count;
    int used;
    struct err err = {0};

    statements = 0;
    assert_int_equal(skills_families(place->db, place->arena, most, &list, &count, &err),
                     0);
    used = statements;
    assert_int_equal(count, most);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(list[i].code, arena_printf(place->arena, "f%02d", (int)i));
        assert_true(list[i].label_count == 1);
    }
    return used;
}

static void a_page_takes_as_many_statements_as_one_row(void **state)
{
    static int (*const kinds[])(struct place *, size_t) = {
        people_statements, needs_statements, sessions_statements, families_statements};
    struct place *place = *state;

    fill(place);
    for (int i = 0; i < 4; i++) {
        int one = kinds[i](place, 1), page = kinds[i](place, 32);
        assert_int_equal(page, one);
        assert_true(one <= 7);
        assert_true(kinds[i](place, MANY) <= 3 * one);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RECORDS_TEST(a_page_takes_as_many_statements_as_one_row),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
