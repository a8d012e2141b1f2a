/* Synonyms: single words of a thesaurus in MyThes' form, read where it is. */
#include "base/file.h"
#include "base/unicode.h"
#include "indexer/learn/learner.h"

#include <stdlib.h>
#include <string.h>

enum { THESAURUS_BYTES_MOST = 64 << 20, OTHERS_MOST = 10, WORD_BYTES_MOST = 40 };
static const float ONE_SIDED = 0.5f;

/* A word with its one token; false when it is not a single word. */
static bool read_word(struct learner *learner, const char *word, struct token *out)
{
    struct tokens tokens;
    struct err unused = {0};

    if (strlen(word) > WORD_BYTES_MOST || strpbrk(word, " ()'") ||
        analysis_text(learner->task, word, "fr", &tokens, &unused) != ERR_NONE ||
        tokens.count != 1 || tokens.items[0].is_stop)
        return false;
    *out = tokens.items[0];
    return true;
}

static err_code add(struct learner *learner, const struct token *from,
                    const struct token *to, float strength, struct err *err)
{
    struct model_synonym *items = learn_grow(learner->synonyms, learner->synonym_count,
                                             &learner->synonym_capacity, sizeof *items);
    uint32_t at;

    if (!items)
        return err_set(err, ERR_MEMORY, "no memory for learning");
    learner->synonyms = items;
    at = learn_text(learner, to->family, strlen(to->family));
    if (at == UINT32_MAX ||
        learn_text(learner, to->exact, strlen(to->exact)) == UINT32_MAX ||
        learn_text(learner, from->family, strlen(from->family)) == UINT32_MAX)
        return err_set(err, ERR_MEMORY, "no memory for learning");
    items[learner->synonym_count++] = (struct model_synonym){
        .key = model_word_key(from), .text = at, .strength = strength};
    return ERR_NONE;
}

/* "(Nom)|bécane|bicyclette|…": what the word of the line before stands for. */
static err_code add_meanings(struct learner *learner, const struct token *word,
                             char *line, size_t *added, struct err *err)
{
    err_code code = ERR_NONE;
    char *next = strchr(line, '|');

    while (code == ERR_NONE && next && *added < OTHERS_MOST) {
        char *other = next + 1;
        struct token token;
        next = strchr(other, '|');
        if (next)
            *next = '\0';
        if (read_word(learner, other, &token) &&
            strcmp(token.family, word->family) != 0) {
            code = add(learner, word, &token, ONE_SIDED, err);
            (*added)++;
        }
    }
    return code;
}

err_code learner_everyday(struct learner *learner, struct err *err)
{
    static const char *const pairs[][2] = {
#define ALIKE(said, meant) {said, meant},
#include "indexer/learn/everyday.def"
#undef ALIKE
    };
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < sizeof pairs / sizeof pairs[0]; i++)
        code = learner_alike(learner, pairs[i][0], pairs[i][1], err);
    return code;
}

/* Of two families, in this order. */
static uint64_t pair_key(const char *from, const char *to)
{
    uint64_t key =
        map_key(from, strlen(from)) * 0x9e3779b97f4a7c15u ^ map_key(to, strlen(to));

    return key ? key : 1;
}

static int by_key(const void *a, const void *b)
{
    const struct model_synonym *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->text < y->text ? -1 : x->text > y->text;
}

err_code learner_synonyms(struct learner *learner, const char *path, struct err *err)
{
    struct text file;
    struct token word;
    bool has_word = false;
    size_t added = 0;
    char *save = NULL;
    err_code code;

    text_init(&file, THESAURUS_BYTES_MOST);
    code = file_read(path, &file, err);
    if (code == ERR_NONE && !unicode_is_valid(file.bytes, file.length))
        code = err_set(err, ERR_INVALID, "%s: not UTF-8", path);
    for (char *line = code == ERR_NONE ? strtok_r(file.bytes, "\n", &save) : NULL;
         code == ERR_NONE && line; line = strtok_r(NULL, "\n", &save)) {
        if (*line == '(') {
            if (has_word)
                code = add_meanings(learner, &word, line, &added, err);
            continue;
        }
        line[strcspn(line, "|")] = '\0';
        arena_reset(learner->task);
        has_word = read_word(learner, line, &word);
        added = 0;
    }
    text_done(&file);
    return code;
}

err_code learner_alike(struct learner *learner, const char *word, const char *other,
                       struct err *err)
{
    struct token from, to;
    err_code code;

    arena_reset(learner->task);
    if (!read_word(learner, word, &from) || !read_word(learner, other, &to))
        return err_set(err, ERR_INVALID, "\"%s\", \"%s\": each is to be one word", word,
                       other);
    code = add(learner, &from, &to, MODEL_LISTED, err);
    return code == ERR_NONE ? add(learner, &to, &from, MODEL_LISTED, err) : code;
}

/* "FAMILY NUL WORD NUL FAMILY of the word it stands for" */
static uint64_t pair_of(const struct learner *learner, const struct model_synonym *one,
                        bool is_turned)
{
    const char *to = learner->texts.bytes + one->text;
    const char *word = to + strlen(to) + 1;
    const char *from = word + strlen(word) + 1;

    return is_turned ? pair_key(to, from) : pair_key(from, to);
}

err_code learn_finish_synonyms(struct learner *learner, struct err *err)
{
    struct map pairs;
    bool has_room = true;

    map_init(&pairs);
    for (size_t i = 0; has_room && i < learner->synonym_count; i++) {
        uint64_t *slot = map_at(&pairs, pair_of(learner, &learner->synonyms[i], false));
        has_room = slot != NULL;
        if (slot)
            *slot = 1;
    }
    for (size_t i = 0; has_room && i < learner->synonym_count; i++)
        if (learner->synonyms[i].strength < 1 &&
            map_find(&pairs, pair_of(learner, &learner->synonyms[i], true)))
            learner->synonyms[i].strength = 1;
    map_done(&pairs);
    if (learner->synonyms)
        qsort(learner->synonyms, learner->synonym_count, sizeof *learner->synonyms,
              by_key);
    return has_room ? ERR_NONE : err_set(err, ERR_MEMORY, "no memory for learning");
}
