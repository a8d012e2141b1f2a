/* Searches someone saved. */
#include "exchange/action/saved_search.h"

#include "base/json.h"
#include "base/unicode.h"
#include "base/url.h"
#include "exchange/action/actor.h"
#include "exchange/action/mail.h"
#include "store/change.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    ANSWERS_MOST = 20,
    WORDS_MOST_POINTS = 200,
    KNOWN_BYTES_MOST = 200000,
    FILTERS_BYTES_MOST = 2000,
    URL_BYTES_MOST = 8192
};

static err_code find(struct ctx *ctx, const struct saved_search *search, enum kind kind,
                     struct query_answer *out, struct err *err)
{
    struct query_request wanted = {.kind = kind,
                                   .text = search->words,
                                   .lang = ctx->lang,
                                   .limit = ANSWERS_MOST,
                                   .now = ctx->now,
                                   .is_member = true};
    struct narrowing filters;
    err_code code;

    *out = (struct query_answer){.count = 0};
    if (!ctx->search)
        return err_set(err, ERR_BUSY, "the index is being made");
    narrow_read(ctx->arena, search->filters, &filters);
    code = narrow_apply(ctx, &filters, ctx->actor ? ctx->actor->person_id : 0, &wanted,
                        err);
    if (kind != KIND_PERSON)
        narrow_aside(kind, &wanted);
    return code == ERR_NONE ? search_query(ctx->search, ctx->arena, &wanted, out, err)
                            : code;
}

static bool is_known(const char *known, int64_t id)
{
    char number[24];
    size_t length = (size_t)snprintf(number, sizeof number, " %" PRId64 " ", id);

    return length < sizeof number && strstr(known, number);
}

/* `known`, which begins and ends with a blank, and those of the answer that are not in
 * it; these are also put into `fresh`. */
static const char *learn(struct ctx *ctx, const char *known,
                         const struct query_answer *answer, struct hit *fresh,
                         size_t *fresh_count)
{
    struct text all;
    const char *copy;

    text_init(&all, KNOWN_BYTES_MOST);
    text_add(&all, *known ? known : " ");
    for (size_t i = 0; i < answer->count; i++) {
        const struct hit *hit = &answer->hits[i];
        if (hit->is_far || is_known(all.bytes, hit->id))
            continue;
        text_printf(&all, "%" PRId64 " ", hit->id);
        if (fresh)
            fresh[(*fresh_count)++] = *hit;
    }
    copy = text_failed(&all) ? known : arena_strdup(ctx->arena, all.bytes);
    text_done(&all);
    return copy;
}

struct keeping {
    struct ctx *ctx;
    struct saved_search search;
    int64_t id; /* to drop */
};

static err_code write_kept(struct db *db, void *argument, struct err *err)
{
    const struct keeping *keeping = argument;
    const char *email = keeping->ctx->actor->email;
    struct saved_search *list = NULL;
    size_t count = 0;
    err_code code =
        saved_searches_list(db, keeping->ctx->arena, email, &list, &count, err);

    if (code == ERR_NONE && count >= SAVED_SEARCHES_MOST)
        return err_set_field(err, ERR_LIMIT, "q",
                             N_("Ten saved searches at most: remove one first."));
    if (code == ERR_NONE)
        code = saved_searches_add(db, email, &keeping->search, keeping->ctx->now, err);
    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, keeping->ctx->now, err)
                            : code;
}

err_code saved_search_keep(struct ctx *ctx, const char *words,
                           const struct narrowing *filters, struct err *err)
{
    const char *narrowed = narrow_text(ctx->arena, filters, NARROW_MOST);
    struct keeping keeping = {.ctx = ctx,
                              .search = {.words = words, .filters = narrowed}};
    struct query_answer people;
    err_code code;

    if (!words || !words[strspn(words, " \t\r\n")] ||
        unicode_length(words) > WORDS_MOST_POINTS)
        return err_set_field(err, ERR_INVALID, "q",
                             N_("A search of 200 characters at most can be saved."));
    if (!narrowed || strlen(narrowed) > FILTERS_BYTES_MOST)
        return err_set_field(err, ERR_INVALID, "q",
                             N_("So many filters cannot be saved: remove some first."));
    code = find(ctx, &keeping.search, KIND_PERSON, &people, err);
    if (code != ERR_NONE)
        return code;
    keeping.search.known = learn(ctx, "", &people, NULL, NULL);
    return keeping.search.known ? writer_do(ctx->writer, write_kept, &keeping, err)
                         : err_set(err, ERR_MEMORY, "no room for a saved search");
}

