/* How good a plan could be at most. */
#include "exchange/plan/bound.h"

#include "exchange/plan/state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PATIENCE = 12 };

static const double FIRST_STEP = 1.2, LEAST_STEP = 1e-3, INERTIA = 0.6;

/* Where a need is alike: a commune, with or without steps. */
struct kind {
    int commune;
    bool is_step_free;
    int room; /* one of them */
};

/* Rooms that are alike: of a kind, with as many seats and the same equipment. */
struct room_class {
    int kind, seats;
    uint64_t equipment;
    int room;  /* one of them */
    bool is_online;
    int *open; /* date: how many of them are open */
};

/* A topic on a date: the needs that can come. */
struct cell {
    int topic, date;
    const struct topic_fit **fits;
    size_t fit_count;
    double *best;  /* for each commune of trainers: the best session at these prices */
    int *in_class; /* where */
};

struct chosen {
    struct cell *cell;
    int room_class, person; /* -1: a circle */
    int copies;
};

struct bound {
    struct arena *arena;
    const struct topics *topics;
    const struct plan_problem *problem;
    struct kind *kinds;
    size_t kind_count;
    struct room_class *classes;
    size_t class_count;
    struct cell *cells;
    size_t cell_count;
    int *cell_of; /* topic × date, -1 */
    size_t commune_count; /* of trainers: those of the problem */
    /* prices, slopes and moves, one after another: needs, people × dates, classes × dates, trainers */
    double *price, *slope, *move;
    size_t price_count, people_at, rooms_at, trainers_at;
    bool *is_watched; /* person: may be in two places */
    double lowest, step;
    int since_better;
    double *list; /* gains of a cell, sorted */
    int *list_need;
};

static size_t person_price(const struct bound *bound, int person, int date)
{
    return bound->people_at + (size_t)person * bound->problem->date_count + (size_t)date;
}

static size_t room_price(const struct bound *bound, size_t room_class, int date)
{
    return bound->rooms_at + room_class * bound->problem->date_count + (size_t)date;
}

static err_code no_room(struct err *err)
{
    return err_set(err, ERR_MEMORY, "no memory for a bound");
}

static int find_kind(struct bound *bound, int room)
{
    const struct plan_room *of = &bound->problem->rooms[room];
    size_t i;

    for (i = 0; i < bound->kind_count; i++)
        if (bound->kinds[i].commune == of->commune &&
            bound->kinds[i].is_step_free == of->is_step_free)
            return (int)i;
    bound->kinds[bound->kind_count++] =
        (struct kind){of->commune, of->is_step_free, room};
    return (int)i;
}

static err_code make_classes(struct bound *bound, struct err *err)
{
    const struct plan_problem *problem = bound->problem;

    bound->kinds =
        arena_array(bound->arena, problem->room_count + 1, sizeof *bound->kinds);
    bound->classes =
        arena_array(bound->arena, problem->room_count + 1, sizeof *bound->classes);
    if (!bound->kinds || !bound->classes)
        return no_room(err);
    for (size_t r = 0; r < problem->room_count; r++) {
        const struct plan_room *room = &problem->rooms[r];
        int seats = room->capacity < problem->seats_most ? room->capacity
                                                         : problem->seats_most;
        struct room_class wanted = {find_kind(bound, (int)r), seats, room->equipment,
                                    (int)r, room->commune < 0, NULL};
        size_t c;
        for (c = 0; c < bound->class_count; c++)
            if (bound->classes[c].kind == wanted.kind &&
                bound->classes[c].seats == seats &&
                bound->classes[c].equipment == wanted.equipment)
                break;
        if (c == bound->class_count) {
            wanted.open =
                arena_array(bound->arena, problem->date_count, sizeof *wanted.open);
            if (!wanted.open)
                return no_room(err);
            bound->classes[bound->class_count++] = wanted;
        }
        for (size_t d = 0; d < problem->date_count; d++)
            bound->classes[c].open[d] += plan_has_date(room->dates, (int)d);
    }
    return ERR_NONE;
}

static err_code make_cell(struct bound *bound, int topic_index, int date, struct err *err)
{
    const struct topic *topic = &bound->topics->items[topic_index];
    struct cell *cell = &bound->cells[bound->cell_count];
    size_t count = 0;

    for (size_t i = 0; i < topic->fit_count; i++)
        count +=
            plan_has_date(bound->problem->needs[topic->fits[i].need].dates, date);
    if (count < (size_t)bound->problem->threshold)
        return ERR_NONE;
    *cell = (struct cell){
        .topic = topic_index,
        .date = date,
        .fits = arena_array(bound->arena, count, sizeof *cell->fits),
        .best = arena_array(bound->arena, bound->commune_count + 1, sizeof *cell->best),
        .in_class =
            arena_array(bound->arena, bound->commune_count + 1, sizeof *cell->in_class)};
    if (!cell->fits || !cell->best || !cell->in_class)
        return no_room(err);
    for (size_t i = 0; i < topic->fit_count; i++)
        if (plan_has_date(bound->problem->needs[topic->fits[i].need].dates, date))
            cell->fits[cell->fit_count++] = &topic->fits[i];
    bound->cell_of[(size_t)topic_index * bound->problem->date_count + (size_t)date] =
        (int)bound->cell_count++;
    return ERR_NONE;
}

