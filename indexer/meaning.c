/* What she typed, understood. */
#include "indexer/meaning.h"

#include "base/text.h"
#include "base/unicode.h"
#include "indexer/dictionary.h"
#include "indexer/entry.h"

#include <string.h>

enum {
    READ_MOST = 200, /* words of which the rarest are kept */
    MENDS_MOST =
        8 /* words looked for among all known ones: each takes a walk over them */
};

static const double WEAK_WEIGHT = 0.2; /* of a word that says little, beside others */

struct reading {
    struct arena *arena;
    const struct meaning_request *request;
    struct engine *engine;
    struct vocabulary *vocabulary;
    const char *text; /* within its limit */
    const char *lang; /* that it seems to be in */
    struct meaning *out;
    struct meaning_word *words; /* READ_MOST of them */
    size_t count, mends;
    struct text corrected; /* up to `mended_to` of the text */
    size_t mended_to;
    struct err *err;
};

static err_code no_room(struct reading *reading)
{
    return err_set(reading->err, ERR_MEMORY, "no room for a query");
}

/* The text within its limit, cut between two words. */
static const char *limited(struct arena *arena, const char *text, size_t most,
                           bool *is_cut)
{
    size_t length = strlen(text);

    *is_cut = length > most;
    if (!*is_cut)
        return text;
    for (length = most; length && text[length] != ' '; length--)
        ;
    for (length = length ? length : most;
         length && ((unsigned char)text[length] & 0xc0) == 0x80; length--)
        ;
    return arena_strndup(arena, text, length);
}

static err_code drop(struct reading *reading, const char *word)
{
    struct meaning *out = reading->out;
    const char **dropped =
        arena_array(reading->arena, out->dropped_count + 1, sizeof *dropped);

    if (!dropped)
        return no_room(reading);
    for (size_t i = 0; i < out->dropped_count; i++)
        dropped[i] = out->dropped[i];
    dropped[out->dropped_count++] = word;
    out->dropped = dropped;
    out->is_cut = true;
    return ERR_NONE;
}

static err_code is_known(struct reading *reading, const char *prefix, const char *word,
                         bool *out)
{
    const char *term =
        arena_printf(reading->arena, "%s%c%s", prefix, reading->request->letter, word);
    int64_t frequency = 0;
    err_code code =
        term ? engine_frequency(reading->engine, term, &frequency, reading->err)
             : no_room(reading);

    *out = frequency > 0;
    return code;
}

/* Whether a word that stands in no document may be a mistake. */
static bool may_be_mended(const struct token *token, const char *typed, const char *lang)
{
    return !token->is_joined && !token->is_weak && !dictionary_has(typed, lang);
}

static bool has_synonyms(const struct model *model, const struct token *token)
{
    size_t count = 0;

    if (model)
        (void)model_synonyms(model, model_word_key(token), &count);
    return count > 0;
}

/* The word that an unknown one stands for takes its place. */
static err_code mend(struct reading *reading, struct meaning_word *word)
{
    struct token *token = &word->token;
    bool is_exact = false, is_family = false;
    const char *better = NULL;
    struct tokens tokens;
    err_code code = is_known(reading, "F", token->family, &is_family);

    if (code == ERR_NONE && !is_family)
        code = is_known(reading, "E", token->exact, &is_exact);
    word->is_known = is_family || is_exact;
    if (code == ERR_NONE && !word->is_known && !reading->request->is_left &&
        reading->mends++ < MENDS_MOST &&
        may_be_mended(token, word->shown, reading->lang) &&
        !has_synonyms(reading->request->model, token))
        code = vocabulary_correct(reading->vocabulary, reading->engine, reading->arena,
                                  token->exact, &better, reading->err);
    if (code != ERR_NONE || !better)
        return code;
    code = analysis_text(reading->arena, better, reading->lang, &tokens, reading->err);
    if (code != ERR_NONE || tokens.count != 1)
        return code;
    token->exact = tokens.items[0].exact;
    token->stem = tokens.items[0].stem;
    token->family = tokens.items[0].family;
    word->shown = better;
    word->is_mended = word->is_known = true;
    if (token->from >= reading->mended_to) {
        text_add_bytes(&reading->corrected, reading->text + reading->mended_to,
                       token->from - reading->mended_to);
        text_add(&reading->corrected, better);
        reading->mended_to = token->to;
    }
    return ERR_NONE;
}

