/* A plan made better part by part. */
#include "exchange/plan/improve.h"

#include "base/clock.h"
#include "base/random.h"
#include "exchange/plan/dive.h"
#include "exchange/plan/memory.h"
#include "exchange/plan/merge.h"
#include "exchange/plan/part.h"

#include <math.h>
#include <stdlib.h>

enum {
    WHOLE_STEPS = 200, /* of subgradients, before its first program */
    WHOLE_ROUNDS = 0,
    WHOLE_CUTS = 40,
    WHOLE_NODES = 1000,
    WHOLE_MS = 1000,
    PROVE_NODES = 2000,
    PROVE_PART = 4, /* of the time that is left */
    STALE = 6,      /* parts that made nothing better before it is tried */
    AGAIN = 10,     /* before another plan is begun with */
    MERGE_STALE =
        2, /* parts in a row that made nothing better, before plans are merged */
    MERGE_NODES = 500,
    MERGE_MS = 500,
    PART_CUTS = 3,
    PART_NODES = 50,
    PART_MS = 500,
    PART_STEPS = 50,
    PART_ROUNDS = 1,
    RELEASED_MOST = 60,
    RELATIONS = 4
};

static const double LEAST_SHARE = 0.15, MOST_SHARE = 0.9; /* of sessions given up */
static const double BLUR = 0.2, AGAIN_BLUR = 0.5, APART = 0.6, DATE_APART = 0.1;
static const double BETTER = 1e-7;

struct improving {
    const struct plan_problem *problem;
    const struct improve_options *options;
    struct arena
        *kept[2]; /* the best plan lives in the first, the next one in the other */
    struct arena *scratch, *whole;
    struct dive_options how; /* of the whole */
    struct diver *diver;     /* NULL: there is no program of the whole */
    struct merge *merge;     /* of all plans it came upon */
    double most;             /* worth of the best plan told of */
    int64_t stale;           /* parts in a row that made nothing better */
    double proved;           /* the value that was tried to be proven last */
    struct plan best;        /* since it last began */
    double bound;
    struct random random;
    bool is_over;
};

static err_code no_memory(struct err *err)
{
    return err_set(err, ERR_MEMORY, "no memory to make a plan better");
}

static bool is_late(const struct improving *improving)
{
    return improving->is_over ||
           (improving->options->deadline_ms &&
            clock_monotonic_ms() >= improving->options->deadline_ms);
}

/* Copies a plan into the other arena and makes it the best. */
static err_code keep(struct improving *improving, const struct plan *plan,
                     struct err *err)
{
    struct arena *arena = improving->kept[1];
    err_code code = plan_copy(arena, plan, &improving->best, err);

    if (code != ERR_NONE)
        return code;
    arena_reset(improving->kept[0]);
    improving->kept[1] = improving->kept[0];
    improving->kept[0] = arena;
    merge_add(improving->merge, &improving->best);
    return ERR_NONE;
}

static void report(struct improving *improving)
{
    improving->most = fmax(improving->most, improving->best.value);
    if (!improving->options->report(improving->options->self, &improving->best,
                                    improving->bound))
        improving->is_over = true;
}

/* The bound of the whole is known before its dive ends: nobody else has to look for one.
 */
static void hear_bound(void *self, double bound)
{
    struct improving *improving = self;

    improving->bound = bound;
    report(improving);
}

/* Tries to prove that there is no better plan, or finds it; once for a plan. */
static err_code prove(struct improving *improving, struct err *err)
{
    struct dive_result result = {improving->best, improving->bound};
    int64_t deadline_ms = improving->options->deadline_ms;
    int most_ms =
        deadline_ms ? (int)(deadline_ms - clock_monotonic_ms()) / PROVE_PART : 0;
    err_code code;

    if (!improving->diver || improving->options->is_second ||
        improving->best.value < improving->most ||
        improving->most >= improving->bound - BETTER ||
        improving->most <= improving->proved)
        return ERR_NONE;
    improving->proved = improving->best.value;
    arena_reset(improving->scratch);
    code = diver_prove(improving->diver, improving->scratch, PROVE_NODES, most_ms,
                       &result, err);
    if (code == ERR_NONE && result.plan.value > improving->best.value)
        code = keep(improving, &result.plan, err);
    if (code == ERR_NONE) {
        improving->bound = fmin(improving->bound, result.bound);
        report(improving);
    }
    return code;
}

