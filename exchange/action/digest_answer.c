/* What the links of a digest do. */
#include "exchange/action/digest.h"

#include "base/unicode.h"
#include "exchange/action/introduction.h"
#include "exchange/action/introduction_offer.h"
#include "exchange/action/link.h"
#include "exchange/action/reach.h"
#include "store/change.h"
#include "store/needs.h"

enum { JOB_ARENA_MAX = 1 << 20 };

err_code digest_look(struct ctx *ctx, const char *token, struct need *need,
                     struct err *err)
{
    struct link link;
    err_code code =
        link_read(ctx->db, ctx->arena, token, LINK_DIGEST_ANSWER, ctx->now, &link, err);

    return code == ERR_NONE ? needs_get(ctx->db, ctx->arena, link.subject_id, need, err)
                            : code;
}

struct answering {
    struct ctx *ctx;
    const struct link *link;
    const struct digest_said *said;
    const char *url; /* of the contact a yes made; in ctx->arena */
};

static err_code note(struct db *db, const struct answering *answering, struct err *err)
{
    static const char *const payloads[] = {"\"yes\"", "\"not_now\"", "\"not_me\"",
                                           "\"someone_else\""};
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_DIGEST_ANSWER, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, answering->link->id);
    stmt_int(stmt, 2, answering->ctx->now);
    stmt_text(stmt, 3, payloads[answering->said->answer]);
    code = stmt_run(stmt, NULL, err);
    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, answering->ctx->now, err)
                            : code;
}

/* The page where the two go on. */
static err_code contact_url(struct db *db, struct arena *arena,
                            struct answering *answering, int64_t contact_id,
                            struct err *err)
{
    const struct ctx *ctx = answering->ctx;
    struct reach reach;
    const char *url = NULL;
    err_code code =
        reach_person(db, arena, ctx->config, answering->link->person_id, &reach, err);

    if (code == ERR_NONE)
        reach.lang = ctx->lang;
    if (code == ERR_NONE)
        code =
            reach_link(db, arena, ctx->config, &reach, LINK_INTRODUCTION, contact_id,
                       ctx->now, ctx->now + INTRODUCTION_LINK_S, "/contact/", &url, err);
    if (code == ERR_NONE)
        answering->url = arena_strdup(ctx->arena, url);
    return code;
}

static err_code write_said(struct db *db, struct arena *arena,
                           struct answering *answering, struct err *err)
{
    const struct digest_said *said = answering->said;
    bool is_yes = said->answer == DIGEST_YES;
    const struct introduction_answer answer = {.is_yes = is_yes,
                                               .reason = DECLINE_SOMEONE_ELSE,
                                               .words = said->words,
                                               .suggested = said->suggested,
                                               .shows = false};
    const struct introduction_offer offer = {.need_id = answering->link->subject_id,
                                             .resource_id = answering->link->person_id,
                                             .answer = &answer,
                                             .config = answering->ctx->config,
                                             .now = answering->ctx->now};
    int64_t id = 0;
    err_code code = ERR_NONE;

    if (is_yes || said->answer == DIGEST_SOMEONE)
        code = introduction_offer(db, arena, &offer, &id, err);
    if (code == ERR_NONE)
        code = note(db, answering, err);
    return code == ERR_NONE && is_yes ? contact_url(db, arena, answering, id, err) : code;
}

static err_code write_answer(struct db *db, void *argument, struct err *err)
{
    struct arena *arena = arena_new(JOB_ARENA_MAX);
    err_code code = arena ? write_said(db, arena, argument, err)
                          : err_set(err, ERR_MEMORY, "no room for an answer");

    arena_free(arena);
    return code;
}

static err_code check(const struct digest_said *said, struct err *err)
{
    if (said->words && unicode_length(said->words) > INTRODUCTION_WORDS_MOST)
        return err_set_field(err, ERR_INVALID, "words",
                             N_("Shorten your message: 2,000 characters at most."));
    if (said->answer == DIGEST_SOMEONE &&
        (!said->suggested ||
         unicode_length(said->suggested) > INTRODUCTION_SUGGESTED_MOST))
        return err_set_field(err, ERR_INVALID, "suggested",
                             N_("Write whom you would suggest: 200 characters at most."));
    return ERR_NONE;
}

err_code digest_answer(struct ctx *ctx, const char *token, const struct digest_said *said,
                       const char **url, struct err *err)
{
    const struct digest_said plain = {.answer = said->answer,
                                      .words = arena_trimmed(ctx->arena, said->words),
                                      .suggested =
                                          arena_trimmed(ctx->arena, said->suggested)};
    struct link link;
    struct answering answering = {.ctx = ctx, .link = &link, .said = &plain};
    err_code code =
        link_read(ctx->db, ctx->arena, token, LINK_DIGEST_ANSWER, ctx->now, &link, err);

    if (code == ERR_NONE)
        code = check(&plain, err);
    if (code == ERR_NONE)
        code = writer_do(ctx->writer, write_answer, &answering, err);
    if (code == ERR_NONE)
        *url = answering.url;
    return code;
}
