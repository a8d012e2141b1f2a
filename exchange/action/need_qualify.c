/* What a facilitator does with a need. */
#include "exchange/action/need_qualify.h"

#include "base/unicode.h"
#include "exchange/action/actor.h"
#include "exchange/action/mail.h"
#include "exchange/action/need_parts.h"
#include "store/change.h"
#include "store/introductions.h"
#include "store/needs.h"
#include "store/people.h"
#include "store/skill_names.h"
#include "store/skills.h"
#include "store/structures.h"

#include <inttypes.h>
#include <string.h>

const struct need_reason need_reasons[] = {
    {"nobody", N_("We looked and found nobody who can show it for now.")},
    {"elsewhere", N_("A training course or another service answers it better.")},
    {"unclear", N_("We could not understand what is sought, even after asking.")},
    {"twice", N_("The same need is already published.")},
    {"unfit", N_("It is not for this exchange.")},
    {NULL, NULL}};

/* One act on one need, in one transaction. */
struct act {
    struct ctx *ctx;
    int64_t id;
    const struct qualifying *form; /* to qualify */
    int64_t pole_id, skill_id;
    int64_t into, head; /* to merge */
    bool is_private;
    const char *reason, *words; /* to give up */
};

static err_code note(struct db *db, const struct act *act, const char *verb,
                     const struct need *need, struct err *err)
{
    const struct ctx *ctx = act->ctx;

    return audit_of(
        db,
        &(struct audit){.actor = actor_word(ctx->arena, ctx->actor),
                        .verb = verb,
                        .detail = arena_printf(ctx->arena, "need %" PRId64, need->id),
                        .account_id = ctx->actor->account_id,
                        .pole_id = need->pole_id,
                        .person_id = need->person_id},
        ctx->now, err);
}

/* The need as it is now, when it is hers to qualify. */
static err_code read_hers(struct db *db, const struct act *act, int64_t id,
                          struct need *need, struct err *err)
{
    err_code code = needs_get(db, act->ctx->arena, id, need, err);

    return code == ERR_NONE
               ? actor_must_need(VERB_QUALIFY_NEED, act->ctx->actor, need, err)
               : code;
}

static err_code must_be_open(const struct need *need, struct err *err)
{
    return need_is_open(need->state)
               ? ERR_NONE
               : err_set_field(err, ERR_CONFLICT, "besoin",
                               N_("This need was closed meanwhile."));
}

err_code need_guess_skills(struct ctx *ctx, const char *words,
                           struct skill_guess out[SUGGESTIONS_MOST], size_t *count,
                           struct err *err)
{
    const struct query_request wanted = {.kind = KIND_SKILL,
                                         .text = words,
                                         .lang = ctx->lang,
                                         .limit = SUGGESTIONS_MOST,
                                         .now = ctx->now};
    struct query_answer found = {.count = 0};
    err_code code;

    *count = 0;
    if (!ctx->search)
        return ERR_NONE;
    code = search_query(ctx->search, ctx->arena, &wanted, &found, err);
    for (size_t i = 0; code == ERR_NONE && i < found.count && i < SUGGESTIONS_MOST; i++)
        if (!found.hits[i].is_far)
            out[(*count)++] = (struct skill_guess){found.hits[i].id, found.hits[i].title};
    return code;
}

static err_code write_qualified(struct db *db, void *argument, struct err *err)
{
    struct act *act = argument;
    struct need need;
    int64_t before = 0;
    bool hands_over = false;
    err_code code = read_hers(db, act, act->id, &need, err);

    if (code == ERR_NONE)
        code = must_be_open(&need, err);
    if (code != ERR_NONE)
        return code;
    before = need.pole_id;
    hands_over = before && before != act->pole_id;
    need.pole_id = act->pole_id;
    need.skill_id = act->skill_id;
    need.is_private = act->form->is_private;
    if (need.state == NEED_STATED)
        need.state = NEED_QUALIFIED;
    if (hands_over) /* its new pole says again what it is about */
        need.state = NEED_STATED;
    else
        need.qualified_at = act->ctx->now;
    code = needs_save(db, &need, act->ctx->now, err);
    if (code != ERR_NONE)
        return code;
    need.pole_id = hands_over ? before : act->pole_id;
    return note(db, act, hands_over ? "hand need over" : "qualify need", &need, err);
}

