/* Days and hours as people type them. */
#include "exchange/model/room.h"
#include "exchange/model/when.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static void months_have_names_and_numbers(void **state)
{
    (void)state;
    assert_int_equal(when_month(arena, "12"), 12);
    assert_int_equal(when_month(arena, " 03 "), 3);
    assert_int_equal(when_month(arena, "décembre"), 12);
    assert_int_equal(when_month(arena, "DÉC."), 12);
    assert_int_equal(when_month(arena, "Août"), 8);
    assert_int_equal(when_month(arena, "july"), 7);
    assert_int_equal(when_month(arena, "mars"), 3);
    assert_int_equal(when_month(arena, "jui"), 0);
    assert_int_equal(when_month(arena, "13"), 0);
    assert_int_equal(when_month(arena, "0"), 0);
    assert_int_equal(when_month(arena, ""), 0);
    assert_int_equal(when_month(arena, "ma"), 0);
    assert_int_equal(when_month(arena, "décembre prochain"), 0);
}

static void hours_are_read_as_people_write_them(void **state)
{
    (void)state;
    assert_int_equal(when_minutes("14h30"), 870);
    assert_int_equal(when_minutes("14 H 30"), 870);
    assert_int_equal(when_minutes("1430"), 870);
    assert_int_equal(when_minutes("14:30"), 870);
    assert_int_equal(when_minutes("930"), 570);
    assert_int_equal(when_minutes("9"), 540);
    assert_int_equal(when_minutes("9h"), 540);
    assert_int_equal(when_minutes("24h"), 1440);
    assert_int_equal(when_minutes("25h"), -1);
    assert_int_equal(when_minutes("14h60"), -1);
    assert_int_equal(when_minutes("14h3"), -1);
    assert_int_equal(when_minutes("14h30h"), -1);
    assert_int_equal(when_minutes("h"), -1);
    assert_int_equal(when_minutes("midi"), -1);
    assert_int_equal(when_minutes("12345"), -1);
    assert_int_equal(when_minutes(NULL), -1);
}

static void the_hour_that_spring_jumps_over_is_refused(void **state)
{
    struct when_typed typed = {"28", "mars", "2027", "2h30", "5h"};
    int64_t start = 0, end = 0;

    (void)state;
    assert_int_equal(when_span(arena, &typed, zone_paris, &start, &end), WHEN_NO_HOUR);
    typed.from = "1h30";
    assert_int_equal(when_span(arena, &typed, zone_paris, &start, &end), WHEN_NONE);
    assert_int_equal(end - start, 5 * HOUR_S / 2); /* an hour less than the clock says */
    typed.to = "2h15";
    assert_int_equal(when_span(arena, &typed, zone_paris, &start, &end), WHEN_NO_HOUR);
}

static void in_autumn_the_repeated_hour_is_the_first(void **state)
{
    struct when_typed typed = {"31", "10", "27", "1h30", "3h30"};
    int64_t start = 0, end = 0;

    (void)state;
    assert_int_equal(when_span(arena, &typed, zone_paris, &start, &end), WHEN_NONE);
    assert_int_equal(end - start, 3 * HOUR_S);
}

static void each_mistake_has_its_name(void **state)
{
    int64_t start = 7, end = 7;
    struct when_typed typed = {"", NULL, " ", "", NULL};

    (void)state;
    assert_int_equal(when_span(arena, &typed, zone_paris, &start, &end), WHEN_EMPTY);
    typed = (struct when_typed){"30", "février", "2027", "18h", "20h"};
    assert_int_equal(when_span(arena, &typed, zone_paris, &start, &end), WHEN_DAY);
    typed = (struct when_typed){"3", "", "2027", "18h", "20h"};
    assert_int_equal(when_span(arena, &typed, zone_paris, &start, &end), WHEN_DAY);
    typed = (struct when_typed){"3", "2", "2027", "ce soir", "20h"};
    assert_int_equal(when_span(arena, &typed, zone_paris, &start, &end), WHEN_HOUR);
    typed = (struct when_typed){"3", "2", "2027", "20h", "18h"};
    assert_int_equal(when_span(arena, &typed, zone_paris, &start, &end), WHEN_ORDER);
    typed = (struct when_typed){"3", "2", "2027", "6h", "20h"};
    assert_int_equal(when_span(arena, &typed, zone_paris, &start, &end), WHEN_ORDER);
    assert_int_equal(start, 7);
    typed = (struct when_typed){"3", "2", "2027", "20h", "24h"};
    assert_int_equal(when_span(arena, &typed, zone_paris, &start, &end), WHEN_NONE);
    assert_int_equal(end - start, 4 * HOUR_S);
}

static void a_room_is_open_in_local_hours(void **state)
{
    const struct weekly_window windows[] = {{3, 18 * 60, 24 * 60}};
    struct room room = {.windows = windows, .window_count = 1};
    struct when_typed typed = {"3", "2", "2027", "18h", "20h"}; /* a Wednesday */
    int64_t start = 0, end = 0;

    (void)state;
    when_span(arena, &typed, zone_paris, &start, &end);
    assert_true(room_is_open(&room, start, end, zone_paris));
    assert_false(room_is_open(&room, start - HOUR_S, end, zone_paris));
    assert_false(room_is_open(&room, start + DAY_S, end + DAY_S, zone_paris));
    assert_true(room_is_open(&room, start, start + 6 * HOUR_S, zone_paris));
    assert_false(room_is_open(&room, start, start + 7 * HOUR_S, zone_paris));
    room.window_count = 0;
    assert_true(room_is_open(&room, start, start + 7 * HOUR_S, zone_paris));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_have_names_and_numbers),
        cmocka_unit_test(hours_are_read_as_people_write_them),
        cmocka_unit_test(the_hour_that_spring_jumps_over_is_refused),
        cmocka_unit_test(in_autumn_the_repeated_hour_is_the_first),
        cmocka_unit_test(each_mistake_has_its_name),
        cmocka_unit_test(a_room_is_open_in_local_hours),
    };
    int failed;

    arena = arena_new(1 << 20);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
