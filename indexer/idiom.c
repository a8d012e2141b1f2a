/* What people say for something that trades have a word for. */
#include "indexer/idiom.h"

#include "base/map.h"

#include <pthread.h>
#include <stdlib.h>
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

struct said {
    uint64_t words[IDIOM_WORDS_MOST]; /* keys of families */
    size_t count;                     /* 0: it could not be read */
    const char *meant;
    size_t row;
};
/* By their first word; of one first word the longest before the others. */
static struct said said[ROWS];
static pthread_once_t was_read = PTHREAD_ONCE_INIT;

static uint64_t key_of(const struct token *token)
{
    return map_key(token->family, strlen(token->family));
}

static int by_first(const void *a, const void *b)
{
    const struct said *x = a, *y = b;

    if (x->words[0] != y->words[0])
        return x->words[0] < y->words[0] ? -1 : 1;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static void read_said(void)
{
    struct arena *arena = arena_new(SAID_ARENA_MAX);
    struct tokens tokens;

    for (size_t i = 0; arena && i < ROWS; i++) {
        said[i].meant = rows[i].meant;
        said[i].row = i;
        if (analysis_text(arena, rows[i].said, "fr", &tokens, NULL) != ERR_NONE)
            continue;
        for (size_t j = 0; j < tokens.count && j < IDIOM_WORDS_MOST; j++)
            said[i].words[said[i].count++] = key_of(&tokens.items[j]);
        arena_reset(arena);
    }
    arena_free(arena);
    qsort(said, ROWS, sizeof *said, by_first);
}

/* The first row that begins with that word; ROWS: none. */
static size_t rows_of(uint64_t first)
{
    size_t from = 0, to = ROWS;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (said[middle].words[0] < first)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* Whether the idiom stands at a word; where it ends. */
static bool stands(size_t row, const struct tokens *tokens, size_t at, size_t *end)
{
    size_t next = 0, gap = 0;

    for (; at < tokens->count && next < said[row].count && gap <= GAP_MOST; at++) {
        bool is_next = key_of(&tokens->items[at]) == said[row].words[next];
        if (!is_next && next == 0)
            return false;
        gap = is_next ? 0 : gap + !tokens->items[at].is_stop;
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
        for (size_t row = rows_of(first); row < ROWS && said[row].words[0] == first;
             row++) {
            if (!stands(row, tokens, *at, &end) ||
                analysis_text(arena, said[row].meant, "fr", &out->meant, NULL) !=
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
