/* Words that stand for each other, from terms of near meaning: "tenir l'inventaire",
 * "gérer les stocks" and "suivre les réserves" do not say which word stands for which;
 * thousands of such lines do. Each term of a line is translated into each other one. */
#include "indexer/learn/learner.h"

#include "indexer/entry.h"
#include "indexer/learn/translate.h"

#include <math.h>
#include <stdlib.h>

enum {
    ROUNDS = 6,
    KIN_WORDS_MOST = 8, /* of a term */
    TERMS_MOST = 12,
    KIN_MOST = 60 /* of one word */
};
/* What is not seen: keeps a word met once from being sure of what it stands for. */
static const float UNSEEN = 0.5f;
static const float STRENGTH_LEAST = 0.005f;

static err_code no_room(struct err *err)
{
    return err_set(err, ERR_MEMORY, "no memory for learning");
}

/* The terms of one line: `words` up to a 0 for each, another 0 at the end of the line. */
static const uint32_t *read_line(const uint32_t *at, struct term terms[TERMS_MOST],
                                 size_t *count)
{
    for (*count = 0; *at; at++) {
        struct term *term = *count < TERMS_MOST ? &terms[(*count)++] : NULL;
        if (term)
            term->count = 0;
        for (; *at; at++)
            if (term && term->count < KIN_WORDS_MOST && !term_has(term, *at))
                term->words[term->count++] = *at;
    }
    return at + 1;
}

/* A line of many terms counts no more than another. */
static bool collect(struct translation *kin, const struct learner *learner)
{
    const uint32_t *at = learner->terms.items, *end = at + learner->terms.count;
    struct term terms[TERMS_MOST];
    size_t count;

    while (at < end) {
        at = read_line(at, terms, &count);
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; j < count; j++)
                if (i != j &&
                    !translation_add(kin, &terms[i], &terms[j], 1 / (float)(count - 1)))
                    return false;
    }
    return true;
}

static int strongest_first(const void *a, const void *b)
{
    const struct model_kin *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->strength != y->strength)
        return x->strength > y->strength ? -1 : 1;
    return x->to < y->to ? -1 : x->to > y->to;
}

static int by_words(const void *a, const void *b)
{
    const struct model_kin *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->to < y->to ? -1 : x->to > y->to;
}

void learn_keep_strongest(struct model_kin *items, size_t *count, size_t most)
{
    size_t used = 0, of_one = 0;

    qsort(items, *count, sizeof *items, strongest_first);
    for (size_t i = 0; i < *count; i++) {
        of_one = i && items[i].from == items[i - 1].from ? of_one + 1 : 0;
        if (of_one < most)
            items[used++] = items[i];
    }
    *count = used;
    qsort(items, used, sizeof *items, by_words);
}

/* A word stands for another as far as each is likely for the other. */
static err_code keep(const struct translation *kin, struct learner *learner,
                     struct err *err)
{
    struct model_kin *items = malloc((kin->pairs + 1) * sizeof *items);
    size_t used = 0;

    if (!items)
        return no_room(err);
    for (size_t i = 0; i < kin->pairs; i++) {
        uint32_t from = (uint32_t)(kin->keys[i] >> 32), to = (uint32_t)kin->keys[i];
        const uint64_t *back = map_find(&kin->numbers, (uint64_t)to << 32 | from);
        float strength = back ? sqrtf(kin->likely[i] * kin->likely[*back - 1]) : 0;
        if (strength >= STRENGTH_LEAST)
            items[used++] =
                (struct model_kin){.from = from,
                                   .to = to,
                                   .text = (uint32_t)*map_find(&learner->term_texts, to),
                                   .strength = strength};
    }
    learn_keep_strongest(items, &used, KIN_MOST);
    learner->kin = items;
    learner->kin_count = used;
    return ERR_NONE;
}

err_code learn_finish_kin(struct learner *learner, struct err *err)
{
    struct translation kin;
    err_code code;

    translation_init(&kin);
    code = collect(&kin, learner) && translation_learn(&kin, ROUNDS, UNSEEN)
               ? keep(&kin, learner, err)
               : no_room(err);
    translation_done(&kin);
    return code;
}

/* Whether vectors can be made of what was given before the first of these lines. */
static err_code has_enough(struct learner *learner, bool *out, struct err *err)
{
    uint32_t *words = NULL;
    size_t count = 0;
    err_code code = ERR_NONE;

    if (!learner->terms.count) {
        code = learn_choose(learner, &words, &count, err);
        learner->has_enough = count >= LEARN_WORDS_LEAST;
        free(words);
    }
    *out = learner->has_enough;
    return code;
}

static err_code add_term(struct learner *learner, const char *term, struct err *err)
{
    size_t before = learner->terms.count;
    err_code code = learn_families(learner, &learner->terms, term, NULL, true, err);

    return code == ERR_NONE && learner->terms.count > before
               ? learn_end(&learner->terms, err)
               : code;
}

err_code learner_near(struct learner *learner, const char *const *terms, size_t count,
                      struct err *err)
{
    bool is_line = false;
    err_code code = has_enough(learner, &is_line, err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = add_term(learner, terms[i], err);
    if (code == ERR_NONE)
        code = learn_end(&learner->terms, err);
    if (!is_line)
        return code;
    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = learner_words(learner, terms[i], "fr", err);
    return code == ERR_NONE ? learner_end(learner, err) : code;
}
