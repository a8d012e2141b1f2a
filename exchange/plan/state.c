/* A plan in the making. */
#include "exchange/plan/state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FITS_LOOKED_AT = 512 };

static const double WORTH = 1e-9; /* what a session must bring at least */

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

static size_t at(const struct state *state, int row, int date)
{
    return (size_t)row * state->problem->date_count + (size_t)date;
}

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

static bool is_free(const struct state *state, int person, int date)
{
    return state->busy[at(state, person, date)] == 0;
}

static double trainer_cost(const struct state *state, int trainer, int room)
{
    const struct plan_weights *weights = &state->problem->weights;
    double way;

    if (trainer < 0)
        return 0;
    way = problem_way_min(state->problem, state->problem->people[trainer].commune, room);
    return weights->travel_hour * way / 60;
}

static double load_cost(const struct state *state, int trainer)
{
    return trainer < 0 ? 0
                       : state->problem->weights.load *
                             (state->problem->people[trainer].load +
                              state->given[trainer]);
}

static int seats_of(const struct state *state, int room)
{
    int capacity = state->problem->rooms[room].capacity;

    return capacity < state->problem->seats_most ? capacity : state->problem->seats_most;
}

static double empty_cost(const struct state *state, int count)
{
    int empty = state->problem->comfortable - count;

    return empty > 0 ? state->problem->weights.empty_seat * empty : 0;
}

static bool may_use_room(const struct state *state, const struct topic *topic, int room,
                         int date)
{
    const struct plan_room *of = &state->problem->rooms[room];

    return plan_has_date(of->dates, date) && seats_of(state, room) > 0 &&
           !(state->problem->skills[topic->skill].equipment & ~of->equipment) &&
           (of->commune < 0 || state->room_busy[at(state, room, date)] == 0);
}

static bool may_teach(const struct state *state, int trainer, int date, int room)
{
    const struct plan_person *person = &state->problem->people[trainer];

    return state->given[trainer] < person->quota && plan_has_date(person->dates, date) &&
           is_free(state, trainer, date) &&
           problem_way_min(state->problem, person->commune, room) >= 0 &&
           (!person->needs_step_free || state->problem->rooms[room].is_step_free);
}

/* What a need would bring in that room with that trainer; below 0 as 0 when it cannot. */
static double gain_in(const struct state *state, const struct topic *topic,
                      const struct topic_fit *fit, int room, int trainer)
{
    const struct plan_problem *problem = state->problem;
    const struct plan_person *person =
        &problem->people[problem->needs[fit->need].person];
    double way = problem_way_min(problem, person->commune, room);

    if (way < 0 || (person->needs_step_free && !problem->rooms[room].is_step_free))
        return -1;
    if (trainer >= 0 && problem->needs[fit->need].person == trainer)
        return -1;
    if (trainer >= 0 && !state->topics->is_one_language &&
        !(person->languages & problem->people[trainer].languages))
        return -1;
    (void)topic;
    return fit->gain * (trainer < 0 ? problem->weights.circle : 1) -
           problem->weights.travel_hour * way / 60;
}

static double price_of(const struct state *state, int need)
{
    return state->price ? state->price[need] : 0;
}

/* Best first by gain less price. */
static void put(struct slot *slot, double *keys, int most, int need, double gain,
                double key)
{
    int i = slot->need_count;

    if (i == most) {
        if (key <= keys[i - 1])
            return;
        i--;
    } else {
        slot->need_count++;
    }
    for (; i > 0 && keys[i - 1] < key; i--) {
        keys[i] = keys[i - 1];
        slot->gains[i] = slot->gains[i - 1];
        slot->needs[i] = slot->needs[i - 1];
    }
    keys[i] = key;
    slot->gains[i] = gain;
    slot->needs[i] = need;
}

