/* What she typed, understood. */
#include "indexer/meaning.h"

#include "base/text.h"
#include "base/unicode.h"
#include "indexer/entry.h"

#include <string.h>

struct reading {
    struct arena *arena;
    const struct meaning_request *request;
    struct engine *engine;
    struct vocabulary *vocabulary;
    const char *text; /* within its limit */
    struct meaning *out;
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

/* The word that an unknown one stands for takes its place. */
static err_code mend(struct reading *reading, struct token *token, const char **shown)
{
    bool is_exact = false, is_family = false;
    const char *better = NULL;
    struct tokens tokens;
    err_code code = is_known(reading, "F", token->family, &is_family);

    if (code == ERR_NONE && !is_family)
        code = is_known(reading, "E", token->exact, &is_exact);
    if (code == ERR_NONE && !is_family && !is_exact)
        code = vocabulary_correct(reading->vocabulary, reading->engine, reading->arena,
                                  token->exact, &better, reading->err);
    if (code != ERR_NONE || !better)
        return code;
    code = analysis_text(reading->arena, better, reading->request->lang, &tokens,
                         reading->err);
    if (code != ERR_NONE || tokens.count != 1)
        return code;
    token->exact = tokens.items[0].exact;
    token->stem = tokens.items[0].stem;
    token->family = tokens.items[0].family;
    *shown = better;
    if (token->from >= reading->mended_to) {
        text_add_bytes(&reading->corrected, reading->text + reading->mended_to,
                       token->from - reading->mended_to);
        text_add(&reading->corrected, better);
        reading->mended_to = token->to;
    }
    return ERR_NONE;
}

static bool is_double(const struct meaning *meaning, const struct token *token)
{
    for (size_t i = 0; i < meaning->count; i++)
        if (strcmp(meaning->words[i].token.exact, token->exact) == 0)
            return true;
    return false;
}

static err_code read_token(struct reading *reading, struct token token, bool *follows)
{
    struct meaning *out = reading->out;
    const char *shown =
        arena_strndup(reading->arena, reading->text + token.from, token.to - token.from);
    const char *typed = token.exact;
    bool is_one = *follows;
    err_code code = shown ? ERR_NONE : no_room(reading);

    if (code != ERR_NONE || token.is_stop || is_double(out, &token))
        return code;
    if (out->count >= reading->request->words_most || out->count >= WORDS_MOST)
        return drop(reading, shown);
    if (!token.is_joined)
        code = mend(reading, &token, &shown);
    if (code != ERR_NONE || is_double(out, &token))
        return code;
    out->words[out->count] = (struct meaning_word){.token = token,
                                                   .typed = typed,
                                                   .shown = shown,
                                                   .word = entry_word(token.family),
                                                   .follows = is_one && !token.is_joined};
    out->words[out->count].rarity =
        vocabulary_rarity(reading->vocabulary, out->words[out->count].word);
    out->count++;
    *follows = true;
    return ERR_NONE;
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
    bool follows = false;
    err_code code;

    if (!unicode_is_valid(request->text, strlen(request->text)))
        return err_set(err, ERR_INVALID, "the search is not valid UTF-8");
    reading.text = limited(arena, request->text, request->bytes_most, &out->is_cut);
    if (!reading.text)
        return no_room(&reading);
    code = analysis_query(arena, reading.text, request->lang, &tokens, err);
    text_init(&reading.corrected, 4 * strlen(reading.text) + 1024);
    for (size_t i = 0; code == ERR_NONE && i < tokens.count; i++)
        code = read_token(&reading, tokens.items[i], &follows);
    if (code == ERR_NONE)
        code = finish_correction(&reading);
    text_done(&reading.corrected);
    return code;
}
