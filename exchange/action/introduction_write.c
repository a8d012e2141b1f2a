/* What the two of an introduction write to each other, by relay. */
#include "exchange/action/introduction.h"

#include "base/calendar.h"
#include "base/unicode.h"
#include "exchange/action/actor.h"
#include "exchange/action/introduction_mail.h"
#include "store/change.h"
#include "store/relays.h"

#include <string.h>

enum { JOB_ARENA_MAX = 1 << 20 };

struct writing {
    const struct config *config;
    const char *words; /* NULL: only whether she shows her address */
    int64_t id, from_id, now;
    bool shows;
};

static err_code set_shows(struct db *db, const struct writing *writing,
                          struct introduction *made, struct err *err)
{
    bool *shows =
        writing->from_id == made->asker_id ? &made->asker_shows : &made->resource_shows;

    *shows = writing->shows;
    return introductions_change(db, made, made->state, err);
}

static err_code check(struct db *db, const struct writing *writing,
                      const struct introduction *made, struct err *err)
{
    int64_t today = 0;
    err_code code;

    if (writing->from_id != made->asker_id && writing->from_id != made->resource_id)
        return err_set(err, ERR_FORBIDDEN, "this contact is not hers");
    if (made->state != INTRODUCTION_ACCEPTED && made->state != INTRODUCTION_MET)
        return err_set_field(err, ERR_CONFLICT, "words",
                             N_("You can write to each other once the answer is yes."));
    code =
        relays_count(db, writing->from_id, made->id, writing->now - DAY_S, &today, err);
    if (code == ERR_NONE && writing->words && today >= INTRODUCTION_MESSAGES_DAY)
        code = err_set_field(err, ERR_LIMIT, "words",
                             N_("Five messages a day are enough: go on tomorrow, or show "
                                "each other your addresses."));
    return code;
}

static err_code write_to(struct db *db, struct arena *arena,
                         const struct writing *writing, struct err *err)
{
    struct introduction made;
    struct telling telling = {.db = db,
                              .arena = arena,
                              .config = writing->config,
                              .introduction = &made,
                              .now = writing->now};
    err_code code = introductions_get(db, arena, writing->id, &made, err);

    if (code == ERR_NONE)
        code = check(db, writing, &made, err);
    if (code == ERR_NONE)
        code = set_shows(db, writing, &made, err);
    if (code == ERR_NONE && writing->words) {
        const struct relay relay = {
            .from_id = writing->from_id,
            .to_id = writing->from_id == made.asker_id ? made.resource_id : made.asker_id,
            .introduction_id = made.id,
            .words = writing->words,
            .created_at = writing->now};
        bool is_new = false;
        code = relays_add(db, &relay, &is_new, err);
        if (code == ERR_NONE && is_new)
            code = introduction_mail_message(&telling, writing->from_id, writing->words,
                                             err);
    }
    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, writing->now, err) : code;
}

static err_code write_message(struct db *db, void *argument, struct err *err)
{
    struct arena *arena = arena_new(JOB_ARENA_MAX);
    err_code code = arena ? write_to(db, arena, argument, err)
                          : err_set(err, ERR_MEMORY, "no room for a message");

    arena_free(arena);
    return code;
}

err_code introduction_write(struct ctx *ctx, int64_t id, int64_t from_id,
                            const char *words, bool shows, struct err *err)
{
    bool is_blank = !words || words[strspn(words, " \t\r\n")] == '\0';
    struct writing writing = {.config = ctx->config,
                              .words = is_blank ? NULL : words,
                              .id = id,
                              .from_id = from_id,
                              .now = ctx->now,
                              .shows = shows};

    if (!is_blank && unicode_length(words) > INTRODUCTION_WORDS_MOST)
        return err_set_field(err, ERR_INVALID, "words",
                             N_("Shorten your message: 2,000 characters at most."));
    return writer_do(ctx->writer, write_message, &writing, err);
}

struct withdrawing {
    int64_t id, person_id, now;
};

static err_code write_withdraw(struct db *db, void *argument, struct err *err)
{
    const struct withdrawing *withdrawing = argument;
    struct arena *arena = arena_new(JOB_ARENA_MAX);
    struct introduction made;
    err_code code = arena ? introductions_get(db, arena, withdrawing->id, &made, err)
                          : err_set(err, ERR_MEMORY, "no room for a contact");

    if (code == ERR_NONE && made.asker_id != withdrawing->person_id)
        code = err_set(err, ERR_FORBIDDEN, "this contact is not hers");
    if (code == ERR_NONE && introduction_may_answer(made.state)) {
        enum introduction_state was = made.state;
        made.state = INTRODUCTION_WITHDRAWN;
        code = introductions_change(db, &made, was, err);
    }
    if (code == ERR_NONE)
        code = change_note(db, THING_MAIL, 0, withdrawing->now, err);
    arena_free(arena);
    return code;
}

err_code introduction_withdraw(struct ctx *ctx, int64_t id, struct err *err)
{
    struct withdrawing withdrawing = {id, ctx->actor->person_id, ctx->now};

    return writer_do(ctx->writer, write_withdraw, &withdrawing, err);
}