static err_code start(struct improving *improving, struct err *err)
{
    struct dive_result result;
    err_code code;

    if (improving->options->start)
        return keep(improving, improving->options->start, err);
    improving->how = (struct dive_options){.steps = WHOLE_STEPS,
                                           .rounds = WHOLE_ROUNDS,
                                           .cuts = WHOLE_CUTS,
                                           .nodes = WHOLE_NODES,
                                           .choose_ms = WHOLE_MS,
                                           .seed = improving->options->seed,
                                           .deadline_ms = improving->options->deadline_ms,
                                           .on_bound = hear_bound,
                                           .self = improving};
    if (improving->options->is_second)
        improving->how.cuts = improving->how.nodes = 0;
    code = diver_new(&improving->diver, improving->whole, improving->problem,
                     &improving->how, err);
    if (code == ERR_NONE)
        code = diver_find(improving->diver, improving->scratch, &result, err);
    if (code == ERR_NONE)
        code = keep(improving, &result.plan, err);
    if (code != ERR_NONE)
        return code;
    improving->bound = result.bound;
    report(improving);
    return prove(improving, err);
}

/* ---- a part ---- */

struct ranked {
    double key;
    size_t session;
};

static int by_key(const void *a, const void *b)
{
    const struct ranked *one = a, *other = b;

    if (one->key != other->key)
        return one->key < other->key ? -1 : 1;
    return one->session < other->session ? -1 : 1;
}

/* How little two sessions have to do with each other, by one kind of relation. */
static double distance(const struct plan_session *a, const struct plan_session *b,
                       unsigned relation)
{
    switch (relation) {
    case 0:
        return DATE_APART * abs(a->date - b->date);
    case 1:
        return a->skill == b->skill ? 0 : APART;
    case 2:
        return a->room == b->room ? 0 : APART;
    default:
        return 0;
    }
}

/* Some sessions around one of them; NULL: no memory. */
static bool *release(struct improving *improving)
{
    const struct plan *plan = &improving->best;
    size_t count = plan->session_count;
    double share =
        LEAST_SHARE + (MOST_SHARE - LEAST_SHARE) * random_0to1(&improving->random);
    size_t most = (size_t)(share * (double)count) + 1;
    bool *is_released = arena_array(improving->scratch, count + 1, sizeof *is_released);
    struct ranked *ranked = arena_array(improving->scratch, count + 1, sizeof *ranked);
    unsigned relation = random_below(&improving->random, RELATIONS);
    size_t centre = random_below(&improving->random, (uint32_t)count);

    if (!is_released || !ranked)
        return NULL;
    for (size_t i = 0; i < count; i++)
        ranked[i] = (struct ranked){
            distance(&plan->sessions[i], &plan->sessions[centre], relation) +
                random_0to1(&improving->random),
            i};
    if (count)
        qsort(ranked, count, sizeof *ranked, by_key);
    for (size_t i = 0; i < count && i < most && i < RELEASED_MOST; i++)
        is_released[ranked[i].session] = true;
    return is_released;
}

/* In a large problem only needs left that want what is given up are looked at again;
 * NULL: all. */
static bool *want(struct improving *improving, const bool *is_released)
{
    const struct plan_problem *problem = improving->problem;
    bool *is_wanted, *is_given_up;

    if (!improving->options->start)
        return NULL;
    is_wanted =
        arena_array(improving->scratch, problem->need_count + 1, sizeof *is_wanted);
    is_given_up =
        arena_array(improving->scratch, problem->skill_count + 1, sizeof *is_given_up);
    if (!is_wanted || !is_given_up)
        return NULL;
    for (size_t i = 0; i < improving->best.session_count; i++)
        if (is_released[i]) {
            const struct plan_session *session = &improving->best.sessions[i];
            is_given_up[session->skill] = true;
            for (size_t n = 0; n < session->need_count; n++)
                is_wanted[session->needs[n]] = true;
        }
    for (size_t n = 0; n < problem->need_count; n++)
        is_wanted[n] = is_wanted[n] || is_given_up[problem->needs[n].skill];
    return is_wanted;
}

/* Gives up some sessions, and keeps what the part's own plan makes of them unless it is
 * worse. */
