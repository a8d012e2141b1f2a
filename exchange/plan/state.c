/* A plan in the making. */
#include "exchange/plan/state_inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double WORTH = 1e-9; /* what a session must bring at least */

err_code state_new(struct state **out, const struct topics *topics, uint64_t seed,
                   struct err *err)
{
    const struct plan_problem *problem = topics->problem;
    struct state *state = calloc(1, sizeof *state);
    size_t dates = problem->date_count;

    if (problem->seats_most > SEATS_MOST) {
        free(state);
        return err_set(err, ERR_INVALID, "seats_most is %d; 1 to %d are allowed",
                       problem->seats_most, SEATS_MOST);
    }
    if (!state)
        return err_set(err, ERR_MEMORY, "no memory for a plan");
    state->topics = topics;
    state->problem = problem;
    random_init(&state->random, seed);
    state->slot_of_need = malloc((problem->need_count + 1) * sizeof(int));
    state->busy = calloc(problem->person_count * dates + 1, 1);
    state->room_busy = calloc(problem->room_count * dates + 1, 1);
    state->given = calloc(problem->person_count + 1, sizeof(int));
    state->best = calloc(topics->count * dates + 1, sizeof(double));
    state->is_known = calloc(topics->count * dates + 1, 1);
    if (!state->slot_of_need || !state->busy || !state->room_busy || !state->given ||
        !state->best || !state->is_known) {
        state_free(state);
        return err_set(err, ERR_MEMORY, "no memory for a plan");
    }
    for (size_t n = 0; n < problem->need_count; n++)
        state->slot_of_need[n] = -1;
    *out = state;
    return ERR_NONE;
}

void state_free(struct state *state)
{
    if (!state)
        return;
    free(state->slots);
    free(state->slot_of_need);
    free(state->busy);
    free(state->room_busy);
    free(state->given);
    free(state->best);
    free(state->is_known);
    free(state->ops);
    free(state);
}

double state_value(const struct state *state)
{
    return state->value;
}

size_t state_slot_count(const struct state *state)
{
    return state->slot_count;
}

const struct slot *state_slot(const struct state *state, size_t i)
{
    return &state->slots[i];
}

bool state_is_served(const struct state *state, int need)
{
    return state->slot_of_need[need] >= 0;
}

int state_slot_of(const struct state *state, int need)
{
    return state->slot_of_need[need];
}

struct random *state_random(struct state *state)
{
    return &state->random;
}

static void forget_date(struct state *state, int date)
{
    for (size_t k = 0; k < state->topics->count; k++)
        state->is_known[state_at(state, (int)k, date)] = 0;
}

static void forget_topic(struct state *state, int topic)
{
    memset(&state->is_known[state_at(state, topic, 0)], 0, state->problem->date_count);
}

/* After a session came or went: what is best may be another. */
static void forget(struct state *state, const struct slot *slot)
{
    const struct topics *topics = state->topics;

    for (int i = topics->first_clash[slot->date]; i < topics->first_clash[slot->date + 1];
         i++)
        forget_date(state, topics->clash[i]);
    for (int i = 0; i < slot->need_count; i++) {
        int need = slot->needs[i];
        for (int k = topics->first_of_need[need]; k < topics->first_of_need[need + 1];
             k++)
            forget_topic(state, topics->of_need[k]);
    }
    if (slot->trainer >= 0)
        for (int k = topics->first_of_person[slot->trainer];
             k < topics->first_of_person[slot->trainer + 1]; k++)
            forget_topic(state, topics->of_person[k]);
}

static void hold(struct state *state, int person, int date, int change)
{
    const struct topics *topics = state->topics;

    for (int i = topics->first_clash[date]; i < topics->first_clash[date + 1]; i++) {
        unsigned char *busy = &state->busy[state_at(state, person, topics->clash[i])];
        *busy = (unsigned char)(*busy + change);
    }
}

static void hold_room(struct state *state, int room, int date, int change)
{
    const struct topics *topics = state->topics;

    for (int i = topics->first_clash[date]; i < topics->first_clash[date + 1]; i++) {
        unsigned char *busy = &state->room_busy[state_at(state, room, topics->clash[i])];
        *busy = (unsigned char)(*busy + change);
    }
}

