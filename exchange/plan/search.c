/* Better and better plans. */
#include "exchange/plan/search.h"

#include "base/clock.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LOOK_EVERY = 16, RUINED_MOST = 6, TRIES_MOST = 24 };

static const double COLDEST = 0.01; /* of the first temperature, at the end */

struct best {
    struct slot *slots;
    size_t count, capacity;
    double value;
};

static err_code keep(struct best *best, const struct state *state, struct err *err)
{
    size_t count = state_slot_count(state);

    if (count > best->capacity) {
        struct slot *slots = realloc(best->slots, count * sizeof *slots);
        if (!slots)
            return err_set(err, ERR_MEMORY, "no memory for the best plan");
        best->slots = slots;
        best->capacity = count;
    }
    best->count = 0;
    for (size_t i = 0; i < count; i++)
        if (state_slot(state, i)->topic >= 0)
            best->slots[best->count++] = *state_slot(state, i);
    best->value = state_value(state);
    return ERR_NONE;
}

static void restore(const struct best *best, struct state *state)
{
    for (size_t i = 0; i < state_slot_count(state); i++)
        state_remove(state, i);
    for (size_t i = 0; i < best->count; i++)
        state_add(state, &best->slots[i]);
    state_mark(state);
}

/* A random session; SIZE_MAX when none was met in a few tries. */
static size_t some_slot(struct state *state)
{
    size_t count = state_slot_count(state);

    for (int i = 0; count && i < TRIES_MOST; i++) {
        size_t slot = random_below(state_random(state), (uint32_t)count);
        if (state_slot(state, slot)->topic >= 0)
            return slot;
    }
    return SIZE_MAX;
}

static bool is_related(const struct slot *a, const struct slot *b, unsigned how)
{
    switch (how) {
    case 0:
        return a->date == b->date;
    case 1:
        return a->topic == b->topic || (a->trainer >= 0 && a->trainer == b->trainer);
    case 2:
        return a->room == b->room;
    default:
        return true;
    }
}

static void ruin_around(struct state *state, const struct slot *centre, int most)
{
    unsigned how = random_below(state_random(state), 5);
    size_t count = state_slot_count(state);
    size_t first = random_below(state_random(state), (uint32_t)count);
    int removed = 0;

    for (size_t i = 0; i < count && removed < most; i++) {
        size_t slot = (first + i) % count;
        if (state_slot(state, slot)->topic < 0 ||
            !is_related(state_slot(state, slot), centre, how))
            continue;
        state_remove(state, slot);
        removed++;
    }
}

static void ruin(struct state *state)
{
    size_t slot = some_slot(state);
    int most = 1 + (int)random_below(state_random(state), RUINED_MOST);
    struct slot centre;

    if (slot == SIZE_MAX)
        return;
    centre = *state_slot(state, slot);
    state_remove(state, slot);
    if (most > 1)
        ruin_around(state, &centre, most - 1);
}

struct walk {
    struct state *state;
    const struct search_limits *limits;
    int64_t started_ms, rounds;
    double warmest;
};

/* How far it is, 0 to 1, by time or by rounds, whichever is farther. */
static double progress_0to1(const struct walk *walk)
{
    double by_rounds = walk->limits->rounds > 0
                           ? (double)walk->rounds / (double)walk->limits->rounds
                           : 0;
    double by_time = 0;

    if (walk->limits->deadline_ms) {
        double all = (double)(walk->limits->deadline_ms - walk->started_ms);
        by_time = all > 0 ? (double)(clock_monotonic_ms() - walk->started_ms) / all : 1;
    }
    return fmax(by_rounds, by_time);
}

static double temperature(const struct walk *walk, double far)
{
    return walk->warmest * pow(COLDEST, far);
}

static void step(struct walk *walk, double heat)
{
    struct state *state = walk->state;
    double before = state_value(state), change;

    state_mark(state);
    ruin(state);
    state_complete(state, random_below(state_random(state), 2) ? 0.3 : 0);
    change = state_value(state) - before;
    if (change < 0 && random_0to1(state_random(state)) >= exp(change / heat))
        state_undo(state);
    walk->rounds++;
}

err_code search_plan(struct state *state, const struct search_limits *limits,
                     bool (*progress)(void *self, double value), void *self,
                     struct search_result *out, struct err *err)
{
    struct walk walk = {
        .state = state, .limits = limits, .started_ms = clock_monotonic_ms()};
    struct best best = {0};
    size_t sessions = 0;
    double far = 0;
    err_code code;

    state_complete(state, 0);
    code = keep(&best, state, err);
    for (size_t i = 0; i < state_slot_count(state); i++)
        sessions += state_slot(state, i)->topic >= 0;
    walk.warmest = limits->warmth * best.value / (double)(sessions ? sessions : 1) + 1e-9;
    while (code == ERR_NONE && far < 1 && sessions) {
        if (walk.rounds % LOOK_EVERY == 0) {
            far = progress_0to1(&walk);
            if (progress && !progress(self, best.value))
                break;
        }
        step(&walk, temperature(&walk, far));
        if (state_value(state) > best.value + 1e-9)
            code = keep(&best, state, err);
    }
    if (code == ERR_NONE) {
        restore(&best, state);
        *out = (struct search_result){state_value(state), walk.rounds};
    }
    free(best.slots);
    return code;
}