static bool is_double(const struct reading *reading, const struct token *token)
{
    for (size_t i = 0; i < reading->count; i++)
        if (strcmp(reading->words[i].token.exact, token->exact) == 0)
            return true;
    return false;
}

static err_code read_token(struct reading *reading, struct token token,
                           const char **before)
{
    struct meaning_word word = {.token = token,
                                .typed = token.exact,
                                .shown = arena_strndup(reading->arena,
                                                       reading->text + token.from,
                                                       token.to - token.from),
                                .weight = token.is_weak ? WEAK_WEIGHT : 1,
                                .before = token.is_joined ? NULL : *before};
    err_code code = ERR_NONE;

    if (token.is_stop || is_double(reading, &token))
        return ERR_NONE;
    if (!word.shown)
        return no_room(reading);
    if (reading->count == READ_MOST)
        return drop(reading, word.shown);
    code = mend(reading, &word);
    if (code != ERR_NONE || is_double(reading, &word.token))
        return code;
    word.word = entry_word(word.token.family);
    word.rarity = vocabulary_rarity(reading->vocabulary, word.word) * word.weight;
    reading->words[reading->count++] = word;
    *before = word.token.is_joined ? NULL : word.token.family;
    return ERR_NONE;
}

/* A query of nothing but words that say little: they are all there is to go by. */
static void raise_weak(struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++)
        if (reading->words[i].weight >= 1)
            return;
    for (size_t i = 0; i < reading->count; i++) {
        reading->words[i].rarity /= reading->words[i].weight;
        reading->words[i].weight = 1;
    }
}

/* The rarest known words stay, in their order; the others are told. */
static err_code keep_rarest(struct reading *reading)
{
    struct meaning *out = reading->out;
    size_t most = reading->request->words_most < WORDS_MOST ? reading->request->words_most
                                                            : WORDS_MOST;
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < reading->count; i++) {
        struct meaning_word *word = &reading->words[i];
        size_t rarer = 0;
        for (size_t j = 0; j < reading->count; j++) {
            const struct meaning_word *other = &reading->words[j];
            rarer += other->is_known != word->is_known ? other->is_known
                     : other->rarity != word->rarity   ? other->rarity > word->rarity
                                                       : j < i;
        }
        if (rarer >= most)
            code = drop(reading, word->shown);
        else
            out->words[out->count++] = *word;
    }
    return code;
}

static err_code finish_correction(struct reading *reading)
{
    if (!reading->mended_to)
        return ERR_NONE;
    text_add(&reading->corrected, reading->text + reading->mended_to);
    if (!text_failed(&reading->corrected))
        reading->out->correction = arena_strdup(reading->arena, reading->corrected.bytes);
    return reading->out->correction ? ERR_NONE : no_room(reading);
}

err_code meaning_read(struct arena *arena, const struct meaning_request *request,
                      struct engine *engine, struct vocabulary *vocabulary,
                      struct meaning *out, struct err *err)
{
    struct reading reading = {.arena = arena,
                              .request = request,
                              .engine = engine,
                              .vocabulary = vocabulary,
                              .out = out,
                              .err = err};
    struct tokens tokens;
    const char *before = NULL;
    err_code code;

    if (!unicode_is_valid(request->text, strlen(request->text)))
        return err_set(err, ERR_INVALID, "the search is not valid UTF-8");
    reading.text = limited(arena, request->text, request->bytes_most, &out->is_cut);
    if (!reading.text)
        return no_room(&reading);
    reading.words = arena_array(arena, READ_MOST, sizeof *reading.words);
    if (!reading.words)
        return no_room(&reading);
    reading.lang = analysis_language(arena, reading.text, request->lang);
    code = analysis_query(arena, reading.text, reading.lang, &tokens, err);
    text_init(&reading.corrected, 4 * strlen(reading.text) + 1024);
    for (size_t i = 0; code == ERR_NONE && i < tokens.count; i++)
        code = read_token(&reading, tokens.items[i], &before);
    if (code == ERR_NONE)
        code = finish_correction(&reading);
    raise_weak(&reading);
    if (code == ERR_NONE)
        code = keep_rarest(&reading);
    text_done(&reading.corrected);
    return code;
}
