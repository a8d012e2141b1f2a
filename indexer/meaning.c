/* What she typed, understood. */
#include "indexer/meaning.h"

#include "base/text.h"
#include "base/unicode.h"
#include "indexer/entry.h"
#include "indexer/idiom.h"
#include "indexer/language.h"
#include "indexer/lexicon.h"
#include "indexer/mend.h"

#include <math.h>
#include <string.h>

enum {
    IDIOMS_MOST = 4,
    READ_MOST = 200, /* words of which the rarest are kept */
};

/* Of a word that says little, and of one that is told beside what is asked. */
static const double WEAK_WEIGHT = 0.2, ASIDE_WEIGHT = 0.5;

struct reading {
    struct arena *arena;
    const struct meaning_request *request;
    struct vocabulary *vocabulary;
    const char *text; /* within its limit */
    const char *lang; /* that it seems to be in */
    struct meaning *out;
    struct meaning_word *words; /* READ_MOST of them */
    size_t count;
    struct mending mending;
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

/* The word that an unknown one stands for takes its place, and is told. */
static err_code mend(struct reading *reading, struct meaning_word *word)
{
    err_code code = mend_word(&reading->mending, word);
    const struct token *token = &word->token;

    if (code != ERR_NONE || !word->is_mended || token->from < reading->mended_to)
        return code;
    text_add_bytes(&reading->corrected, reading->text + reading->mended_to,
                   token->from - reading->mended_to);
    text_add(&reading->corrected, word->shown);
    reading->mended_to = token->to;
    return ERR_NONE;
}

static bool is_double(const struct reading *reading, const struct token *token)
{
    for (size_t i = 0; i < reading->count; i++)
        if (strcmp(reading->words[i].token.exact, token->exact) == 0)
            return true;
    return false;
}

static double weight_of(const struct reading *reading, const struct token *token)
{
    if (reading->request->is_plain)
        return 1;
    return token->is_weak ? WEAK_WEIGHT : token->is_aside ? ASIDE_WEIGHT : 1;
}

static err_code read_token(struct reading *reading, struct token token,
                           const char **before)
{
    struct meaning_word word = {.token = token,
                                .typed = token.exact,
                                .shown = arena_strndup(reading->arena,
                                                       reading->text + token.from,
                                                       token.to - token.from),
                                .before = token.is_joined ? NULL : *before};
    err_code code = ERR_NONE;

    if (token.is_stop || is_double(reading, &token))
        return ERR_NONE;
    if (!word.shown)
        return no_room(reading);
    if (reading->count == READ_MOST)
        return drop(reading, word.shown);
    code = mend(reading, &word);
    if (code != ERR_NONE || word.token.is_stop || is_double(reading, &word.token))
        return code;
    word.weight = weight_of(reading, &word.token);
    word.word = entry_word(word.token.family);
    word.stem = entry_stem(word.token.stem);
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

/* Nothing that is asked is known: what was told beside it is all there is to go by. */
static void raise_aside(struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++)
        if (!reading->words[i].token.is_aside && reading->words[i].is_known)
            return;
    for (size_t i = 0; i < reading->count; i++) {
        struct meaning_word *word = &reading->words[i];
        if (!word->token.is_aside)
            continue;
        word->token.is_aside = false;
        word->rarity /= word->weight;
        word->weight = weight_of(reading, &word->token);
        word->rarity *= word->weight;
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

/* Some of these words stand in a document. */
static err_code are_known(struct reading *reading, const struct tokens *tokens, bool *out)
{
    err_code code = ERR_NONE;

    *out = false;
    for (size_t i = 0; code == ERR_NONE && !*out && i < tokens->count; i++)
        code = mend_is_known(&reading->mending, "F", tokens->items[i].family, out);
    return code;
}

/* An idiom becomes the first of the words for it, as rare as its rarest. */
static err_code add_idiom(struct reading *reading, const struct idiom *idiom,
                          bool is_aside)
{
    struct tokens *meant = arena_alloc(reading->arena, sizeof *meant);
    struct meaning_word *word = &reading->words[reading->count];

    if (!meant)
        return no_room(reading);
    *meant = idiom->meant;
    *word = (struct meaning_word){.token = meant->items[0],
                                  .typed = meant->items[0].exact,
                                  .shown = arena_strndup(reading->arena,
                                                         reading->text + idiom->from,
                                                         idiom->to - idiom->from),
                                  .weight = 1,
                                  .is_known = true,
                                  .meant = meant};
    word->token.from = idiom->from;
    word->token.to = idiom->to;
    word->token.is_aside = is_aside;
    word->weight = weight_of(reading, &word->token);
    word->word = entry_word(word->token.family);
    word->stem = entry_stem(word->token.stem);
    for (size_t i = 0; i < meant->count; i++)
        word->rarity =
            fmax(word->rarity, vocabulary_rarity(reading->vocabulary,
                                                 entry_word(meant->items[i].family)) *
                                   word->weight);
    reading->count += word->shown != NULL;
    return word->shown ? ERR_NONE : no_room(reading);
}

/* The words of an idiom say little beside it; true when they are told aside. */
static bool weaken(struct tokens *tokens, const struct idiom *idiom)
{
    bool is_aside = false;

    for (size_t i = 0; i < tokens->count; i++)
        if (tokens->items[i].to > idiom->from && tokens->items[i].from < idiom->to) {
            tokens->items[i].is_weak = true;
            is_aside = is_aside || tokens->items[i].is_aside;
        }
    return is_aside;
}

/* Idioms take the place of their words among `tokens`. */
static err_code read_idioms(struct reading *reading, struct tokens *tokens)
{
    struct tokens all;
    struct idiom idiom;
    size_t at = 0;
    err_code code =
        analysis_text(reading->arena, reading->text, reading->lang, &all, reading->err);

    for (size_t i = 0; code == ERR_NONE && i < all.count; i++)
        reading->out->is_told =
            reading->out->is_told || lexicon_roles(all.items[i].exact) & ROLE_TOLD;
    while (code == ERR_NONE && !reading->request->is_plain &&
           reading->count < IDIOMS_MOST &&
           idiom_next(reading->arena, &all, &at, &idiom)) {
        bool is_used;
        code = are_known(reading, &idiom.meant, &is_used);
        if (code != ERR_NONE || !is_used)
            continue;
        code = add_idiom(reading, &idiom, weaken(tokens, &idiom));
    }
    return code;
}

/* The other words for the idioms that were kept. */
static void add_meant(const struct reading *reading)
{
    struct meaning *out = reading->out;

    for (size_t i = 0; i < out->count; i++) {
        const struct meaning_word *word = &out->words[i];
        for (size_t j = 1;
             word->meant && j < word->meant->count && out->related_count < RELATED_MOST;
             j++) {
            const char *family = word->meant->items[j].family;
            double rarity = vocabulary_rarity(reading->vocabulary, entry_word(family));
            out->related[out->related_count++] = (struct meaning_related){
                .family = family,
                .word = entry_word(family),
                .of = (uint8_t)i,
                .strength = 1,
                .covers = 1,
                .weight = rarity > word->rarity ? word->rarity / rarity : 1};
        }
    }
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

static void note(struct meaning *meaning, size_t number, uint32_t word)
{
    uint8_t *first = &meaning->first[word % MEANING_CHAINS];

    meaning->numbered[number] = word;
    meaning->next[number] = *first;
    *first = (uint8_t)number;
}

void meaning_note(struct meaning *meaning)
{
    memset(meaning->first, MEANING_NONE, sizeof meaning->first);
    /* the last is the first of its chain: those that are asked for most */
    for (size_t i = 0; i < meaning->called_count; i++)
        note(meaning, MEANING_CALLED + i, meaning->called[i].word);
    for (size_t i = 0; i < meaning->related_count; i++)
        note(meaning, WORDS_MOST + i, meaning->related[i].word);
    for (size_t i = 0; i < meaning->count; i++)
        note(meaning, i, meaning->words[i].word);
}

err_code meaning_read(struct arena *arena, const struct meaning_request *request,
                      struct engine *engine, struct vocabulary *vocabulary,
                      struct meaning *out, struct err *err)
{
    struct reading reading = {.arena = arena,
                              .request = request,
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
    code = language_of_need(arena, reading.text, vocabulary, request->model,
                            request->lang, &reading.lang, err);
    out->is_english = strcmp(reading.lang, "en") == 0;
    reading.mending = (struct mending){.arena = arena,
                                       .request = request,
                                       .engine = engine,
                                       .vocabulary = vocabulary,
                                       .lang = reading.lang,
                                       .is_english = out->is_english,
                                       .err = err};
    if (code == ERR_NONE)
        code = request->is_plain
                   ? analysis_text(arena, reading.text, reading.lang, &tokens, err)
                   : analysis_query(arena, reading.text, reading.lang, &tokens, err);
    for (size_t i = 0; code == ERR_NONE && i < tokens.count; i++)
        out->tells_more =
            out->tells_more || lexicon_roles(tokens.items[i].exact) & ROLE_TOLD;
    text_init(&reading.corrected, 4 * strlen(reading.text) + 1024);
    if (code == ERR_NONE)
        code = read_idioms(&reading, &tokens);
    for (size_t i = 0; code == ERR_NONE && i < tokens.count; i++)
        code = read_token(&reading, tokens.items[i], &before);
    if (code == ERR_NONE)
        code = finish_correction(&reading);
    raise_aside(&reading);
    raise_weak(&reading);
    if (code == ERR_NONE)
        code = keep_rarest(&reading);
    if (code == ERR_NONE)
        add_meant(&reading);
    text_done(&reading.corrected);
    return code;
}
