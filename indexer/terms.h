/* The terms of a text, for documents and for queries alike. */
#ifndef INDEXER_TERMS_H
#define INDEXER_TERMS_H

#include "indexer/analysis.h"
#include "indexer/engine.h"

enum { GRAM_LETTERS = 4, GRAMS_MOST = 24, TERM_BYTES_MOST = 200 };

/* Terms that grow in an arena. `failed` sticks when it is full. */
struct terms {
    struct arena *arena;
    struct engine_term *items;
    size_t count, capacity;
    char letter; /* of the kind */
    bool is_members; /* no exact words: terms.def, visibility */
    bool failed;
};

/* Adds prefix + letter of the kind + word, counting `count` times; too long ones are left
 * out. */
void terms_add(struct terms *terms, const char *prefix, const char *word, unsigned count);
/* Adds the words of a text: exact and family; of labels also grams and pairs. */
void terms_add_words(struct terms *terms, const struct tokens *tokens, unsigned count,
                     bool is_label);

/* Four letters at a time of a word, with ^ and $ at its ends ("^plâ" … "tre$"), each
 * once; words with a digit or fewer than four letters have none. Returns how many. */
size_t word_grams(struct arena *arena, const char *word, const char **out, size_t most);
/* The token after `i` that carries a meaning and is no joined form; tokens->count when
 * none. */
size_t next_word(const struct tokens *tokens, size_t i);

#endif
