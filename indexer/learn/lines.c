/* What learning is given: lines of words, labels of one meaning, synonyms. */
#include "indexer/learn/learner.h"

#include "indexer/dictionary.h"
#include "indexer/entry.h"

#include <stdlib.h>
#include <string.h>

enum {
    TASK_ARENA_MAX = 16 << 20,
    TASK_ENOUGH = 4 << 20, /* bytes after which the arena starts again */
    TEXTS_BYTES_MOST = 256 << 20,
    TOKENS_MOST = 64 << 20, /* of all lines */
    CONCEPT_LABELS_MOST = 200
};

void *learn_grow(void *items, size_t count, size_t *capacity, size_t size)
{
    size_t wanted = *capacity ? 2 * *capacity : 1024;
    void *grown;

    if (count < *capacity)
        return items;
    grown = realloc(items, wanted * size);
    if (grown)
        *capacity = wanted;
    return grown;
}

struct learner *learner_new(struct progress *progress, bool has_concepts)
{
    struct learner *learner = calloc(1, sizeof *learner);

    if (!learner)
        return NULL;
    learner->progress = progress;
    learner->has_concepts = has_concepts;
    learner->task = arena_new(TASK_ARENA_MAX);
    map_init(&learner->ids);
    map_init(&learner->term_texts);
    map_init(&learner->spelled_at);
    text_init(&learner->texts, TEXTS_BYTES_MOST);
    text_add_bytes(&learner->texts, "", 1); /* the empty text is at 0 */
    if (!learner->task) {
        learner_free(learner);
        return NULL;
    }
    return learner;
}

void learner_free(struct learner *learner)
{
    if (!learner)
        return;
    arena_free(learner->task);
    map_done(&learner->ids);
    map_done(&learner->term_texts);
    map_done(&learner->spelled_at);
    free(learner->spelled);
    free(learner->terms.items);
    free(learner->situations[0].items);
    free(learner->situations[1].items);
    free(learner->kin);
    free(learner->calls);
    free(learner->situation_rows);
    free(learner->names);
    free(learner->said);
    text_done(&learner->texts);
    free(learner->keys);
    free(learner->seen);
    free(learner->only);
    free(learner->tokens);
    free(learner->ends);
    free(learner->synonyms);
    free(learner->concepts);
    free(learner);
}

void learner_of(struct learner *learner, int64_t who)
{
    learner->who = who;
}

static err_code no_room(struct err *err)
{
    return err_set(err, ERR_MEMORY, "no memory for learning");
}

uint32_t learn_text(struct learner *learner, const char *bytes, size_t length)
{
    size_t at = learner->texts.length;

    if (!text_add_bytes(&learner->texts, bytes, length) ||
        !text_add_char(&learner->texts, '\0'))
        return UINT32_MAX;
    return (uint32_t)at;
}

static err_code add_word(struct learn_words *words, uint32_t word, struct err *err)
{
    uint32_t *items =
        learn_grow(words->items, words->count, &words->capacity, sizeof *items);

    if (!items)
        return no_room(err);
    words->items = items;
    items[words->count++] = word;
    return ERR_NONE;
}

err_code learn_end(struct learn_words *words, struct err *err)
{
    return add_word(words, 0, err);
}

static err_code add_family(struct learner *learner, struct learn_words *words,
                           const char *family, struct err *err)
{
    uint32_t word = entry_word(family);
    uint64_t *text = word ? map_at(&learner->term_texts, word) : NULL;

    if (!text)
        return word ? no_room(err) : ERR_NONE;
    if (!*text)
        *text = learn_text(learner, family, strlen(family));
    return *text == UINT32_MAX ? no_room(err) : add_word(words, word, err);
}

/* The word as it is spelt, when a dictionary has it. */
static err_code add_spelled(struct learner *learner, const struct token *token,
                            const char *text, struct err *err)
{
    uint64_t *known =
        map_at(&learner->spelled_at, map_key(token->exact, strlen(token->exact)));
    const char *typed =
        arena_strndup(learner->task, text + token->from, token->to - token->from);
    struct spelled *items;

    if (!known || !typed)
        return no_room(err);
    if (*known) {
        learner->spelled[*known - 1].frequency++;
        return ERR_NONE;
    }
    items = learn_grow(learner->spelled, learner->spelled_count,
                       &learner->spelled_capacity, sizeof *items);
    if (!items)
        return no_room(err);
    learner->spelled = items;
    if (!spelled_of(token->exact, (uint32_t)learner->texts.length, 1,
                    &items[learner->spelled_count]) ||
        !dictionary_has(typed, MODEL_SPELLED))
        return ERR_NONE;
    *known = ++learner->spelled_count;
    return learn_text(learner, token->exact, strlen(token->exact)) == UINT32_MAX
               ? no_room(err)
               : ERR_NONE;
}

err_code learn_families(struct learner *learner, struct learn_words *words,
                        const char *text, const char *lang, bool has_weak,
                        struct err *err)
{
    struct tokens tokens;
    err_code code;

    arena_reset(learner->task);
    if (!lang)
        lang = analysis_language(learner->task, text, "fr");
    code = analysis_text(learner->task, text, lang, &tokens, err);
    for (size_t i = 0; code == ERR_NONE && i < tokens.count; i++) {
        const struct token *token = &tokens.items[i];
        if (token->is_stop || token->is_joined || (token->is_weak && !has_weak))
            continue;
        code = add_family(learner, words, token->family, err);
        if (code == ERR_NONE && strcmp(lang, MODEL_SPELLED) == 0)
            code = add_spelled(learner, token, text, err);
    }
    return code;
}