static err_code improve_once(struct improving *improving, struct err *err)
{
    struct dive_options how = {.steps = PART_STEPS,
                               .rounds = PART_ROUNDS,
                               .cuts = PART_CUTS,
                               .nodes = PART_NODES,
                               .choose_ms = PART_MS,
                               .blur = BLUR,
                               .seed = random_next(&improving->random),
                               .deadline_ms = improving->options->deadline_ms};
    struct arena *scratch = improving->scratch;
    bool *is_released = release(improving);
    double before = improving->best.value;
    struct dive_result result;
    struct part part;
    struct plan joined;
    err_code code = is_released
                        ? part_make(scratch, improving->problem, &improving->best,
                                    is_released, want(improving, is_released), &part, err)
                        : no_memory(err);

    if (code == ERR_NONE)
        code = dive(scratch, &part.problem, &how, &result, err);
    if (code == ERR_NONE)
        code = part_join(scratch, improving->problem, &improving->best, is_released,
                         &part, &result.plan, &joined, err);
    if (code != ERR_NONE)
        return code;
    if (joined.value < before - BETTER) { /* its sessions may serve another plan */
        merge_add(improving->merge, &joined);
        return ERR_NONE;
    }
    code = keep(improving, &joined, err);
    if (code == ERR_NONE && joined.value > before + BETTER)
        improving->stale = 0;
    if (code == ERR_NONE && joined.value > improving->most + BETTER)
        report(improving);
    return code;
}

static int left_ms(const struct improving *improving, int most_ms)
{
    int64_t left;

    if (!improving->options->deadline_ms)
        return most_ms;
    left = improving->options->deadline_ms - clock_monotonic_ms();
    return left < most_ms ? (int)left : most_ms;
}

/* What the plans so far hold, put together anew: kept when it is better than all. */
static err_code put_together(struct improving *improving, struct err *err)
{
    struct plan plan;
    err_code code;

    arena_reset(improving->scratch);
    code =
        merge_choose(improving->merge, improving->scratch, MERGE_NODES,
                     left_ms(improving, MERGE_MS), improving->options->seed, &plan, err);
    if (code != ERR_NONE || !plan.session_count || plan.value <= improving->most + BETTER)
        return code;
    code = keep(improving, &plan, err);
    improving->stale = 0;
    if (code == ERR_NONE)
        report(improving);
    return code;
}

/* Nothing makes this plan better: another one may come further. */
static err_code begin_again(struct improving *improving, struct err *err)
{
    struct plan other;
    err_code code;

    if (!improving->diver)
        return ERR_NONE;
    improving->stale = 0;
    code = diver_again(improving->diver, improving->scratch, AGAIN_BLUR, &other, err);
    return code == ERR_NONE ? keep(improving, &other, err) : code;
}

err_code improve(const struct plan_problem *problem,
                 const struct improve_options *options, struct err *err)
{
    struct improving improving = {
        .problem = problem,
        .options = options,
        .kept = {arena_new(PLAN_CHILD_BYTES_MOST), arena_new(PLAN_CHILD_BYTES_MOST)},
        .scratch = arena_new(PLAN_CHILD_BYTES_MOST),
        .whole = arena_new(PLAN_CHILD_BYTES_MOST),
        .proved = -INFINITY,
        .most = -INFINITY,
        .bound = INFINITY};
    bool is_ready =
        improving.kept[0] && improving.kept[1] && improving.scratch && improving.whole;
    err_code code = is_ready ? merge_new(&improving.merge, improving.whole, problem, err)
                             : no_memory(err);

    if (code == ERR_NONE)
        code = start(&improving, err);
    random_init(&improving.random, random_mix(options->seed, options->is_second));
    for (int64_t i = 0;
         code == ERR_NONE && i < options->parts && !is_late(&improving) &&
         improving.best.session_count && improving.most < improving.bound - BETTER;
         i++) {
        arena_reset(improving.scratch);
        improving.stale++;
        code = improve_once(&improving, err);
        if (code == ERR_NONE && improving.stale && improving.stale % MERGE_STALE == 0)
            code = put_together(&improving, err);
        if (code == ERR_NONE && improving.stale == STALE)
            code = prove(&improving, err);
        if (code == ERR_NONE && improving.stale >= AGAIN && !is_late(&improving))
            code = begin_again(&improving, err);
    }
    diver_free(improving.diver);
    merge_free(improving.merge);
    arena_free(improving.whole);
    arena_free(improving.scratch);
    for (int i = 0; i < 2; i++)
        arena_free(improving.kept[i]);
    return code;
}
