/* Which of the dates offered suits whom, and which one a session takes place at: the rules, without
 * I/O or clock.
 *
 * Who ticked no date comes at any of them. Who ticked dates comes at those only, even when none of
 * them is offered any more. */
#ifndef EXCHANGE_MODEL_DATES_H
#define EXCHANGE_MODEL_DATES_H

#include "exchange/model/seats.h"

/* A date that someone ticked. */
struct session_choice {
    int64_t starts_at, person_id;
};

bool dates_suit(const struct session_choice *choices, size_t count, int64_t person_id,
                int64_t starts_at);
/* How many of those who have a seat come at that date. */
size_t dates_come(const struct session *session, const struct session_choice *choices,
                  size_t count, int64_t starts_at);
/* Of the dates after `now`, the one at which most come, the first of equals, and how many; 0 when
 * no date is left. */
int64_t dates_best(const struct session *session, const struct session_choice *choices,
                   size_t count, int64_t now, size_t *come);
/* The date is fixed: whom it does not suit has a place no longer (SEAT_UNSUITED), and the seats
 * they leave are offered to those who wait and whom it suits. */
void dates_release(struct seating *seating, const struct session_choice *choices,
                   size_t count, int64_t starts_at, int64_t now);

#endif