/* Nobody sits there for two needs: the better one stays. */
static bool has_person(const struct state *state, const struct slot *slot, int need)
{
    const struct plan_need *needs = state->problem->needs;

    for (int i = 0; i < slot->need_count; i++)
        if (needs[slot->needs[i]].person == needs[need].person)
            return true;
    return false;
}

/* The free needs that could come to a topic on a date. */
static size_t free_fits(const struct state *state, const struct topic *topic, int date,
                        const struct topic_fit **out)
{
    const struct plan_need *needs = state->problem->needs;
    size_t count = 0;

    for (size_t i = 0; i < topic->fit_count && count < FITS_LOOKED_AT; i++) {
        int need = topic->fits[i].need;
        if (state->slot_of_need[need] < 0 && plan_has_date(needs[need].dates, date) &&
            is_free(state, needs[need].person, date))
            out[count++] = &topic->fits[i];
    }
    return count;
}

/* Fills `slot` (topic, date, room, trainer are set) with the best of `fits`; false when they are
 * too few. */
static bool fill(const struct state *state, const struct topic_fit *const *fits,
                 size_t count, struct slot *slot)
{
    const struct topic *topic = &state->topics->items[slot->topic];
    int most = seats_of(state, slot->room), kept;
    double keys[SEATS_MOST], value = 0, price = 0;

    slot->need_count = 0;
    for (size_t i = 0; i < count; i++) {
        double gain = gain_in(state, topic, fits[i], slot->room, slot->trainer);
        if (gain > -1 && (gain > 0 || slot->need_count < state->problem->threshold) &&
            !has_person(state, slot, fits[i]->need))
            put(slot, keys, most, fits[i]->need, gain,
                gain - price_of(state, fits[i]->need));
    }
    /* the last ones only while they bring more than their empty seat costs */
    for (kept = slot->need_count; kept > state->problem->threshold; kept--)
        if (keys[kept - 1] + empty_cost(state, kept - 1) -
                empty_cost(state, kept) > 0)
            break;
    slot->need_count = kept;
    if (kept < state->problem->threshold)
        return false;
    for (int i = 0; i < kept; i++) {
        value += slot->gains[i];
        price += price_of(state, slot->needs[i]);
    }
    slot->value = value - state->problem->weights.session - empty_cost(state, kept) -
                  trainer_cost(state, slot->trainer, slot->room);
    slot->price = price;
    return true;
}

/* The cheapest trainer for that room; -2 when there is none. */
static int find_trainer(const struct state *state, const struct topic *topic, int date,
                        int room)
{
    double least = INFINITY;
    int found = -2;

    for (size_t i = 0; i < topic->teacher_count; i++) {
        int trainer = topic->teachers[i];
        double cost;
        if (!may_teach(state, trainer, date, room))
            continue;
        cost = trainer_cost(state, trainer, room) + load_cost(state, trainer);
        if (cost < least) {
            least = cost;
            found = trainer;
        }
    }
    return found == -2 && topic->has_circle ? -1 : found;
}

/* Rooms that are alike for everyone need one look. */
static bool is_like_before(const struct state *state, const struct topic *topic, int room,
                           int date)
{
    const struct plan_room *rooms = state->problem->rooms;

    for (int r = 0; r < room; r++)
        if (rooms[r].commune == rooms[room].commune &&
            rooms[r].is_step_free == rooms[room].is_step_free &&
            seats_of(state, r) == seats_of(state, room) &&
            may_use_room(state, topic, r, date))
            return true;
    return false;
}

/* The best session that could be added on a topic and a date; false when there is none. */
static bool find_best(const struct state *state, int topic_index, int date,
                      struct slot *out)
{
    const struct topic *topic = &state->topics->items[topic_index];
    const struct topic_fit *fits[FITS_LOOKED_AT];
    size_t count = free_fits(state, topic, date, fits);
    double most = -INFINITY;