static err_code make_cells(struct bound *bound, struct err *err)
{
    size_t dates = bound->problem->date_count, all = bound->topics->count * dates;
    err_code code = ERR_NONE;

    bound->cells = arena_array(bound->arena, all + 1, sizeof *bound->cells);
    bound->cell_of = arena_array(bound->arena, all + 1, sizeof *bound->cell_of);
    if (!bound->cells || !bound->cell_of)
        return no_room(err);
    for (size_t i = 0; i < all; i++)
        bound->cell_of[i] = -1;
    for (size_t i = 0; code == ERR_NONE && i < all; i++)
        code = make_cell(bound, (int)(i / dates), (int)(i % dates), err);
    return code;
}

/* People who could be in two places on one date: with two needs, or a need and something to give. */
static err_code watch(struct bound *bound, struct err *err)
{
    const struct plan_problem *problem = bound->problem;
    int *roles = arena_array(bound->arena, problem->person_count + 1, sizeof *roles);

    bound->is_watched =
        arena_array(bound->arena, problem->person_count + 1, sizeof *bound->is_watched);
    if (!roles || !bound->is_watched)
        return no_room(err);
    for (size_t n = 0; n < problem->need_count; n++)
        roles[problem->needs[n].person]++;
    for (size_t p = 0; p < problem->person_count; p++) {
        roles[p] += problem->people[p].quota > 0 && problem->people[p].share_count > 0;
        bound->is_watched[p] = roles[p] > 1;
    }
    return ERR_NONE;
}

static err_code make_prices(struct bound *bound, struct err *err)
{
    const struct plan_problem *problem = bound->problem;
    size_t longest = 1;

    bound->people_at = problem->need_count;
    bound->rooms_at = bound->people_at + problem->person_count * problem->date_count;
    bound->trainers_at = bound->rooms_at + bound->class_count * problem->date_count;
    bound->price_count = bound->trainers_at + problem->person_count;
    bound->price =
        arena_array(bound->arena, bound->price_count + 1, sizeof *bound->price);
    bound->slope =
        arena_array(bound->arena, bound->price_count + 1, sizeof *bound->slope);
    bound->move = arena_array(bound->arena, bound->price_count + 1, sizeof *bound->move);
    for (size_t i = 0; i < bound->cell_count; i++)
        if (bound->cells[i].fit_count > longest)
            longest = bound->cells[i].fit_count;
    bound->list = arena_array(bound->arena, longest, sizeof *bound->list);
    bound->list_need = arena_array(bound->arena, longest, sizeof *bound->list_need);
    if (!bound->price || !bound->slope || !bound->move || !bound->list ||
        !bound->list_need)
        return no_room(err);
    for (size_t n = 0; n < problem->need_count; n++)
        bound->price[n] = problem->needs[n].value / 2;
    return ERR_NONE;
}

err_code bound_new(struct bound **out, const struct topics *topics, struct err *err)
{
    struct bound *bound = calloc(1, sizeof *bound);
    err_code code;

    if (!bound)
        return no_room(err);
    bound->arena = arena_new((size_t)1 << 30);
    if (!bound->arena) {
        free(bound);
        return no_room(err);
    }
    bound->topics = topics;
    bound->problem = topics->problem;
    bound->commune_count = topics->problem->commune_count;
    bound->lowest = INFINITY;
    bound->step = FIRST_STEP;
    code = make_classes(bound, err);
    if (code == ERR_NONE)
        code = make_cells(bound, err);
    if (code == ERR_NONE)
        code = watch(bound, err);
    if (code == ERR_NONE)
        code = make_prices(bound, err);
    if (code != ERR_NONE) {
        bound_free(bound);
        return code;
    }
    *out = bound;
    return ERR_NONE;
}

void bound_free(struct bound *bound)
{
    if (!bound)
        return;
    arena_free(bound->arena);
    free(bound);
}