/* The number of a word; UINT32_MAX when there is no room. */
static uint32_t number_of(struct learner *learner, uint64_t key)
{
    uint64_t *known = map_at(&learner->ids, key);
    size_t capacity = learner->word_capacity;

    if (!known)
        return UINT32_MAX;
    if (*known)
        return (uint32_t)(*known - 1);
    if (learner->word_count == capacity) {
        size_t same = capacity;
        uint64_t *keys = learn_grow(learner->keys, capacity, &same, sizeof *keys);
        uint32_t *seen;
        int64_t *only;
        learner->keys = keys ? keys : learner->keys;
        same = capacity;
        seen = keys ? learn_grow(learner->seen, capacity, &same, sizeof *seen) : NULL;
        if (!seen)
            return UINT32_MAX;
        learner->seen = seen;
        same = capacity;
        only = learn_grow(learner->only, capacity, &same, sizeof *only);
        if (!only)
            return UINT32_MAX;
        learner->only = only;
        learner->word_capacity = same;
    }
    learner->keys[learner->word_count] = key;
    learner->seen[learner->word_count] = 0;
    learner->only[learner->word_count] = learner->who;
    *known = ++learner->word_count;
    return (uint32_t)(*known - 1);
}

static err_code add_token(struct learner *learner, const struct token *token,
                          struct err *err)
{
    uint32_t number, *tokens;

    if (token->is_stop || token->is_joined)
        return ERR_NONE;
    if (learner->token_count >= TOKENS_MOST)
        return err_set(err, ERR_LIMIT, "more than %d words to learn from", TOKENS_MOST);
    tokens = learn_grow(learner->tokens, learner->token_count, &learner->token_capacity,
                        sizeof *tokens);
    if (!tokens)
        return no_room(err);
    learner->tokens = tokens;
    number = number_of(learner, model_word_key(token));
    if (number == UINT32_MAX)
        return no_room(err);
    learner->seen[number]++;
    if (!learner->who || learner->only[number] != learner->who)
        learner->only[number] = LEARN_SEVERAL;
    tokens[learner->token_count++] = number;
    return ERR_NONE;
}

static err_code analyse(struct learner *learner, const char *text, const char *lang,
                        struct tokens *out, struct err *err)
{
    if (arena_used(learner->task) > TASK_ENOUGH)
        arena_reset(learner->task);
    return analysis_text(learner->task, text, lang, out, err);
}

err_code learner_words(struct learner *learner, const char *text, const char *lang,
                       struct err *err)
{
    struct tokens tokens;
    err_code code;

    if (!text || !*text)
        return ERR_NONE;
    code = analyse(learner, text, lang, &tokens, err);
    for (size_t i = 0; code == ERR_NONE && i < tokens.count; i++)
        code = add_token(learner, &tokens.items[i], err);
    return code;
}

err_code learner_end(struct learner *learner, struct err *err)
{
    size_t before = learner->line_count ? learner->ends[learner->line_count - 1] : 0;
    size_t *ends;

    if (learner->token_count == before)
        return ERR_NONE;
    ends = learn_grow(learner->ends, learner->line_count, &learner->line_capacity,
                      sizeof *ends);
    if (!ends)
        return no_room(err);
    learner->ends = ends;
    ends[learner->line_count++] = learner->token_count;
    return ERR_NONE;
}

static err_code add_concept_key(struct learner *learner, const char *label, uint32_t text,
                                bool is_preferred, struct err *err)
{
    struct model_concept *concepts;
    struct tokens tokens;
    uint64_t key;
    err_code code = analyse(learner, label, "fr", &tokens, err);

    if (code != ERR_NONE)
        return code;
    key = model_label_key(&tokens);
    if (!key)
        return ERR_NONE;
    concepts = learn_grow(learner->concepts, learner->concept_count,
                          &learner->concept_capacity, sizeof *concepts);
    if (!concepts)
        return no_room(err);
    learner->concepts = concepts;
    concepts[learner->concept_count++] =
        (struct model_concept){.key = key, .text = text, .is_preferred = is_preferred};
    return ERR_NONE;
}

err_code learner_concept(struct learner *learner, const char *const *labels, size_t count,
                         struct err *err)
{
    struct text all;
    uint32_t text;
    err_code code = ERR_NONE;

    count = count < CONCEPT_LABELS_MOST ? count : CONCEPT_LABELS_MOST;
    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = learner_words(learner, labels[i], "fr", err);
    if (code == ERR_NONE)
        code = learner_end(learner, err);
    if (code != ERR_NONE || count < 2 || !learner->has_concepts)
        return code;
    text_init(&all, 1 << 20);
    for (size_t i = 0; i < count; i++)
        text_printf(&all, "%s%s", i ? "\n" : "", labels[i]);
    text = text_failed(&all) ? UINT32_MAX : learn_text(learner, all.bytes, all.length);
    text_done(&all);
    if (text == UINT32_MAX)
        return no_room(err);
    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = add_concept_key(learner, labels[i], text, i == 0, err);
    return code;
}
