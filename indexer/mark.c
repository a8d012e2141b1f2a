/* Marking in a text what matched a query, and cutting the passage around it. */
#include "indexer/mark.h"

#include "indexer/analysis.h"

#include <string.h>

enum {
    LEAD_BYTES = 50, /* what stands before the first match of a passage */
    START_BYTES = 4
};

struct span {
    size_t from, to;
    int word;         /* which of the query's */
    const char *said; /* NULL: that word itself */
    bool is_called;
};

/* Of a word, by its first bytes. */
static unsigned start_of(const char *word)
{
    unsigned start = 0;

    for (size_t i = 0; i < START_BYTES && word[i]; i++)
        start = start * 31 + (unsigned char)word[i];
    return start % MARK_STARTS;
}

void mark_start(struct mark_query *query)
{
    memset(query->starts, 0, sizeof query->starts);
    for (size_t i = 0; i < query->count; i++) {
        unsigned start = start_of(query->families[i]);
        query->starts[start / 64] |= UINT64_C(1) << start % 64;
    }
}

static bool find_word(const struct mark_query *query, const struct token *token,
                      struct span *out)
{
    unsigned start = start_of(token->family);

    if (token->is_stop || !(query->starts[start / 64] >> start % 64 & 1))
        return false;
    for (size_t i = 0; i < query->count; i++)
        if (strcmp(query->families[i], token->family) == 0) {
            *out = (struct span){.from = token->from,
                                 .to = token->to,
                                 .word = query->words ? query->words[i] : (int)i,
                                 .said = query->said ? query->said[i] : NULL,
                                 .is_called = i >= query->own_count};
            return true;
        }
    return false;
}

/* Where the query’s words stand; overlapping ones (a word and its joined form) are one.
 */
static err_code find_spans(struct arena *arena, const char *string,
                           const struct mark_query *query, struct span **out,
                           size_t *count, struct err *err)
{
    struct tokens tokens;
    struct span *spans = NULL;
    size_t used = 0, capacity = 0;
    err_code code = analysis_text(arena, string, query->lang, &tokens, err);

    if (code != ERR_NONE)
        return code;
    for (size_t i = 0; i < tokens.count; i++) {
        struct span span;
        if (!find_word(query, &tokens.items[i], &span))
            continue;
        spans = arena_grow(arena, spans, used, &capacity, sizeof *spans);
        if (!spans)
            return err_set(err, ERR_MEMORY, "no room for marks");
        if (used && tokens.items[i].from < spans[used - 1].to)
            continue;
        spans[used++] = span;
    }
    *out = spans;
    *count = used;
    return ERR_NONE;
}

static bool add_piece(struct arena *arena, struct marked_text *out, const char *from,
                      size_t length, const struct span *match)
{
    const char *text = length ? arena_strndup(arena, from, length) : NULL;

    if (length && !text)
        return false;
    if (length)
        out->pieces[out->count++] =
            (struct marked){.text = text,
                            .is_match = match != NULL,
                            .said = match ? match->said : NULL,
                            .is_called = match && match->is_called};
    return true;
}

/* Cuts [from, to) of the string into pieces along the spans. */
static err_code cut(struct arena *arena, const char *string, const struct span *window,
                    const struct span *spans, size_t count, struct marked_text *out,
                    struct err *err)
{
    struct marked_text made = {
        .pieces = arena_array(arena, 2 * count + 1, sizeof *made.pieces)};
    size_t at = window->from;
    bool has_room = made.pieces != NULL;

    for (size_t i = 0; has_room && i < count; i++) {
        if (spans[i].from < window->from || spans[i].to > window->to)
            continue;
        has_room = add_piece(arena, &made, string + at, spans[i].from - at, NULL) &&
                   add_piece(arena, &made, string + spans[i].from,
                             spans[i].to - spans[i].from, &spans[i]);
        at = spans[i].to;
    }
    has_room = has_room && add_piece(arena, &made, string + at, window->to - at, NULL);
    if (!has_room)
        return err_set(err, ERR_MEMORY, "no room for marks");
    *out = made;
    return ERR_NONE;
}

/* Her words among them; with `all` those that others stand for too. */
static uint32_t bits_of(const struct span *spans, size_t count, bool all)
{
    uint32_t bits = 0;

    for (size_t i = 0; i < count; i++)
        if (spans[i].word < 32 && (all || !spans[i].said))
            bits |= 1u << spans[i].word;
    return bits;
}

err_code mark_text(struct arena *arena, const char *string,
                   const struct mark_query *query, struct marked_text *out,
                   uint32_t *seen, struct err *err)
{
    struct span *spans;
    size_t count;
    struct span all = {.to = strlen(string)};
    err_code code = find_spans(arena, string, query, &spans, &count, err);

    if (code == ERR_NONE && seen)
        *seen |= bits_of(spans, count, false);
    return code == ERR_NONE ? cut(arena, string, &all, spans, count, out, err) : code;
}

static bool is_boundary(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* The first span of the window with the most different words. */
static size_t best_start(const struct span *spans, size_t count, size_t length_most)
{
    size_t best = 0;
    int most = -1;

    for (size_t i = 0; i < count; i++) {
        size_t j = i;
        int different;
        while (j < count && spans[j].to - spans[i].from <= length_most - LEAD_BYTES)
            j++;
        different = __builtin_popcount(bits_of(spans + i, j - i, true));
        if (different > most) {
            most = different;
            best = i;
        }
    }
    return best;
}

err_code mark_passage(struct arena *arena, const char *string, size_t length_most,
                      const struct mark_query *query, struct marked_text *out,
                      uint32_t *seen, struct err *err)
{
    struct span *spans;
    size_t count, length = strlen(string);
    struct span window = {.to = length};
    err_code code = find_spans(arena, string, query, &spans, &count, err);

    if (code != ERR_NONE || count == 0) {
        if (code == ERR_NONE)
            *out = (struct marked_text){0};
        return code;
    }
    if (length > length_most) {
        size_t first = spans[best_start(spans, count, length_most)].from;
        window.from = first > LEAD_BYTES ? first - LEAD_BYTES : 0;
        while (window.from && window.from < first &&
               !is_boundary(string[window.from - 1]))
            window.from++;
        window.to =
            window.from + length_most < length ? window.from + length_most : length;
        while (window.to < length && window.to > first && !is_boundary(string[window.to]))
            window.to--;
    }
    if (seen)
        *seen |= bits_of(spans, count, false);
    return cut(arena, string, &window, spans, count, out, err);
}
