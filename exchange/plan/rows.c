/* The rules that sessions share. */
#include "exchange/plan/rows.h"

#include <stdlib.h>
#include <string.h>

struct making {
    struct arena *arena;
    struct rows *rows;
    struct err *err;
};

static err_code no_room(const struct making *making)
{
    return err_set(making->err, ERR_MEMORY, "no room for the rules of a plan");
}

static int find_kind(struct rows *rows, const struct plan_room *of, int room)
{
    size_t i;

    for (i = 0; i < rows->kind_count; i++)
        if (rows->kinds[i].commune == of->commune &&
            rows->kinds[i].is_step_free == of->is_step_free)
            return (int)i;
    rows->kinds[rows->kind_count++] = (struct kind){of->commune, of->is_step_free, room};
    return (int)i;
}

static size_t find_class(struct rows *rows, const struct room_class *wanted)
{
    size_t c;

    for (c = 0; c < rows->class_count; c++)
        if (rows->classes[c].kind == wanted->kind &&
            rows->classes[c].seats == wanted->seats &&
            rows->classes[c].equipment == wanted->equipment)
            return c;
    rows->classes[rows->class_count++] = *wanted;
    return c;
}

static err_code make_classes(const struct making *making)
{
    struct rows *rows = making->rows;
    const struct plan_problem *problem = rows->problem;
    size_t most = problem->room_count + 1;

    rows->kinds = arena_array(making->arena, most, sizeof *rows->kinds);
    rows->classes = arena_array(making->arena, most, sizeof *rows->classes);
    rows->class_of_room = arena_array(making->arena, most, sizeof *rows->class_of_room);
    if (!rows->kinds || !rows->classes || !rows->class_of_room)
        return no_room(making);
    for (size_t r = 0; r < problem->room_count; r++) {
        const struct plan_room *room = &problem->rooms[r];
        struct room_class wanted = {.kind = find_kind(rows, room, (int)r),
                                    .seats = room->capacity < problem->seats_most
                                                 ? room->capacity
                                                 : problem->seats_most,
                                    .equipment = room->equipment,
                                    .room = (int)r,
                                    .is_online = room->commune < 0};
        struct room_class *class = &rows->classes[find_class(rows, &wanted)];
        if (!class->open)
            class->open =
                arena_array(making->arena, problem->date_count + 1, sizeof *class->open);
        if (!class->open)
            return no_room(making);
        rows->class_of_room[r] = (int)(class - rows->classes);
        for (size_t d = 0; d < problem->date_count; d++)
            class->open[d] += plan_has_date(room->dates, (int)d);
    }
    return ERR_NONE;
}

/* ---- moments ---- */

static bool is_on(const struct plan_problem *problem, size_t date, int64_t at)
{
    return problem->dates[date].starts_at <= at && at < problem->dates[date].ends_at;
}

/* Whether all that are on at `at` are on at `other` too, and more, or as many and it is
 * an earlier date's: then `at` is no largest set. */
static bool is_within(const struct plan_problem *problem, size_t at, size_t other)
{
    int64_t time = problem->dates[at].starts_at, later = problem->dates[other].starts_at;
    bool is_more = false;

    for (size_t d = 0; d < problem->date_count; d++) {
        bool here = is_on(problem, d, time), there = is_on(problem, d, later);
        if (here && !there)
            return false;
        is_more = is_more || (there && !here);
    }
    return is_more || other < at;
}

/* Dates start one after another, and so do moments: the starts where a largest set is on.
 */
