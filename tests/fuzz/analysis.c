/* Text into terms, and the marks of what matched. */
#include "base/unicode.h"
#include "indexer/analysis.h"
#include "indexer/mark.h"
#include "tests/fuzz/fuzz.h"

enum { WORDS_MOST = 16 };

static bool is_start(char byte)
{
    return ((unsigned char)byte & 0xc0) != 0x80;
}

static void check_tokens(const char *string, const struct tokens *tokens)
{
    size_t length = strlen(string);

    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->items[i];
        must(token->from < token->to && token->to <= length,
             "a term came from some bytes");
        must(is_start(string[token->from]) &&
                 (token->to == length || is_start(string[token->to])),
             "and from whole characters");
        must(token->exact && *token->exact && token->stem && *token->stem && token->family &&
                 *token->family,
             "a term has its forms");
        must(unicode_is_valid(token->exact, strlen(token->exact)) &&
                 unicode_is_valid(token->stem, strlen(token->stem)) &&
                 unicode_is_valid(token->family, strlen(token->family)),
             "in UTF-8");
    }
}

static void check_marks(struct arena *arena, const char *string, const char *lang,
                        const struct tokens *tokens)
{
    const char *families[WORDS_MOST];
    struct mark_query query = {.families = families, .lang = lang};
    struct marked_text marked = {0};
    struct err err = {0};
    uint32_t seen = 0;
    struct text whole;

    for (size_t i = 0; i < tokens->count && query.count < WORDS_MOST; i += 2)
        families[query.count++] = tokens->items[i].family;
    query.own_count = query.count;
    mark_start(&query);
    if (mark_text(arena, string, &query, &marked, &seen, &err) != ERR_NONE)
        return;
    text_init(&whole, 1 << 20);
    for (size_t i = 0; i < marked.count; i++)
        text_add_bytes(&whole, marked.pieces[i].text, strlen(marked.pieces[i].text));
    must(strcmp(whole.bytes, string) == 0, "marks change nothing of the text");
    text_done(&whole);
    if (mark_passage(arena, string, 200, &query, &marked, &seen, &err) != ERR_NONE)
        return;
    for (size_t i = 0; i < marked.count; i++)
        must(unicode_is_valid(marked.pieces[i].text, strlen(marked.pieces[i].text)),
             "a passage is cut between characters");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *arena = arena_new(64 << 20);
    const char *lang = length && bytes[0] & 1 ? "fr" : "en";
    char *string = unicode_clean(arena, (const char *)bytes, length);
    struct tokens tokens = {0};
    struct err err = {0};

    if (string && analysis_text(arena, string, lang, &tokens, &err) == ERR_NONE) {
        check_tokens(string, &tokens);
        check_marks(arena, string, lang, &tokens);
    }
    if (string && analysis_query(arena, string, lang, &tokens, &err) == ERR_NONE) {
        check_tokens(string, &tokens);
        check_marks(arena, string, lang, &tokens);
    }
    arena_free(arena);
    return 0;
}
