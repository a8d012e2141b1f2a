/* Sentences in parts, and what their words do in a need. */
#include "indexer/clause.h"

#include <string.h>

bool token_is(const struct token *token, unsigned roles)
{
    return lexicon_roles(token->exact) & roles;
}

bool token_is_strong(const struct token *token)
{
    return !token->is_stop && !token->is_weak && !token->is_joined &&
           !token_is(token, ROLE_CARRIER | ROLE_POLITE | ROLE_FRAME);
}

bool clause_is_strong(const struct tokens *tokens, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (token_is_strong(&tokens->items[i]))
            return true;
    return false;
}

bool word_is_infinitive(const char *folded)
{
    size_t length = strlen(folded);
    const char *end = folded + (length > 2 ? length - 2 : 0);

    return strcmp(end, "er") == 0 || strcmp(end, "ir") == 0 || strcmp(end, "re") == 0;
}

/* The bytes of an apostrophe right before `at`; 0: there is none. */
static size_t apostrophe(const char *string, size_t at)
{
    if (at >= 1 && string[at - 1] == '\'')
        return 1;
    return at >= 3 && memcmp(string + at - 3, "\xe2\x80\x99", 3) == 0 ? 3 : 0;
}

bool token_has_elided(const char *string, const struct token *token, const char *letters)
{
    size_t sign = apostrophe(string, token->from), at = token->from - sign;

    return sign && at && strchr(letters, string[at - 1]) &&
           (at == 1 || string[at - 2] == ' ');
}

bool token_is_shown_her(const char *string, const struct tokens *tokens, size_t i)
{
    const struct token *token = &tokens->items[i];

    return token_is(token, ROLE_SHOWING) &&
           ((i && token_is(token - 1, ROLE_TO_HER)) ||
            token_has_elided(string, token, "mMsS") ||
            (i + 2 < tokens->count && token_is(token + 1, ROLE_TO_HER) &&
             token_is(token + 2, ROLE_OF)));
}

char clause_sign(const char *string, const struct tokens *tokens, size_t i)
{
    for (size_t at = i ? tokens->items[i - 1].to : 0; at < tokens->items[i].from; at++)
        if (strchr(".,;:!?()\n", string[at]))
            return string[at];
    return '\0';
}

/* "Mais", "parce"; and "et" where somebody goes on telling: "et je", "et j'ai". */
static bool begins(const char *string, const struct tokens *tokens, size_t i)
{
    const struct token *token = &tokens->items[i];

    if (clause_sign(string, tokens, i) || token_is(token, ROLE_BREAK))
        return true;
    return token_is(token, ROLE_LINK) && i + 1 < tokens->count &&
           (token_is(token + 1, ROLE_TELLER) ||
            token_has_elided(string, token + 1, "jJ"));
}

struct clause clause_at(const char *string, const struct tokens *tokens, size_t from)
{
    struct clause clause = {from, from + 1};

    while (clause.to < tokens->count && !begins(string, tokens, clause.to))
        clause.to++;
    return clause;
}
