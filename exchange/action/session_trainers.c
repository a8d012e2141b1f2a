/* Who is asked to give a session too. */
#include "exchange/action/session_trainers.h"

#include "base/email.h"
#include "exchange/action/session_form.h"
#include "exchange/action/session_mail.h"
#include "store/links.h"
#include "store/people.h"
#include "store/session_life.h"

#include <string.h>

enum { ASKED_HOUR = 5 };

/* However many sessions name her. */
static err_code may_ask(struct db *db, const struct ctx *ctx,
                        const struct trainer_asked *asked, struct err *err)
{
    struct person person = {.email = asked->email};
    int64_t count = 0;
    err_code code = asked->person_id
                        ? people_get(db, ctx->arena, asked->person_id, &person, err)
                        : ERR_NONE;

    if (code == ERR_NONE && person.email)
        code = links_count_purpose(db, person.email, LINK_SESSION_PROPOSAL,
                                   ctx->now - HOUR_S, &count, err);
    if (code == ERR_NONE && count >= ASKED_HOUR)
        code =
            err_set_field(err, ERR_LIMIT, "trainers",
                          N_("Someone named here was asked five times within the hour. "
                             "Ask again later."));
    return code;
}

err_code session_trainers_ask(struct db *db, const struct ctx *ctx,
                              const struct session *session,
                              const struct trainers_asked *asked, const char *from,
                              bool is_alone, struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < asked->count; i++) {
        const struct trainer_asked *one = &asked->items[i];
        const struct session_mail mail = {.template = "session_cotrainer",
                                          .session = session,
                                          .person_id = one->person_id,
                                          .link = LINK_SESSION_PROPOSAL,
                                          .from_name = from,
                                          .is_alone = is_alone};
        if (one->person_id && session_has_trainer(session, one->person_id))
            continue;
        code = may_ask(db, ctx, one, err);
        if (code == ERR_NONE)
            code = one->person_id ? session_mail_queue(db, ctx, &mail, err)
                                  : session_mail_address(db, ctx, &mail, one->email, err);
    }
    return code;
}

static err_code find_trainer(struct ctx *ctx, const char *text,
                             struct trainer_asked *asked, struct err *err)
{
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code;

    *asked = (struct trainer_asked){0};
    if (email_is_plausible(text)) {
        asked->email = email_plain(ctx->arena, text);
        if (!asked->email)
            return err_set(err, ERR_MEMORY, "no room for an address");
        code = people_find_email(ctx->db, text, &asked->person_id, err);
    } else {
        code = people_named(ctx->db, ctx->arena, text, &ids, &count, err);
        asked->person_id = code == ERR_NONE && count == 1 ? ids[0] : 0;
    }
    return code;
}

err_code session_trainers_find(struct ctx *ctx, const char *typed,
                               struct trainers_asked *asked,
                               struct session_mistakes *mistakes, struct err *err)
{
    const char *at = typed ? typed : "";
    err_code code = ERR_NONE;

    asked->count = 0;
    while (code == ERR_NONE && *at) {
        size_t length = strcspn(at, ",;\n");
        const char *text =
            arena_trimmed(ctx->arena, arena_strndup(ctx->arena, at, length));
        struct trainer_asked *one = &asked->items[asked->count];
        at += length + (at[length] != '\0');
        if (!text)
            continue;
        if (asked->count == PROPOSE_TRAINERS_MOST) {
            session_mistake(mistakes, ERR_INVALID, "trainers",
                            N_("Name five people at most."));
            break;
        }
        code = find_trainer(ctx, text, one, err);
        if (code == ERR_NONE && !one->person_id && !one->email)
            session_mistake(
                mistakes, ERR_INVALID, "trainers",
                N_("Someone named here is not in the directory, or several people bear "
                   "that name: write her e-mail address."));
        asked->count++;
    }
    return code;
}
