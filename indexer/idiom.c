/* What people say for something that trades have a word for. */
#include "indexer/idiom.h"

#include "base/map.h"

#include <pthread.h>
#include <string.h>

enum { GAP_MOST = 2, SAID_ARENA_MAX = 4 << 20 }; /* words between two of an idiom */

static const struct {
    const char *said, *meant;
} rows[] = {
#define IDIOM(said, meant) {said, meant},
#include "indexer/idioms.def"
#undef IDIOM
};
enum { ROWS = sizeof rows / sizeof rows[0] };

static struct {
    uint64_t words[IDIOM_WORDS_MOST]; /* keys of families */
    size_t count;                     /* 0: it could not be read */
} said[ROWS];
static pthread_once_t was_read = PTHREAD_ONCE_INIT;

static uint64_t key_of(const struct token *token)
{
    return map_key(token->family, strlen(token->family));
}

static void read_said(void)
{
    struct arena *arena = arena_new(SAID_ARENA_MAX);
    struct tokens tokens;

    for (size_t i = 0; arena && i < ROWS; i++) {
        if (analysis_text(arena, rows[i].said, "fr", &tokens, NULL) != ERR_NONE)
            continue;
        for (size_t j = 0; j < tokens.count && j < IDIOM_WORDS_MOST; j++)
            said[i].words[said[i].count++] = key_of(&tokens.items[j]);
    }
    arena_free(arena);
}

/* Whether the idiom stands at a word; where it ends. */
static bool stands(size_t row, const struct tokens *tokens, size_t at, size_t *end)
{
    size_t next = 0, gap = 0;

    for (; at < tokens->count && next < said[row].count && gap <= GAP_MOST; at++) {
        bool is_next = key_of(&tokens->items[at]) == said[row].words[next];
        if (!is_next && next == 0)
            return false;
        gap = is_next ? 0 : gap + 1;
        next += is_next;
        *end = at;
    }
    return said[row].count && next == said[row].count;
}

bool idiom_next(struct arena *arena, const struct tokens *tokens, size_t *at,
                struct idiom *out)
{
    pthread_once(&was_read, read_said);
    for (size_t end = 0; *at < tokens->count; ++*at) {
        uint64_t first = key_of(&tokens->items[*at]);
        for (size_t row = 0; row < ROWS; row++) {
            if (said[row].words[0] != first || !stands(row, tokens, *at, &end) ||
                analysis_text(arena, rows[row].meant, "fr", &out->meant, NULL) !=
                    ERR_NONE ||
                !out->meant.count)
                continue;
            out->from = tokens->items[*at].from;
            out->to = tokens->items[end].to;
            *at = end + 1;
            return true;
        }
    }
    return false;
}
