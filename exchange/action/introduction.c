/* Introductions: asking, answering, writing to each other. */
#include "exchange/action/introduction.h"

#include "base/calendar.h"
#include "base/unicode.h"
#include "exchange/action/act_for.h"
#include "exchange/action/actor.h"
#include "exchange/action/introduction_mail.h"
#include "exchange/action/introduction_offer.h"
#include "exchange/action/wave.h"
#include "store/change.h"
#include "store/needs.h"
#include "store/people.h"

#include <string.h>

enum { WORDS_LEAST = 3, JOB_ARENA_MAX = 1 << 20, OFFERS_MOST = 200 };

int64_t introduction_month_start(const struct config *config, int64_t now)
{
    struct civil civil = calendar_civil(now, config->zone);
    int64_t at = now;

    civil.day = 1;
    civil.hour = civil.minute = civil.second = 0;
    return calendar_instant(civil, config->zone, &at) ? at : now;
}

err_code introduction_quota(struct db *db, const struct config *config,
                            const struct person *person, int64_t now, int64_t *quota,
                            int64_t *used, struct err *err)
{
    err_code code = introductions_count_resource(
        db, person->id, introduction_month_start(config, now), used, err);

    if (code == ERR_NONE)
        *quota = person->quota_month < 0 ? config->contacts_month : person->quota_month;
    return code;
}

static err_code look(struct db *db, const struct config *config, int64_t now,
                     int64_t asker_id, const struct person *person, enum askable *out,
                     struct err *err)
{
    int64_t quota = 0, used = 0;
    int64_t since = person->confirmed_at ? person->confirmed_at : person->created_at;
    err_code code = introduction_quota(db, config, person, now, &quota, &used, err);

    if (code != ERR_NONE)
        return code;
    if (asker_id && asker_id == person->id)
        *out = ASKABLE_HERSELF;
    else if (person->state != CARD_PUBLISHED || !person->email ||
             since <= person_shown_since(now, (int)config->hidden_months))
        *out = ASKABLE_UNREACHABLE;
    else if (person->pause_until > now)
        *out = ASKABLE_PAUSING;
    else
        *out = used >= quota ? ASKABLE_OVER_QUOTA : ASKABLE;
    return ERR_NONE;
}

err_code introduction_askable(struct ctx *ctx, const struct person *person,
                              enum askable *out, struct err *err)
{
    return look(ctx->db, ctx->config, ctx->now, ctx->actor ? ctx->actor->person_id : 0,
                person, out, err);
}

static err_code check_words(const char *words, size_t least, struct err *err)
{
    size_t length = words ? unicode_length(words) : 0;

    if (length < least)
        return err_set_field(err, ERR_INVALID, "words",
                             N_("Write in a few words what you would like to learn."));
    if (length > INTRODUCTION_WORDS_MOST)
        return err_set_field(err, ERR_INVALID, "words",
                             N_("Shorten your message: 2,000 characters at most."));
    return ERR_NONE;
}

static bool is_blank(const char *words)
{
    return !words || words[strspn(words, " \t\r\n")] == '\0';
}

struct asking {
    const struct introduction_ask *ask;
    const struct config *config;
    const char *email;
    int64_t now, id;
};

static err_code refuse_person(enum askable askable, struct err *err)
{
    switch (askable) {
    case ASKABLE:
        return ERR_NONE;
    case ASKABLE_PAUSING:
        return err_set_field(err, ERR_LIMIT, "person",
                             N_("This person is taking a break. Ask someone else."));
    case ASKABLE_OVER_QUOTA:
        return err_set_field(
            err, ERR_LIMIT, "person",
            N_("This person has as many contacts this month as she or he can take."));
    case ASKABLE_HERSELF:
        return err_set_field(err, ERR_INVALID, "person", N_("This is your own card."));
    case ASKABLE_UNREACHABLE:
        break;
    }
    return err_set_field(err, ERR_LIMIT, "person",
                         N_("This person cannot be reached by this site at the moment."));
}

static err_code check_limits(struct db *db, const struct asking *asking, int64_t asker_id,
                             const struct person *person, struct err *err)
{
    int64_t today = 0, between = 0;
    enum askable askable = ASKABLE;
    err_code code =
        introductions_count_asker(db, asker_id, asking->now - DAY_S, &today, err);

    if (code == ERR_NONE)
        code = introductions_between(db, asker_id, person->id, &between, err);
    if (code != ERR_NONE)
        return code;
    if (between)
        return err_set_field(err, ERR_CONFLICT, "person",
                             N_("You have asked this person already: see “My space”."));
    if (today >= INTRODUCTION_ASKS_DAY)
        return err_set_field(
            err, ERR_LIMIT, "words",
            N_("You have asked five people today. Wait for their answers first."));
    code = look(db, asking->config, asking->now, asker_id, person, &askable, err);
    return code == ERR_NONE ? refuse_person(askable, err) : code;
}

/* The need is told of only when it is hers. */
static err_code find_need(struct db *db, struct arena *arena, int64_t need_id,
                          int64_t asker_id, struct need *need, int64_t *id,
                          struct err *err)
{
    err_code code;