/* The best of a cell's needs for a kind of place at these prices, best first; how many. */
static size_t list_cell(struct bound *bound, const struct cell *cell, size_t kind_index,
                        bool is_circle)
{
    const struct plan_problem *problem = bound->problem;
    const struct kind *kind = &bound->kinds[kind_index];
    size_t most = (size_t)problem->seats_most, count = 0;

    for (size_t i = 0; i < cell->fit_count; i++) {
        int need = cell->fits[i]->need;
        int person = problem->needs[need].person;
        double way =
            problem_way_min(problem, problem->people[person].commune, kind->room), gain;
        size_t at;
        if (way < 0 || (problem->people[person].needs_step_free && !kind->is_step_free))
            continue;
        gain = cell->fits[i]->gain * (is_circle ? problem->weights.circle : 1) -
               problem->weights.travel_hour * way / 60 - bound->price[need];
        if (bound->is_watched[person])
            gain -= bound->price[person_price(bound, person, cell->date)];
        if (count == most && gain <= bound->list[count - 1])
            continue;
        at = count < most ? count++ : count - 1;
        for (; at > 0 && bound->list[at - 1] < gain; at--) {
            bound->list[at] = bound->list[at - 1];
            bound->list_need[at] = bound->list_need[at - 1];
        }
        bound->list[at] = gain;
        bound->list_need[at] = need;
    }
    return count;
}

/* What the first of a list are worth together in so many seats, and how many they are; below what
 * anything is worth when they are too few. */
static double worth(const struct bound *bound, size_t listed, int seats, size_t *taken)
{
    const struct plan_problem *problem = bound->problem;
    double value = -problem->weights.session;
    size_t count = 0;

    if (listed > (size_t)seats)
        listed = (size_t)seats;
    if (listed < (size_t)problem->threshold)
        return -INFINITY;
    for (; count < listed; count++) {
        double more = bound->list[count] + (count < (size_t)problem->comfortable
                                                ? problem->weights.empty_seat
                                                : 0);
        if (count >= (size_t)problem->threshold && more <= 0)
            break;
        value += more;
    }
    *taken = count;
    return value - problem->weights.empty_seat * problem->comfortable;
}

static void price_class(struct bound *bound, struct cell *cell, size_t class_index,
                        double value)
{
    const struct plan_problem *problem = bound->problem;
    const struct room_class *class = &bound->classes[class_index];

    if (!class->is_online)
        value -= bound->price[room_price(bound, class_index, cell->date)];
    for (size_t c = 0; c < bound->commune_count; c++) {
        double way = problem_way_min(problem, (int)c, class->room), less;
        if (way < 0)
            continue;
        less = value - problem->weights.travel_hour * way / 60;
        if (less > cell->best[c]) {
            cell->best[c] = less;
            cell->in_class[c] = (int)class_index;
        }
    }
    if (value > cell->best[bound->commune_count]) { /* of a circle: nobody travels */
        cell->best[bound->commune_count] = value;
        cell->in_class[bound->commune_count] = (int)class_index;
    }
}

static void price_cell(struct bound *bound, struct cell *cell)
{
    const struct topic *topic = &bound->topics->items[cell->topic];
    uint64_t equipment = bound->problem->skills[topic->skill].equipment;

    for (size_t c = 0; c <= bound->commune_count; c++)
        cell->best[c] = -INFINITY;
    for (size_t k = 0; k < bound->kind_count; k++) {
        bool is_listed = false;
        size_t listed = 0, taken;
        for (size_t r = 0; r < bound->class_count; r++) {
            const struct room_class *class = &bound->classes[r];
            if (class->kind != (int)k || !class->open[cell->date] ||
                (equipment & ~class->equipment))
                continue;
            if (!is_listed)
                listed = list_cell(bound, cell, k, topic->has_circle);
            is_listed = true;
            price_class(bound, cell, r, worth(bound, listed, class->seats, &taken));
        }
    }
}

/* Takes the session: its value, and its slopes. */
static double take(struct bound *bound, const struct chosen *chosen)
{
    const struct cell *cell = chosen->cell;
    const struct topic *topic = &bound->topics->items[cell->topic];
    const struct room_class *class = &bound->classes[chosen->room_class];
    size_t taken = 0;
    size_t listed = list_cell(bound, cell, (size_t)class->kind, topic->has_circle);
    double copies = chosen->copies;

    if (worth(bound, listed, class->seats, &taken) == -INFINITY)
        return 0;
    for (size_t i = 0; i < taken; i++) {
        int need = bound->list_need[i], person = bound->problem->needs[need].person;
        bound->slope[need] -= copies;
        if (bound->is_watched[person])
            bound->slope[person_price(bound, person, cell->date)] -= copies;
    }
    if (!class->is_online)
        bound->slope[room_price(bound, (size_t)chosen->room_class, cell->date)] -= copies;
    if (chosen->person >= 0) {
        bound->slope[bound->trainers_at + (size_t)chosen->person] -= copies;
        if (bound->is_watched[chosen->person])
            bound->slope[person_price(bound, chosen->person, cell->date)] -= copies;
    }
    return 0;
}

