/* « Moi aussi »: those who share a need, each with her own words. */
#include "exchange/action/need_follow.h"

#include "base/unicode.h"
#include "exchange/action/actor.h"
#include "exchange/action/link.h"
#include "exchange/action/need_mail.h"
#include "store/needs.h"

#include <string.h>

enum { JOB_ARENA_MAX = 1 << 20, SUPPORTS_MOST = 500 };

enum need_role need_role(const struct need *need, int64_t person_id)
{
    if (!person_id || person_id == need->person_id)
        return NEED_ROLE_AUTHOR;
    for (size_t i = 0; i < need->support_count; i++)
        if (need->supports[i].person_id == person_id)
            return NEED_ROLE_SUPPORTER;
    return NEED_ROLE_NONE;
}

const char *need_support_words(const struct need *need, int64_t person_id)
{
    for (size_t i = 0; i < need->support_count; i++)
        if (need->supports[i].person_id == person_id)
            return need->supports[i].words;
    return NULL;
}

struct supporting {
    struct ctx *ctx;
    int64_t need_id, person_id; /* 0: whom the address names */
    const char *email, *name, *words;
    bool is_leaving, wants_mail;
    const char *url; /* made, in ctx->arena */
};

/* The list with hers in its place: changed, added or left out. */
static err_code set_support(struct arena *arena, const struct supporting *supporting,
                            int64_t person_id, struct need *need, struct err *err)
{
    struct need_support *list = arena_array(arena, need->support_count + 1, sizeof *list);
    size_t count = 0;
    bool is_there = false;

    if (!list)
        return err_set(err, ERR_MEMORY, "no room for supports");
    for (size_t i = 0; i < need->support_count; i++) {
        bool is_hers = need->supports[i].person_id == person_id;
        if (is_hers && (supporting->is_leaving || is_there))
            continue;
        list[count] = need->supports[i];
        if (is_hers)
            list[count].words = supporting->words;
        is_there = is_there || is_hers;
        count++;
    }
    if (!is_there && !supporting->is_leaving) {
        if (count >= SUPPORTS_MOST)
            return err_set(err, ERR_LIMIT, "a need has %d supports at most",
                           SUPPORTS_MOST);
        list[count++] = (struct need_support){.person_id = person_id,
                                              .words = supporting->words,
                                              .created_at = supporting->ctx->now};
    }
    need->supports = list;
    need->support_count = count;
    return ERR_NONE;
}

static err_code tell(struct db *db, struct arena *arena, struct supporting *supporting,
                     const struct need *need, int64_t person_id, struct err *err)
{
    const struct config *config = supporting->ctx->config;
    struct reach to;
    const char *url = NULL;
    err_code code = reach_person(db, arena, config, person_id, &to, err);

    if (code != ERR_NONE || !to.email)
        return code;
    to.lang = supporting->ctx->lang;
    code = need_mail_supported(db, arena, config, need, &to, supporting->ctx->now, err);
    if (code == ERR_NONE)
        code = need_follow_url(db, arena, config, need, &to, supporting->ctx->now, &url,
                               err);
    if (code == ERR_NONE)
        supporting->url = arena_strdup(supporting->ctx->arena, url);
    return code;
}

static err_code support(struct db *db, struct arena *arena, struct supporting *supporting,
                        struct err *err)
{
    struct need need;
    int64_t person_id = supporting->person_id;
    bool was_there = false;
    err_code code = needs_get(db, arena, supporting->need_id, &need, err);

    if (code == ERR_NONE && !supporting->is_leaving &&
        (!need_is_open(need.state) || need.expires_at <= supporting->ctx->now))
        code = err_set_field(err, ERR_CONFLICT, "words",
                             N_("This need is closed. State yours instead."));
    if (code == ERR_NONE && !person_id)
        code = actor_person(db, supporting->email, supporting->name, supporting->ctx->now,
                            &person_id, err);
    if (code == ERR_NONE && person_id == need.person_id)
        code = err_set_field(err, ERR_CONFLICT, "words",
                             N_("This need is yours: you count already."));
    if (code == ERR_NONE) {
        was_there = need_role(&need, person_id) == NEED_ROLE_SUPPORTER;
        if (!was_there) /* it may have become private after she asked */
            code = actor_must_need(VERB_SUPPORT_NEED, supporting->ctx->actor, &need, err);
    }
    if (code == ERR_NONE) {
        code = set_support(arena, supporting, person_id, &need, err);
    }
    if (code == ERR_NONE)
        code = needs_save(db, &need, supporting->ctx->now, err);
    if (code == ERR_NONE) /* how many people it has now */
        code = needs_get(db, arena, need.id, &need, err);
    return code == ERR_NONE && supporting->wants_mail && !was_there
               ? tell(db, arena, supporting, &need, person_id, err)
               : code;
}

static err_code write_support(struct db *db, void *argument, struct err *err)
{
    struct arena *arena = arena_new(JOB_ARENA_MAX);
    err_code code = arena ? support(db, arena, argument, err)
                          : err_set(err, ERR_MEMORY, "no room for a support");

    arena_free(arena);
    return code;
}

static err_code run(struct supporting *supporting, struct err *err)
{
    supporting->words = arena_trimmed(supporting->ctx->arena, supporting->words);
    if (supporting->words && unicode_length(supporting->words) > SUPPORT_WORDS_MOST)
        return err_set_field(err, ERR_INVALID, "words",
                             N_("Shorten your words: 500 characters at most."));
    return link_do(supporting->ctx, write_support, supporting, err);
}

err_code need_support(struct ctx *ctx, int64_t need_id, const char *email,
                      const char *name, const char *words, const char **url,
                      struct err *err)
{
    struct supporting supporting = {.ctx = ctx,
                                    .need_id = need_id,
                                    .email = email,
                                    .name = name,
                                    .words = words,
                                    .wants_mail = true};
    err_code code = run(&supporting, err);

    if (code == ERR_NONE && url)
        *url = supporting.url;
    return code;
}

err_code need_support_amend(struct ctx *ctx, int64_t need_id, int64_t person_id,
                            const char *words, struct err *err)
{
    struct supporting supporting = {
        .ctx = ctx, .need_id = need_id, .person_id = person_id, .words = words};

    return run(&supporting, err);
}

err_code need_support_leave(struct ctx *ctx, int64_t need_id, int64_t person_id,
                            struct err *err)
{
    struct supporting supporting = {
        .ctx = ctx, .need_id = need_id, .person_id = person_id, .is_leaving = true};

    return run(&supporting, err);
}
