/* Who has a seat, who waits, to whom a freed seat is offered. */
#include "exchange/model/seats.h"

#include <string.h>

static bool is_held(const struct registration *one)
{
    return one->state == REGISTRATION_WAITING && one->hold_until != 0;
}

size_t seats_taken(const struct registration *items, size_t count)
{
    size_t taken = 0;

    for (size_t i = 0; i < count; i++)
        taken += items[i].state == REGISTRATION_SEATED ||
                 items[i].state == REGISTRATION_ATTENDED || is_held(&items[i]);
    return taken;
}

size_t seats_rank(const struct registration *items, size_t count, int64_t person_id)
{
    size_t rank = 0;

    for (size_t i = 0; i < count; i++) {
        rank += items[i].state == REGISTRATION_WAITING;
        if (items[i].person_id == person_id)
            return items[i].state == REGISTRATION_WAITING ? rank : 0;
    }
    return 0;
}

const struct registration *seats_of(const struct registration *items, size_t count,
                                    int64_t person_id)
{
    for (size_t i = 0; i < count; i++)
        if (items[i].person_id == person_id)
            return &items[i];
    return NULL;
}

static struct registration *find(struct seating *seating, int64_t person_id)
{
    for (size_t i = 0; i < seating->count; i++)
        if (seating->items[i].person_id == person_id)
            return &seating->items[i];
    return NULL;
}

static void tell(struct seating *seating, int64_t person_id, enum seat_event event)
{
    seating->changes[seating->change_count++] = (struct seat_change){person_id, event};
}

static bool has_priority(const struct seating *seating, int64_t now)
{
    return seating->priority_until > now;
}

static bool is_free(const struct seating *seating)
{
    return seats_taken(seating->items, seating->count) < (size_t)seating->seats;
}

/* The whole hold, but never past half of what is left before the session. */
static int64_t hold_end(const struct seating *seating, int64_t now)
{
    int64_t left_s = (seating->starts_at - now) / 2;

    return now + (left_s < seating->hold_s ? left_s : seating->hold_s);
}

static void offer(struct seating *seating, int64_t now)
{
    for (size_t i = 0; i < seating->count && is_free(seating); i++) {
        struct registration *one = &seating->items[i];
        if (one->state != REGISTRATION_WAITING || one->hold_until ||
            (has_priority(seating, now) && !one->need_id) ||
            hold_end(seating, now) <= now)
            continue;
        one->hold_until = hold_end(seating, now);
        tell(seating, one->person_id, SEAT_OFFERED);
    }
}

/* Who came while others came first is seated without being asked again. */
static void end_priority(struct seating *seating)
{
    seating->priority_until = 0;
    for (size_t i = 0; i < seating->count && is_free(seating); i++)
        if (seating->items[i].state == REGISTRATION_WAITING &&
            !seating->items[i].hold_until) {
            seating->items[i].state = REGISTRATION_SEATED;
            tell(seating, seating->items[i].person_id, SEAT_GIVEN);
        }
}

void seats_turn(struct seating *seating, int64_t now)
{
    for (size_t i = 0; i < seating->count; i++) {
        struct registration *one = &seating->items[i];
        if (!is_held(one) || one->hold_until > now)
            continue;
        one->state = REGISTRATION_LEFT;
        one->hold_until = 0;
        tell(seating, one->person_id, SEAT_PASSED_ON);
    }
    if (seating->priority_until && seating->priority_until <= now)
        end_priority(seating);
    offer(seating, now);
}

/* Whether someone who may be seated now waits already: then the line goes first. */
static bool is_line(const struct seating *seating, int64_t now)
{
    for (size_t i = 0; i < seating->count; i++)
        if (seating->items[i].state == REGISTRATION_WAITING &&
            !seating->items[i].hold_until &&
            (seating->items[i].need_id || !has_priority(seating, now)))
            return true;
    return false;
}

bool seats_register(struct seating *seating, int64_t person_id, int64_t need_id,
                    int64_t now)
{
    struct registration *one = find(seating, person_id);
    bool is_seated;

    if (one && one->state != REGISTRATION_LEFT)
        return false;
    seats_turn(seating, now);
    one = find(seating, person_id);
    if (one) { /* she left once and comes again: last in order of arrival */
        size_t after = seating->count - (size_t)(one - seating->items) - 1;
        memmove(one, one + 1, after * sizeof *one);
        seating->count--;
    }
    is_seated = is_free(seating) && (need_id || !has_priority(seating, now)) &&
                !is_line(seating, now);
    seating->items[seating->count++] = (struct registration){
        .person_id = person_id,
        .state = is_seated ? REGISTRATION_SEATED : REGISTRATION_WAITING,
        .created_at = now,
        .need_id = need_id};
    tell(seating, person_id, is_seated ? SEAT_GIVEN : SEAT_WAITS);
    return true;
}

bool seats_leave(struct seating *seating, int64_t person_id, int64_t now)
{
    struct registration *one = find(seating, person_id);

    if (!one || (one->state != REGISTRATION_SEATED && one->state != REGISTRATION_WAITING))
        return false;
    one->state = REGISTRATION_LEFT;
    one->hold_until = 0;
    tell(seating, person_id, SEAT_LEFT);
    seats_turn(seating, now);
    return true;
}

bool seats_take(struct seating *seating, int64_t person_id, int64_t now)
{
    struct registration *one = find(seating, person_id);

    if (!one || !is_held(one) || one->hold_until <= now)
        return false;
    one->state = REGISTRATION_SEATED;
    one->hold_until = 0;
    tell(seating, person_id, SEAT_GIVEN);
    return true;
}
