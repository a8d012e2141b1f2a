/* The toolbox keeps its promises. */
#include "base/arena.h"
#include "base/calendar.h"
#include "base/random.h"
#include "base/text.h"
#include "base/unicode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void an_arena_past_its_limit_gives_null_and_remembers(void **state)
{
    struct arena *arena = arena_new(100);

    (void)state;
    assert_non_null(arena_alloc(arena, 60));
    assert_false(arena_failed(arena));
    assert_null(arena_alloc(arena, 60));
    assert_true(arena_failed(arena));
    arena_free(arena);
}

static void a_text_past_its_limit_stays_as_it_was(void **state)
{
    struct text text;

    (void)state;
    text_init(&text, 5);
    assert_true(text_add(&text, "abc"));
    assert_false(text_add(&text, "def"));
    assert_false(text_add(&text, "g"));
    assert_string_equal(text.bytes, "abc");
    assert_true(text_failed(&text));
    text_done(&text);
}

static void the_lowest_error_is_kept(void **state)
{
    struct err err = {0};

    (void)state;
    assert_int_equal(err_set(&err, ERR_INVALID, "level 7: 1 to 4\nare allowed"),
                     ERR_INVALID);
    err_set(&err, ERR_STORE, "later");
    err_context(&err, "line %d", 3);
    assert_int_equal(err.code, ERR_INVALID);
    assert_string_equal(err.text, "line 3: level 7: 1 to 4 are allowed");
}

static void folding_makes_spellings_meet(void **state)
{
    struct arena *arena = arena_new(1 << 16);

    (void)state;
    assert_string_equal(unicode_fold(arena, "Cœur d’Élève"), "coeur d'eleve");
    assert_string_equal(unicode_fold(arena, "ÇA ne s\u2011arrête\u00a0PAS"),
                        "ca ne s-arrete pas");
    assert_string_equal(unicode_slug(arena, "Élodie d’Arc & Cie", 40),
                        "elodie-d-arc-cie");
    assert_string_equal(unicode_slug(arena, "un deux trois", 9), "un-deux");
    arena_free(arena);
}

static void bad_utf8_is_refused_at_the_edge(void **state)
{
    struct arena *arena = arena_new(1 << 16);

    (void)state;
    assert_null(unicode_clean(arena, "\xc3\x28", 2));
    assert_null(unicode_clean(arena, "\xed\xa0\x80", 3)); /* a surrogate */
    assert_null(unicode_clean(arena, "a\0b", 3));
    assert_string_equal(unicode_clean(arena, "e\xcc\x81t\r\ne\x01", 8), "ét\ne");
    arena_free(arena);
}

static void distance_counts_a_swap_as_one(void **state)
{
    (void)state;
    assert_int_equal(unicode_distance("placo", "palco", 2), 1);
    assert_int_equal(unicode_distance("placo", "plaqo", 2), 1);
    assert_int_equal(unicode_distance("placo", "menuisier", 2), 3);
    assert_int_equal(unicode_distance("", "ab", 2), 2);
}

static void dates_are_read_in_the_forms_people_write(void **state)
{
    int64_t now = 1795305600; /* 2026-11-22 00:00 UTC */
    int64_t at;
    char out[CALENDAR_TEXT_MAX];

    (void)state;
    assert_true(calendar_parse("2026-12-03 18:30", now, zone_paris, &at));
    calendar_iso(at, out);
    assert_string_equal(out, "2026-12-03T17:30:00Z");
    assert_true(calendar_parse("03/07/2026 9h", now, zone_paris, &at));
    calendar_iso(at, out);
    assert_string_equal(out, "2026-07-03T07:00:00Z");
    assert_true(calendar_parse("+12d 18:30", now, zone_paris, &at));
    calendar_local(at, zone_paris, out);
    assert_string_equal(out, "2026-12-04 18:30");
    assert_false(calendar_parse("2026-02-30", now, zone_paris, &at));
    assert_false(calendar_parse("hier", now, zone_paris, &at));
    assert_false(calendar_parse("2026-12-03 25:00", now, zone_paris, &at));
}

static void the_spring_hour_that_does_not_exist_is_refused(void **state)
{
    int64_t at;

    (void)state;
    assert_false(calendar_parse("2027-03-28 02:30", 0, zone_paris, &at));
    assert_true(calendar_parse("2027-03-28 03:00", 0, zone_paris, &at));
    assert_true(
        calendar_parse("2026-10-25 02:30", 0, zone_paris, &at)); /* the first one */
    assert_int_equal(calendar_civil(at, zone_paris).hour, 2);
    assert_int_equal(calendar_civil(at + HOUR_S, zone_paris).hour, 2);
}

static void a_week_on_is_the_same_hour_of_the_clocks(void **state)
{
    int64_t at, then;

    (void)state;
    assert_true(calendar_parse("2027-03-21 18:00", 0, zone_paris, &at));
    then = calendar_days_on(at, 7, zone_paris);
    assert_int_equal(then - at, 167 * HOUR_S); /* the clocks went forward */
    assert_int_equal(calendar_days_on(then, -7, zone_paris), at);
    assert_true(calendar_parse("2027-03-21 02:30", 0, zone_paris, &at));
    then = calendar_days_on(at, 7, zone_paris); /* 2:30 does not exist that night */
    assert_int_equal(calendar_civil(then, zone_paris).hour, 3);
    assert_int_equal(calendar_days_on(at, 7, zone_utc) - at, 7 * DAY_S);
}

static void every_day_of_four_centuries_comes_back(void **state)
{
    (void)state;
    for (int64_t day = -25000; day < 120000; day++) {
        struct civil civil = calendar_civil(day * DAY_S, zone_utc);
        assert_int_equal(calendar_day_number(civil.year, civil.month, civil.day), day);
        assert_true(calendar_date_exists(civil.year, civil.month, civil.day));
    }
}

static void the_same_seed_gives_the_same_chance(void **state)
{
    struct random a, b;

    (void)state;
    random_init(&a, 42);
    random_init(&b, 42);
    for (int i = 0; i < 100; i++) {
        uint32_t value = random_below(&a, 7);
        assert_int_equal(value, random_below(&b, 7));
        assert_true(value < 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arena_past_its_limit_gives_null_and_remembers),
        cmocka_unit_test(a_text_past_its_limit_stays_as_it_was),
        cmocka_unit_test(the_lowest_error_is_kept),
        cmocka_unit_test(folding_makes_spellings_meet),
        cmocka_unit_test(bad_utf8_is_refused_at_the_edge),
        cmocka_unit_test(distance_counts_a_swap_as_one),
        cmocka_unit_test(dates_are_read_in_the_forms_people_write),
        cmocka_unit_test(the_spring_hour_that_does_not_exist_is_refused),
        cmocka_unit_test(a_week_on_is_the_same_hour_of_the_clocks),
        cmocka_unit_test(every_day_of_four_centuries_comes_back),
        cmocka_unit_test(the_same_seed_gives_the_same_chance),
    };

    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
