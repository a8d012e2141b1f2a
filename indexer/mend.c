/* Words that stand in no document: what they were meant to be. */
#include "indexer/mend.h"

#include "indexer/clause.h"
#include "indexer/dictionary.h"
#include "indexer/entry.h"

#include <string.h>

enum {
    MENDS_MOST =
        8, /* words looked for among all known ones: each takes a walk over them */
    HEARD_BYTES_MOST = 80,
    AGAIN_LEAST = 7 /* letters of a verb of doing again */
};

static err_code no_room(struct mending *mending)
{
    return err_set(mending->err, ERR_MEMORY, "no room for a query");
}

err_code mend_is_known(struct mending *mending, const char *prefix, const char *word,
                       bool *out)
{
    const char *term =
        arena_printf(mending->arena, "%s%c%s", prefix, mending->request->letter, word);
    int64_t frequency = 0;
    err_code code =
        term ? engine_frequency(mending->engine, term, &frequency, mending->err)
             : no_room(mending);

    *out = frequency > 0;
    return code;
}

/* Whether a word that stands in no document may be a mistake; what people say in English
 * is none, even where no dictionary is. */
static bool may_be_mended(const struct mending *mending, const struct meaning_word *word)
{
    const struct token *token = &word->token;
    const struct model *model = mending->request->model;

    return !token->is_joined && !token->is_weak &&
           !(mending->is_english && model &&
             model_is_said(model, entry_word(token->family), true)) &&
           !dictionary_has(word->shown, mending->lang);
}

static bool has_synonyms(const struct model *model, const struct token *token)
{
    size_t count = 0;

    if (model)
        (void)model_synonyms(model, model_word_key(token), &count);
    return count > 0;
}

/* The word that an unknown one stands for, of those that some document has or else of
 * those that were learnt; NULL when none is near. One whose family is known, or something
 * is known of, is looked for by its sound alone: "parké" is no parking, nor a parka. */
static err_code find_better(struct mending *mending, const struct meaning_word *word,
                            const char **out)
{
    const struct model *model = mending->request->model;
    bool is_met = word->is_known || has_synonyms(model, &word->token);
    char heard[HEARD_BYTES_MOST];
    struct mistyped mistyped = {.folded = word->token.exact,
                                .heard = heard,
                                .care = is_met ? SPELLING_SOUND : SPELLING_FREE};
    err_code code;

    if (mending->request->is_left || !may_be_mended(mending, word) ||
        mending->count++ >= MENDS_MOST)
        return ERR_NONE;
    spelling_heard(word->shown, mistyped.folded, heard, sizeof heard);
    code = vocabulary_correct(mending->vocabulary, mending->engine, mending->arena,
                              &mistyped, out, mending->err);
    if (code == ERR_NONE && !*out && !is_met && model &&
        strcmp(mending->lang, MODEL_SPELLED) == 0) {
        struct spelling spelling = model_spelling(model);
        mistyped.care = SPELLING_STRICT;
        *out = spelling_nearest(&spelling, &mistyped);
    }
    if (*out && strcmp(*out, mistyped.folded) == 0)
        *out = NULL; /* it is right, but for its accents */
    return code;
}

static void become(struct token *token, const struct token *other)
{
    token->exact = other->exact;
    token->stem = other->stem;
    token->family = other->family;
    token->is_stop = other->is_stop;
    token->is_weak = other->is_weak;
}

/* "Ressouder" is souder where nobody does it again. */
static err_code forget_again(struct mending *mending, struct meaning_word *word)
{
    const char *verb = word->token.exact;
    const size_t befores[] = {strncmp(verb, "ress", 4) == 0 ? 3 : 2, 1};
    err_code code = ERR_NONE;

    if (strlen(verb) < AGAIN_LEAST || verb[0] != 'r' || !word_is_infinitive(verb))
        return ERR_NONE;
    for (size_t i = 0; code == ERR_NONE && !word->is_known && i < 2; i++) {
        struct tokens tokens;
        if (verb[1] != (i == 0 ? 'e' : 'a'))
            continue;
        code = analysis_text(mending->arena, verb + befores[i], mending->lang, &tokens,
                             mending->err);
        if (code != ERR_NONE || tokens.count != 1)
            continue;
        code = mend_is_known(mending, "F", tokens.items[0].family, &word->is_known);
        if (word->is_known)
            become(&word->token, &tokens.items[0]);
    }
    return code;
}

/* A French word in an English need ("a workshop on zinguerie") is read as French, unless
 * people say it in English too (pain, four). */
static err_code become_french(struct mending *mending, struct meaning_word *word)
{
    const struct model *model = mending->request->model;
    struct tokens tokens;
    bool is_met = false;
    err_code code;

    if (!mending->is_english || word->is_known ||
        (model && model_is_said(model, entry_word(word->token.family), true)))
        return ERR_NONE;
    code = analysis_text(mending->arena, word->shown, "fr", &tokens, mending->err);
    if (code == ERR_NONE && tokens.count == 1 && !tokens.items[0].is_stop)
        code = mend_is_known(mending, "F", tokens.items[0].family, &is_met);
    if (is_met) {
        become(&word->token, &tokens.items[0]);
        word->is_known = true;
    }
    return code;
}

err_code mend_word(struct mending *mending, struct meaning_word *word)
{
    struct token *token = &word->token;
    bool is_exact = false;
    const char *better = NULL;
    struct tokens tokens;
    err_code code = mend_is_known(mending, "F", token->family, &word->is_known);

    if (code == ERR_NONE)
        code = become_french(mending, word);
    if (code == ERR_NONE)
        code = mend_is_known(mending, "E", token->exact, &is_exact);
    word->is_known = word->is_known || is_exact;
    if (code == ERR_NONE && !word->is_known) {
        code = forget_again(mending, word);
        is_exact = word->is_known;
    }
    if (code == ERR_NONE && !is_exact)
        code = find_better(mending, word, &better);
    if (code != ERR_NONE || !better)
        return code;
    code = analysis_text(mending->arena, better, mending->lang, &tokens, mending->err);
    if (code != ERR_NONE || tokens.count != 1)
        return code;
    become(token, &tokens.items[0]);
    word->shown = better;
    word->is_mended = true;
    return mend_is_known(mending, "F", token->family, &word->is_known);
}