static err_code write_dropped(struct db *db, void *argument, struct err *err)
{
    const struct keeping *keeping = argument;
    err_code code = saved_searches_drop(db, keeping->ctx->actor->email, keeping->id, err);

    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, keeping->ctx->now, err)
                            : code;
}

err_code saved_search_drop(struct ctx *ctx, int64_t id, struct err *err)
{
    struct keeping keeping = {.ctx = ctx, .id = id};

    return writer_do(ctx->writer, write_dropped, &keeping, err);
}

/* What is new for one; nothing while its words find nothing. */
static err_code look(struct ctx *ctx, struct saved_search_news *news, struct err *err)
{
    struct hit *people = arena_array(ctx->arena, ANSWERS_MOST, sizeof *people);
    struct hit *sessions = arena_array(ctx->arena, ANSWERS_MOST, sizeof *sessions);
    struct query_answer answer;
    err_code code = find(ctx, &news->search, KIND_PERSON, &answer, err);

    if (!people || !sessions)
        return err_set(err, ERR_MEMORY, "no room for a saved search");
    if (code != ERR_NONE)
        return code;
    news->known = learn(ctx, news->search.known, &answer, people, &news->person_count);
    news->people = people;
    news->sessions = sessions;
    code = find(ctx, &news->search, KIND_SESSION, &answer, err);
    for (size_t i = 0; code == ERR_NONE && i < answer.count; i++)
        if (!answer.hits[i].is_far && answer.hits[i].created_at > news->search.told_at &&
            answer.hits[i].starts_at > ctx->now)
            sessions[news->session_count++] = answer.hits[i];
    return news->known || code != ERR_NONE
               ? code
               : err_set(err, ERR_MEMORY, "no room for a saved search");
}

err_code saved_search_look(struct ctx *ctx, const char *email,
                           struct saved_search_news **out, size_t *count, struct err *err)
{
    struct saved_search *list = NULL;
    struct saved_search_news *all;
    size_t listed = 0, used = 0;
    err_code code = saved_searches_list(ctx->db, ctx->arena, email, &list, &listed, err);

    all = arena_array(ctx->arena, listed + 1, sizeof *all);
    if (code == ERR_NONE && !all)
        code = err_set(err, ERR_MEMORY, "no room for saved searches");
    for (size_t i = 0; code == ERR_NONE && i < listed; i++) {
        struct saved_search_news one = {.search = list[i]};
        code = look(ctx, &one, err);
        if (code == ERR_NONE && one.person_count + one.session_count > 0)
            all[used++] = one;
    }
    *out = all;
    *count = used;
    return code;
}

static void tell_hits(struct ctx *ctx, const char *lang, const struct hit *hits,
                      size_t count, const char *path, struct text *values)
{
    for (size_t i = 0; i < count; i++) {
        char *place = arena_printf(ctx->arena, "%s%" PRId64, path, hits[i].id);
        json_open(values, NULL, '{');
        json_text(values, "title", hits[i].title);
        json_text(values, "answer_url",
                  place ? site_url(ctx->arena, ctx->config, lang, "%s", place) : "");
        json_close(values, '}');
    }
}

static const char *url_of(struct ctx *ctx, const char *lang,
                          const struct saved_search *search)
{
    struct text words;
    const char *url = NULL;

    text_init(&words, URL_BYTES_MOST);
    url_encode(&words, search->words);
    if (!text_failed(&words))
        url = site_url(ctx->arena, ctx->config, lang, "/recherche?q=%s%s", words.bytes,
                       search->filters);
    text_done(&words);
    return url ? url : "";
}

void saved_search_tell(struct ctx *ctx, const char *lang,
                       const struct saved_search_news *news, size_t count,
                       struct text *values)
{
    json_open(values, "searches", '[');
    for (size_t i = 0; i < count; i++) {
        json_open(values, NULL, '{');
        json_text(values, "words", news[i].search.words);
        json_text(values, "search_url", url_of(ctx, lang, &news[i].search));
        json_open(values, "answers", '[');
        tell_hits(ctx, lang, news[i].people, news[i].person_count, "/personnes/", values);
        tell_hits(ctx, lang, news[i].sessions, news[i].session_count, "/seances/",
                  values);
        json_close(values, ']');
        json_close(values, '}');
    }
    json_close(values, ']');
}

err_code saved_search_told(struct db *db, const struct saved_search_news *news,
                           size_t count, int64_t now, struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = saved_searches_told(db, news[i].search.id, news[i].known, now, err);
    return code;
}
