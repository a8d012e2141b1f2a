/* What of a need is asked, and what is told beside it. */
#include "indexer/focus.h"

#include "indexer/clause.h"

#include <ctype.h>
#include <string.h>

enum { CLAUSES_MOST = 48 };

/* A cue that nothing in its clause follows. */
enum opening { CLOSED, OPEN, OPEN_AHEAD };

/* What is asked in a clause, from a token on. */
struct asked {
    struct clause clause;
    bool is;
    size_t from;
};

struct need {
    const char *string;
    struct tokens *tokens;
    struct asked clauses[CLAUSES_MOST];
    size_t count;
};

/* Of a noun it is told what it is of: "formation en", "cours d'anglais", "a course on"; a
 * number tells its price. */
static bool has_subject(const struct need *need, size_t i)
{
    const struct token *token = &need->tokens->items[i];

    if (i + 1 >= need->tokens->count ||
        (token_is(token, ROLE_WEAK_EN) && !token->is_weak)) /* a French race: "course" */
        return false;
    if (token_has_elided(need->string, token + 1, "dD"))
        return true;
    return token_is(token + 1, ROLE_OF) &&
           !(i + 2 < need->tokens->count && isdigit((unsigned char)*token[2].exact));
}

/* "Je bloque", "il me manque", not "le volet bloque": it is somebody who lacks it. */
static bool is_lacking(const struct need *need, size_t i)
{
    const struct token *token = &need->tokens->items[i];

    if (!i || clause_sign(need->string, need->tokens, i) ||
        token_has_elided(need->string, token, "jJmM"))
        return true;
    return token_is(token - 1, ROLE_TELLER | ROLE_OF) ||
           (token_is(token - 1, ROLE_TO_HER) && strcmp(token[-1].exact, "se") != 0);
}

/* "J'enseigne", "I know", "mon aide": what is hers is not asked for. */
static bool is_her_own(const struct need *need, size_t i)
{
    const struct token *token = &need->tokens->items[i];

    return token_is(token, ROLE_OWN) && ((i && token_is(token - 1, ROLE_TELLER)) ||
                                         token_has_elided(need->string, token, "jJ"));
}

static bool is_cue(const struct need *need, size_t i)
{
    const struct token *token = &need->tokens->items[i];

    if (token_is(token, ROLE_LEARN_NOUN))
        return has_subject(need, i);
    if (token_is(token, ROLE_LACK))
        return is_lacking(need, i);
    if (token_is(token, ROLE_LEARN)) /* "souder, ça s'apprend ?" asks for what was said */
        return !token_has_elided(need->string, token, "sS") && !is_her_own(need, i);
    return token_is_shown_her(need->string, need->tokens, i);
}

/* "Explain it to me" points back. */
static bool is_pointing(const struct need *need, size_t i, size_t to)
{
    return i + 1 < to && token_is(&need->tokens->items[i + 1], ROLE_POINTING_EN);
}

/* False for a need of too many clauses. */
static bool divide(struct need *need)
{
    for (size_t from = 0; from < need->tokens->count;) {
        struct asked *clause = &need->clauses[need->count];
        if (need->count++ == CLAUSES_MOST)
            return false;
        clause->clause = clause_at(need->string, need->tokens, from);
        from = clause->clause.to;
    }
    return true;
}

/* What follows the last cue that something follows. */
static enum opening read_cues(const struct need *need, struct asked *out)
{
    enum opening opening = CLOSED;

    for (size_t i = out->clause.from; i < out->clause.to; i++) {
        if (!is_cue(need, i))
            continue;
        if (clause_is_strong(need->tokens, i + 1, out->clause.to) &&
            !is_pointing(need, i, out->clause.to)) {
            out->is = true;
            out->from = i + 1;
        } else if (!out->is) {
            opening = token_is(&need->tokens->items[i], ROLE_AHEAD) ? OPEN_AHEAD : OPEN;
        }
    }
    return out->is ? CLOSED : opening;
}

static bool has_words(const struct need *need, const struct asked *clause)
{
    return clause_is_strong(need->tokens, clause->clause.from, clause->clause.to);
}

static void ask_whole(struct asked *clause)
{
    clause->is = true;
    clause->from = clause->clause.from;
}

/* A cue that nothing follows asks for what its clause says; "sujet : la paie" for what
 * follows, "la paie, qui peut m'apprendre ?" for what stood before. */
