/* What could be added to a plan in the making. */
#include "exchange/plan/state_inside.h"

#include <math.h>

enum { FITS_LOOKED_AT = 512 };

bool offer_is_free(const struct state *state, int person, int date)
{
    return state->busy[state_at(state, person, date)] == 0;
}

static double trainer_cost(const struct state *state, int trainer, int skill, int date,
                           int room)
{
    const struct plan_weights *weights = &state->problem->weights;
    double way;

    if (trainer < 0)
        return 0;
    way = problem_way_min(state->problem, state->problem->people[trainer].commune, room);
    return weights->travel_hour * way / 60 -
           problem_trainer_stays(state->problem, trainer, skill, date);
}

double offer_load_cost(const struct state *state, int trainer)
{
    return trainer < 0
               ? 0
               : state->problem->weights.load *
                     (state->problem->people[trainer].load + state->given[trainer]);
}

int offer_seats(const struct state *state, int room)
{
    int capacity = state->problem->rooms[room].capacity;

    return capacity < state->problem->seats_most ? capacity : state->problem->seats_most;
}

double offer_empty_cost(const struct state *state, int count)
{
    int empty = state->problem->comfortable - count;

    return empty > 0 ? state->problem->weights.empty_seat * empty : 0;
}

bool offer_may_use_room(const struct state *state, const struct topic *topic, int room,
                        int date)
{
    const struct plan_room *of = &state->problem->rooms[room];

    return plan_has_date(of->dates, date) && offer_seats(state, room) > 0 &&
           !(state->problem->skills[topic->skill].equipment & ~of->equipment) &&
           (of->commune < 0 || state->room_busy[state_at(state, room, date)] == 0);
}

bool offer_may_teach(const struct state *state, int trainer, int date, int room)
{
    const struct plan_person *person = &state->problem->people[trainer];

    return state->given[trainer] < person->quota && plan_has_date(person->dates, date) &&
           offer_is_free(state, trainer, date) &&
           problem_way_min(state->problem, person->commune, room) >= 0 &&
           (!person->needs_step_free || state->problem->rooms[room].is_step_free);
}

/* What a need would bring in that room with that trainer; below 0 as 0 when it cannot. */
double offer_gain(const struct state *state, const struct topic_fit *fit, int date,
                  int room, int trainer)
{
    const struct plan_problem *problem = state->problem;
    const struct plan_person *person = &problem->people[problem->needs[fit->need].person];
    double way = problem_way_min(problem, person->commune, room);

    if (way < 0 || (person->needs_step_free && !problem->rooms[room].is_step_free))
        return -1;
    if (trainer >= 0 && problem->needs[fit->need].person == trainer)
        return -1;
    if (trainer >= 0 && !state->topics->is_one_language &&
        !(person->languages & problem->people[trainer].languages))
        return -1;
    return fit->gain * (trainer < 0 ? problem->weights.circle : 1) -
           problem->weights.travel_hour * way / 60 +
           problem_need_stays(problem, fit->need, date);
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
            offer_is_free(state, needs[need].person, date))
            out[count++] = &topic->fits[i];
    }
    return count;
}

/* Fills `slot` (topic, date, room, trainer are set) with the best of `fits`; false when
 * they are too few. */
static bool fill(const struct state *state, const struct topic_fit *const *fits,
                 size_t count, struct slot *slot)
{
    int most = offer_seats(state, slot->room), kept;
    double keys[SEATS_MOST], value = 0, price = 0;

    slot->need_count = 0;
    for (size_t i = 0; i < count; i++) {
        double gain = offer_gain(state, fits[i], slot->date, slot->room, slot->trainer);
        if (gain > -1 && (gain > 0 || slot->need_count < state->problem->threshold) &&
            !has_person(state, slot, fits[i]->need))
            put(slot, keys, most, fits[i]->need, gain,
                gain - price_of(state, fits[i]->need));
    }
    /* the last ones only while they bring more than their empty seat costs */
    for (kept = slot->need_count; kept > state->problem->threshold; kept--)
        if (keys[kept - 1] + offer_empty_cost(state, kept - 1) -
                offer_empty_cost(state, kept) >
            0)
            break;
    slot->need_count = kept;
    if (kept < state->problem->threshold)
        return false;
    for (int i = 0; i < kept; i++) {
        value += slot->gains[i];
        price += price_of(state, slot->needs[i]);
    }
    slot->value =
        value - state->problem->weights.session - offer_empty_cost(state, kept) -
        trainer_cost(state, slot->trainer, state->topics->items[slot->topic].skill,
                     slot->date, slot->room);
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
        if (!offer_may_teach(state, trainer, date, room))
            continue;
        cost = trainer_cost(state, trainer, topic->skill, date, room) +
               offer_load_cost(state, trainer);
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
            offer_seats(state, r) == offer_seats(state, room) &&
            offer_may_use_room(state, topic, r, date))
            return true;
    return false;
}

/* The best session that could be added on a topic and a date; false when there is none.
 */
bool offer_best(const struct state *state, int topic_index, int date, struct slot *out)
{
    const struct topic *topic = &state->topics->items[topic_index];
    const struct topic_fit *fits[FITS_LOOKED_AT];
    size_t count = free_fits(state, topic, date, fits);
    double most = -INFINITY;

    if (count < (size_t)state->problem->threshold)
        return false;
    for (size_t r = 0; r < state->problem->room_count; r++) {
        struct slot slot = {.topic = topic_index, .date = date, .room = (int)r};
        if (!offer_may_use_room(state, topic, slot.room, date) ||
            is_like_before(state, topic, slot.room, date))
            continue;
        slot.trainer = find_trainer(state, topic, date, slot.room);
        if (slot.trainer == -2 || !fill(state, fits, count, &slot))
            continue;
        if (slot.value - slot.price - offer_load_cost(state, slot.trainer) > most) {
            most = slot.value - slot.price - offer_load_cost(state, slot.trainer);
            *out = slot;
        }
    }
    return most > -INFINITY;
}
