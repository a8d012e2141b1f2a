/* What of a need only carries it. */
#include "indexer/carrier.h"

#include "indexer/clause.h"
#include "indexer/words.def"

#include <string.h>

/* Of several words, as their tokens are. */
static const char *const phrases[] = {LIST_PHRASE};

static bool has_meaning(const struct tokens *tokens, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!tokens->items[i].is_stop && !token_is(&tokens->items[i], ROLE_POLITE))
            return true;
    return false;
}

static bool carries(const char *string, const struct tokens *tokens, size_t i)
{
    const struct token *token = &tokens->items[i];

    return token->is_stop || token_is(token, ROLE_CARRIER) ||
           token_is_shown_her(string, tokens, i);
}

/* Somebody asks in it, tells of herself or greets. */
static bool is_asking(const struct tokens *tokens, struct clause clause)
{
    for (size_t i = clause.from; i < clause.to; i++)
        if (token_is(&tokens->items[i], ROLE_ASKING | ROLE_POLITE | ROLE_TOLD))
            return true;
    return false;
}

/* Says nothing, and something of it carries or frames. */
static bool is_empty(const struct tokens *tokens, struct clause clause)
{
    bool does_carry = false;

    if (clause_is_strong(tokens, clause.from, clause.to))
        return false;
    for (size_t i = clause.from; i < clause.to; i++)
        does_carry =
            does_carry || token_is(&tokens->items[i],
                                   ROLE_ASKING | ROLE_POLITE | ROLE_CARRIER | ROLE_FRAME);
    return does_carry;
}

/* How many tokens from i on are that phrase; 0: they are not. */
static size_t phrase_length(const struct tokens *tokens, size_t i, const char *phrase)
{
    size_t count = 0;

    while (*phrase) {
        size_t length = strcspn(phrase, " ");
        const char *exact =
            i + count < tokens->count ? tokens->items[i + count].exact : "";
        if (strlen(exact) != length || memcmp(exact, phrase, length) != 0)
            return 0;
        count++;
        phrase += length + strspn(phrase + length, " ");
    }
    return count;
}

/* Phrases of asking become stop words where somebody asks and something else is said. */
static void silence_phrases(struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        for (size_t j = 0; j < sizeof phrases / sizeof phrases[0]; j++) {
            size_t length = phrase_length(tokens, i, phrases[j]);
            if (!length || (!clause_is_strong(tokens, 0, i) &&
                            !clause_is_strong(tokens, i + length, tokens->count)))
                continue;
            for (size_t k = i; k < i + length; k++)
                tokens->items[k].is_stop = true;
        }
}

/* Without the words of asking it begins with. */
static void cut_start(const char *string, const struct tokens *tokens,
                      struct clause *clause)
{
    while (clause->from < clause->to && carries(string, tokens, clause->from) &&
           has_meaning(tokens, clause->from + 1, clause->to))
        clause->from++;
}

/* Without the question it ends with: "et je ne sais pas comment faire". */
static void cut_question(const struct tokens *tokens, struct clause *clause)
{
    size_t end = clause->to;

    for (size_t i = clause->to;
         i > clause->from && !token_is_strong(&tokens->items[i - 1]); i--)
        if (token_is(&tokens->items[i - 1], ROLE_ASKING))
            end = i - 1;
    if (end > clause->from)
        clause->to = end;
}

/* Without stop words and thanks at its end. */
static void cut_end(const struct tokens *tokens, struct clause *clause)
{
    while (clause->to > clause->from + 1 &&
           (tokens->items[clause->to - 1].is_stop ||
            token_is(&tokens->items[clause->to - 1], ROLE_POLITE)))
        clause->to--;
}

/* What frames a need says little beside what it says. */
static void weaken_frame(struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        tokens->items[i].is_weak =
            tokens->items[i].is_weak || token_is(&tokens->items[i], ROLE_FRAME);
}

/* Of a clause that asks, what carries goes up to the first word that says something. */
static void keep(const char *string, struct tokens *tokens, size_t *kept,
                 struct clause clause, bool is_asked)
{
    bool is_before = is_asked && clause_is_strong(tokens, clause.from, clause.to);

    for (size_t i = clause.from; i < clause.to; i++) {
        is_before = is_before && !token_is_strong(&tokens->items[i]);
        if (!is_before || !carries(string, tokens, i))
            tokens->items[(*kept)++] = tokens->items[i];
    }
}

void carrier_drop(const char *string, struct tokens *tokens)
{
    struct clause all = {0, tokens->count};
    size_t kept = 0;

    if (is_asking(tokens, all))
        silence_phrases(tokens);
    if (!clause_is_strong(tokens, 0, tokens->count)) {
        cut_start(string, tokens, &all);
        cut_end(tokens, &all);
        keep(string, tokens, &kept, all, false);
        tokens->count = kept;
        return;
    }
    if (is_asking(tokens, all))
        weaken_frame(tokens);
    for (size_t from = 0; from < all.to;) {
        struct clause clause = clause_at(string, tokens, from);
        bool is_asked = is_asking(tokens, clause);
        from = clause.to;
        if (is_empty(tokens, clause))
            continue;
        if (kept == 0 || token_is(&tokens->items[clause.from], ROLE_ASKING | ROLE_POLITE))
            cut_start(string, tokens, &clause);
        if (is_asked)
            cut_question(tokens, &clause);
        if (from == all.to)
            cut_end(tokens, &clause);
        keep(string, tokens, &kept, clause, is_asked);
    }
    tokens->count = kept;
}