    if (count < (size_t)state->problem->threshold)
        return false;
    for (size_t r = 0; r < state->problem->room_count; r++) {
        struct slot slot = {.topic = topic_index, .date = date, .room = (int)r};
        if (!may_use_room(state, topic, slot.room, date) ||
            is_like_before(state, topic, slot.room, date))
            continue;
        slot.trainer = find_trainer(state, topic, date, slot.room);
        if (slot.trainer == -2 || !fill(state, fits, count, &slot))
            continue;
        if (slot.value - slot.price - load_cost(state, slot.trainer) > most) {
            most = slot.value - slot.price - load_cost(state, slot.trainer);
            *out = slot;
        }
    }
    return most > -INFINITY;
}

static void forget_date(struct state *state, int date)
{
    for (size_t k = 0; k < state->topics->count; k++)
        state->is_known[at(state, (int)k, date)] = 0;
}

static void forget_topic(struct state *state, int topic)
{
    memset(&state->is_known[at(state, topic, 0)], 0, state->problem->date_count);
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
        for (int k = topics->first_of_need[need]; k < topics->first_of_need[need + 1]; k++)
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
        unsigned char *busy = &state->busy[at(state, person, topics->clash[i])];
        *busy = (unsigned char)(*busy + change);
    }
}

static void hold_room(struct state *state, int room, int date, int change)
{
    const struct topics *topics = state->topics;

    for (int i = topics->first_clash[date]; i < topics->first_clash[date + 1]; i++) {
        unsigned char *busy = &state->room_busy[at(state, room, topics->clash[i])];
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
    state->value += slot->value - load_cost(state, slot->trainer);
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
    state->value -= slot->value - load_cost(state, slot->trainer);
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

    if (!may_use_room(state, topic, slot->room, slot->date) ||
        (slot->trainer >= 0 && !may_teach(state, slot->trainer, slot->date, slot->room)))
        return false;
    for (int i = 0; i < slot->need_count; i++)
        if (state->slot_of_need[slot->needs[i]] >= 0 ||
            !is_free(state, needs[slot->needs[i]].person, slot->date))
            return false;
    add(state, slot);
    return true;
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
        if (slot->topic < 0 || slot->need_count >= seats_of(state, slot->room) ||
            !plan_has_date(of->dates, slot->date) || !is_free(state, of->person, slot->date))
            continue;
        for (int k = topics->first_of_need[need]; k < topics->first_of_need[need + 1]; k++)
            if (topics->of_need[k] == slot->topic)
                fit.gain = 1;
        if (fit.gain == 0)
            continue;
        fit.gain = problem_gain(state->problem, need, topics->items[slot->topic].skill,
                                topics->items[slot->topic].level, slot->room,
                                slot->trainer < 0);
        full = gain_in(state, &topics->items[slot->topic], &fit, slot->room, slot->trainer);
        if (full <= -1)
            continue;
        gain = fit.gain + empty_cost(state, slot->need_count) -
               empty_cost(state, slot->need_count + 1);
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
                    find_best(state, (int)(i / dates), (int)(i % dates), &slot)
                        ? slot.value - slot.price - load_cost(state, slot.trainer)
                        : -INFINITY;
                state->is_known[i] = 1;
            }
            if (state->best[i] <= WORTH)
                continue;
            value = noise > 0 ? state->best[i] *
                                    (1 - noise * random_0to1(&state->random))
                              : state->best[i];
            if (value > most) {
                most = value;
                chosen = i;
            }
        }
        if (chosen == SIZE_MAX ||
            !find_best(state, (int)(chosen / dates), (int)(chosen % dates), &slot))
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
        *session =
            (struct plan_session){.skill = state->topics->items[slot->topic].skill,
                                  .level = state->topics->items[slot->topic].level,
                                  .date = slot->date,
                                  .room = slot->room,
                                  .trainers = {slot->trainer, -1},
                                  .needs = arena_array(arena, (size_t)slot->need_count,
                                                       sizeof *session->needs),
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
