/* The words of a need that carry meaning, to tell which needs are alike. */
#ifndef EXCHANGE_ACTION_WORD_BAG_H
#define EXCHANGE_ACTION_WORD_BAG_H

#include "exchange/action/ctx.h"
#include "indexer/model.h"

enum { BAG_WORDS_MOST = 24 };

struct word_bag {
    const char *families[BAG_WORDS_MOST]; /* each once, as they come */
    uint32_t from[BAG_WORDS_MOST],
        to[BAG_WORDS_MOST]; /* bytes of the text, the first time */
    size_t count;
    bool has_vector; /* something was learnt, and tells of it */
    int8_t vector[MODEL_DIMENSIONS];
};

/* The words alone, in ctx->arena. */
MUST_USE err_code word_bag_fill(struct ctx *ctx, const char *text, struct word_bag *bag,
                                struct err *err);
/* The same, and what ctx->search, when it is there, learnt of them. */
MUST_USE err_code word_bag_learn(struct ctx *ctx, const char *text, struct word_bag *bag,
                                 struct err *err);
bool word_bag_has(const struct word_bag *bag, const char *family);
/* How many words they share of those they have between them (Dice): 0 to 1. */
double word_bag_shared(const struct word_bag *a, const struct word_bag *b);
/* How far they ask for the same thing, by words or by what was learnt: 0 to 1. A short
 * one that stands in a long one is more alike than their share says. */
double word_bag_likeness(const struct word_bag *a, const struct word_bag *b);

#endif
