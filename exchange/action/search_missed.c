/* Searches that found nothing. */
#include "exchange/action/search_missed.h"

#include "base/calendar.h"
#include "base/unicode.h"
#include "exchange/action/jobs.h"
#include "store/change.h"
#include "store/rows.h"

#include <ctype.h>
#include <string.h>

enum {
    DIGITS_MOST = 4, /* in all: a year, a standard; no telephone number */
    LOOKED_AT_MOST = 200
};

static int64_t day_of(const struct ctx *ctx)
{
    struct civil civil = calendar_civil(ctx->now, ctx->config->zone);

    return calendar_day_number(civil.year, civil.month, civil.day);
}

/* Words with one blank between. Returns their length. */
static size_t squeeze(char *words)
{
    size_t used = 0;

    for (size_t i = 0; words[i]; i++)
        if (words[i] != ' ' || (used && words[used - 1] != ' '))
            words[used++] = words[i];
    while (used && words[used - 1] == ' ')
        used--;
    words[used] = 0;
    return used;
}

/* The words as they are kept; NULL when they are not. */
static const char *kept_words(struct ctx *ctx, const char *text)
{
    const char *folded = unicode_fold(ctx->arena, text);
    char *words = folded ? arena_strdup(ctx->arena, folded) : NULL;
    size_t length = words ? squeeze(words) : 0, digits = 0;

    for (size_t i = 0; i < length; i++)
        digits += isdigit((unsigned char)words[i]) != 0;
    return words && length >= MISS_BYTES_LEAST && length <= MISS_BYTES_MOST &&
                   digits <= DIGITS_MOST && !strchr(words, '@')
               ? words
               : NULL;
}

struct missing {
    const char *words;
    int64_t day, now;
};

void search_missed(struct ctx *ctx, const char *text)
{
    const char *words = ctx->misses ? kept_words(ctx, text) : NULL;

    if (words)
        miss_box_put(ctx->misses, words, day_of(ctx));
}

err_code search_missed_list(struct ctx *ctx, struct search_miss **out, size_t *count,
                            struct err *err)
{
    return search_miss_list(ctx->db, ctx->arena, MISSED_DAYS_LEAST, MISSED_SHOWN_MOST,
                            out, count, err);
}

/* Whether somebody or something answers these words by now. */
static err_code is_found(struct ctx *ctx, const char *words, bool *found, struct err *err)
{
    struct query_request wanted = {
        .text = words, .lang = ctx->lang, .now = ctx->now, .limit = 1};
    struct query_answer answer;
    err_code code;

    wanted.kind = KIND_PERSON;
    code = search_query(ctx->search, ctx->arena, &wanted, &answer, err);
    *found = code == ERR_NONE && answer.near_total > 0;
    return code;
}

static err_code write_found(struct db *db, void *argument, struct err *err)
{
    const struct missing *missing = argument;
    err_code code = search_miss_drop(db, missing->words, err);

    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, missing->now, err) : code;
}

static err_code write_old(struct db *db, void *argument, struct err *err)
{
    const struct missing *missing = argument;
    err_code code = rows_run(db, QUERY_SEARCH_MISS_FORGET, &missing->day, 1, err);

    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, missing->now, err) : code;
}

err_code job_missed(struct ctx *ctx, struct err *err)
{
    struct missing old = {.day = day_of(ctx) - ctx->config->log_days, .now = ctx->now};
    struct search_miss *list = NULL;
    size_t count = 0;
    err_code code = writer_do(ctx->writer, write_old, &old, err);

    if (code == ERR_NONE && ctx->search)
        code = search_miss_list(ctx->db, ctx->arena, MISSED_DAYS_LEAST, LOOKED_AT_MOST,
                                &list, &count, err);
    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct missing missing = {.words = list[i].words, .now = ctx->now};
        bool found = false;
        code = is_found(ctx, list[i].words, &found, err);
        if (code == ERR_NONE && found)
            code = writer_do(ctx->writer, write_found, &missing, err);
    }
    return code;
}