static err_code make_moments(const struct making *making)
{
    struct rows *rows = making->rows;
    const struct plan_problem *problem = rows->problem;
    size_t dates = problem->date_count, total = 0;
    int64_t *starts = arena_array(making->arena, dates + 1, sizeof *starts);

    rows->first_moment =
        arena_array(making->arena, dates + 2, sizeof *rows->first_moment);
    if (!starts || !rows->first_moment)
        return no_room(making);
    for (size_t a = 0; a < dates; a++) {
        bool is_largest = true;
        for (size_t b = 0; is_largest && b < dates; b++)
            is_largest = a == b || !is_within(problem, a, b);
        if (is_largest)
            starts[rows->moment_count++] = problem->dates[a].starts_at;
    }
    for (size_t d = 0; d < dates; d++)
        for (size_t m = 0; m < rows->moment_count; m++)
            total += is_on(problem, d, starts[m]);
    rows->moment_of = arena_array(making->arena, total + 1, sizeof *rows->moment_of);
    if (!rows->moment_of)
        return no_room(making);
    total = 0;
    for (size_t d = 0; d < dates; d++) {
        rows->first_moment[d] = (int)total;
        for (size_t m = 0; m < rows->moment_count; m++)
            if (is_on(problem, d, starts[m]))
                rows->moment_of[total++] = (int)m;
    }
    rows->first_moment[dates] = (int)total;
    for (size_t d = 0; d < dates; d++) {
        size_t count = (size_t)(rows->first_moment[d + 1] - rows->first_moment[d]);
        rows->moments_most = count > rows->moments_most ? count : rows->moments_most;
    }
    return ERR_NONE;
}

/* ---- people ---- */

static bool has_two_dates_at_once(const struct rows *rows, const uint64_t *dates)
{
    const struct topics *topics = rows->topics;

    for (size_t d = 0; d < rows->problem->date_count; d++)
        for (int i = topics->first_clash[d];
             plan_has_date(dates, (int)d) && i < topics->first_clash[d + 1]; i++)
            if (topics->clash[i] != (int)d && plan_has_date(dates, topics->clash[i]))
                return true;
    return false;
}

/* Rows for whoever has two needs, or one and something to give, or gives. */
static err_code make_people(const struct making *making)
{
    struct rows *rows = making->rows;
    const struct plan_problem *problem = rows->problem;
    size_t people = problem->person_count, next = problem->need_count;

    rows->row_of_person =
        arena_array(making->arena, people + 1, sizeof *rows->row_of_person);
    rows->is_twice = arena_array(making->arena, people + 1, sizeof *rows->is_twice);
    if (!rows->row_of_person || !rows->is_twice)
        return no_room(making);
    for (size_t n = 0; n < problem->need_count; n++)
        rows->row_of_person[problem->needs[n].person]++; /* her needs, for now */
    rows->people_at = next;
    for (size_t p = 0; p < people; p++) {
        bool is_trainer =
            rows->topics->first_of_person[p] < rows->topics->first_of_person[p + 1];
        int roles = rows->row_of_person[p] + is_trainer;
        rows->is_twice[p] =
            roles > 1 ||
            (is_trainer && has_two_dates_at_once(rows, problem->people[p].dates));
        rows->row_of_person[p] = roles > 1 || is_trainer ? (int)next : -1;
        next += roles > 1 || is_trainer ? rows->moment_count : 0;
    }
    rows->dates_at = next;
    return ERR_NONE;
}

static void set_capacities(struct rows *rows)
{
    const struct plan_problem *problem = rows->problem;

    for (size_t i = 0; i < rows->dates_at; i++)
        rows->capacity[i] = 1;
    for (size_t c = 0; c < rows->class_count; c++)
        for (size_t d = 0; d < problem->date_count; d++)
            rows->capacity[rows->dates_at + c * problem->date_count + d] =
                rows->classes[c].open[d];
    for (size_t r = 0; r < problem->room_count; r++) {
        size_t first =
            rows->moments_at + (size_t)rows->class_of_room[r] * rows->moment_count;
        for (size_t m = 0; m < rows->moment_count; m++) {
            bool is_open = false;
            for (size_t d = 0; !is_open && d < problem->date_count; d++)
                for (int i = rows->first_moment[d]; i < rows->first_moment[d + 1]; i++)
                    is_open = is_open || (rows->moment_of[i] == (int)m &&
                                          plan_has_date(problem->rooms[r].dates, (int)d));
            rows->capacity[first + m] += is_open;
        }
    }
    for (size_t p = 0; p < problem->person_count; p++)
        rows->capacity[rows->trainers_at + p] = problem->people[p].quota;
}

