/* Needs that ask for about the same thing. */
#include "exchange/action/need_alike.h"

#include "exchange/action/word_bag.h"

#include <stdlib.h>

static const double ALIKE_LEAST = 0.5, SAME_SKILL = 0.9, SAME_SKILL_WORDS = 0.1;

struct bag {
    const struct need_words *need;
    struct word_bag words;
};

static err_code fill(struct ctx *ctx, const struct need_words *need, struct bag *bag,
                     struct err *err)
{
    bag->need = need;
    return word_bag_fill(ctx, need->text, &bag->words, err);
}

/* How many words they share of those they have between them (Dice), or nearly all when
 * their skill is the same. */
static double likeness(const struct bag *a, const struct bag *b)
{
    double words = word_bag_shared(&a->words, &b->words);

    if (a->need->skill_id && a->need->skill_id == b->need->skill_id)
        return SAME_SKILL + SAME_SKILL_WORDS * words;
    if (a->need->skill_id && b->need->skill_id)
        return 0.0; /* said to be two things */
    return words;
}

static err_code bags_of(struct ctx *ctx, int64_t pole_id, struct bag **out, size_t *count,
                        struct err *err)
{
    struct need_words *words = NULL;
    struct bag *bags;
    err_code code = needs_words(ctx->db, ctx->arena, pole_id, ctx->now, ALIKE_LOOKED_AT,
                                &words, count, err);

    if (code != ERR_NONE)
        return code;
    bags = arena_array(ctx->arena, *count, sizeof *bags);
    if (!bags)
        return err_set(err, ERR_MEMORY, "no room to compare needs");
    for (size_t i = 0; code == ERR_NONE && i < *count; i++)
        code = fill(ctx, &words[i], &bags[i], err);
    *out = bags;
    return code;
}

static int by_likeness(const void *a, const void *b)
{
    const struct need_pair *x = a, *y = b;

    if (x->likeness > y->likeness || x->likeness < y->likeness)
        return x->likeness > y->likeness ? -1 : 1;
    return x->newer->id < y->newer->id ? -1 : 1;
}

err_code needs_alike(struct ctx *ctx, int64_t pole_id, size_t most,
                     struct need_pair **out, size_t *count, struct err *err)
{
    struct bag *bags = NULL;
    struct need_pair *pairs;
    size_t bag_count = 0, found = 0;
    err_code code = bags_of(ctx, pole_id, &bags, &bag_count, err);

    *count = 0;
    if (code != ERR_NONE)
        return code;
    pairs = arena_array(ctx->arena, bag_count, sizeof *pairs);
    if (!pairs)
        return err_set(err, ERR_MEMORY, "no room for pairs of needs");
    for (size_t newer = 1; newer < bag_count; newer++) {
        struct need_pair best = {.newer = bags[newer].need};
        for (size_t older = 0; older < newer; older++) {
            double like = likeness(&bags[older], &bags[newer]);
            if (like > best.likeness &&
                !(bags[older].need->holds_others && bags[newer].need->holds_others)) {
                best.likeness = like;
                best.older = bags[older].need;
            }
        }
        if (best.likeness >= ALIKE_LEAST)
            pairs[found++] = best;
    }
    qsort(pairs, found, sizeof *pairs, by_likeness);
    *out = pairs;
    *count = found < most ? found : most;
    return ERR_NONE;
}

err_code needs_like(struct ctx *ctx, const struct need *need, size_t most,
                    struct need_words **out, size_t *count, struct err *err)
{
    const struct need_words words = {
        .id = need->id, .skill_id = need->skill_id, .text = need->text};
    struct bag *bags = NULL, mine = {.need = NULL};
    struct need_pair *pairs;
    struct need_words *list;
    size_t bag_count = 0, found = 0;
    err_code code = fill(ctx, &words, &mine, err);

    *count = 0;
    if (code == ERR_NONE)
        code = bags_of(ctx, need->pole_id, &bags, &bag_count, err);
    if (code != ERR_NONE)
        return code;
    pairs = arena_array(ctx->arena, bag_count, sizeof *pairs);
    list = arena_array(ctx->arena, most, sizeof *list);
    if (!pairs || !list)
        return err_set(err, ERR_MEMORY, "no room for needs that look alike");
    for (size_t i = 0; i < bag_count; i++) {
        double like = bags[i].need->id == need->id ? 0.0 : likeness(&mine, &bags[i]);
        if (like >= ALIKE_LEAST)
            pairs[found++] = (struct need_pair){.newer = bags[i].need, .likeness = like};
    }
    qsort(pairs, found, sizeof *pairs, by_likeness);
    for (size_t i = 0; i < found && i < most; i++)
        list[(*count)++] = *pairs[i].newer;
    *out = list;
    return ERR_NONE;
}