    *id = 0;
    if (!need_id)
        return ERR_NONE;
    code = needs_get(db, arena, need_id, need, err);
    if (code == ERR_NONE && need->person_id == asker_id)
        *id = need->id;
    return code;
}

static err_code ask(struct db *db, struct arena *arena, struct asking *asking,
                    struct err *err)
{
    struct person person;
    struct need need;
    struct introduction made = {.resource_id = asking->ask->resource_id,
                                .state = INTRODUCTION_ASKED,
                                .words = asking->ask->words,
                                .asker_shows = asking->ask->shows,
                                .created_at = asking->now,
                                .expires_at = asking->now +
                                              asking->config->introduction_days * DAY_S};
    struct telling telling = {.db = db,
                              .arena = arena,
                              .config = asking->config,
                              .introduction = &made,
                              .now = asking->now};
    err_code code = actor_person(db, asking->email, asking->ask->name, asking->now,
                                 &made.asker_id, err);

    if (code == ERR_NONE)
        code = people_get(db, arena, made.resource_id, &person, err);
    if (code == ERR_NONE)
        code = check_limits(db, asking, made.asker_id, &person, err);
    if (code == ERR_NONE)
        code = find_need(db, arena, asking->ask->need_id, made.asker_id, &need,
                         &made.need_id, err);
    if (code != ERR_NONE)
        return code;
    telling.need = made.need_id ? &need : NULL;
    code = introductions_add(db, &made, err);
    if (code == ERR_NONE)
        code = introduction_mail_asked(&telling, err);
    if (code == ERR_NONE)
        code = change_note(db, THING_MAIL, 0, asking->now, err);
    asking->id = made.id;
    return code;
}

static err_code write_ask(struct db *db, void *argument, struct err *err)
{
    struct arena *arena = arena_new(JOB_ARENA_MAX);
    err_code code = arena ? ask(db, arena, argument, err)
                          : err_set(err, ERR_MEMORY, "no room for a contact");

    arena_free(arena);
    return code;
}

err_code introduction_ask(struct ctx *ctx, const struct introduction_ask *ask,
                          int64_t *id, struct err *err)
{
    struct asking asking = {
        .ask = ask, .config = ctx->config, .email = ctx->actor->email, .now = ctx->now};
    err_code code = check_words(ask->words, WORDS_LEAST, err);

    if (code == ERR_NONE)
        code = writer_do(ctx->writer, write_ask, &asking, err);
    if (code == ERR_NONE)
        *id = asking.id;
    return code;
}

struct answering {
    const struct introduction_answer *answer;
    const struct config *config;
    const struct ctx *ctx; /* set when someone answers for her */
    int64_t id, now;
    int64_t route_need; /* a refusal of a wave: its need */
};

static err_code note_answered(struct db *db, struct arena *arena, int64_t need_id,
                              int64_t now, struct need *need, struct err *err)
{
    err_code code = needs_get(db, arena, need_id, need, err);

    if (code != ERR_NONE || need->answered_at)
        return code;
    need->answered_at = now;
    need->reason = "accepted";
    return needs_save(db, need, now, err);
}

static err_code accept(struct telling *telling, struct introduction *made,
                       const struct answering *answering, struct need *need,
                       struct err *err)
{
    enum introduction_state was = made->state;
    err_code code;

    made->state = INTRODUCTION_ACCEPTED;
    made->resource_shows = answering->answer->shows;
    code = introductions_change(telling->db, made, was, err);
    if (code == ERR_NONE && telling->need)
        code = note_answered(telling->db, telling->arena, made->need_id, answering->now,
                             need, err);
    return code == ERR_NONE ? introduction_mail_accepted(telling, err) : code;
}

static err_code decline(struct telling *telling, struct introduction *made,
                        struct answering *answering, struct err *err)
{
    enum introduction_state was = made->state;
    err_code code;

    made->state = INTRODUCTION_DECLINED;
    made->reason = decline_word(answering->answer->reason);
    if (answering->answer->reason == DECLINE_SOMEONE_ELSE)
        made->suggested = answering->answer->suggested;
    code = introductions_change(telling->db, made, was, err);
    if (code == ERR_NONE && made->wave)
        answering->route_need = made->need_id;
    /* whom she suggests is told to the asker, whatever way the question came */
    if (code == ERR_NONE && (!made->wave || made->suggested))
        code = introduction_mail_declined(telling, err);
    return code;
}

static err_code answer(struct db *db, struct arena *arena, struct answering *answering,
                       struct err *err)
{
    struct introduction made;
    struct need need;
    struct telling telling = {.db = db,
                              .arena = arena,
                              .config = answering->config,
                              .introduction = &made,
                              .now = answering->now};
    err_code code = introductions_get(db, arena, answering->id, &made, err);

