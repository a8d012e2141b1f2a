/* Dates: the one chosen suits most, and nobody keeps a place on a date that does not suit
 * her. */
#include "exchange/model/dates.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum {
    PEOPLE = 24,
    DATES = 3,
    DAY = 86400,
    LIVES = 5000,
    CHOICES = PEOPLE * (DATES + 1)
};

static struct registration items[PEOPLE + 1];
static struct seat_change changes[2 * PEOPLE + 2];
static struct session_choice choices[CHOICES];
static size_t choice_count;
static const struct session_date dates[DATES] = {{10 * DAY, 10 * DAY + 1, false},
                                                 {20 * DAY, 20 * DAY + 1, false},
                                                 {30 * DAY, 30 * DAY + 1, false}};

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void tick(int64_t person_id, int64_t starts_at)
{
    choices[choice_count++] = (struct session_choice){starts_at, person_id};
}

static void who_ticked_nothing_comes_at_any_date(void **state)
{
    (void)state;
    choice_count = 0;
    tick(1, dates[0].starts_at);
    tick(3, 15 * DAY); /* offered no longer */
    assert_true(dates_suit(choices, choice_count, 1, dates[0].starts_at));
    assert_false(dates_suit(choices, choice_count, 1, dates[1].starts_at));
    assert_true(dates_suit(choices, choice_count, 2, dates[1].starts_at));
    assert_false(dates_suit(choices, choice_count, 3, dates[0].starts_at));
}

/* Three with a seat, no two of them on one date: a threshold of two is not reached. */
static void people_on_three_dates_are_not_three_people(void **state)
{
    const struct session session = {.dates = dates,
                                    .date_count = DATES,
                                    .registrations = items,
                                    .registration_count = 3};
    size_t come;

    (void)state;
    choice_count = 0;
    for (int64_t i = 0; i < 3; i++) {
        items[i] = (struct registration){.person_id = i + 1};
        tick(i + 1, dates[i].starts_at);
    }
    assert_int_equal(dates_best(&session, choices, choice_count, 0, &come),
                     dates[0].starts_at);
    assert_int_equal(come, 1);
    assert_int_equal(dates_best(&session, choices, choice_count, 15 * DAY, &come),
                     dates[1].starts_at);
    assert_int_equal(dates_best(&session, choices, choice_count, 99 * DAY, &come), 0);
}

static struct seating make(uint32_t *seed)
{
    struct seating seating = {.seats = 1 + (int)(next(seed) % 8),
                              .starts_at = 10 * DAY,
                              .hold_s = 2 * DAY,
                              .items = items,
                              .changes = changes};
    int people = (int)(next(seed) % PEOPLE);

    choice_count = 0;
    if (next(seed) % 2)
        seating.priority_until = 2 * DAY;
    for (int64_t person = 1; person <= people; person++) {
        seats_register(&seating, person, next(seed) % 2 ? 7 : 0, person);
        for (int i = 0; i < DATES; i++)
            if (next(seed) % 3 == 0)
                tick(person, dates[i].starts_at);
        if (next(seed) % 6 == 0)
            seats_leave(&seating, 1 + next(seed) % person, person);
        seating.change_count = 0;
    }
    return seating;
}

static void check_release(struct seating *seating, int64_t best)
{
    struct registration before[PEOPLE + 1];

    memcpy(before, items, sizeof before);
    dates_release(seating, choices, choice_count, best, 3 * DAY);
    assert_true(seating->change_count <= 2 * seating->count + 2);
    assert_true(seats_taken(items, seating->count) <= (size_t)seating->seats);
    for (size_t i = 0; i < seating->count; i++) {
        bool suits = dates_suit(choices, choice_count, items[i].person_id, best);
        assert_int_equal(items[i].person_id, before[i].person_id);
        if (!suits)
            assert_int_equal(items[i].state, REGISTRATION_LEFT);
        else if (before[i].state == REGISTRATION_SEATED)
            assert_int_equal(items[i].state, REGISTRATION_SEATED);
    }
    for (size_t i = 0; i < seating->change_count; i++)
        if (seating->changes[i].event == SEAT_UNSUITED)
            assert_false(
                dates_suit(choices, choice_count, seating->changes[i].person_id, best));
}

static void whatever_was_ticked_the_date_suits_most_and_all_who_stay(void **state)
{
    (void)state;
    for (uint32_t life = 1; life <= LIVES; life++) {
        uint32_t seed = life;
        struct seating seating = make(&seed);
        struct session session = {.dates = dates,
                                  .date_count = DATES,
                                  .registrations = items,
                                  .registration_count = seating.count};
        size_t come, seated = 0;
        int64_t best = dates_best(&session, choices, choice_count, 3 * DAY, &come);
        assert_true(best > 3 * DAY);
        for (int i = 0; i < DATES; i++)
            assert_true(come >=
                        dates_come(&session, choices, choice_count, dates[i].starts_at));
        seating.starts_at = best;
        check_release(&seating, best);
        for (size_t i = 0; i < seating.count; i++)
            seated += items[i].state == REGISTRATION_SEATED;
        assert_true(seated >= come); /* nobody who counted lost her seat */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_ticked_nothing_comes_at_any_date),
        cmocka_unit_test(people_on_three_dates_are_not_three_people),
        cmocka_unit_test(whatever_was_ticked_the_date_suits_most_and_all_who_stay),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