static err_code read_form(struct act *act, struct err *err)
{
    struct ctx *ctx = act->ctx;
    const struct qualifying *form = act->form;
    struct skill skill;
    err_code code = ERR_NONE;

    if (form->pole && *form->pole)
        code = poles_find(ctx->db, form->pole, &act->pole_id, err);
    if (code == ERR_NONE && !act->pole_id)
        return err_set_field(err, ERR_INVALID, "pole",
                             N_("Choose the pole this need is for."));
    act->skill_id = form->skill_id;
    if (code == ERR_NONE && form->skill_id)
        return skills_get(ctx->db, ctx->arena, form->skill_id, &skill, err);
    if (code == ERR_NONE && form->words && *form->words) {
        code = skill_named(ctx->db, form->words, &act->skill_id, err);
        if (code == ERR_NONE && !act->skill_id)
            return err_set_field(
                err, ERR_INVALID, "mots",
                N_("No skill bears this name: choose one of those below, "
                   "or leave the field empty."));
    }
    return code;
}

err_code need_qualify(struct ctx *ctx, int64_t id, const struct qualifying *form,
                      struct err *err)
{
    struct act act = {.ctx = ctx, .id = id, .form = form};
    err_code code = read_form(&act, err);

    return code == ERR_NONE ? writer_do(ctx->writer, write_qualified, &act, err) : code;
}

/* What keeps two needs from being merged; both are open and hers. */
static err_code may_merge(const struct need *need, const struct need *into,
                          struct err *err)
{
    if (need->id == into->id || need->merged_into || into->merged_into)
        return err_set_field(err, ERR_CONFLICT, "besoin",
                             N_("One of these needs is already part of another one."));
    if (need->is_private || into->is_private)
        return err_set_field(err, ERR_CONFLICT, "besoin",
                             N_("A need marked private is not merged with others."));
    if (need->merged_people && into->merged_people)
        return err_set_field(
            err, ERR_CONFLICT, "besoin",
            N_("Both needs already hold others: split one of them first."));
    return ERR_NONE;
}

static err_code write_merged(struct db *db, void *argument, struct err *err)
{
    struct act *act = argument;
    struct need need, into;
    const struct need *part = &need, *head = &into;
    err_code code = read_hers(db, act, act->id, &need, err);

    if (code == ERR_NONE)
        code = read_hers(db, act, act->into, &into, err);
    if (code == ERR_NONE)
        code = must_be_open(&need, err);
    if (code == ERR_NONE)
        code = must_be_open(&into, err);
    if (code == ERR_NONE)
        code = may_merge(&need, &into, err);
    if (code != ERR_NONE)
        return code;
    if (need.merged_people) {
        part = &into;
        head = &need;
    }
    act->head = head->id;
    code = needs_merge(db, part->id, head->id, act->ctx->now, err);
    return code == ERR_NONE ? note(db, act, "merge need", part, err) : code;
}

err_code need_merge(struct ctx *ctx, int64_t id, int64_t into, int64_t *head,
                    struct err *err)
{
    struct act act = {.ctx = ctx, .id = id, .into = into};
    err_code code = writer_do(ctx->writer, write_merged, &act, err);

    if (code == ERR_NONE && head)
        *head = act.head;
    return code;
}

static err_code write_split(struct db *db, void *argument, struct err *err)
{
    struct act *act = argument;
    struct need need;
    err_code code = read_hers(db, act, act->id, &need, err);

    if (code == ERR_NONE && !need.merged_into)
        return err_set_field(err, ERR_CONFLICT, "besoin",
                             N_("This need stands alone already."));
    if (code == ERR_NONE)
        code = needs_split(db, act->id, act->ctx->now, err);
    return code == ERR_NONE ? note(db, act, "split need", &need, err) : code;
}

err_code need_split(struct ctx *ctx, int64_t id, struct err *err)
{
    struct act act = {.ctx = ctx, .id = id};

    return writer_do(ctx->writer, write_split, &act, err);
}

