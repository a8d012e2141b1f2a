/* Reading the form of a session, new or changed. */
#include "exchange/action/session_form.h"

#include "base/unicode.h"
#include "base/url.h"
#include "exchange/action/actor.h"
#include "exchange/action/session_mail.h"
#include "exchange/action/session_was.h"
#include "store/needs.h"
#include "store/skill_names.h"
#include "store/structures.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    SEATS_MOST = 1000,
    SEATS_USUAL = 8,
    AHEAD_MOST_DAYS = 370,
    AHEAD_LEAST_S = HOUR_S,
    DECIDE_HOUR_MIN = 18 * 60
};

void session_mistake(struct session_mistakes *mistakes, err_code code, const char *field,
                     const char *message_id)
{
    if (mistakes->count < PROPOSE_MISTAKES_MOST)
        err_set_field(&mistakes->items[mistakes->count++], code, field, message_id);
}

static void read_words(struct ctx *ctx, const struct session_form *form,
                       struct session *session, struct session_mistakes *mistakes)
{
    session->title = arena_trimmed(ctx->arena, form->title);
    session->about = arena_trimmed(ctx->arena, form->about);
    if (!session->title || unicode_length(session->title) < 3 ||
        !unicode_has_letter(session->title))
        session_mistake(mistakes, ERR_INVALID, "title",
                        N_("Give the session a title: what one can do after it."));
    else if (unicode_length(session->title) > PROPOSE_TITLE_MOST)
        session_mistake(mistakes, ERR_INVALID, "title",
                        N_("Shorten the title: 120 characters at most."));
    if (session->about && unicode_length(session->about) > PROPOSE_ABOUT_MOST)
        session_mistake(mistakes, ERR_INVALID, "about",
                        N_("Shorten the description: 2,000 characters at most."));
    if (form->level && *form->level) {
        if (form->level[0] < '1' || form->level[0] > '4' || form->level[1])
            session_mistake(mistakes, ERR_INVALID, "level",
                            N_("Choose one of the four levels, or none."));
        else
            session->level = (enum skill_level)(form->level[0] - '0');
    }
}

static void read_format(const struct session_form *form, struct session *session,
                        struct session_mistakes *mistakes)
{
    static const struct {
        const char *word;
        enum format format;
    } formats[] = {{"atelier", FORMAT_WORKSHOP},
                   {"visite", FORMAT_VISIT},
                   {"appel", FORMAT_CALL},
                   {"cercle", FORMAT_CIRCLE}};

    session->format = FORMAT_WORKSHOP;
    if (!form->format || !*form->format)
        return;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strcmp(form->format, formats[i].word) == 0) {
            session->format = formats[i].format;
            return;
        }
    session_mistake(mistakes, ERR_INVALID, "format", N_("Choose how it is passed on."));
}

static const char *when_sentence(enum when_mistake mistake)
{
    switch (mistake) {
    case WHEN_HOUR:
        return N_("Write the hours such as 14h30 or 1430.");
    case WHEN_NO_HOUR:
        return N_(
            "This hour does not exist: that night the clocks go forward from 2 to 3.");
    case WHEN_ORDER:
        return N_("It ends after it begins, on the same day, within twelve hours.");
    default:
        return N_("Write a day that exists, such as 3 December 2027.");
    }
}

static bool is_overlapping(const struct session *session, const struct session_date *date)
{
    for (size_t i = 0; i < session->date_count; i++)
        if (session->dates[i].starts_at < date->ends_at &&
            session->dates[i].ends_at > date->starts_at)
            return true;
    return false;
}

static int by_start(const void *left, const void *right)
{
    const struct session_date *a = left, *b = right;

    return (a->starts_at > b->starts_at) - (a->starts_at < b->starts_at);
}

/* What is wrong with a date that was typed; NULL when nothing is. */
static const char *date_sentence(const struct ctx *ctx, enum when_mistake mistake,
                                 const struct session_date *date)
{
    if (mistake != WHEN_NONE)
        return when_sentence(mistake);
    if (date->starts_at < ctx->now + AHEAD_LEAST_S)
        return N_("Choose a day to come.");
    if (date->starts_at > ctx->now + (int64_t)AHEAD_MOST_DAYS * DAY_S)
        return N_("Choose a day within a year.");
    return NULL;
}

/* One of the dates as typed; true when there is one. What was there before and is typed
 * as it was
 * (`kept`) is not asked whether it may be. */
static bool read_date(struct ctx *ctx, const struct when_typed *typed,
                      const struct session_date *kept, struct session_date *date,
                      const char **sentence)
{
    enum when_mistake mistake = WHEN_NONE;

    *sentence = NULL;
    if (kept) {
        *date = *kept;
        return true;
    }
    *date = (struct session_date){.is_fixed = false};
    mistake =
        when_span(ctx->arena, typed, ctx->config->zone, &date->starts_at, &date->ends_at);
    if (mistake == WHEN_EMPTY)
        return false;
    *sentence = date_sentence(ctx, mistake, date);
    return true;
}

