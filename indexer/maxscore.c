/* Adding up the lists of a query's words. */
#include "indexer/maxscore.h"

#include <stdlib.h>
#include <string.h>

enum {
    AT_ONCE = 32,
    PASSED_PART = 3,  /* who is passed over counts at most one of so many parts of what is
                         wanted: if it were nearly all, nobody could be left out */
    LOOK_UP_COSTS = 8 /* as much as adding up so many places of a list */
};

static void step(const struct maxscore *maxscore, struct maxscore_word *word)
{
    word->has_next = lists_next(maxscore->lists, word->term, &word->at, &word->next);
}

static int least_first(const void *a, const void *b)
{
    double x = ((const struct maxscore_word *)a)->weight;
    double y = ((const struct maxscore_word *)b)->weight;

    return x < y ? -1 : x > y;
}

void maxscore_start(struct maxscore *maxscore)
{
    if (maxscore->count)
        qsort(maxscore->words, maxscore->count, sizeof *maxscore->words, least_first);
    maxscore->weight = 0;
    for (size_t i = 0; i < maxscore->count; i++)
        maxscore->weight += maxscore->words[i].weight;
    for (size_t i = 0; i < maxscore->count; i++) {
        struct maxscore_word *word = &maxscore->words[i];
        double most = word->weight / maxscore->weight * MAXSCORE_SUM_MOST;
        word->base = maxscore->is_flat && most > 1 ? (uint32_t)most : 1;
        word->scale =
            maxscore->is_flat ? 0 : (uint32_t)(most * MAXSCORE_SCALE / LISTS_PART_MOST);
        word->at = word->term->at;
        step(maxscore, word);
    }
}

uint32_t maxscore_window(const struct maxscore *maxscore)
{
    uint32_t window = UINT32_MAX;

    for (size_t i = 0; i < maxscore->count; i++)
        if (maxscore->words[i].has_next && maxscore->words[i].next.window < window)
            window = maxscore->words[i].next.window;
    return window;
}

static unsigned most_of(const struct maxscore_word *word)
{
    return maxscore_value(word, word->next.most);
}

/* The words that stand in a window, in `now`, from who can count least there. They are
 * few, and nearly in order. */
static size_t words_of(struct maxscore *maxscore, uint32_t window)
{
    size_t count = 0;

    for (size_t i = 0; i < maxscore->count; i++) {
        struct maxscore_word *word = &maxscore->words[i];
        size_t at = count;
        if (!word->has_next || word->next.window != window)
            continue;
        for (; at && most_of(maxscore->now[at - 1]) > most_of(word); at--)
            maxscore->now[at] = maxscore->now[at - 1];
        maxscore->now[at] = word;
        count++;
    }
    return count;
}

/* A place that a damaged file tells lies in the window all the same. */
static void add(uint16_t *sums, const struct maxscore_word *word)
{
    const struct lists_window *window = &word->next;

    for (uint32_t i = 0; i < window->count; i++) {
        size_t place = window->places[i] % LISTS_WINDOW;
        sums[place] = (uint16_t)(sums[place] + maxscore_value(word, window->parts[i]));
    }
}

/* Whether some of AT_ONCE sums reaches what is wanted; without a branch for each. */
static bool has_some(const uint16_t *sums, uint16_t wanted)
{
    uint16_t some = 0;

    for (int i = 0; i < AT_ONCE; i++)
        some |= (uint16_t)(sums[i] >= wanted);
    return some != 0;
}

/* Lists the places whose sums reach what is wanted, without a branch for each: who does
 * is chance. */
static size_t list(const struct maxscore *maxscore, unsigned wanted)
{
    const uint16_t *sums = maxscore->sums;
    size_t count = 0;

    for (size_t at = 0; at < LISTS_WINDOW; at += AT_ONCE) {
        if (!has_some(sums + at, (uint16_t)wanted))
            continue;
        for (size_t i = at; i < at + AT_ONCE; i++) {
            maxscore->places[count] = (uint16_t)i;
            count += sums[i] >= wanted;
        }
    }
    return count;
}

/* The first of `places` from `from` on that is not before `place`; strides double. */
static uint32_t look_up(const struct lists_window *window, uint32_t from, uint16_t place)
{
    uint32_t stride = 1, to;

    while (from + stride < window->count && window->places[from + stride] < place) {
        from += stride;
        stride *= 2;
    }
    to = from + stride < window->count ? from + stride : window->count;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (window->places[middle] < place)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* Those of the first `count` of `places` whose sums reach what is wanted, once what a
 * word counts there is added. */
static size_t add_to(const struct maxscore *maxscore, const struct maxscore_word *word,
                     size_t count, unsigned wanted)
{
    const struct lists_window *window = &word->next;
    uint16_t *places = maxscore->places, *sums = maxscore->sums;
    bool is_dense = count * LOOK_UP_COSTS > window->count;
    uint32_t at = 0;
    size_t kept = 0;

    if (is_dense)
        add(sums, word);
    for (size_t i = 0; i < count; i++) {
        uint16_t place = places[i];
        if (!is_dense && at < window->count)
            at = look_up(window, at, place);
        if (!is_dense && at < window->count && window->places[at] == place)
            sums[place] =
                (uint16_t)(sums[place] + maxscore_value(word, window->parts[at]));
        places[kept] = place;
        kept += sums[place] >= wanted;
    }
    return kept;
}

size_t maxscore_add(struct maxscore *maxscore, uint32_t window, unsigned least)
{
    size_t words = words_of(maxscore, window), passed = 0, count;
    unsigned rest =
        0; /* what the words passed over can count at most, less than `least` */

    while (passed < words &&
           (rest + most_of(maxscore->now[passed])) * PASSED_PART < least)
        rest += most_of(maxscore->now[passed++]);
    for (size_t i = passed; i < words; i++)
        add(maxscore->sums, maxscore->now[i]);
    count = passed < words ? list(maxscore, least - rest) : 0;
    while (passed && count) {
        const struct maxscore_word *word = maxscore->now[--passed];
        rest -= most_of(word);
        count = add_to(maxscore, word, count, least - rest);
    }
    for (size_t i = 0; i < words; i++)
        step(maxscore, maxscore->now[i]);
    return count;
}

void maxscore_forget(struct maxscore *maxscore)
{
    memset(maxscore->sums, 0, LISTS_WINDOW * sizeof *maxscore->sums);
}
