/* What she typed, understood. */
#include "indexer/meaning.h"

#include "base/text.h"
#include "base/unicode.h"
#include "indexer/clause.h"
#include "indexer/dictionary.h"
#include "indexer/entry.h"
#include "indexer/idiom.h"
#include "indexer/language.h"

#include <math.h>
#include <string.h>

enum {
    IDIOMS_MOST = 4,
    READ_MOST = 200, /* words of which the rarest are kept */
    MENDS_MOST =
        8, /* words looked for among all known ones: each takes a walk over them */
    HEARD_BYTES_MOST = 80,
    AGAIN_LEAST = 7 /* letters of a verb of doing again */
};

/* Of a word that says little, and of one that is told beside what is asked. */
static const double WEAK_WEIGHT = 0.2, ASIDE_WEIGHT = 0.5;

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

/* Whether a word that stands in no document may be a mistake; what people say in English
 * is none, even where no dictionary is. */
static bool may_be_mended(const struct reading *reading, const struct meaning_word *word)
{
    const struct token *token = &word->token;
    const struct model *model = reading->request->model;

    return !token->is_joined && !token->is_weak &&
           !(reading->out->is_english && model &&
             model_is_said(model, entry_word(token->family), true)) &&
           !dictionary_has(word->shown, reading->lang);
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
static err_code find_better(struct reading *reading, const struct meaning_word *word,
                            const char **out)
{
    const struct model *model = reading->request->model;
    bool is_met = word->is_known || has_synonyms(model, &word->token);
    char heard[HEARD_BYTES_MOST];
    struct mistyped mistyped = {.folded = word->token.exact,
                                .heard = heard,
                                .care = is_met ? SPELLING_SOUND : SPELLING_FREE};
    err_code code;

    if (reading->request->is_left || !may_be_mended(reading, word) ||
        reading->mends++ >= MENDS_MOST)
        return ERR_NONE;
    spelling_heard(word->shown, mistyped.folded, heard, sizeof heard);
    code = vocabulary_correct(reading->vocabulary, reading->engine, reading->arena,
                              &mistyped, out, reading->err);
    if (code == ERR_NONE && !*out && !is_met && model &&
        strcmp(reading->lang, MODEL_SPELLED) == 0) {
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
static err_code forget_again(struct reading *reading, struct meaning_word *word)
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
        code = analysis_text(reading->arena, verb + befores[i], reading->lang, &tokens,
                             reading->err);
        if (code != ERR_NONE || tokens.count != 1)
            continue;
        code = is_known(reading, "F", tokens.items[0].family, &word->is_known);
        if (word->is_known)
            become(&word->token, &tokens.items[0]);
    }
    return code;
}

/* The word that an unknown one stands for takes its place. */
static err_code mend(struct reading *reading, struct meaning_word *word)
{
    struct token *token = &word->token;
    bool is_exact = false;
    const char *better = NULL;
    struct tokens tokens;
    err_code code = is_known(reading, "F", token->family, &word->is_known);

    if (code == ERR_NONE)
        code = is_known(reading, "E", token->exact, &is_exact);
    word->is_known = word->is_known || is_exact;
    if (code == ERR_NONE && !word->is_known) {
        code = forget_again(reading, word);
        is_exact = word->is_known;
    }
    if (code == ERR_NONE && !is_exact)
        code = find_better(reading, word, &better);
    if (code != ERR_NONE || !better)
        return code;
    code = analysis_text(reading->arena, better, reading->lang, &tokens, reading->err);
    if (code != ERR_NONE || tokens.count != 1)
        return code;
    become(token, &tokens.items[0]);
    word->shown = better;
    word->is_mended = true;
    if (token->from >= reading->mended_to) {
        text_add_bytes(&reading->corrected, reading->text + reading->mended_to,
                       token->from - reading->mended_to);
        text_add(&reading->corrected, better);
        reading->mended_to = token->to;
    }
    return is_known(reading, "F", token->family, &word->is_known);
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
        code = is_known(reading, "F", tokens->items[i].family, out);
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
    code = language_of_need(arena, reading.text, vocabulary, request->model,
                            request->lang, &reading.lang, err);
    out->is_english = strcmp(reading.lang, "en") == 0;
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
