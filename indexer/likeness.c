/* The vector of a text. */
#include "indexer/likeness.h"

#include "indexer/reader.h"

bool search_vector(struct search *search, struct arena *arena,
                   const struct tokens *tokens, int8_t out[MODEL_DIMENSIONS])
{
    bool knows = search->model && search->config->has_vectors;
    struct model_sum *sum = knows ? arena_alloc(arena, sizeof *sum) : NULL;

    for (size_t i = 0; sum && i < tokens->count; i++) {
        struct token token = tokens->items[i];
        if (!token.is_stop && !token.is_weak && !token.is_joined)
            model_add(search->model, sum, &(struct tokens){.items = &token, .count = 1},
                      1);
    }
    return sum && model_vector(search->model, sum, out);
}

struct align *search_align(struct search *search, const struct meaning *meaning,
                           const struct vocabulary *vocabulary)
{
    if (!search->config->has_alignment)
        return NULL;
    if (!search->align)
        search->align = align_new(search->model, search->config->has_kin);
    if (search->align)
        align_need(search->align, meaning, vocabulary);
    return search->align;
}
