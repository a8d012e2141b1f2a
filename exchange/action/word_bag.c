/* The words of a need that carry meaning. */
#include "exchange/action/word_bag.h"

#include "indexer/analysis.h"
#include "indexer/likeness.h"

#include <string.h>

/* Cosines of texts about the same thing: from NONE on it tells something, at SAME all.
 * Chosen by eye on small sets, not measured. */
static const double COSINE_NONE = 0.55, COSINE_SAME = 0.95;

bool word_bag_has(const struct word_bag *bag, const char *family)
{
    for (size_t i = 0; i < bag->count; i++)
        if (strcmp(bag->families[i], family) == 0)
            return true;
    return false;
}

static err_code fill(struct ctx *ctx, const char *text, struct tokens *tokens,
                     struct word_bag *bag, struct err *err)
{
    err_code code =
        analysis_query(ctx->arena, text, ctx->config->languages[0], tokens, err);

    *bag = (struct word_bag){.count = 0};
    for (size_t i = 0; code == ERR_NONE && i < tokens->count; i++) {
        const struct token *token = &tokens->items[i];
        if (token->is_stop || token->is_weak || token->is_joined ||
            bag->count == BAG_WORDS_MOST || word_bag_has(bag, token->family))
            continue;
        bag->from[bag->count] = token->from;
        bag->to[bag->count] = token->to;
        bag->families[bag->count++] = token->family;
    }
    return code;
}

err_code word_bag_fill(struct ctx *ctx, const char *text, struct word_bag *bag,
                       struct err *err)
{
    struct tokens tokens = {.count = 0};

    return fill(ctx, text, &tokens, bag, err);
}

err_code word_bag_learn(struct ctx *ctx, const char *text, struct word_bag *bag,
                        struct err *err)
{
    struct tokens tokens = {.count = 0};
    err_code code = fill(ctx, text, &tokens, bag, err);

    if (code == ERR_NONE && ctx->search)
        bag->has_vector = search_vector(ctx->search, ctx->arena, &tokens, bag->vector);
    return code;
}

static size_t shared(const struct word_bag *a, const struct word_bag *b)
{
    size_t count = 0;

    for (size_t i = 0; i < a->count; i++)
        count += word_bag_has(b, a->families[i]);
    return count;
}

double word_bag_shared(const struct word_bag *a, const struct word_bag *b)
{
    size_t all = a->count + b->count;

    return all ? 2.0 * (double)shared(a, b) / (double)all : 0.0;
}

double word_bag_likeness(const struct word_bag *a, const struct word_bag *b)
{
    size_t least = a->count < b->count ? a->count : b->count;
    double words = 0, learnt = 0;

    if (least)
        words = (word_bag_shared(a, b) + (double)shared(a, b) / (double)least) / 2;
    if (a->has_vector && b->has_vector)
        learnt = (model_cosine(a->vector, b->vector) - COSINE_NONE) /
                 (COSINE_SAME - COSINE_NONE);
    return words > learnt ? words : learnt > 1 ? 1 : learnt;
}