static void place(struct state *state, size_t index, const struct slot *slot)
{
    state->slots[index] = *slot;
    for (int i = 0; i < slot->need_count; i++) {
        state->slot_of_need[slot->needs[i]] = (int)index;
        hold(state, state->problem->needs[slot->needs[i]].person, slot->date, 1);
    }
    hold_room(state, slot->room, slot->date, 1);
    state->value += slot->value - offer_load_cost(state, slot->trainer);
    if (slot->trainer >= 0) {
        hold(state, slot->trainer, slot->date, 1);
        state->given[slot->trainer]++;
    }
    forget(state, slot);
}

static void displace(struct state *state, size_t index)
{
    struct slot *slot = &state->slots[index];

    if (slot->trainer >= 0) {
        hold(state, slot->trainer, slot->date, -1);
        state->given[slot->trainer]--;
    }
    state->value -= slot->value - offer_load_cost(state, slot->trainer);
    hold_room(state, slot->room, slot->date, -1);
    for (int i = 0; i < slot->need_count; i++) {
        state->slot_of_need[slot->needs[i]] = -1;
        hold(state, state->problem->needs[slot->needs[i]].person, slot->date, -1);
    }
    forget(state, slot);
    slot->topic = -1;
}

static struct op *note(struct state *state)
{
    if (state->op_count == state->op_capacity) {
        size_t capacity = state->op_capacity ? 2 * state->op_capacity : 64;
        struct op *ops = realloc(state->ops, capacity * sizeof *ops);
        if (!ops) {
            state->failed = true;
            return NULL;
        }
        state->ops = ops;
        state->op_capacity = capacity;
    }
    return &state->ops[state->op_count++];
}

static bool free_index(struct state *state, size_t *index)
{
    for (size_t i = 0; i < state->slot_count; i++)
        if (state->slots[i].topic < 0) {
            *index = i;
            return true;
        }
    if (state->slot_count == state->slot_capacity) {
        size_t capacity = state->slot_capacity ? 2 * state->slot_capacity : 64;
        struct slot *slots = realloc(state->slots, capacity * sizeof *slots);
        if (!slots) {
            state->failed = true;
            return false;
        }
        state->slots = slots;
        state->slot_capacity = capacity;
    }
    *index = state->slot_count++;
    state->slots[*index].topic = -1;
    return true;
}

static void add(struct state *state, const struct slot *slot)
{
    struct op *op = note(state);
    size_t index;

    if (!op)
        return;
    if (!free_index(state, &index)) {
        state->op_count--;
        return;
    }
    op->kind = OP_ADDED;
    op->slot = index;
    place(state, index, slot);
}

void state_remove(struct state *state, size_t slot)
{
    struct op *op = state->slots[slot].topic >= 0 ? note(state) : NULL;

    if (!op)
        return;
    op->kind = OP_REMOVED;
    op->slot = slot;
    op->was = state->slots[slot];
    displace(state, slot);
}

void state_mark(struct state *state)
{
    state->op_count = 0;
}

void state_undo(struct state *state)
{
    while (state->op_count) {
        const struct op *op = &state->ops[--state->op_count];
        if (op->kind == OP_ADDED)
            displace(state, op->slot);
        else
            place(state, op->slot, &op->was);
    }
}

bool state_add(struct state *state, const struct slot *slot)
{
    const struct topic *topic = &state->topics->items[slot->topic];
    const struct plan_need *needs = state->problem->needs;

    if (!offer_may_use_room(state, topic, slot->room, slot->date) ||
        (slot->trainer >= 0 &&
         !offer_may_teach(state, slot->trainer, slot->date, slot->room)))
        return false;
    for (int i = 0; i < slot->need_count; i++)
        if (state->slot_of_need[slot->needs[i]] >= 0 ||
            !offer_is_free(state, needs[slot->needs[i]].person, slot->date))
            return false;
    add(state, slot);
    return true;
}

bool state_hold(struct state *state, const struct rows *rows, const struct column *column)
{
    struct slot slot = {.topic = column->topic,
                        .date = column->date,
                        .trainer = column->trainer,
                        .need_count = column->need_count,
                        .value = column->value};

    for (int i = 0; i < column->need_count; i++)
        slot.needs[i] = column->needs[i];
    for (size_t r = 0; r < state->problem->room_count; r++) {
        slot.room = (int)r;
        if (rows->class_of_room[r] == column->room_class && state_add(state, &slot))
            return true;
    }
    return false;
}