/* `was`: the session that is changed; NULL for a new one. */
static err_code read_dates(struct ctx *ctx, const struct session_form *form,
                           const struct session_was *was, struct session *session,
                           struct session_mistakes *mistakes, struct err *err)
{
    static const char *const fields[PROPOSE_DATES] = {"date1", "date2", "date3"};
    size_t room = PROPOSE_DATES + (was ? was->session->date_count : 0);
    struct session_date *dates = arena_array(ctx->arena, room, sizeof *dates);
    size_t wrong = mistakes->count;

    if (!dates)
        return err_set(err, ERR_MEMORY, "no room for dates");
    session->dates = dates;
    session->date_count = 0;
    for (size_t i = 0; i < PROPOSE_DATES; i++) {
        const char *sentence;
        struct session_date date;
        if (!read_date(ctx, &form->dates[i], was ? session_was_date(was, form, i) : NULL,
                       &date, &sentence))
            continue;
        if (!sentence && is_overlapping(session, &date))
            sentence = N_("This date overlaps another one.");
        if (sentence)
            session_mistake(mistakes, ERR_INVALID, fields[i], sentence);
        else
            dates[session->date_count++] = date;
    }
    /* an import may offer more than the form has room for */
    for (size_t i = PROPOSE_DATES;
         was && !session_fixed(was->session) && i < was->session->date_count; i++)
        dates[session->date_count++] = was->session->dates[i];
    if (session->date_count == 0 && mistakes->count == wrong)
        session_mistake(mistakes, ERR_INVALID, "date1", N_("Offer at least one date."));
    qsort(dates, session->date_count, sizeof *dates, by_start);
    return ERR_NONE;
}

static int read_count(const char *text, int fallback)
{
    char *end;
    long value;

    if (!text || !*text)
        return fallback;
    value = strtol(text, &end, 10);
    return *end || value < 1 || value > SEATS_MOST ? 0 : (int)value;
}

static void read_seats(const struct ctx *ctx, const struct session_form *form,
                       struct session *session, struct session_mistakes *mistakes)
{
    int usual = (int)ctx->config->session_threshold;

    session->seats = read_count(form->seats, SEATS_USUAL);
    session->threshold =
        read_count(form->threshold,
                   session->seats && session->seats < usual ? session->seats : usual);
    if (!session->seats)
        session_mistake(mistakes, ERR_INVALID, "seats",
                        N_("Write how many seats there are: 1 to 1,000."));
    if (!session->threshold || (session->seats && session->threshold > session->seats))
        session_mistake(
            mistakes, ERR_INVALID, "threshold",
            N_("Write from how many people on it takes place: at most the seats."));
}

/* Some days before the first date, but never in the first half of what is left. */
static int64_t usual_decision(const struct ctx *ctx, int64_t first_at)
{
    int64_t before = calendar_days_on(first_at, -(int)ctx->config->decide_before_days,
                                      ctx->config->zone),
            half = ctx->now + (first_at - ctx->now) / 2;

    return before > half ? before : half;
}

static void read_decision(const struct ctx *ctx, const struct session_form *form,
                          struct session *session, struct session_mistakes *mistakes)
{
    int64_t first_at = session->date_count ? session->dates[0].starts_at : 0;
    enum when_mistake mistake = when_day(ctx->arena, &form->decide, DECIDE_HOUR_MIN,
                                         ctx->config->zone, &session->decide_at);

    if (mistake == WHEN_EMPTY)
        session->decide_at = first_at ? usual_decision(ctx, first_at) : 0;
    else if (mistake != WHEN_NONE)
        session_mistake(mistakes, ERR_INVALID, "decide", when_sentence(WHEN_DAY));
    else if (session->decide_at <= ctx->now ||
             (first_at && session->decide_at >= first_at))
        session_mistake(mistakes, ERR_INVALID, "decide",
                        N_("Choose a day between today and the first date."));
}

static void read_place(struct ctx *ctx, const struct session_form *form,
                       struct session *session, struct session_mistakes *mistakes)
{
    const char *where = form->where ? form->where : "";

