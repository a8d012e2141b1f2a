/* What the bound works on, made once. */
#include "exchange/plan/bound_inside.h"
#include "exchange/plan/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
    venue->is_exact =
        arena_array(bound->arena, venue->class_count + 1, sizeof *venue->is_exact);
    return venue->worth && venue->is_exact ? ERR_NONE : no_room(err);
}

/* Who can come to that cell in rooms of that kind (-1: wherever they are). */
static err_code list_fits(struct bound *bound, const struct cell *cell,
                          struct venue *venue, struct err *err)
{
    const struct plan_problem *problem = bound->problem;
    const struct topic *topic = &bound->topics->items[cell->topic];
    int *needs = arena_array(bound->arena, cell->fit_count + 1, sizeof *needs);
    double *gains = arena_array(bound->arena, cell->fit_count + 1, sizeof *gains);
    int room = venue->kind < 0 ? -1 : bound->rows->kinds[venue->kind].room;

    if (!needs || !gains)
        return no_room(err);
    for (size_t i = 0; i < topic->fit_count; i++) {
        int need = topic->fits[i].need;
        if (!plan_has_date(problem->needs[need].dates, cell->date) ||
            (room >= 0 && !problem_may_enter(problem, problem->needs[need].person, room)))
            continue;
        needs[venue->fit_count] = need;
        gains[venue->fit_count++] =
            room >= 0 ? problem_gain(problem, need, topic->skill, topic->level,
                                     cell->date, room, topic->has_circle)
                      : topic->fits[i].gain *
                                (topic->has_circle ? problem->weights.circle : 1) +
                            problem_need_stays(problem, need, cell->date);
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
    *cell =
        (struct cell){topic_index, date, .fit_count = count, .anywhere = {.kind = -1}};
    for (size_t i = 0; i < topic->teacher_count; i++)
        cell->stay =
            fmax(cell->stay, problem_trainer_stays(bound->problem, topic->teachers[i],
                                                   topic->skill, date));
    code = list_fits(bound, cell, &cell->anywhere, err);
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

static bool is_trainer(const struct bound *bound, size_t person)
{
    const int *first = bound->topics->first_of_person;

    return first[person] < first[person + 1];
}

static err_code make_prices(struct bound *bound, struct err *err)
{
    const struct plan_problem *problem = bound->problem;
    size_t count = bound->rows->count + 1, seats = (size_t)problem->seats_most + 1;

    bound->price = arena_array(bound->arena, count, sizeof *bound->price);
    bound->slope = arena_array(bound->arena, count, sizeof *bound->slope);
    bound->move = arena_array(bound->arena, count, sizeof *bound->move);
    bound->swing = arena_array(bound->arena, count, sizeof *bound->swing);
    bound->best_price = arena_array(bound->arena, count, sizeof *bound->best_price);
    bound->list = arena_array(bound->arena, seats, sizeof *bound->list);
    bound->list_need = arena_array(bound->arena, seats, sizeof *bound->list_need);
    bound->paid = arena_array(bound->arena, problem->need_count + 1, sizeof *bound->paid);
    bound->used =
        arena_array(bound->arena, rows_most(bound->rows, problem->seats_most) + 1,
                    sizeof *bound->used);
    bound->is_picky =
        arena_array(bound->arena, problem->person_count + 1, sizeof *bound->is_picky);
    bound->has_several =
        arena_array(bound->arena, problem->person_count + 1, sizeof *bound->has_several);
    bound->is_priced =
        arena_array(bound->arena, problem->person_count + 1, sizeof *bound->is_priced);
    if (!bound->price || !bound->slope || !bound->move || !bound->swing ||
        !bound->best_price || !bound->list || !bound->list_need || !bound->paid ||
        !bound->has_several || !bound->used || !bound->is_picky || !bound->is_priced)
        return no_room(err);
    for (size_t n = 0; n < problem->need_count; n++) {
        bound->price[n] = bound->best_price[n] = problem->needs[n].value / 2;
        bound->slope[problem->needs[n].person]++; /* her needs, for now */
        bound->scale += problem->needs[n].value / (double)problem->need_count;
    }
    for (size_t p = 0; p < problem->person_count; p++) {
        bound->has_several[p] = bound->slope[p] > 1;
        bound->is_priced[p] = bound->is_joint ? bound->slope[p] + is_trainer(bound, p) > 1
                                              : bound->rows->is_twice[p];
        bound->is_picky[p] = bound->slope[p] > 0 || !bound->topics->is_one_language;
    }
    return ERR_NONE;
}

static err_code make_left(struct bound *bound, struct err *err)
{
    size_t people = bound->problem->person_count;

    bound->left = arena_array(bound->arena, bound->rows->count + 1, sizeof *bound->left);
    bound->given = arena_array(bound->arena, people + 1, sizeof *bound->given);
    bound->is_away = arena_array(bound->arena, people * bound->problem->date_count + 1,
                                 sizeof *bound->is_away);
    if (!bound->left || !bound->given || !bound->is_away)
        return no_room(err);
    memcpy(bound->left, bound->rows->capacity, bound->rows->count * sizeof *bound->left);
    return ERR_NONE;
}

/* Room to choose the sessions of a trainer together. */
static err_code make_chain(struct bound *bound, struct err *err)
{
    size_t dates = bound->problem->date_count + 1;

    bound->by_end = arena_array(bound->arena, dates, sizeof *bound->by_end);
    bound->offers = arena_array(bound->arena, dates, sizeof *bound->offers);
    bound->offer_worth = arena_array(bound->arena, dates, sizeof *bound->offer_worth);
    bound->chain = arena_array(bound->arena, dates * dates, sizeof *bound->chain);
    if (!bound->by_end || !bound->offers || !bound->offer_worth || !bound->chain)
        return no_room(err);
    for (size_t d = 0; d < bound->problem->date_count; d++) {
        const struct plan_date *all = bound->problem->dates;
        size_t at = d;
        for (; at > 0 && all[bound->by_end[at - 1]].ends_at > all[d].ends_at; at--)
            bound->by_end[at] = bound->by_end[at - 1];
        bound->by_end[at] = (int)d;
    }
    return ERR_NONE;
}

err_code bound_new(struct bound **out, const struct rows *rows, bool is_joint,
                   int steps_expected, struct err *err)
{
    struct bound *bound = calloc(1, sizeof *bound);
    err_code code;

    if (!bound)
        return no_room(err);
    bound->arena = arena_new(PLAN_BOUND_BYTES_MOST);
    if (!bound->arena) {
        free(bound);
        return no_room(err);
    }
    bound->rows = rows;
    bound->is_joint = is_joint;
    bound->steps_expected = steps_expected;
    bound->topics = rows->topics;
    bound->problem = rows->problem;
    bound->lowest = INFINITY;
    code = make_cells(bound, err);
    if (code == ERR_NONE)
        code = make_ways(bound, err);
    if (code == ERR_NONE)
        code = make_prices(bound, err);
    if (code == ERR_NONE)
        code = make_chain(bound, err);
    if (code == ERR_NONE)
        code = make_left(bound, err);
    if (code == ERR_NONE)
        code = bound_choosing_make(bound, err);
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
    free(bound->near_of_cut);
    free(bound);
}