/* One more need in a session with seats left, where it brings most. */
static bool seat(struct state *state, int need)
{
    const struct topics *topics = state->topics;
    const struct plan_need *of = &state->problem->needs[need];
    double most = WORTH;
    struct slot better;
    size_t index = 0;

    for (size_t i = 0; i < state->slot_count; i++) {
        const struct slot *slot = &state->slots[i];
        struct topic_fit fit = {.need = need};
        double gain, full;
        if (slot->topic < 0 || slot->need_count >= offer_seats(state, slot->room) ||
            !plan_has_date(of->dates, slot->date) ||
            !offer_is_free(state, of->person, slot->date))
            continue;
        for (int k = topics->first_of_need[need]; k < topics->first_of_need[need + 1];
             k++)
            if (topics->of_need[k] == slot->topic)
                fit.gain = 1;
        if (fit.gain == 0)
            continue;
        fit.gain = problem_gain(state->problem, need, topics->items[slot->topic].skill,
                                topics->items[slot->topic].level, slot->date, slot->room,
                                slot->trainer < 0);
        full = offer_gain(state, &fit, slot->date, slot->room, slot->trainer);
        if (full <= -1)
            continue;
        gain = fit.gain + offer_empty_cost(state, slot->need_count) -
               offer_empty_cost(state, slot->need_count + 1);
        if (gain > most) {
            most = gain;
            index = i;
            better = *slot;
            better.needs[better.need_count] = need;
            better.gains[better.need_count++] = fit.gain;
            better.value += gain;
        }
    }
    if (most <= WORTH)
        return false;
    state_remove(state, index);
    add(state, &better);
    return true;
}

static void fill_seats(struct state *state)
{
    size_t count = state->problem->need_count;
    size_t first = count ? random_below(&state->random, (uint32_t)count) : 0;

    for (size_t i = 0; i < count; i++) {
        int need = (int)((first + i) % count);
        if (state->slot_of_need[need] < 0 &&
            state->topics->first_of_need[need] < state->topics->first_of_need[need + 1])
            seat(state, need);
    }
}

void state_complete(struct state *state, double noise)
{
    size_t dates = state->problem->date_count;

    while (!state->failed) {
        double most = WORTH;
        size_t chosen = SIZE_MAX;
        struct slot slot;
        for (size_t i = 0; i < state->topics->count * dates; i++) {
            double value;
            if (!state->is_known[i]) {
                state->best[i] =
                    offer_best(state, (int)(i / dates), (int)(i % dates), &slot)
                        ? slot.value - slot.price - offer_load_cost(state, slot.trainer)
                        : -INFINITY;
                state->is_known[i] = 1;
            }
            if (state->best[i] <= WORTH)
                continue;
            value = noise > 0 ? state->best[i] * (1 - noise * random_0to1(&state->random))
                              : state->best[i];
            if (value > most) {
                most = value;
                chosen = i;
            }
        }
        if (chosen == SIZE_MAX ||
            !offer_best(state, (int)(chosen / dates), (int)(chosen % dates), &slot))
            break;
        add(state, &slot);
    }
    fill_seats(state);
}

static int by_date(const void *a, const void *b)
{
    const struct plan_session *one = a, *other = b;

    if (one->date != other->date)
        return one->date - other->date;
    return one->room - other->room;
}

err_code state_plan(const struct state *state, struct arena *arena, struct plan *out,
                    struct err *err)
{
    struct plan plan = {
        .sessions = arena_array(arena, state->slot_count + 1, sizeof *plan.sessions)};

    for (size_t i = 0; plan.sessions && i < state->slot_count; i++) {
        const struct slot *slot = &state->slots[i];
        struct plan_session *session = &plan.sessions[plan.session_count];
        if (slot->topic < 0)
            continue;
        *session = (struct plan_session){
            .skill = state->topics->items[slot->topic].skill,
            .level = state->topics->items[slot->topic].level,
            .date = slot->date,
            .room = slot->room,
            .trainers = {slot->trainer, -1},
            .needs = arena_array(arena, (size_t)slot->need_count, sizeof *session->needs),
            .need_count = (size_t)slot->need_count};
        if (!session->needs)
            return err_set(err, ERR_MEMORY, "no room for a plan");
        memcpy(session->needs, slot->needs, (size_t)slot->need_count * sizeof(int));
        plan.session_count++;
    }
    if (!plan.sessions)
        return err_set(err, ERR_MEMORY, "no room for a plan");
    qsort(plan.sessions, plan.session_count, sizeof *plan.sessions, by_date);
    plan.value = plan_value(state->problem, &plan);
    *out = plan;
    return ERR_NONE;
}

void state_set_prices(struct state *state, const double *price)
{
    state->price = price;
    memset(state->is_known, 0, state->topics->count * state->problem->date_count);
}
