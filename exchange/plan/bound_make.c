/* What the bound works on, made once. */
#include "exchange/plan/bound_inside.h"

#include <math.h>
#include <stdlib.h>

static const double FIRST_STEP = 1.2;

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
        int seats =
            room->capacity < problem->seats_most ? room->capacity : problem->seats_most;
        struct room_class wanted = {find_kind(bound, (int)r), seats,
                                    room->equipment,          (int)r,
                                    room->commune < 0,        NULL};
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
        count += plan_has_date(bound->problem->needs[topic->fits[i].need].dates, date);
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

/* People who could be in two places on one date: with two needs, or a need and something
 * to give. */
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