    session->place = arena_trimmed(ctx->arena, form->place);
    session->commune = arena_trimmed(ctx->arena, form->commune);
    session->access = arena_trimmed(ctx->arena, form->access);
    session->online_url = arena_trimmed(ctx->arena, form->online_url);
    if (strcmp(where, "salle") == 0) {
        session->place = session->commune = session->access = session->online_url = NULL;
        session->room_id = form->room && !form->room[strspn(form->room, "0123456789")]
                               ? strtoll(form->room, NULL, 10)
                               : 0;
        if (session->room_id <= 0)
            session_mistake(mistakes, ERR_INVALID, "room", N_("Choose a room."));
    } else if (strcmp(where, "en-ligne") == 0) {
        session->is_online = true;
        session->place = session->commune = session->access = NULL;
        if (session->online_url && !url_is_web(session->online_url))
            session_mistake(mistakes, ERR_INVALID, "online_url",
                            N_("Write a web address that begins with https://."));
    } else {
        session->online_url = NULL;
        if (*where && strcmp(where, "ailleurs") != 0)
            session_mistake(mistakes, ERR_INVALID, "where",
                            N_("Choose a room, elsewhere or online."));
        if (!session->place || unicode_length(session->place) > PROPOSE_PLACE_MOST)
            session_mistake(mistakes, ERR_INVALID, "place",
                            N_("Say where it takes place: 200 characters at most."));
    }
    if (session->commune && unicode_length(session->commune) > 80)
        session_mistake(mistakes, ERR_INVALID, "commune",
                        N_("Shorten the name of the commune: 80 characters at most."));
    if (session->access && unicode_length(session->access) > PROPOSE_PLACE_MOST)
        session_mistake(mistakes, ERR_INVALID, "access",
                        N_("Shorten the access: 200 characters at most."));
}

/* Open, and not hidden from who proposes. */
static bool is_hers_to_answer(const struct ctx *ctx, const struct need *need)
{
    return need_is_open(need->state) &&
           (!need->is_private ||
            policy_may(VERB_SEE_PRIVATE_NEED, actor_who_need(ctx->actor, need)));
}

/* Its needs, and what they say of pole and skill where the form does not. */
static err_code read_needs(struct ctx *ctx, const struct session_form *form,
                           struct session *session, struct session_mistakes *mistakes,
                           struct err *err)
{
    int64_t *ids = arena_array(ctx->arena, form->need_count + 1, sizeof *ids);
    err_code code = ERR_NONE;

    if (!ids)
        return err_set(err, ERR_MEMORY, "no room for needs");
    for (size_t i = 0; code == ERR_NONE && i < form->need_count; i++) {
        struct need need;
        struct err missing = {0};
        bool is_known = false;
        for (size_t j = 0; j < session->need_count; j++)
            is_known = is_known || ids[j] == form->need_ids[i];
        if (is_known)
            continue;
        code = needs_get(ctx->db, ctx->arena, form->need_ids[i], &need, &missing);
        if (code == ERR_NOT_FOUND ||
            (code == ERR_NONE && !is_hers_to_answer(ctx, &need))) {
            code = ERR_NONE;
            session_mistake(mistakes, ERR_CONFLICT, "needs",
                            N_("One of the needs is closed or gone: untick it."));
            continue;
        }
        if (code != ERR_NONE)
            return err_set(err, code, "%s", missing.text);
        ids[session->need_count++] = need.id;
        session->pole_id = session->pole_id ? session->pole_id : need.pole_id;
        session->skill_id = session->skill_id ? session->skill_id : need.skill_id;
    }
    session->need_ids = ids;
    return code;
}

static err_code read_pole(struct ctx *ctx, const struct session_form *form,
                          struct session *session, struct session_mistakes *mistakes,
                          struct err *err)
{
    err_code code;

    session->pole_id = 0;
    if (!form->pole || !*form->pole)
        return ERR_NONE;
    code = poles_find(ctx->db, form->pole, &session->pole_id, err);
    if (code == ERR_NONE && !session->pole_id)
        session_mistake(mistakes, ERR_INVALID, "pole",
                        N_("Choose one of the poles, or none."));
    return code;
}

static err_code read_skill(struct ctx *ctx, const struct session_form *form,
                           struct session *session, struct session_mistakes *mistakes,
                           struct err *err)
{
    const char *skill = arena_trimmed(ctx->arena, form->skill);
    err_code code;

    session->skill_id = 0;
    if (!skill)
        return ERR_NONE;
    code = skill_named(ctx->db, skill, &session->skill_id, err);
    if (code == ERR_NONE && !session->skill_id)
        session_mistake(
            mistakes, ERR_INVALID, "skill",
            N_("This skill is not known: choose one that is suggested, or leave the "
               "field empty and say it in the description."));
    return code;
}

err_code session_form_read(struct ctx *ctx, const struct session_form *form,
                           struct session *session, struct session_mistakes *mistakes,
                           struct err *err)
{
    err_code code;

