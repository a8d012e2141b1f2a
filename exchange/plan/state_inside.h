/* What the two files of a plan in the making share: its inside. */
#ifndef EXCHANGE_PLAN_STATE_INSIDE_H
#define EXCHANGE_PLAN_STATE_INSIDE_H

#include "exchange/plan/state.h"

enum op_kind { OP_ADDED, OP_REMOVED, OP_NEED_ADDED };

struct op {
    enum op_kind kind;
    size_t slot;
    struct slot was; /* OP_REMOVED */
};

struct state {
    const struct topics *topics;
    const struct plan_problem *problem;
    struct random random;
    struct slot *slots;
    size_t slot_count, slot_capacity;
    int *slot_of_need;
    unsigned char *busy;      /* person × date: overlapping sessions she is in */
    unsigned char *room_busy; /* room × date */
    int *given;               /* sessions a person gives */
    double value;
    /* the best addition for each topic × date; known while is_known */
    double *best;
    unsigned char *is_known;
    const double *price; /* of each need, NULL: none */
    struct op *ops;
    size_t op_count, op_capacity;
    bool failed; /* out of memory: changes stop */
};

/* Where person, room or topic × date stands. */
static inline size_t state_at(const struct state *state, int row, int date)
{
    return (size_t)row * state->problem->date_count + (size_t)date;
}

/* ---- exchange/plan/offer.c: what could be added now ---- */

/* The best session that could be added on a topic and a date; false when there is none.
 */
bool offer_best(const struct state *state, int topic, int date, struct slot *out);
bool offer_is_free(const struct state *state, int person, int date);
double offer_load_cost(const struct state *state, int trainer);
double offer_empty_cost(const struct state *state, int count);
int offer_seats(const struct state *state, int room);
bool offer_may_use_room(const struct state *state, const struct topic *topic, int room,
                        int date);
bool offer_may_teach(const struct state *state, int trainer, int date, int room);
/* What a need would bring in that room with that trainer, its way taken off; -1 when it
 * cannot. */
double offer_gain(const struct state *state, const struct topic_fit *fit, int date,
                  int room, int trainer);

#endif
