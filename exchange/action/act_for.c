/* Acting for someone without e-mail. */
#include "exchange/action/act_for.h"

#include "base/email.h"
#include "base/unicode.h"
#include "exchange/action/actor.h"
#include "exchange/action/introduction.h"
#include "exchange/action/need_follow.h"
#include "exchange/action/need_post.h"
#include "store/change.h"
#include "store/desk.h"
#include "store/need_follow.h"
#include "store/needs.h"
#include "store/people.h"
#include "store/rows.h"
#include "store/structures.h"

#include <inttypes.h>
#include <string.h>

static const char SEVERAL[] =
    N_("Several cards could be meant: add her address or her structure.");

static err_code find_by_name(struct db *db, struct arena *arena,
                             const struct act_person *person, int64_t *id,
                             struct err *err)
{
    const char *folded = unicode_fold(arena, person->name);
    struct stmt *stmt;
    int64_t found = 0;
    size_t count = 0;
    bool has_row;
    err_code code = folded ? db_query(db, QUERY_DESK_PERSON_NAMED, &stmt, err)
                           : err_set(err, ERR_MEMORY, "no room for a name");

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, folded);
    stmt_int(stmt, 2, person->structure_id);
    stmt_int(stmt, 3, person->pole_id);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        found = row_int(stmt, 0);
        count++;
    }
    if (code == ERR_NONE && count > 1)
        return err_set_field(err, ERR_CONFLICT, "nom", SEVERAL);
    *id = found;
    return code;
}

err_code act_find(struct db *db, struct arena *arena, const struct act_person *person,
                  int64_t *id, struct err *err)
{
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code;

    *id = 0;
    if (!person->email || !*person->email)
        return find_by_name(db, arena, person, id, err);
    code =
        people_of_email(db, arena, email_plain(arena, person->email), &ids, &count, err);
    if (code == ERR_NONE && count > 1)
        return err_set_field(err, ERR_CONFLICT, "nom", SEVERAL);
    if (code == ERR_NONE && count == 1)
        *id = ids[0];
    return code;
}

err_code act_person(struct db *db, const struct ctx *ctx, const struct act_person *person,
                    int64_t *id, struct err *err)
{
    const int64_t pole_ids[] = {person->pole_id};
    struct person made = {.name = person->name,
                          .email = person->email && *person->email ? person->email : NULL,
                          .structure_id = person->structure_id,
                          .quota_month = -1,
                          .state = CARD_HIDDEN,
                          .pole_ids = pole_ids,
                          .pole_count = person->pole_id ? 1 : 0,
                          .created_at = ctx->now};
    err_code code = act_find(db, ctx->arena, person, id, err);

    if (code != ERR_NONE || *id)
        return code;
    code = people_save(db, &made, ctx->now, err);
    if (code == ERR_NONE)
        code = desk_consent(db, made.id, "card", actor_word(ctx->arena, ctx->actor),
                            ctx->now, err);
    if (code == ERR_NONE)
        *id = made.id;
    return code;
}

err_code act_note(struct db *db, const struct ctx *ctx, const char *verb,
                  const char *what, int64_t record_id, int64_t pole_id, int64_t person_id,
                  struct err *err)
{
    return audit_of(db,
                    &(struct audit){.actor = actor_word(ctx->arena, ctx->actor),
                                    .verb = verb,
                                    .detail = arena_printf(ctx->arena, "%s %" PRId64,
                                                           what, record_id),
                                    .account_id = ctx->actor->account_id,
                                    .pole_id = pole_id,
                                    .person_id = person_id},
                    ctx->now, err);
}

err_code act_noted(struct ctx *ctx, const char *verb, const char *what, int64_t record_id,
                   int64_t person_id, int64_t *at, struct err *err)
{
    return desk_noted(ctx->db, person_id, verb,
                      arena_printf(ctx->arena, "%s %" PRId64, what, record_id), at, err);
}

err_code act_supports_noted(struct ctx *ctx, int64_t need_id, int64_t **ids,
                            size_t *count, struct err *err)
{
    return needs_supports_noted(ctx->db, ctx->arena, need_id, ids, count, err);
}

struct acting {
    struct ctx *ctx;
    const struct act_person *person;
    const char *words;
    int64_t need_id;
};

err_code act_may(struct ctx *ctx, struct act_person *person, struct err *err)
{
    struct structure structure;
    err_code code =
        actor_must(VERB_ACT_FOR, actor_who(ctx->actor, 0, person->pole_id, 0), err);

    person->name = arena_trimmed(ctx->arena, person->name);
    if (code == ERR_NONE && person->structure_id)
        code = structures_get(ctx->db, ctx->arena, person->structure_id, &structure, err);
    if (code != ERR_NONE)
        return code;
    if (!person->name || unicode_length(person->name) > ACT_NAME_MOST)
        return err_set_field(
            err, ERR_INVALID, "nom",
            N_("Write her first and last name: 200 characters at most."));
    return ERR_NONE;
}

static err_code write_need(struct db *db, void *argument, struct err *err)
{
    struct acting *acting = argument;
    struct ctx *ctx = acting->ctx;
    struct need need = {.structure_id = acting->person->structure_id,
                        .pole_id = acting->person->pole_id,
                        .text = acting->words,
                        .state = NEED_STATED,
                        .created_at = ctx->now,
                        .expires_at = ctx->now + ctx->config->need_life_days * DAY_S};
    err_code code = act_person(db, ctx, acting->person, &need.person_id, err);

    if (code == ERR_NONE)
        code = desk_need_same(db, need.person_id, need.text, ctx->now, &acting->need_id,
                              err);
    if (code == ERR_NONE && acting->need_id) /* the form was sent twice */
        return change_note(db, THING_ACCOUNT, 0, ctx->now, err);
    if (code == ERR_NONE)
        code = needs_save(db, &need, ctx->now, err);
    if (code != ERR_NONE)
        return code;
    acting->need_id = need.id;
    return act_note(db, ctx, ACT_STATE_NEED, "need", need.id, need.pole_id,
                    need.person_id, err);
}