static void read_neighbours(struct need *need, size_t i, enum opening opening)
{
    struct asked *here = &need->clauses[i], *before = i ? here - 1 : NULL,
                 *next = i + 1 < need->count ? here + 1 : NULL;
    char sign = next ? clause_sign(need->string, need->tokens, next->clause.from) : '\0';

    if (next && (sign == ':' || sign == '(' || (sign == ',' && opening == OPEN_AHEAD)) &&
        has_words(need, next))
        ask_whole(next);
    else if (has_words(need, here))
        ask_whole(here);
    else if (before && !before->is && has_words(need, before))
        ask_whole(before);
    else if (next && sign == ',' && has_words(need, next))
        ask_whole(next);
}

/* Somebody tells or asks something in it. */
static bool is_told(const struct need *need, const struct asked *clause)
{
    for (size_t i = clause->clause.from; i < clause->clause.to; i++)
        if (token_is(&need->tokens->items[i], ROLE_TELLER | ROLE_ASKING | ROLE_TOLD))
            return true;
    return false;
}

/* What is asked goes on behind a colon, and in a list: "apprendre à coudre, broder". */
static void read_list(struct need *need)
{
    for (size_t i = 1; i < need->count; i++) {
        struct asked *clause = &need->clauses[i];
        char sign = clause_sign(need->string, need->tokens, clause->clause.from);
        if (need->clauses[i - 1].is && !clause->is &&
            (sign == ':' || sign == '(' || (sign == ',' && !is_told(need, clause))))
            ask_whole(clause);
    }
}

/* "Le réparer", "l'entretenir"; "la réparer", but "la peinture", "l'histoire" are things.
 */
static bool is_of_it(const struct need *need, const struct token *verb)
{
    const char *string = need->string;

    if (verb == need->tokens->items || !word_is_infinitive(verb->exact))
        return false;
    if (token_is(verb - 1, ROLE_POINTING))
        return true;
    return verb->exact[strlen(verb->exact) - 1] == 'r' &&
           (strcmp(verb[-1].exact, "la") == 0 || token_has_elided(string, verb, "lL"));
}

/* All that is asked is a verb of something told before. */
static bool points_back(const struct need *need)
{
    const struct token *only = NULL;

    for (size_t i = 0; i < need->count; i++)
        for (size_t j = need->clauses[i].from;
             need->clauses[i].is && j < need->clauses[i].clause.to; j++)
            if (token_is_strong(&need->tokens->items[j])) {
                if (only)
                    return false;
                only = &need->tokens->items[j];
            }
    return only && is_of_it(need, only);
}

/* Where somebody wishes to do something, of [from, to): "je dois tenir mes comptes",
 * "comment vendre", "I want to sell"; `to`: nowhere. */
static size_t find_wish(const struct need *need, size_t from, size_t to)
{
    const struct token *items = need->tokens->items;

    for (size_t i = from; i < to; i++) {
        size_t next = i + 1;
        if (!token_is(&items[i], ROLE_WISH))
            continue;
        if (next < to && strcmp(items[next].exact, "to") == 0)
            return i;
        while (next < to && (items[next].is_stop || items[next].is_weak) &&
               !word_is_infinitive(items[next].exact))
            next++;
        if (next < to && word_is_infinitive(items[next].exact))
            return i;
    }
    return to;
}

/* What she wishes to do is asked beside what she asks to learn. */
static void put_aside(struct need *need)
{
    for (size_t i = 0; i < need->count; i++) {
        const struct asked *clause = &need->clauses[i];
        size_t to = clause->is ? clause->from : clause->clause.to;
        to = find_wish(need, clause->clause.from, to);
        for (size_t j = clause->clause.from; j < to; j++)
            need->tokens->items[j].is_aside = true;
    }
}

void focus_find(const char *string, struct tokens *tokens)
{
    struct need need = {.string = string, .tokens = tokens};
    enum opening openings[CLAUSES_MOST];
    bool is_asked = false, is_said = false;

    if (!divide(&need))
        return;
    for (size_t i = 0; i < need.count; i++) {
        openings[i] = read_cues(&need, &need.clauses[i]);
        is_said = is_said || is_told(&need, &need.clauses[i]);
    }
    for (size_t i = 0; i < need.count; i++)
        if (openings[i] != CLOSED)
            read_neighbours(&need, i, openings[i]);
    read_list(&need);
    for (size_t i = 0; i < need.count; i++)
        is_asked = is_asked || need.clauses[i].is;
    if (is_said && is_asked && !points_back(&need)) /* "aide à domicile" is a name */
        put_aside(&need);
}
