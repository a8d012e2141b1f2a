/* The problem made ready for solving. */
#include "exchange/plan/topics.h"

#include <stdlib.h>
#include <string.h>

struct making {
    struct arena *arena;
    const struct plan_problem *problem;
    struct topics *out;
    struct err *err;
};

static err_code no_room(const struct making *making)
{
    return err_set(making->err, ERR_MEMORY, "no room for what may be taught");
}

static int by_gain(const void *a, const void *b)
{
    const struct topic_fit *one = a, *other = b;

    if (one->gain != other->gain)
        return one->gain < other->gain ? 1 : -1;
    return one->need < other->need ? -1 : one->need > other->need;
}

/* Needs by skill: those that want it or something near. */
static err_code add_fits(const struct making *making, struct topic *topic)
{
    const struct plan_problem *problem = making->problem;
    size_t capacity = 0;

    for (size_t n = 0; n < problem->need_count; n++) {
        double gain =
            problem_fit(problem, &problem->needs[n], topic->skill, topic->level);
        if (gain <= 0)
            continue;
        topic->fits = arena_grow(making->arena, topic->fits, topic->fit_count, &capacity,
                                 sizeof *topic->fits);
        if (!topic->fits)
            return no_room(making);
        topic->fits[topic->fit_count++] = (struct topic_fit){(int)n, gain};
    }
    if (topic->fit_count)
        qsort(topic->fits, topic->fit_count, sizeof *topic->fits, by_gain);
    return ERR_NONE;
}

/* Nobody gives a circle with anyone. */
static void drop_seconds(const struct plan_problem *problem, struct topic *topic)
{
    size_t kept = 0;

    for (size_t i = 0; i < topic->fit_count; i++)
        if (!problem->needs[topic->fits[i].need].is_second)
            topic->fits[kept++] = topic->fits[i];
    topic->fit_count = kept;
}

static err_code add_teachers(const struct making *making, struct topic *topic)
{
    const struct plan_problem *problem = making->problem;
    size_t capacity = 0;

    for (size_t p = 0; p < problem->person_count; p++) {
        if (problem->people[p].quota <= 0 ||
            !problem_can_teach(problem, (int)p, topic->skill, topic->level))
            continue;
        topic->teachers = arena_grow(making->arena, topic->teachers, topic->teacher_count,
                                     &capacity, sizeof *topic->teachers);
        if (!topic->teachers)
            return no_room(making);
        topic->teachers[topic->teacher_count++] = (int)p;
    }
    topic->has_circle = !topic->teacher_count && problem->weights.circle > 0;
    if (topic->has_circle)
        drop_seconds(problem, topic);
    return ERR_NONE;
}

/* Lists of topics by an index (need or person): counted, then filled. */
static err_code invert(const struct making *making, bool by_person, size_t index_count,
                       int **first_out, int **items_out)
{
    const struct topics *topics = making->out;
    int *first = arena_array(making->arena, index_count + 2, sizeof *first);
    int *items;
    size_t total = 0;

    for (size_t k = 0; first && k < topics->count; k++) {
        const struct topic *topic = &topics->items[k];
        size_t count = by_person ? topic->teacher_count : topic->fit_count;
        for (size_t i = 0; i < count; i++)
            first[(by_person ? topic->teachers[i] : topic->fits[i].need) + 2]++;
        total += count;
    }
    items = arena_array(making->arena, total + 1, sizeof *items);
    if (!first || !items)
        return no_room(making);
    for (size_t i = 2; i < index_count + 2; i++)
        first[i] += first[i - 1];
    for (size_t k = 0; k < topics->count; k++) {
        const struct topic *topic = &topics->items[k];
        size_t count = by_person ? topic->teacher_count : topic->fit_count;
        for (size_t i = 0; i < count; i++)
            items[first[(by_person ? topic->teachers[i] : topic->fits[i].need) + 1]++] =
                (int)k;
    }
    *first_out = first;
    *items_out = items;
    return ERR_NONE;
}

static err_code find_clashes(const struct making *making)
{
    const struct plan_problem *problem = making->problem;
    struct topics *out = making->out;
    size_t capacity = 0, count = 0;

    out->first_clash =
        arena_array(making->arena, problem->date_count + 1, sizeof *out->first_clash);
    if (!out->first_clash)
        return no_room(making);
    for (size_t a = 0; a < problem->date_count; a++) {
        for (size_t b = 0; b < problem->date_count; b++) {
            if (!problem_dates_clash(problem, (int)a, (int)b))
                continue;
            out->clash = arena_grow(making->arena, out->clash, count, &capacity,
                                    sizeof *out->clash);
            if (!out->clash)
                return no_room(making);
            out->clash[count++] = (int)b;
        }
        out->first_clash[a + 1] = (int)count;
    }
    return ERR_NONE;
}

static err_code make_items(const struct making *making)
{
    const struct plan_problem *problem = making->problem;
    struct topics *out = making->out;
    err_code code = ERR_NONE;

    out->items = arena_array(making->arena, problem->skill_count * PLAN_LEVELS + 1,
                             sizeof *out->items);
    if (!out->items)
        return no_room(making);
    for (size_t s = 0; code == ERR_NONE && s < problem->skill_count; s++)
        for (int level = 1; code == ERR_NONE && level <= PLAN_LEVELS; level++) {
            struct topic topic = {.skill = (int)s, .level = level};
            code = add_fits(making, &topic);
            if (code == ERR_NONE && topic.fit_count >= (size_t)problem->threshold)
                code = add_teachers(making, &topic);
            if (code == ERR_NONE && topic.fit_count >= (size_t)problem->threshold &&
                (topic.teacher_count || topic.has_circle))
                out->items[out->count++] = topic;
        }
    return code;
}

err_code topics_make(struct arena *arena, const struct plan_problem *problem,
                     struct topics *out, struct err *err)
{
    struct making making = {arena, problem, out, err};
    uint64_t common = ~(uint64_t)0;
    err_code code;

    *out = (struct topics){.problem = problem};
    for (size_t p = 0; p < problem->person_count; p++)
        common &= problem->people[p].languages;
    out->is_one_language = common != 0;
    code = make_items(&making);
    if (code == ERR_NONE)
        code = invert(&making, false, problem->need_count, &out->first_of_need,
                      &out->of_need);
    if (code == ERR_NONE)
        code = invert(&making, true, problem->person_count, &out->first_of_person,
                      &out->of_person);
    return code == ERR_NONE ? find_clashes(&making) : code;
}