err_code act_state_need(struct ctx *ctx, struct act_person *person, const char *typed,
                        int64_t *need_id, struct err *err)
{
    const char *text = arena_trimmed(ctx->arena, typed);
    struct acting acting = {.ctx = ctx, .person = person, .words = text};
    size_t length = text ? unicode_length(text) : 0;
    err_code code = act_may(ctx, person, err);

    if (code != ERR_NONE)
        return code;
    if (length < NEED_TEXT_LEAST || length > NEED_TEXT_MOST || !unicode_has_letter(text))
        return err_set_field(err, ERR_INVALID, "texte",
                             N_("Say in a few words what she needs to learn: 2,000 "
                                "characters at most."));
    code = writer_do(ctx->writer, write_need, &acting, err);
    if (code == ERR_NONE)
        *need_id = acting.need_id;
    return code;
}

static err_code write_support(struct db *db, void *argument, struct err *err)
{
    struct acting *acting = argument;
    struct ctx *ctx = acting->ctx;
    struct need need;
    struct need_support *supports;
    int64_t person_id = 0;
    err_code code = needs_get(db, ctx->arena, acting->need_id, &need, err);

    if (code == ERR_NONE && need.pole_id != acting->person->pole_id)
        return err_set(err, ERR_FORBIDDEN, "the need is of another pole");
    if (code == ERR_NONE)
        code = act_person(db, ctx, acting->person, &person_id, err);
    if (code != ERR_NONE)
        return code;
    if (!need_is_open(need.state) || need.expires_at <= ctx->now)
        return err_set_field(err, ERR_CONFLICT, "besoin",
                             N_("This need was closed meanwhile."));
    supports = arena_array(ctx->arena, need.support_count + 1, sizeof *supports);
    if (!supports)
        return err_set(err, ERR_MEMORY, "no room for supports");
    for (size_t i = 0; i < need.support_count; i++) {
        supports[i] = need.supports[i];
        if (need.supports[i].person_id == person_id)
            need.person_id = person_id;
    }
    if (need.person_id == person_id)
        return err_set_field(err, ERR_CONFLICT, "besoin",
                             N_("She is part of this need already."));
    supports[need.support_count++] = (struct need_support){
        .person_id = person_id, .words = acting->words, .created_at = ctx->now};
    need.supports = supports;
    code = needs_save(db, &need, ctx->now, err);
    return code == ERR_NONE ? act_note(db, ctx, ACT_SUPPORT_NEED, "need", need.id,
                                       need.pole_id, person_id, err)
                            : code;
}

err_code act_support_need(struct ctx *ctx, struct act_person *person, int64_t need_id,
                          const char *words, struct err *err)
{
    struct acting acting = {.ctx = ctx,
                            .person = person,
                            .need_id = need_id,
                            .words = arena_trimmed(ctx->arena, words)};
    err_code code = act_may(ctx, person, err);

    if (code == ERR_NONE && !need_id)
        return err_set_field(err, ERR_INVALID, "besoin", N_("Choose one of the needs."));
    if (code == ERR_NONE && acting.words &&
        unicode_length(acting.words) > SUPPORT_WORDS_MOST)
        return err_set_field(err, ERR_INVALID, "mots",
                             N_("Shorten her words: 500 characters at most."));
    return code == ERR_NONE ? writer_do(ctx->writer, write_support, &acting, err) : code;
}

/* Whether the contact is of that pole. */
static err_code contact_of_pole(struct ctx *ctx, const struct introduction *made,
                                int64_t pole_id, struct err *err)
{
    struct need need;
    struct person person;
    bool is_of_pole = false;
    err_code code;

    if (made->need_id) {
        code = needs_get(ctx->db, ctx->arena, made->need_id, &need, err);
        is_of_pole = code == ERR_NONE && need.pole_id == pole_id;
    } else {
        code = people_get(ctx->db, ctx->arena, made->resource_id, &person, err);
        for (size_t i = 0; code == ERR_NONE && i < person.pole_count; i++)
            is_of_pole = is_of_pole || person.pole_ids[i] == pole_id;
    }
    if (code == ERR_NONE && !is_of_pole)
        return err_set(err, ERR_FORBIDDEN, "the contact is of another pole");
    return code;
}

err_code act_answer(struct ctx *ctx, int64_t pole_id, int64_t introduction_id,
                    bool is_yes, struct err *err)
{
    const struct introduction_answer answer = {
        .is_yes = is_yes, .reason = DECLINE_NOT_NOW, .for_pole_id = pole_id};
    struct introduction made;
    err_code code = actor_must(VERB_ACT_FOR, actor_who(ctx->actor, 0, pole_id, 0), err);

    if (code == ERR_NONE)
        code = introductions_get(ctx->db, ctx->arena, introduction_id, &made, err);
    if (code == ERR_NONE)
        code = contact_of_pole(ctx, &made, pole_id, err);
    return code == ERR_NONE ? introduction_answer(ctx, introduction_id, &answer, err)
                            : code;
}