static double take_trainer(struct bound *bound, int person, int date)
{
    const struct topics *topics = bound->topics;
    int commune = bound->problem->people[person].commune;
    size_t column = commune < 0 ? bound->commune_count : (size_t)commune;
    double cost = bound->price[bound->trainers_at + (size_t)person], most = 0;
    struct chosen chosen = {.person = person, .copies = 1};

    if (bound->is_watched[person])
        cost += bound->price[person_price(bound, person, date)];
    for (int i = topics->first_of_person[person]; i < topics->first_of_person[person + 1];
         i++) {
        int at = bound->cell_of[(size_t)topics->of_person[i] *
                                    bound->problem->date_count +
                                (size_t)date];
        if (at < 0 || bound->cells[at].best[column] - cost <= most)
            continue;
        most = bound->cells[at].best[column] - cost;
        chosen.cell = &bound->cells[at];
        chosen.room_class = chosen.cell->in_class[column];
    }
    if (chosen.cell)
        take(bound, &chosen);
    return most;
}

static double take_circles(struct bound *bound)
{
    double value = 0;

    for (size_t i = 0; i < bound->cell_count; i++) {
        struct cell *cell = &bound->cells[i];
        double best = cell->best[bound->commune_count];
        struct chosen chosen = {.cell = cell,
                                .room_class = cell->in_class[bound->commune_count],
                                .person = -1};
        if (!bound->topics->items[cell->topic].has_circle || best <= 0)
            continue;
        chosen.copies = (int)(cell->fit_count / (size_t)bound->problem->threshold);
        value += best * chosen.copies;
        take(bound, &chosen);
    }
    return value;
}

/* How many sessions a trainer would give at her price, and what that is worth. */
static double take_quota(struct bound *bound, int person)
{
    const struct plan_person *of = &bound->problem->people[person];
    double price = bound->price[bound->trainers_at + (size_t)person], value = 0;
    int given = 0;

    while (given < of->quota) {
        double more = price - bound->problem->weights.load * (of->load + given);
        if (more <= 0)
            break;
        value += more;
        given++;
    }
    bound->slope[bound->trainers_at + (size_t)person] += given;
    return value;
}

static double evaluate(struct bound *bound)
{
    const struct plan_problem *problem = bound->problem;
    double value = 0;

    for (size_t i = 0; i < bound->people_at; i++) {
        bound->slope[i] = 1;
        value += bound->price[i];
    }
    for (size_t p = 0; p < problem->person_count; p++)
        for (size_t d = 0; d < problem->date_count; d++) {
            size_t at = person_price(bound, (int)p, (int)d);
            bound->slope[at] = bound->is_watched[p];
            value += bound->price[at];
        }
    for (size_t r = 0; r < bound->class_count; r++)
        for (size_t d = 0; d < problem->date_count; d++) {
            size_t at = room_price(bound, r, (int)d);
            bound->slope[at] = bound->classes[r].open[d];
            value += bound->price[at] * bound->classes[r].open[d];
        }
    for (size_t i = 0; i < bound->cell_count; i++)
        price_cell(bound, &bound->cells[i]);
    for (size_t p = 0; p < problem->person_count; p++) {
        bound->slope[bound->trainers_at + p] = 0;
        if (bound->topics->first_of_person[p] == bound->topics->first_of_person[p + 1])
            continue;
        for (size_t d = 0; d < problem->date_count; d++)
            if (plan_has_date(problem->people[p].dates, (int)d))
                value += take_trainer(bound, (int)p, (int)d);
        value += take_quota(bound, (int)p);
    }
    return value + take_circles(bound);
}

/* A price at 0 whose slope would push it below does not move. */
static double slope_of(const struct bound *bound, size_t i)
{
    return bound->price[i] <= 0 && bound->slope[i] > 0 ? 0 : bound->slope[i];
}

static void move_prices(struct bound *bound, double value, double known)
{
    double square = 0, length;

    for (size_t i = 0; i < bound->price_count; i++) {
        bound->move[i] = INERTIA * bound->move[i] + slope_of(bound, i);
        square += bound->move[i] * bound->move[i];
    }
    if (square <= 0)
        return;
    length = bound->step * (value - known) / square;
    for (size_t i = 0; i < bound->price_count; i++)
        if (bound->move[i] != 0)
            bound->price[i] = fmax(0, bound->price[i] - length * bound->move[i]);
}

double bound_step(struct bound *bound, double known)
{
    double value = evaluate(bound);

    if (value < bound->lowest - 1e-6 * fabs(value)) {
        bound->lowest = value;
        bound->since_better = 0;
    } else if (++bound->since_better >= PATIENCE) {
        bound->since_better = 0;
        bound->step = fmax(LEAST_STEP, bound->step * 0.7);
    }
    move_prices(bound, value, known);
    return bound->lowest;
}

const double *bound_prices(const struct bound *bound)
{
    return bound->price;
}
