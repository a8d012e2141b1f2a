/* What was searched for in vain is noted, but for what names somebody. */
#include "base/map.h"
#include "exchange/action/jobs.h"
#include "exchange/action/search_missed.h"
#include "store/change.h"

#include <string.h>

#define BETWEEN_WORDS " -'"

enum { ROW_ARENA_MAX = 1 << 20 };
enum { OF_A_NAME = 1, OF_THE_THESAURUS = 2 }; /* of a word that was searched for */

/* The next word from *at on, and where it ends; false when there is none. */
static bool next_word(const char **at, size_t *length)
{
    *at += strspn(*at, BETWEEN_WORDS);
    *length = strcspn(*at, BETWEEN_WORDS);
    return *length > 0;
}

static err_code want_words(struct map *words, const char *text, struct err *err)
{
    size_t length;

    for (; next_word(&text, &length); text += length)
        if (!map_at(words, map_key(text, length)))
            return err_set(err, ERR_MEMORY, "no room for the words of searches");
    return ERR_NONE;
}

/* Marks those of the words that the texts of a statement's rows have. */
static err_code mark(struct ctx *ctx, enum query query, struct map *words, uint64_t flag,
                     struct err *err)
{
    struct arena *row = arena_new(ROW_ARENA_MAX);
    struct stmt *stmt;
    bool has_row;
    size_t length;
    err_code code = row ? db_query(ctx->db, query, &stmt, err)
                        : err_set(err, ERR_MEMORY, "no room for the words of searches");

    if (code != ERR_NONE) {
        arena_free(row);
        return code;
    }
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        const char *text = row_text(stmt, 0, row);
        for (; text && next_word(&text, &length); text += length) {
            uint64_t key = map_key(text, length);
            if (map_find(words, key))
                *map_at(words, key) |= flag;
        }
        arena_reset(row);
    }
    arena_free(row);
    return code;
}

static uint64_t flags_of(const struct map *words, const char *word, size_t length)
{
    const uint64_t *flags = map_find(words, map_key(word, length));

    return flags ? *flags : 0;
}

/* When one of the words is of a name and not of the thesaurus, only those of the
 * thesaurus are kept: the others may be the rest of a name, of somebody who is not here
 * too. NULL when too little is left. */
static const char *without_names(struct arena *arena, const struct map *words,
                                 const char *text)
{
    char *kept = arena_strdup(arena, text);
    bool has_name = false;
    size_t used = 0, length;

    for (const char *at = text; next_word(&at, &length); at += length)
        has_name |=
            (flags_of(words, at, length) & (OF_A_NAME | OF_THE_THESAURUS)) == OF_A_NAME;
    if (!has_name || !kept)
        return has_name ? NULL : text;
    for (const char *at = text; next_word(&at, &length); at += length) {
        if (!(flags_of(words, at, length) & OF_THE_THESAURUS))
            continue;
        if (used)
            kept[used++] = ' ';
        memcpy(kept + used, at, length);
        used += length;
    }
    kept[used] = 0;
    return used >= MISS_BYTES_LEAST ? kept : NULL;
}

struct notes {
    const char **words;
    size_t count;
    int64_t day, now;
};

static err_code write_notes(struct db *db, void *argument, struct err *err)
{
    const struct notes *notes = argument;
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < notes->count; i++)
        code = search_miss_add(db, notes->words[i], notes->day, err);
    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, notes->now, err) : code;
}

/* Leaves what may be noted and is not yet. */
static err_code sift(struct ctx *ctx, const struct map *words, struct notes *notes,
                     struct err *err)
{
    size_t all = notes->count;
    err_code code = ERR_NONE;

    notes->count = 0;
    for (size_t i = 0; code == ERR_NONE && i < all; i++) {
        const char *kept = without_names(ctx->arena, words, notes->words[i]);
        bool is_known = true;
        if (kept)
            code = search_miss_is_known(ctx->db, kept, notes->day, MISS_DAY_MOST,
                                        &is_known, err);
        if (!is_known)
            notes->words[notes->count++] = kept;
    }
    return code;
}

err_code job_misses(struct ctx *ctx, struct err *err)
{
    struct notes notes = {.now = ctx->now};
    struct map words;
    err_code code = ERR_NONE;

    if (!ctx->misses)
        return ERR_NONE;
    code = miss_box_take(ctx->misses, ctx->arena, &notes.words, &notes.count, &notes.day,
                         err);
    if (code != ERR_NONE || notes.count == 0)
        return code;
    map_init(&words);
    for (size_t i = 0; code == ERR_NONE && i < notes.count; i++)
        code = want_words(&words, notes.words[i], err);
    if (code == ERR_NONE)
        code = mark(ctx, QUERY_PERSON_NAMES, &words, OF_A_NAME, err);
    if (code == ERR_NONE)
        code = mark(ctx, QUERY_SKILL_LABEL_WORDS, &words, OF_THE_THESAURUS, err);
    if (code == ERR_NONE)
        code = sift(ctx, &words, &notes, err);
    map_done(&words);
    return code == ERR_NONE && notes.count
               ? writer_do(ctx->writer, write_notes, &notes, err)
               : code;
}