    answering->route_need = 0; /* the job may be run again */
    if (code == ERR_NONE && !introduction_may_answer(made.state))
        code = err_set_field(err, ERR_CONFLICT, "answer",
                             made.state == INTRODUCTION_WITHDRAWN
                                 ? N_("This is not needed any more. Thank you!")
                                 : N_("You have answered already. Thank you!"));
    if (code == ERR_NONE && made.need_id) {
        code = needs_get(db, arena, made.need_id, &need, err);
        telling.need = &need;
    }
    if (code != ERR_NONE)
        return code;
    made.answer = is_blank(answering->answer->words) ? NULL : answering->answer->words;
    made.answered_at = answering->now;
    code = answering->answer->is_yes ? accept(&telling, &made, answering, &need, err)
                                     : decline(&telling, &made, answering, err);
    if (code == ERR_NONE && answering->answer->for_pole_id)
        code = act_note(db, answering->ctx, ACT_ANSWER, "contact", made.id,
                        answering->answer->for_pole_id, made.resource_id, err);
    return code == ERR_NONE ? change_note(db, made.need_id ? THING_NEED : THING_MAIL,
                                          made.need_id, answering->now, err)
                            : code;
}

/* Who is told: the author, else the first who shares the need. */
static int64_t asker_of(const struct need *need)
{
    for (size_t i = 0; !need->person_id && i < need->support_count; i++)
        if (need->supports[i].person_id)
            return need->supports[i].person_id;
    return need->person_id;
}

static err_code may_offer(const struct introduction_offer *offer, const struct need *need,
                          struct err *err)
{
    bool is_hers = need->person_id == offer->resource_id;

    for (size_t i = 0; i < need->support_count; i++)
        is_hers = is_hers || need->supports[i].person_id == offer->resource_id;
    if (!need_is_open(need->state) || need->expires_at <= offer->now || need->merged_into)
        return err_set_field(err, ERR_CONFLICT, "answer",
                             N_("This is not needed any more. Thank you!"));
    if (is_hers)
        return err_set_field(err, ERR_CONFLICT, "answer",
                             N_("This need is yours: you count already."));
    if (!asker_of(need))
        return err_set_field(
            err, ERR_CONFLICT, "answer",
            N_("The author has not confirmed the need yet, so nobody could be told. "
               "Propose a session: those who need it will find it."));
    return ERR_NONE;
}

/* The one she was asked with and that waits for her; else a new one. */
static err_code find_or_add(struct db *db, struct arena *arena,
                            const struct introduction_offer *offer,
                            const struct need *need, int64_t *id, struct err *err)
{
    struct introduction *made = NULL, added = {.need_id = need->id,
                                               .asker_id = asker_of(need),
                                               .resource_id = offer->resource_id,
                                               .state = INTRODUCTION_ASKED,
                                               .created_at = offer->now};
    size_t count = 0;
    err_code code = introductions_list(db, arena, INTRODUCTIONS_OF_NEED, need->id,
                                       OFFERS_MOST, &made, &count, err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        if (made[i].resource_id == offer->resource_id) {
            *id = made[i].id;
            return ERR_NONE;
        }
    if (code == ERR_NONE)
        code = introductions_last_wave(db, need->id, &added.wave, err);
    added.wave = added.wave ? added.wave : 1;
    added.expires_at = offer->now + offer->config->introduction_days * DAY_S;
    if (code == ERR_NONE)
        code = introductions_add(db, &added, err);
    *id = added.id;
    return code;
}

err_code introduction_offer(struct db *db, struct arena *arena,
                            const struct introduction_offer *offer, int64_t *id,
                            struct err *err)
{
    struct answering answering = {
        .answer = offer->answer, .config = offer->config, .now = offer->now};
    struct need need;
    err_code code = needs_get(db, arena, offer->need_id, &need, err);

    if (code == ERR_NONE)
        code = may_offer(offer, &need, err);
    if (code == ERR_NONE)
        code = find_or_add(db, arena, offer, &need, &answering.id, err);
    if (code == ERR_NONE)
        code = answer(db, arena, &answering, err);
    *id = answering.id;
    return code;
}

static err_code write_answer(struct db *db, void *argument, struct err *err)
{
    struct arena *arena = arena_new(JOB_ARENA_MAX);
    err_code code = arena ? answer(db, arena, argument, err)
                          : err_set(err, ERR_MEMORY, "no room for an answer");

    arena_free(arena);
    return code;
}

err_code introduction_answer(struct ctx *ctx, int64_t id,
                             const struct introduction_answer *answer, struct err *err)
{
    struct answering answering = {
        .answer = answer, .config = ctx->config, .ctx = ctx, .id = id, .now = ctx->now};
    err_code code = check_words(answer->words, 0, err);

    if (code == ERR_NONE && !answer->is_yes && answer->reason == DECLINE_SOMEONE_ELSE &&
        (is_blank(answer->suggested) ||
         unicode_length(answer->suggested) > INTRODUCTION_SUGGESTED_MOST))
        code = err_set_field(err, ERR_INVALID, "suggested",
                             N_("Write whom you would suggest: 200 characters at most."));
    if (code == ERR_NONE)
        code = writer_do(ctx->writer, write_answer, &answering, err);
    if (code == ERR_NONE && answering.route_need) {
        /* her answer stands whatever becomes of it; what runs by itself asks again */
        struct err trouble = {0};
        if (wave_route_on(ctx, answering.route_need, &trouble) != ERR_NONE)
            err_clear(&trouble);
    }
    return code;
}