    *session = (struct session){.state = SESSION_PROPOSED};
    read_words(ctx, form, session, mistakes);
    read_format(form, session, mistakes);
    code = read_pole(ctx, form, session, mistakes, err);
    if (code == ERR_NONE)
        code = read_skill(ctx, form, session, mistakes, err);
    if (code == ERR_NONE)
        code = read_dates(ctx, form, NULL, session, mistakes, err);
    if (code != ERR_NONE)
        return code;
    read_seats(ctx, form, session, mistakes);
    read_decision(ctx, form, session, mistakes);
    read_place(ctx, form, session, mistakes);
    return read_needs(ctx, form, session, mistakes, err);
}

/* The day that stands is left at its hour, unless the first date went before it. */
static void change_decision(const struct ctx *ctx, const struct session_form *form,
                            const struct session_was *was, struct session *session,
                            struct session_mistakes *mistakes)
{
    int64_t stood = was->session->decide_at;

    if (!session_was_decided(was, form) ||
        (stood && session->date_count && stood >= session->dates[0].starts_at))
        read_decision(ctx, form, session, mistakes);
    if (session->decide_at && session->priority_until > session->decide_at)
        session->priority_until = session->decide_at;
}

static void change_seats(const struct ctx *ctx, const struct session_form *form,
                         const struct session_was *was, struct session *session,
                         struct session_mistakes *mistakes)
{
    struct session_form read = *form;

    if (session_fixed(was->session) && was->session->state != SESSION_PROPOSED)
        read.threshold = was->form.threshold; /* it takes place, with however many */
    read_seats(ctx, &read, session, mistakes);
    if (session->seats && (size_t)session->seats < session_seats_taken(was->session))
        session_mistake(
            mistakes, ERR_INVALID, "seats",
            N_("More people have a seat already: none is taken away. Write at "
               "least as many seats."));
}

/* A circle has nobody who gives it; what was one is given by who made it. */
static void change_format(const struct session_form *form, const struct session_was *was,
                          struct session *session, struct session_mistakes *mistakes)
{
    const struct session *before = was->session;

    if (session_was_word(form->format, was->form.format))
        return;
    read_format(form, session, mistakes);
    if (session->format == FORMAT_CIRCLE)
        session->trainer_count = 0;
    else if (before->format == FORMAT_CIRCLE && before->created_by) {
        session->trainer_ids = &before->created_by;
        session->trainer_count = 1;
    }
}

/* Its skill is what people registered for, so it stays once somebody has. */
static err_code change_kind(struct ctx *ctx, const struct session_form *form,
                            const struct session_was *was, struct session *session,
                            struct session_mistakes *mistakes, struct err *err)
{
    bool has_people = false;
    err_code code = ERR_NONE;

    if (session_was_word(form->level, was->form.level))
        session->level = was->session->level;
    else if (!*form->level)
        session->level = LEVEL_UNSAID;
    change_format(form, was, session, mistakes);
    if (!session_was_word(form->pole, was->form.pole))
        code = read_pole(ctx, form, session, mistakes, err);
    if (code != ERR_NONE || session_was_word(form->skill, was->form.skill))
        return code;
    for (size_t i = 0; i < session->registration_count; i++)
        has_people = has_people || session->registrations[i].state != REGISTRATION_LEFT;
    if (!has_people)
        return read_skill(ctx, form, session, mistakes, err);
    session_mistake(mistakes, ERR_INVALID, "skill",
                    N_("People have registered for this skill: propose another session "
                       "for another one."));
    return ERR_NONE;
}

err_code session_form_change(struct ctx *ctx, const struct session_form *form,
                             const struct session *before, struct session *session,
                             struct session_mistakes *mistakes, struct err *err)
{
    struct session_was was;
    bool is_decided = before->state != SESSION_PROPOSED;
    err_code code = session_was_fill(ctx, before, &was, err);

    *session = *before;
    if (code != ERR_NONE)
        return code;
    read_words(ctx, form, session, mistakes);
    code = change_kind(ctx, form, &was, session, mistakes, err);
    if (code == ERR_NONE)
        code = read_dates(ctx, form, &was, session, mistakes, err);
    if (code != ERR_NONE)
        return code;
    if (is_decided && session->date_count > 1) {
        session_mistake(mistakes, ERR_INVALID, "date2",
                        N_("It takes place: there is one date."));
    } else if (is_decided && session->date_count) {
        struct session_date *only = arena_array(ctx->arena, 1, sizeof *only);
        if (!only)
            return err_set(err, ERR_MEMORY, "no room for a date");
        *only = session->dates[0];
        only->is_fixed = true;
        session->dates = only;
    }
    change_seats(ctx, form, &was, session, mistakes);
    if (!is_decided)
        change_decision(ctx, form, &was, session, mistakes);
    if (!session_was_there(&was, form)) {
        session->room_id = 0;
        session->is_online = false;
        read_place(ctx, form, session, mistakes);
    }
    return ERR_NONE;
}