static err_code write_private(struct db *db, void *argument, struct err *err)
{
    struct act *act = argument;
    struct need need;
    err_code code = read_hers(db, act, act->id, &need, err);

    if (code == ERR_NONE && act->is_private && (need.merged_into || need.merged_people))
        return err_set_field(err, ERR_CONFLICT, "besoin",
                             N_("A merged need cannot be private: split it first."));
    if (code != ERR_NONE)
        return code;
    need.is_private = act->is_private;
    code = needs_save(db, &need, act->ctx->now, err);
    return code == ERR_NONE
               ? note(db, act, act->is_private ? "mark need private" : "show need", &need,
                      err)
               : code;
}

err_code need_set_private(struct ctx *ctx, int64_t id, bool is_private, struct err *err)
{
    struct act act = {.ctx = ctx, .id = id, .is_private = is_private};

    return writer_do(ctx->writer, write_private, &act, err);
}

/* Her address: the one she stated it with, else her card's; NULL when she has none. */
static err_code address_of(struct db *db, struct arena *arena, const struct need *need,
                           const char **out, struct err *err)
{
    struct person person;
    err_code code;

    *out = need->email;
    if (need->email || !need->person_id)
        return ERR_NONE;
    code = people_get(db, arena, need->person_id, &person, err);
    if (code == ERR_NONE)
        *out = person.email;
    return code;
}

static err_code tell_given_up(struct db *db, const struct act *act,
                              const struct need *need, struct err *err)
{
    struct ctx *ctx = act->ctx;
    struct mail mail = {.template = "need_given_up"};
    struct text values;
    err_code code = address_of(db, ctx->arena, need, &mail.to, err);

    if (code != ERR_NONE || !mail.to)
        return code;
    mail_begin(&values, &mail);
    json_text(&values, "text", need->text);
    for (size_t i = 0; need_reasons[i].word; i++)
        json_bool(&values, need_reasons[i].word,
                  strcmp(need_reasons[i].word, act->reason) == 0);
    json_text(&values, "words", act->words && *act->words ? act->words : NULL);
    json_text(&values, "new_url",
              site_url(ctx->arena, ctx->config, "fr", "/besoins/nouveau"));
    return mail_queue(db, ctx->config, &mail, &values, ctx->now, err);
}

static const char *reason_sentence(const char *word)
{
    for (size_t i = 0; need_reasons[i].word; i++)
        if (word && strcmp(need_reasons[i].word, word) == 0)
            return need_reasons[i].sentence;
    return NULL;
}

static err_code tell_and_note(struct db *db, const struct act *act,
                              const struct need *need, struct err *err)
{
    err_code code = tell_given_up(db, act, need, err);

    return code == ERR_NONE ? note(db, act, "give need up", need, err) : code;
}

static err_code write_given_up(struct db *db, void *argument, struct err *err)
{
    struct act *act = argument;
    struct need need, *merged = NULL;
    size_t count = 0;
    err_code code = read_hers(db, act, act->id, &need, err);

    if (code == ERR_NONE)
        code = must_be_open(&need, err);
    if (code != ERR_NONE)
        return code;
    need.state = NEED_GIVEN_UP;
    need.closed_at = act->ctx->now;
    need.reason = act->reason;
    code = introductions_withdraw(db, need.id, err);
    if (code == ERR_NONE)
        code = needs_save(db, &need, act->ctx->now, err);
    if (code == ERR_NONE)
        code = need_parts_close(db, act->ctx->arena, &need, act->ctx->now, &merged,
                                &count, err);
    if (code == ERR_NONE)
        code = tell_and_note(db, act, &need, err);
    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = tell_and_note(db, act, &merged[i], err);
    return code;
}

err_code need_give_up(struct ctx *ctx, int64_t id, const char *reason, const char *words,
                      struct err *err)
{
    struct act act = {.ctx = ctx, .id = id, .reason = reason, .words = words};

    if (!reason_sentence(reason))
        return err_set_field(err, ERR_INVALID, "raison",
                             N_("Choose the reason its author will be told."));
    if (words && unicode_length(words) > NEED_REASON_MOST)
        return err_set_field(err, ERR_INVALID, "mots",
                             N_("Shorten your words: 500 characters at most."));
    return writer_do(ctx->writer, write_given_up, &act, err);
}
