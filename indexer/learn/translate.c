/* Words that come out as others: IBM's first model of translation (Brown and others,
 * Computational Linguistics 1993), by expectation and maximization. */
#include "indexer/learn/translate.h"

#include "indexer/learn/learner.h"

#include <stdlib.h>
#include <string.h>

/* One word of a text and one of another: part of a group, of one word on the right. */
struct chance {
    uint32_t pair;  /* number of (from, to) */
    uint32_t group; /* one (text, text, to): the chances in it add up to one */
    float weight;   /* of the group */
};

void translation_init(struct translation *translation)
{
    *translation = (struct translation){.keys = NULL};
    map_init(&translation->numbers);
    map_init(&translation->sums);
}

void translation_done(struct translation *translation)
{
    map_done(&translation->numbers);
    map_done(&translation->sums);
    free(translation->keys);
    free(translation->likely);
    free(translation->seen);
    free(translation->chances);
}

bool term_has(const struct term *term, uint32_t word)
{
    for (size_t i = 0; i < term->count; i++)
        if (term->words[i] == word)
            return true;
    return false;
}

/* The number of a pair; UINT32_MAX without room. */
static uint32_t pair_of(struct translation *all, uint32_t from, uint32_t to)
{
    uint64_t key = (uint64_t)from << 32 | to, *known = map_at(&all->numbers, key);
    uint64_t *keys;

    if (!known)
        return UINT32_MAX;
    if (*known)
        return (uint32_t)(*known - 1);
    keys = learn_grow(all->keys, all->pairs, &all->pairs_room, sizeof *keys);
    if (!keys)
        return UINT32_MAX;
    all->keys = keys;
    keys[all->pairs] = key;
    *known = ++all->pairs;
    return (uint32_t)(*known - 1);
}

/* The words of one term that the other lacks, against those that it has. */
bool translation_add(struct translation *all, const struct term *from,
                     const struct term *to, float weight)
{
    for (size_t i = 0; i < to->count; i++) {
        size_t before = all->count;
        if (term_has(from, to->words[i]))
            continue;
        for (size_t j = 0; j < from->count; j++) {
            struct chance *chances;
            uint32_t pair;
            if (term_has(to, from->words[j]))
                continue;
            pair = pair_of(all, from->words[j], to->words[i]);
            chances = learn_grow(all->chances, all->count, &all->room, sizeof *chances);
            if (!chances || pair == UINT32_MAX)
                return false;
            all->chances = chances;
            chances[all->count++] = (struct chance){pair, (uint32_t)all->groups, weight};
        }
        all->groups += all->count > before;
    }
    return true;
}

/* Each group is shared out by how likely its pairs are so far, and these are counted
 * anew. */
static void expect(struct translation *all)
{
    for (size_t from = 0, to; from < all->count; from = to) {
        float sum = 0;
        for (to = from;
             to < all->count && all->chances[to].group == all->chances[from].group; to++)
            sum += all->likely[all->chances[to].pair];
        for (size_t i = from; sum > 0 && i < to; i++)
            all->seen[all->chances[i].pair] +=
                all->chances[i].weight * all->likely[all->chances[i].pair] / sum;
    }
}

static bool maximize(struct translation *all, float unseen)
{
    map_clear(&all->sums);
    for (size_t i = 0; i < all->pairs; i++) {
        uint64_t *slot = map_at(&all->sums, all->keys[i] >> 32);
        float sum;
        if (!slot)
            return false;
        memcpy(&sum, slot, sizeof sum);
        sum += all->seen[i];
        memcpy(slot, &sum, sizeof sum);
    }
    for (size_t i = 0; i < all->pairs; i++) {
        const uint64_t *slot = map_find(&all->sums, all->keys[i] >> 32);
        float sum;
        memcpy(&sum, slot, sizeof sum);
        all->likely[i] = sum > 0 ? all->seen[i] / (sum + unseen) : 0;
        all->seen[i] = 0;
    }
    return true;
}

/* At first all words of a term stand for all of another alike. */
bool translation_learn(struct translation *all, int rounds, float unseen)
{
    bool has_room;

    all->likely = malloc((all->pairs + 1) * sizeof *all->likely);
    all->seen = calloc(all->pairs + 1, sizeof *all->seen);
    if (!all->likely || !all->seen)
        return false;
    for (size_t i = 0; i < all->pairs; i++)
        all->likely[i] = 1;
    expect(all);
    has_room = maximize(all, 0);
    for (int round = 0; has_room && round < rounds; round++) {
        expect(all);
        has_room = maximize(all, unseen);
    }
    return has_room;
}
