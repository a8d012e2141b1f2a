/* The terms of a text, for documents and for queries alike. */
#include "indexer/terms.h"

#include <string.h>

void terms_add(struct terms *terms, const char *prefix, const char *word, unsigned count)
{
    struct engine_term *items = arena_grow(terms->arena, terms->items, terms->count,
                                           &terms->capacity, sizeof *items);
    size_t head = strlen(prefix), length = strlen(word);
    char *term = arena_alloc(terms->arena, head + 1 + length + 1);

    if (!items || !term) {
        terms->failed = true;
        return;
    }
    memcpy(term, prefix, head);
    term[head] = terms->letter;
    memcpy(term + head + 1, word, length + 1);
    terms->items = items;
    if (head + 1 + length <= TERM_BYTES_MOST)
        items[terms->count++] = (struct engine_term){term, count};
}

size_t word_grams(struct arena *arena, const char *word, const char **out, size_t most)
{
    const char *whole = arena_printf(arena, "^%s$", word);
    size_t length = whole ? strlen(whole) : 0, count = 0;

    if (length < GRAM_LETTERS + 2 || strpbrk(word, "0123456789"))
        return 0;
    for (size_t i = 0; i + GRAM_LETTERS <= length && count < most; i++) {
        const char *gram = arena_strndup(arena, whole + i, GRAM_LETTERS);
        bool is_double = !gram;
        for (size_t j = 0; j < count && !is_double; j++)
            is_double = strcmp(out[j], gram) == 0;
        if (!is_double)
            out[count++] = gram;
    }
    return count;
}

size_t next_word(const struct tokens *tokens, size_t i)
{
    for (i++; i < tokens->count; i++)
        if (!tokens->items[i].is_stop && !tokens->items[i].is_joined)
            break;
    return i;
}

static void add_label_terms(struct terms *terms, const struct tokens *tokens, size_t i,
                            unsigned count)
{
    const struct token *token = &tokens->items[i];
    size_t next = next_word(tokens, i);
    const char *grams[GRAMS_MOST];
    size_t gram_count = word_grams(terms->arena, token->exact, grams, GRAMS_MOST);
    const char *pair;

    for (size_t g = 0; g < gram_count; g++)
        terms_add(terms, "G", grams[g], count);
    if (token->is_joined || next == tokens->count)
        return;
    pair = arena_printf(terms->arena, "%s %s", token->family, tokens->items[next].family);
    if (pair)
        terms_add(terms, "B", pair, count);
    else
        terms->failed = true;
}

void terms_add_words(struct terms *terms, const struct tokens *tokens, unsigned count,
                     bool is_label)
{
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->items[i];
        if (token->is_stop)
            continue;
        if (!terms->is_members)
            terms_add(terms, "E", token->exact, count);
        terms_add(terms, "F", token->family, count);
        if (is_label)
            add_label_terms(terms, tokens, i, count);
    }
}
