/* What the bound works on, made once. */
#include "exchange/plan/bound_inside.h"

#include <math.h>
#include <stdlib.h>

static const double FIRST_STEP = 1.2;
static const size_t BYTES_MOST = (size_t)1 << 30;

static err_code no_room(struct err *err)
{
    return err_set(err, ERR_MEMORY, "no memory for a bound");
}

static err_code list_classes(struct bound *bound, const struct cell *cell,
                             struct venue *venue, struct err *err)
{
    const struct rows *rows = bound->rows;
    const struct topic *topic = &bound->topics->items[cell->topic];
    uint64_t equipment = bound->problem->skills[topic->skill].equipment;
    int *classes = arena_array(bound->arena, rows->class_count, sizeof *classes);

    if (!classes)
        return no_room(err);
    for (size_t c = 0; c < rows->class_count; c++)
        if (rows->classes[c].kind == venue->kind && rows->classes[c].open[cell->date] &&
            !(equipment & ~rows->classes[c].equipment) &&
            rows->classes[c].seats >= bound->problem->threshold)
            classes[venue->class_count++] = (int)c;
    venue->classes = classes;
    venue->worth =
        arena_array(bound->arena, venue->class_count + 1, sizeof *venue->worth);
    return venue->worth ? ERR_NONE : no_room(err);
}

/* Who can come to that cell in rooms of that kind. */
static err_code list_fits(struct bound *bound, const struct cell *cell,
                          struct venue *venue, struct err *err)
{
    const struct plan_problem *problem = bound->problem;
    const struct topic *topic = &bound->topics->items[cell->topic];
    int *needs = arena_array(bound->arena, cell->fit_count + 1, sizeof *needs);
    double *gains = arena_array(bound->arena, cell->fit_count + 1, sizeof *gains);
    int room = bound->rows->kinds[venue->kind].room;

    if (!needs || !gains)
        return no_room(err);
    for (size_t i = 0; i < topic->fit_count; i++) {
        int need = topic->fits[i].need;
        if (!plan_has_date(problem->needs[need].dates, cell->date) ||
            !problem_may_enter(problem, problem->needs[need].person, room))
            continue;
        needs[venue->fit_count] = need;
        gains[venue->fit_count++] = problem_gain(problem, need, topic->skill,
                                                 topic->level, room, topic->has_circle);
    }
    venue->needs = needs;
    venue->gains = gains;
    return ERR_NONE;
}

static err_code make_cell(struct bound *bound, int topic_index, int date, struct err *err)
{
    const struct topic *topic = &bound->topics->items[topic_index];
    struct cell *cell = &bound->cells[bound->cell_count];
    size_t count = 0;
    err_code code = ERR_NONE;

    for (size_t i = 0; i < topic->fit_count; i++)
        count += plan_has_date(bound->problem->needs[topic->fits[i].need].dates, date);
    if (count < (size_t)bound->problem->threshold)
        return ERR_NONE;
    *cell = (struct cell){topic_index, date, .fit_count = count};
    cell->venues =
        arena_array(bound->arena, bound->rows->kind_count + 1, sizeof *cell->venues);
    if (!cell->venues)
        return no_room(err);
    for (size_t k = 0; code == ERR_NONE && k < bound->rows->kind_count; k++) {
        struct venue venue = {.kind = (int)k};
        code = list_classes(bound, cell, &venue, err);
        if (code == ERR_NONE && venue.class_count)
            code = list_fits(bound, cell, &venue, err);
        if (venue.fit_count >= (size_t)bound->problem->threshold)
            cell->venues[cell->venue_count++] = venue;
    }
    if (cell->venue_count)
        bound->cell_of[(size_t)topic_index * bound->problem->date_count + (size_t)date] =
            (int)bound->cell_count++;
    return code;
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

static err_code make_ways(struct bound *bound, struct err *err)
{
    const struct plan_problem *problem = bound->problem;
    size_t communes = problem->commune_count + 1;

    bound->way_cost = arena_array(bound->arena, bound->rows->class_count * communes + 1,
                                  sizeof *bound->way_cost);
    if (!bound->way_cost)
        return no_room(err);
    for (size_t c = 0; c < bound->rows->class_count; c++)
        for (size_t from = 0; from < communes; from++) {
            int commune = from + 1 < communes ? (int)from : -1;
            double way = problem_way_min(problem, commune, bound->rows->classes[c].room);
            bound->way_cost[c * communes + from] =
                way < 0 ? INFINITY : problem->weights.travel_hour * way / 60;
        }
    return ERR_NONE;
}

static err_code make_prices(struct bound *bound, struct err *err)
{
    const struct plan_problem *problem = bound->problem;
    size_t count = bound->rows->count + 1, seats = (size_t)problem->seats_most + 1;

    bound->price = arena_array(bound->arena, count, sizeof *bound->price);
    bound->slope = arena_array(bound->arena, count, sizeof *bound->slope);
    bound->move = arena_array(bound->arena, count, sizeof *bound->move);
    bound->best_price = arena_array(bound->arena, count, sizeof *bound->best_price);
    bound->list = arena_array(bound->arena, seats, sizeof *bound->list);
    bound->list_need = arena_array(bound->arena, seats, sizeof *bound->list_need);
    bound->used =
        arena_array(bound->arena, rows_most(bound->rows, problem->seats_most) + 1,
                    sizeof *bound->used);
    bound->is_picky =
        arena_array(bound->arena, problem->person_count + 1, sizeof *bound->is_picky);
    bound->has_several =
        arena_array(bound->arena, problem->person_count + 1, sizeof *bound->has_several);
    if (!bound->price || !bound->slope || !bound->move || !bound->best_price ||
        !bound->list || !bound->list_need || !bound->has_several || !bound->used ||
        !bound->is_picky)
        return no_room(err);
    for (size_t n = 0; n < problem->need_count; n++) {
        bound->price[n] = bound->best_price[n] = problem->needs[n].value / 2;
        bound->slope[problem->needs[n].person]++; /* her needs, for now */
    }
    for (size_t p = 0; p < problem->person_count; p++) {
        bound->has_several[p] = bound->slope[p] > 1;
        bound->is_picky[p] = bound->slope[p] > 0 || !bound->topics->is_one_language;
    }
    return ERR_NONE;
}

err_code bound_new(struct bound **out, const struct rows *rows, struct err *err)
{
    struct bound *bound = calloc(1, sizeof *bound);
    err_code code;

    if (!bound)
        return no_room(err);
    bound->arena = arena_new(BYTES_MOST);
    if (!bound->arena) {
        free(bound);
        return no_room(err);
    }
    bound->rows = rows;
    bound->topics = rows->topics;
    bound->problem = rows->problem;
    bound->lowest = INFINITY;
    bound->step = FIRST_STEP;
    code = make_cells(bound, err);
    if (code == ERR_NONE)
        code = make_ways(bound, err);
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
