/* Who has a seat, who waits, to whom a freed seat is offered: the rules, without I/O or clock.
 *
 * Seats go in order of arrival. While those who asked come first (priority_until), who comes
 * without having asked waits, and is seated in order of arrival once that time is over. A seat
 * that becomes free later is offered to the first who waits and held for her; without an answer she
 * leaves the waitlist, so that nobody is asked twice, and the seat is offered to the next. A held
 * seat is nobody else's: seated + held never passes the seats. Weak side: a registration that left
 * keeps its row, so the list only grows. */
#ifndef EXCHANGE_MODEL_SEATS_H
#define EXCHANGE_MODEL_SEATS_H

#include "exchange/model/session.h"

/* What became of someone: what to tell her. */
enum seat_event {
    SEAT_GIVEN,     /* she has a seat */
    SEAT_WAITS,     /* she is on the waitlist */
    SEAT_OFFERED,   /* a freed seat is held for her until hold_until */
    SEAT_PASSED_ON, /* she did not answer: it went on, and she is no longer waiting */
    SEAT_LEFT,      /* she left, seated or waiting */
    SEAT_UNSUITED   /* the date that was chosen does not suit her: her place is given back */
};

struct seat_change {
    int64_t person_id;
    enum seat_event event;
};

/* The registrations of one session while they change. `items` has room for count + 1 and `changes`
 * for 2 × count + 2; both are the caller's. */
struct seating {
    int seats;
    int64_t starts_at;      /* of its first date; no seat is offered after it */
    int64_t priority_until; /* 0 once it is over */
    int64_t hold_s;         /* how long a freed seat is held; less when it starts sooner */
    struct registration *items; /* in order of arrival */
    size_t count;
    struct seat_change *changes;
    size_t change_count;
};

/* How many seats nobody else can have: seated, come, or held. */
size_t seats_taken(const struct registration *items, size_t count);
/* Her place on the waitlist, from 1; 0 when she does not wait. */
size_t seats_rank(const struct registration *items, size_t count, int64_t person_id);
/* Her registration; NULL when there is none. One that left is found too. */
const struct registration *seats_of(const struct registration *items, size_t count,
                                    int64_t person_id);

/* She wants a seat; `need_id` is the need of the session she stated or supported, 0 when none.
 * False, and nothing changes, when she has a seat or waits already. */
bool seats_register(struct seating *seating, int64_t person_id, int64_t need_id,
                    int64_t now);
/* She gives up her seat, her hold or her place in the line; freed seats are offered. False when
 * she had none. */
bool seats_leave(struct seating *seating, int64_t person_id, int64_t now);
/* She takes the seat held for her. False when none is, or no longer. */
bool seats_take(struct seating *seating, int64_t person_id, int64_t now);
/* What time brings: the end of the priority, holds that end, freed seats offered. Calling it again
 * at the same `now` changes nothing. */
void seats_turn(struct seating *seating, int64_t now);

#endif