err_code rows_make(struct arena *arena, const struct topics *topics, struct rows *out,
                   struct err *err)
{
    struct making making = {arena, out, err};
    err_code code;

    *out = (struct rows){.topics = topics, .problem = topics->problem};
    code = make_classes(&making);
    if (code == ERR_NONE)
        code = make_moments(&making);
    if (code == ERR_NONE)
        code = make_people(&making);
    if (code != ERR_NONE)
        return code;
    out->moments_at = out->dates_at + out->class_count * out->problem->date_count;
    out->trainers_at = out->moments_at + out->class_count * out->moment_count;
    out->count = out->trainers_at + out->problem->person_count;
    out->capacity = arena_array(arena, out->count + 1, sizeof *out->capacity);
    if (!out->capacity)
        return no_room(&making);
    set_capacities(out);
    return ERR_NONE;
}

/* ---- columns ---- */

size_t rows_most(const struct rows *rows, int need_count)
{
    return (size_t)need_count + ((size_t)need_count + 2) * rows->moments_most + 2;
}

static size_t add_person(const struct rows *rows, int person, int date, int *out,
                         size_t count)
{
    if (rows->row_of_person[person] >= 0)
        for (int i = rows->first_moment[date]; i < rows->first_moment[date + 1]; i++)
            out[count++] = rows->row_of_person[person] + rows->moment_of[i];
    return count;
}

size_t rows_of(const struct rows *rows, const struct column *column, int *out)
{
    size_t count = 0, class = (size_t)column->room_class;

    for (int i = 0; i < column->need_count; i++) {
        int need = column->needs[i];
        out[count++] = need;
        count =
            add_person(rows, rows->problem->needs[need].person, column->date, out, count);
    }
    if (!rows->classes[class].is_online) {
        out[count++] =
            (int)(rows->dates_at + class * rows->problem->date_count) + column->date;
        for (int i = rows->first_moment[column->date];
             i < rows->first_moment[column->date + 1]; i++)
            out[count++] =
                (int)(rows->moments_at + class * rows->moment_count) + rows->moment_of[i];
    }
    if (column->trainer >= 0) {
        count = add_person(rows, column->trainer, column->date, out, count);
        out[count++] = (int)rows->trainers_at + column->trainer;
    }
    return count;
}

double rows_value(const struct rows *rows, const struct column *column)
{
    const struct plan_problem *problem = rows->problem;
    const struct topic *topic = &rows->topics->items[column->topic];
    int room = rows->classes[column->room_class].room;
    int empty = problem->comfortable - column->need_count;
    double value = -problem->weights.session;

    if (empty > 0)
        value -= problem->weights.empty_seat * empty;
    if (column->trainer >= 0)
        value +=
            problem_trainer_stays(problem, column->trainer, topic->skill, column->date) -
            problem->weights.travel_hour / 60 *
                problem_way_min(problem, problem->people[column->trainer].commune, room);
    for (int i = 0; i < column->need_count; i++)
        value += problem_gain(problem, column->needs[i], topic->skill, topic->level,
                              column->date, room, column->trainer < 0);
    return value;
}

bool rows_is_allowed(const struct rows *rows, const struct column *column)
{
    const struct plan_person *people = rows->problem->people;

    for (int i = 0; i < column->need_count; i++) {
        int person = rows->problem->needs[column->needs[i]].person;
        if (column->trainer >= 0 &&
            (person == column->trainer ||
             !(people[person].languages & people[column->trainer].languages)))
            return false;
        for (int j = 0; j < i; j++)
            if (rows->problem->needs[column->needs[j]].person == person)
                return false;
    }
    return true;
}

double rows_load(const struct rows *rows, int trainer, int k)
{
    return rows->problem->weights.load * (rows->problem->people[trainer].load + k);
}
