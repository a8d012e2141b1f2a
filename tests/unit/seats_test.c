/* Seats: what holds after any sequence of arrivals, departures and hours. */
#include "exchange/model/seats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { PEOPLE = 40, HOUR = 3600, LIVES = 3000, STEPS = 60 };

static struct registration items[PEOPLE + 2];
static struct seat_change changes[4 * PEOPLE];

static struct seating begin(int seats)
{
    return (struct seating){.seats = seats,
                            .starts_at = 1000 * HOUR,
                            .hold_s = 48 * HOUR,
                            .items = items,
                            .changes = changes};
}

static void expect(const struct seating *seating, size_t i, int64_t person,
                   enum seat_event event)
{
    assert_true(i < seating->change_count);
    assert_int_equal(seating->changes[i].person_id, person);
    assert_int_equal(seating->changes[i].event, event);
}

static void the_one_too_many_waits(void **state)
{
    struct seating seating = begin(2);

    (void)state;
    for (int64_t person = 1; person <= 4; person++)
        assert_true(seats_register(&seating, person, 0, HOUR));
    expect(&seating, 1, 2, SEAT_GIVEN);
    expect(&seating, 2, 3, SEAT_WAITS);
    assert_int_equal(seats_rank(items, seating.count, 4), 2);
    assert_int_equal(seats_rank(items, seating.count, 1), 0);
    assert_false(seats_register(&seating, 3, 0, HOUR));
    assert_false(seats_take(&seating, 3, HOUR));
}

static void a_freed_seat_is_offered_held_and_passed_on(void **state)
{
    struct seating seating = begin(1);

    (void)state;
    for (int64_t person = 1; person <= 3; person++)
        seats_register(&seating, person, 0, HOUR);
    seating.change_count = 0;
    assert_true(seats_leave(&seating, 1, 2 * HOUR));
    expect(&seating, 0, 1, SEAT_LEFT);
    expect(&seating, 1, 2, SEAT_OFFERED);
    assert_int_equal(seats_of(items, seating.count, 2)->hold_until, 50 * HOUR);
    assert_true(seats_register(&seating, 4, 0, 3 * HOUR));
    expect(&seating, 2, 4, SEAT_WAITS);
    seating.change_count = 0;
    seats_turn(&seating, 50 * HOUR - 1);
    assert_int_equal(seating.change_count, 0);
    seats_turn(&seating, 50 * HOUR);
    expect(&seating, 0, 2, SEAT_PASSED_ON);
    expect(&seating, 1, 3, SEAT_OFFERED);
    assert_false(seats_take(&seating, 2, 51 * HOUR));
    assert_true(seats_take(&seating, 3, 51 * HOUR));
    expect(&seating, 2, 3, SEAT_GIVEN);
    assert_true(seats_register(&seating, 2, 0, 52 * HOUR));
    assert_int_equal(seats_rank(items, seating.count, 2), 2); /* behind 4 */
}

static void those_who_asked_come_first(void **state)
{
    struct seating seating = begin(2);

    (void)state;
    seating.priority_until = 48 * HOUR;
    seats_register(&seating, 1, 0, HOUR);
    seats_register(&seating, 2, 77, 2 * HOUR);
    expect(&seating, 0, 1, SEAT_WAITS);
    expect(&seating, 1, 2, SEAT_GIVEN);
    seats_register(&seating, 3, 0, 3 * HOUR);
    seats_turn(&seating, 48 * HOUR);
    expect(&seating, 3, 1, SEAT_GIVEN);
    assert_int_equal(seating.change_count, 4);
    assert_int_equal(seating.priority_until, 0);
    assert_int_equal(seats_rank(items, seating.count, 3), 1);
}

static void a_hold_ends_before_the_session_does_begin(void **state)
{
    struct seating seating = begin(1);

    (void)state;
    seats_register(&seating, 1, 0, HOUR);
    seats_register(&seating, 2, 0, HOUR);
    seats_leave(&seating, 1, 990 * HOUR);
    assert_int_equal(seats_of(items, seating.count, 2)->hold_until, 995 * HOUR);
    seats_turn(&seating, 1000 * HOUR);
    assert_int_equal(seats_of(items, seating.count, 2)->state, REGISTRATION_LEFT);
    assert_false(seats_leave(&seating, 2, 1000 * HOUR));
    assert_false(seats_leave(&seating, 9, 1000 * HOUR));
}

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Never more than the seats; nobody passes another who waits and may be seated; the order
 * of the list is that of arrival; turning twice is turning once. */
static void check_invariants(struct seating *seating, int64_t now)
{
    struct registration before[PEOPLE + 2];
    size_t told = seating->change_count;
    bool is_free;

    assert_true(seats_taken(seating->items, seating->count) <= (size_t)seating->seats);
    memcpy(before, seating->items, sizeof before);
    seats_turn(seating, now);
    assert_int_equal(seating->change_count, told);
    assert_memory_equal(before, seating->items, seating->count * sizeof *before);
    is_free = seats_taken(seating->items, seating->count) < (size_t)seating->seats;
    for (size_t i = 0; i < seating->count; i++) {
        const struct registration *one = &seating->items[i];
        if (i)
            assert_true(seating->items[i - 1].created_at <= one->created_at);
        if (one->state == REGISTRATION_WAITING && !one->hold_until && is_free)
            assert_true((seating->priority_until > now && !one->need_id) ||
                        now + 1 >= seating->starts_at);
        if (one->hold_until)
            for (size_t j = 0; j < i; j++) /* holds are given in order */
                assert_false(seating->items[j].state == REGISTRATION_WAITING &&
                             !seating->items[j].hold_until &&
                             seating->items[j].created_at < one->created_at &&
                             (seating->items[j].need_id || !one->need_id));
    }
}

static void whatever_happens_nothing_is_oversold_and_the_order_is_kept(void **state)
{
    (void)state;
    for (uint32_t life = 1; life <= LIVES; life++) {
        uint32_t seed = life;
        struct seating seating = begin(1 + (int)(next(&seed) % 6));
        int64_t now = 0;
        if (life % 2)
            seating.priority_until = 48 * HOUR;
        for (int step = 0; step < STEPS; step++) {
            int64_t person = 1 + next(&seed) % (PEOPLE / 2);
            seating.change_count = 0;
            now += next(&seed) % (30 * HOUR);
            switch (next(&seed) % 4) {
            case 0:
            case 1:
                seats_register(&seating, person, next(&seed) % 3 ? 0 : 5, now);
                break;
            case 2:
                seats_leave(&seating, person, now);
                break;
            default:
                seats_take(&seating, person, now);
            }
            seats_turn(&seating, now);
            check_invariants(&seating, now);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_one_too_many_waits),
        cmocka_unit_test(a_freed_seat_is_offered_held_and_passed_on),
        cmocka_unit_test(those_who_asked_come_first),
        cmocka_unit_test(a_hold_ends_before_the_session_does_begin),
        cmocka_unit_test(whatever_happens_nothing_is_oversold_and_the_order_is_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
