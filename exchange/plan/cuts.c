/* Cuts. */
#include "exchange/plan/cuts.h"

#include <stdlib.h>
#include <string.h>

static const double NOTHING = 1e-6;
static const double BROKEN = 0.02; /* by so much at least */
enum { OF_A_NEED_MOST = 8, SESSIONS_A_NEED = 64 };

err_code cuts_new(struct cuts **out, size_t need_count, struct err *err)
{
    struct cuts *cuts = calloc(1, sizeof *cuts);

    if (cuts)
        cuts->first = malloc((need_count + 1) * sizeof *cuts->first);
    if (!cuts || !cuts->first) {
        free(cuts);
        return err_set(err, ERR_MEMORY, "no memory for cuts");
    }
    for (size_t n = 0; n < need_count; n++)
        cuts->first[n] = -1;
    *out = cuts;
    return ERR_NONE;
}

void cuts_free(struct cuts *cuts)
{
    if (!cuts)
        return;
    free(cuts->items);
    free(cuts->first);
    free(cuts);
}

bool cuts_add(struct cuts *cuts, const int *needs)
{
    struct cut *cut;

    if (cuts->count == cuts->capacity) {
        size_t capacity = 2 * cuts->capacity + 64;
        struct cut *items = realloc(cuts->items, capacity * sizeof *items);
        if (!items)
            return false;
        cuts->items = items;
        cuts->capacity = capacity;
    }
    cut = &cuts->items[cuts->count];
    *cut = (struct cut){.price = 0};
    for (int k = 0; k < CUT_NEEDS; k++) {
        cut->needs[k] = needs[k];
        cut->next[k] = cuts->first[needs[k]];
        cuts->first[needs[k]] = (int)cuts->count;
    }
    cuts->count++;
    return true;
}

int cuts_next(const struct cuts *cuts, int cut, int need)
{
    const struct cut *of = &cuts->items[cut];

    for (int k = 0; k < CUT_NEEDS; k++)
        if (of->needs[k] == need)
            return of->next[k];
    return -1;
}

bool cuts_meets(const struct cut *cut, const struct column *column)
{
    int met = 0;

    for (int i = 0; i < column->need_count; i++)
        for (int k = 0; k < CUT_NEEDS; k++)
            met += column->needs[i] == cut->needs[k];
    return met > 1;
}

/* ---- what a solution breaks ---- */

struct broken {
    int needs[CUT_NEEDS];
    double by;
};

struct finding {
    const struct pool *pool;
    const double *part;
    size_t need_count;
    int *taken, *taken_count; /* need × SESSIONS_A_NEED: columns that take a part of it */
    float *both;              /* need × need: how much of sessions that serve the two */
    int *beside;              /* needs that share a session with the one looked at */
    struct broken *found;
    size_t found_count, found_capacity;
};

static bool start(struct finding *finding)
{
    size_t needs = finding->need_count;

    finding->taken = malloc((needs * SESSIONS_A_NEED + 1) * sizeof(int));
    finding->taken_count = calloc(needs + 1, sizeof(int));
    finding->both = calloc(needs * needs + 1, sizeof(float));
    finding->beside = malloc((needs + 1) * sizeof(int));
    return finding->taken && finding->taken_count && finding->both && finding->beside;
}

static void end(struct finding *finding)
{
    free(finding->taken);
    free(finding->taken_count);
    free(finding->both);
    free(finding->beside);
    free(finding->found);
}

/* What is taken whole leaves nothing of its needs to others. */
static void add_up(struct finding *finding)
{
    for (size_t i = 0; i < pool_count(finding->pool); i++) {
        const struct column *column = pool_column(finding->pool, i);
        double part = finding->part[i];
        if (part <= NOTHING || part >= 1 - NOTHING)
            continue;
        for (int a = 0; a < column->need_count; a++) {
            size_t need = (size_t)column->needs[a];
            if (finding->taken_count[need] < SESSIONS_A_NEED)
                finding->taken[need * SESSIONS_A_NEED +
                               (size_t)finding->taken_count[need]++] = (int)i;
            for (int b = a + 1; b < column->need_count; b++)
                finding->both[need * finding->need_count + (size_t)column->needs[b]] +=
                    (float)part;
        }
    }
}

