/* A plan in the making: sessions come and go, every rule kept at each step, each step
 * undone at will. Remembers for each topic and date the best session that could be added
 * now. Belongs to one thread. */
#ifndef EXCHANGE_PLAN_STATE_H
#define EXCHANGE_PLAN_STATE_H

#include "base/random.h"
#include "exchange/plan/plan.h"
#include "exchange/plan/rows.h"

enum { SEATS_MOST = 64 };

/* A session that is held, or that could be. */
struct slot {
    int topic, date, room, trainer; /* topic -1: free; trainer -1: a circle */
    int need_count;
    int needs[SEATS_MOST];
    double gains[SEATS_MOST]; /* of each need, its way taken off */
    double price;             /* of its needs, when they have one */
    double value; /* without the trainer's load, which depends on the others */
};

struct state;

/* ERR_INVALID when seats_most is above SEATS_MOST; ERR_MEMORY. */
MUST_USE err_code state_new(struct state **out, const struct topics *topics,
                            uint64_t seed, struct err *err);
void state_free(struct state *state); /* accepts NULL */

double state_value(const struct state *state);
size_t state_slot_count(const struct state *state); /* slots, free ones among them */
const struct slot *state_slot(const struct state *state, size_t i);
bool state_is_served(const struct state *state, int need);
int state_slot_of(const struct state *state, int need); /* -1: not served */
struct random *state_random(struct state *state);

/* Adds the best sessions there are until none is worth it, then fills seats that are
 * left. With `noise` (0 to 1) what is best is blurred by so much. */
void state_complete(struct state *state, double noise);
/* What else could be done with a need, for each: sessions are chosen by what they bring
 * beyond it. Borrowed; NULL: nothing. */
void state_set_prices(struct state *state, const double *price);
void state_remove(struct state *state, size_t slot);
/* Adds a session as it is; false when a rule forbids it. */
bool state_add(struct state *state, const struct slot *slot);

/* Adds a session in a room of its class that is free; false when there is none or a rule
 * forbids it. */
bool state_hold(struct state *state, const struct rows *rows,
                const struct column *column);

/* From here on changes can be undone, up to the next state_mark. */
void state_mark(struct state *state);
void state_undo(struct state *state);

/* The plan as it stands, in the caller's arena; ordered by date, then room. */
MUST_USE err_code state_plan(const struct state *state, struct arena *arena,
                             struct plan *out, struct err *err);

#endif
