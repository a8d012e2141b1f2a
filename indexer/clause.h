/* Sentences in parts, and what their words do in a need. For the files that read needs.
 */
#ifndef INDEXER_CLAUSE_H
#define INDEXER_CLAUSE_H

#include "indexer/analysis.h"
#include "indexer/lexicon.h"

/* Tokens [from, to) of a text. */
struct clause {
    size_t from, to;
};

/* The clause that begins at token `from`: up to a sign or a conjunction that begins
 * another. */
struct clause clause_at(const char *string, const struct tokens *tokens, size_t from);
/* The sign before the token, of ".,;:!?()\n"; 0: none. */
char clause_sign(const char *string, const struct tokens *tokens, size_t i);

bool token_is(const struct token *token, unsigned roles);
/* Says something by itself. */
bool token_is_strong(const struct token *token);
bool clause_is_strong(const struct tokens *tokens, size_t from, size_t to);
/* Of a folded word: "souder", "finir", "vendre". */
bool word_is_infinitive(const char *folded);
/* One of `letters` is elided right before it: "m'", "j'". */
bool token_has_elided(const char *string, const struct token *token, const char *letters);
/* A verb of showing right behind "me", "m'" or "nous", or in "guide me in": she is who is
 * to be shown. */
bool token_is_shown_her(const char *string, const struct tokens *tokens, size_t i);

#endif