static bool has_need(const struct column *column, int need)
{
    for (int i = 0; i < column->need_count; i++)
        if (column->needs[i] == need)
            return true;
    return false;
}

/* How much of sessions that serve all three. */
static double all_three(const struct finding *finding, const int *needs)
{
    double sum = 0;

    for (int i = 0; i < finding->taken_count[needs[0]]; i++) {
        int at = finding->taken[(size_t)needs[0] * SESSIONS_A_NEED + (size_t)i];
        const struct column *column = pool_column(finding->pool, (size_t)at);
        if (has_need(column, needs[1]) && has_need(column, needs[2]))
            sum += finding->part[at];
    }
    return sum;
}

static bool note(struct finding *finding, const int *needs, double by)
{
    if (finding->found_count == finding->found_capacity) {
        size_t capacity = 2 * finding->found_capacity + 256;
        struct broken *found = realloc(finding->found, capacity * sizeof *found);
        if (!found)
            return false;
        finding->found = found;
        finding->found_capacity = capacity;
    }
    finding->found[finding->found_count] = (struct broken){.by = by};
    memcpy(finding->found[finding->found_count++].needs, needs, CUT_NEEDS * sizeof(int));
    return true;
}

/* All triples whose least need is that one. */
static bool look_from(struct finding *finding, size_t a)
{
    size_t needs = finding->need_count, count = 0;
    const float *row = &finding->both[a * needs];

    for (size_t b = a + 1; b < needs; b++)
        if (row[b] > 0)
            finding->beside[count++] = (int)b;
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++) {
            int three[CUT_NEEDS] = {(int)a, finding->beside[i], finding->beside[k]};
            double sum =
                (double)(row[three[1]] + row[three[2]] +
                         finding->both[(size_t)three[1] * needs + (size_t)three[2]]);
            if (sum <= 1 + BROKEN)
                continue;
            sum -= 2 * all_three(finding, three) + 1;
            if (sum > BROKEN && !note(finding, three, sum))
                return false;
        }
    return true;
}

static int by_broken(const void *a, const void *b)
{
    const struct broken *one = a, *other = b;

    if (one->by != other->by)
        return one->by < other->by ? 1 : -1;
    for (int k = 0; k < CUT_NEEDS; k++)
        if (one->needs[k] != other->needs[k])
            return one->needs[k] - other->needs[k];
    return 0;
}

/* Those broken most, few of each need, so that they say different things. */
static size_t choose(struct finding *finding, struct cuts *cuts, size_t most)
{
    int *times = finding->taken_count; /* not asked for any more */
    size_t added = 0;

    memset(times, 0, finding->need_count * sizeof *times);
    if (finding->found_count)
        qsort(finding->found, finding->found_count, sizeof *finding->found, by_broken);
    for (size_t i = 0; i < finding->found_count && added < most; i++) {
        const int *needs = finding->found[i].needs;
        bool is_much = false;
        for (int k = 0; k < CUT_NEEDS; k++)
            is_much = is_much || times[needs[k]] >= OF_A_NEED_MOST;
        if (is_much)
            continue;
        if (!cuts_add(cuts, needs))
            break;
        for (int k = 0; k < CUT_NEEDS; k++)
            times[needs[k]]++;
        added++;
    }
    return added;
}

size_t cuts_find(struct cuts *cuts, const struct pool *pool, const double *part,
                 size_t need_count, size_t most)
{
    struct finding finding = {.pool = pool, .part = part, .need_count = need_count};
    bool is_going = start(&finding);
    size_t added = 0;

    if (is_going)
        add_up(&finding);
    for (size_t a = 0; is_going && a < need_count; a++)
        is_going = look_from(&finding, a);
    if (is_going)
        added = choose(&finding, cuts, most);
    end(&finding);
    return added;
}
